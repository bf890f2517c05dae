"""Two catalogues read as one: the program's own, and before it what speakers reviewed for this computer.

A text of the second counts only while its mark holds: where a later version of the program says something else in
English, its own translation counts again.
"""

from __future__ import annotations

import gettext
import logging
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from mrc_app.wording import marks, po_files
from mrc_app.wording.po_files import Entry
from mrc_app.wording.rules import PLACES

_log = logging.getLogger("mrc.words")


def entries(shipped: Path, own: Path, english: Mapping[str, str]) -> dict[str, Entry]:
    """Every entry that counts, by id."""
    found = dict(po_files.read(shipped).entries) if shipped.exists() else {}
    return found | reviewed(own, english)


def reviewed(own: Path, english: Mapping[str, str]) -> dict[str, Entry]:
    """The entries of this computer's own words that hold; none of a file that is damaged."""
    try:
        found = po_files.read(own).entries if own.exists() else {}
    except (OSError, UnicodeDecodeError):
        _log.warning("This computer's own words cannot be read: %s", own)
        return {}
    return {id: entry for id, entry in found.items() if (text := english.get(id)) is not None and _holds(entry, text)}


def _holds(entry: Entry, english: str) -> bool:
    places = set(PLACES.findall(english))
    fits = all(places >= set(PLACES.findall(text)) for text in entry.texts)
    return entry.said and fits and marks.mark(entry, english) is not None


@lru_cache(maxsize=64)
def by_name(path: Path, stamp: int) -> dict[str, str]:
    """The English of a catalogue whose ids are names."""
    del stamp
    return {id: entry.text for id, entry in po_files.read(path).entries.items()} if path.exists() else {}


def by_itself(found: Mapping[str, Entry]) -> dict[str, str]:
    """The English of a catalogue whose ids are the English."""
    return {id: f"{id}\0{entry.many}" if entry.many else id for id, entry in found.items()}


class OwnWords(gettext.NullTranslations):
    """The words reviewed for this computer; what they lack is asked of the program's own."""

    def __init__(self, found: Mapping[str, Entry], rule: str) -> None:
        super().__init__()
        self._found, self._form = found, _form(rule)

    def gettext(self, message: str) -> str:
        """The reviewed text, or the program's."""
        entry = self._found.get(message)
        return entry.text if entry is not None else super().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The reviewed form for ``n`` things, or the program's."""
        entry = self._found.get(msgid1)
        if entry is None or not entry.many:
            return super().ngettext(msgid1, msgid2, n)
        return entry.texts[min(self._form(n), len(entry.texts) - 1)]


def _form(rule: str) -> Callable[[int], int]:
    """The number of the form for ``n`` things, from a head's ``Plural-Forms``."""
    _count, _semicolon, asked = rule.partition("plural=")
    try:
        return gettext.c2py(asked.strip().rstrip(";") or "n != 1")
    except ValueError:
        return lambda n: int(n != 1)
