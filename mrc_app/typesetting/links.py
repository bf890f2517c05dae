"""What can be tapped in a text: web addresses, and phone numbers that begin with their country or are known as such.

Only what stands in an isolate of its own (left to right) is looked at: that is how addresses and numbers are written.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

_ISOLATED = re.compile("\u2066([^\u2066\u2069]+)\u2069")
_NUMBER = re.compile(r"\+\d[\d\u00a0 ()./-]{5,}")


class Link(NamedTuple):
    """The characters [start, end) of a text, and where they lead."""

    start: int
    end: int
    target: str


def target(text: str, phones: Collection[str] = ()) -> str:
    """Where an isolated text leads: itself for an address, ``tel:`` for a number, "" for anything else."""
    if text.startswith(("https://", "http://")):
        return text
    if _NUMBER.fullmatch(text) or text.replace("\u00a0", " ") in phones:
        digits = "".join(sign for sign in text if sign in "+0123456789*#")
        return f"tel:{digits}" if digits else ""
    return ""


def links(text: str, phones: Collection[str] = ()) -> tuple[Link, ...]:
    """The links of a text, in order."""
    if "\u2066" not in text:
        return ()
    found = (Link(each.start(1), each.end(1), target(each[1], phones)) for each in _ISOLATED.finditer(text))
    return tuple(link for link in found if link.target)
