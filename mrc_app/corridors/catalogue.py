"""The corridors this desk knows: one file each in resources/corridors, read when first asked for.

Any two countries make a corridor. Without a file it is empty (``known`` is False) and the universal guide prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from mrc_app.calendars.days import known_to
from mrc_app.corridors import countries
from mrc_app.corridors.facts import Answer, Confidence, Fact, Side, Source, answer, identity
from mrc_app.corridors.packs import MOST_BYTES, Pack, read_pack
from mrc_app.errors import CannotRead
from mrc_app.i18n import N_
from mrc_app.places import RESOURCES

FOLDER = RESOURCES / "corridors"
_BINDING = (Side.AGREEMENT, Side.DESTINATION, Side.ORIGIN)


@dataclass(frozen=True)
class Contact:
    """A number or address printed by a source. Not for a card until a person at a centre confirmed it."""

    corridor: str
    side: Side
    name: str
    value: str
    confidence: Confidence
    source: Source
    as_of: str = ""
    hours: str = ""
    languages: str = ""
    note: str = ""
    kind: str = ""

    @property
    def uuid(self) -> str:
        """Its identity, the same at every desk, whatever its number becomes (32 hexadecimal characters)."""
        return identity(self.corridor, "contact", self.side.value, self.name)

    @property
    def value_text(self) -> str:
        """The number as the source prints it: what a person confirms."""
        return self.value


@dataclass(frozen=True)
class Entry:
    """A law, an office or a document of a corridor: its name, what it is, how old and how sure."""

    name: str
    confidence: Confidence
    source: Source
    as_of: str = ""
    note: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Corridor:
    """Two countries and what is known about going from one to work in the other. ``pack`` names the reference pack it
    came in; empty for the program's own file."""

    id: str
    origin: str
    destination: str
    known: bool = False
    grade: str = ""
    status: str = "unknown"
    status_as_of: str = ""
    status_note: str = ""
    status_source: Source | None = None
    sectors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    compiled: date | None = None
    facts: tuple[Fact, ...] = ()
    contacts: tuple[Contact, ...] = ()
    documents: tuple[Entry, ...] = ()
    laws: tuple[Entry, ...] = ()
    bodies: tuple[Entry, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    pack: str = ""

    def usual_sector(self, sector: str | None) -> str:
        """The sector asked about; when none is said, the one the corridor's file is mainly about."""
        return sector or (self.sectors[0] if self.sectors else "all")

    def answer(self, key: str, sector: str | None, on: date) -> Answer:
        """What is known to a question on a day: several sides beside each other, or why it cannot be told."""
        return answer(self.facts, key, self.usual_sector(sector), on, self.compiled)

    def fact(self, key: str, sector: str | None = None, *, on: date) -> Fact | None:
        """One fact that holds on a day: the agreement's, else the destination's, else the origin's, else None.

        Where the sides must be compared, use ``answer``.
        """
        found = self.answer(key, sector, on)
        return next((fact for side in _BINDING for fact in found.of(side)), None)

    @property
    def oldest(self) -> str:
        """The oldest publication date of its facts, as the source gives it; empty without any."""
        return min((fact.as_of for fact in self.facts if fact.as_of), default="")


def corridor(id: str) -> Corridor:
    """A corridor by id (ET-SA). Raises Invalid for a malformed id or country, CannotRead for a damaged file."""
    origin, destination = countries.pair(id)
    path = FOLDER / f"{id}.toml"
    if not path.is_file():
        return Corridor(id, origin, destination)
    return _read(path, path.stat().st_mtime_ns)


def corridors() -> list[Corridor]:
    """Every corridor with a file, by id. Raises CannotRead for a damaged file."""
    return [corridor(path.stem) for path in sorted(FOLDER.glob("??-??.toml"))]


def read(path: Path) -> Corridor:
    """The corridor of a file from anywhere, checked. Raises CannotRead."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        raise CannotRead(N_("The corridor file {file} cannot be read."), file=path.name) from None
    return of_text(content, path.name)


def of_text(content: bytes, name: str) -> Corridor:
    """The corridor of a file's content, checked. Raises CannotRead."""
    return _corridor(read_pack(content, name))


@lru_cache(maxsize=256)
def _read(path: Path, stamp: int) -> Corridor:
    return read(path)


def _corridor(pack: Pack) -> Corridor:
    head, rows, sources = pack.head, pack.rows, pack.sources
    return Corridor(
        head["id"],
        head["origin"],
        head["destination"],
        known=True,
        grade=head["grade"],
        status=head["status"],
        status_as_of=head.get("status_as_of", ""),
        status_note=head.get("status_note", ""),
        status_source=sources.get(head.get("status_source", "")),
        sectors=tuple(head["sectors"]),
        languages=tuple(code.replace("_", "-") for code in head["languages"]),
        compiled=known_to(head["compiled"])[1],
        facts=pack.facts,
        contacts=tuple(_contact(row, sources, head["id"]) for row in rows["contact"]),
        documents=tuple(_entry(row, sources) for row in rows["document"]),
        laws=tuple(_entry(row, sources) for row in rows["law"]),
        bodies=tuple(_entry(row, sources) for row in rows["body"]),
        missing={row["key"]: row["note"] for row in rows["missing"]},
        sources=sources,
    )


def _contact(row: Mapping[str, Any], sources: Mapping[str, Source], corridor: str) -> Contact:
    given = {**row, "side": Side(row["side"]), "confidence": Confidence(row["confidence"])}
    return Contact(**{**given, "source": sources[row["source"]], "corridor": corridor})


def _entry(row: Mapping[str, Any], sources: Mapping[str, Source]) -> Entry:
    plain = ("name", "confidence", "source", "as_of", "note")
    detail = {name: str(value) for name, value in row.items() if name not in plain}
    sure = Confidence(row["confidence"])
    return Entry(row["name"], sure, sources[row["source"]], row.get("as_of", ""), row.get("note", ""), detail)


def summary(known: list[Corridor] | None = None) -> list[dict[str, Any]]:
    """What ``mrc corridors`` answers: each corridor with the number, grade and age of its facts; ``known`` are those of
    a centre."""
    return [
        {
            "id": found.id,
            "status": found.status,
            "facts": len(found.facts),
            "compiled": found.compiled.isoformat() if found.compiled else None,
            "oldest": found.oldest or None,
            "grade": found.grade,
            "sectors": list(found.sectors),
            "pack": found.pack or None,
        }
        for found in (corridors() if known is None else known)
    ]


def in_full(id: str, known: Corridor | None = None) -> dict[str, Any]:
    """What ``mrc corridors ID`` answers: every fact with value, unit, currency, source, as_of and confidence."""
    found = known or corridor(id)
    return {
        "id": found.id,
        "origin": found.origin,
        "destination": found.destination,
        "known": found.known,
        "grade": found.grade or None,
        "status": found.status,
        "status_as_of": found.status_as_of or None,
        "status_note": found.status_note or None,
        "compiled": found.compiled.isoformat() if found.compiled else None,
        "oldest": found.oldest or None,
        "pack": found.pack or None,
        "sectors": list(found.sectors),
        "languages": list(found.languages),
        "facts": [_fact_row(fact) for fact in found.facts],
        "contacts": [_contact_row(contact) for contact in found.contacts],
        "documents": [_entry_row(entry) for entry in found.documents],
        "laws": [_entry_row(entry) for entry in found.laws],
        "bodies": [_entry_row(entry) for entry in found.bodies],
        "missing": dict(found.missing),
    }


def _source_row(source: Source) -> dict[str, object]:
    return {"source": source.title, "source_url": source.url, "source_kind": source.kind,
            "source_published": source.published or None, "source_seen": source.seen}  # fmt: skip


def _fact_row(fact: Fact) -> dict[str, object]:
    value = str(fact.value) if isinstance(fact.value, Decimal) else fact.value
    return {
        "id": fact.uuid, "key": fact.key, "sector": fact.sector, "value": value, "unit": fact.unit,
        "currency": fact.currency or None, "side": fact.side.value, "claim": fact.claim or None,
        "as_of": fact.as_of or None, "confidence": fact.confidence.value,
        "valid_from": fact.valid_from or None, "valid_to": fact.valid_to or None, "superseded": fact.superseded,
        "legal_basis": fact.legal_basis or None, "note": fact.note or None,
        **_source_row(fact.source),
    }  # fmt: skip


def _contact_row(contact: Contact) -> dict[str, object]:
    return {"side": contact.side.value, "name": contact.name, "value": contact.value,
            "hours": contact.hours or None, "languages": contact.languages or None,
            "kind": contact.kind or None, "as_of": contact.as_of or None, "id": contact.uuid,
            "confidence": contact.confidence.value, **_source_row(contact.source)}  # fmt: skip


def _entry_row(entry: Entry) -> dict[str, object]:
    return {"name": entry.name, **entry.detail, "as_of": entry.as_of or None, "note": entry.note or None,
            "confidence": entry.confidence.value, **_source_row(entry.source)}  # fmt: skip
