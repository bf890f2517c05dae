"""Who read a text, and when. The mark stands beside the text in the .po file as a translator's note,

    # reviewed: interpreter, 2026-11-22, 5f0c1a2b

and holds for exactly this text and exactly this English: the last part is drawn from both, so that a text changed
afterwards, by whomever and with whatever program, is a draft again. A catalogue is reviewed when every text it has is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from mrc_app.wording.po_files import Entry, PoFile

NONE, DRAFT, REVIEWED, SOURCE = "none", "draft", "reviewed", "source"
_MARK = re.compile(r"reviewed: (.{1,80}), (\d{4}-\d{2}-\d{2}), ([0-9a-f]{8})")


@dataclass(frozen=True)
class Mark:
    """Who read it (a role, never a name) and on what day."""

    role: str
    on: str


@dataclass(frozen=True)
class Standing:
    """How far a catalogue is: how many of the wanted texts it has, how many of those a speaker signed, who and when."""

    total: int
    translated: int
    signed: int
    roles: tuple[str, ...]
    on: str
    status: str

    @property
    def draft(self) -> bool:
        """Whether it says something that no speaker has signed."""
        return self.status == DRAFT

    @property
    def reviewed(self) -> bool:
        """Whether a speaker signed everything it says."""
        return self.status == REVIEWED

    @property
    def by(self) -> str:
        """Who signed, in one line."""
        return "; ".join(self.roles)


def source(total: int) -> Standing:
    """The standing of English, which the others are translated from."""
    return Standing(total, total, 0, (), "", SOURCE)


def check(english: str, texts: Iterable[str]) -> str:
    """What binds a mark to a text and its English."""
    return sha256("\0".join((english, *texts)).encode()).hexdigest()[:8]


def mark(entry: Entry, english: str) -> Mark | None:
    """The mark of an entry, if it holds for the text as it stands."""
    for note in entry.notes:
        found = _MARK.fullmatch(note)
        if found is not None and _is_day(found[2]) and found[3] == check(english, entry.texts):
            return Mark(found[1], found[2])
    return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def marked(entry: Entry, english: str, texts: tuple[str, ...], role: str, on: date) -> Entry:
    """The entry with these texts, signed."""
    return entry.with_(texts, [*unmarked(entry), f"reviewed: {role}, {on.isoformat()}, {check(english, texts)}"])


def unmarked(entry: Entry) -> list[str]:
    """The notes of an entry without its mark."""
    return [note for note in entry.notes if not note.startswith("reviewed: ")]


def standing(entries: Mapping[str, Entry], english: Mapping[str, str]) -> Standing:
    """How far a catalogue is, of the texts that English has."""
    said = [(entry, text) for id, text in english.items() if (entry := entries.get(id)) is not None and entry.said]
    read = [found for entry, text in said if (found := mark(entry, text)) is not None]
    roles = tuple(sorted({one.role for one in read}))
    status = NONE if not said else REVIEWED if len(read) == len(said) else DRAFT
    return Standing(len(english), len(said), len(read), roles, max((one.on for one in read), default=""), status)


def told(po: PoFile, english: Mapping[str, str]) -> PoFile:
    """The catalogue with a head that says how far it is, for those who open it in another program."""
    found = standing(po.entries, english)
    role, on = (found.by, found.on) if found.reviewed else ("", "")
    return po.with_headers(X_Status=REVIEWED if found.reviewed else DRAFT, X_Reviewed_By=role, X_Reviewed_On=on)
