"""Client and case numbers: ``<desk code>-<year>-<n>-<check>``. Never reused, never renumbered, no name in them.

The check character is ISO 7064 MOD 37,36 over the letters and digits before it: it finds every single mistyped
character and every swap of neighbours that is likely at a keyboard.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.store.raw import raw_of

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlmodel import Session

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHAPE = re.compile(r"([A-Z0-9]{1,8})-(\d{4})-(\d{1,9})-([A-Z0-9])")


def next_number(session: Session, desk_code: str, year: int) -> str:
    """The next number of a desk in a year; taken for good only if the unit of work is kept."""
    raw = raw_of(session)
    return take(raw, desk_code, year)


def take(raw: Connection, desk_code: str, year: int) -> str:
    """The next number, taken in the transaction that is open."""
    name = f"number:{desk_code}:{year}"
    row = raw.execute(
        "INSERT INTO counter(name, n) VALUES (?, 1) ON CONFLICT(name) DO UPDATE SET n = n + 1 RETURNING n", (name,)
    ).fetchall()
    whole = f"{desk_code}-{year}-{row[0][0]}"
    return f"{whole}-{check_character(whole)}"


def check_character(text: str) -> str:
    """The check character of letters and digits; everything else is passed over."""
    value = 36
    for letter in re.sub(r"[^0-9A-Z]", "", text.upper()):
        value = (value + _LETTERS.index(letter)) % 36 or 36
        value = value * 2 % 37
    return _LETTERS[(37 - value) % 36]


def read_number(typed: str) -> str:
    """A number as it was printed, from what was typed. Raises Invalid(number=…) for another shape or a wrong
    check character."""
    text = "-".join(typed.strip().upper().replace("–", "-").replace("‑", "-").split())
    if not _SHAPE.fullmatch(text) or check_character(text[:-2]) != text[-1]:
        raise Invalid(
            number=Problem(
                N_("“{number}” is not one of this program's numbers: a character was mistyped."), {"number": typed}
            )
        )
    return text
