"""The papers an approval file needs, by corridor: one file each in resources/checklists, read when first asked for.

A list from memory ("reported") is shown as "reported, not checked" and is never a rule.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from mrc_app.corridors.countries import is_country
from mrc_app.errors import CannotRead
from mrc_app.i18n import N_, Labelled
from mrc_app.places import RESOURCES

SCHEMA = "approval-checklist/1"
FOLDER = RESOURCES / "checklists"
_DAMAGED = N_("The checklist {file} cannot be used: {field} is missing or has a value that is not allowed.")
_TEXTS = ("source", "seen", "confidence", "note")


class Basis(Labelled):
    """How far a list can be trusted."""

    READ = "read", N_("read in a source")
    REPORTED = "reported", N_("reported, not checked")


@dataclass(frozen=True)
class Paper:
    """One paper of a list. ``name`` is English, translated where it is known to the catalogue."""

    id: str
    name: str


@dataclass(frozen=True)
class Checklist:
    """The papers for some journeys, with where that was read."""

    id: str
    name: str
    origins: frozenset[str]
    destinations: frozenset[str]
    basis: Basis
    items: tuple[Paper, ...]
    source: str = ""
    seen: str = ""
    confidence: str = ""
    note: str = ""

    def fits(self, origin: str, destination: str) -> bool:
        """Whether the list is for journeys from here to there."""
        return (not self.origins or origin in self.origins) and (
            not self.destinations or destination in self.destinations
        )


def checklists() -> tuple[Checklist, ...]:
    """Every list, by id. Raises CannotRead for a damaged file."""
    return tuple(_read(path, path.stat().st_mtime_ns) for path in sorted(FOLDER.glob("*.toml")))


def for_journey(origin: str, destination: str) -> tuple[Checklist, ...]:
    """The lists for a journey; none where nothing is known here."""
    return tuple(found for found in checklists() if found.fits(origin, destination))


@lru_cache(maxsize=64)
def _read(path: Path, stamp: int) -> Checklist:
    return read(path)


def read(path: Path) -> Checklist:
    """The list of a file from anywhere, checked. Raises CannotRead."""
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise CannotRead(_DAMAGED, file=path.name, field="its text") from None
    wrong = next(_faults(said, path.stem), None)
    if wrong:
        raise CannotRead(_DAMAGED, file=path.name, field=wrong)
    return Checklist(
        id=said["id"], name=said["name"], basis=Basis(said["basis"]),
        origins=frozenset(said["origins"]), destinations=frozenset(said["destinations"]),
        items=tuple(Paper(one["id"], one["name"]) for one in said["item"]),
        **{name: said.get(name, "") for name in _TEXTS},
    )  # fmt: skip


def _faults(said: dict[str, Any], stem: str) -> Any:
    must = {"schema", "id", "name", "origins", "destinations", "basis", "item"}
    yield from sorted(set(said) - must - set(_TEXTS)) + sorted(must - set(said))
    right = {
        "schema": said.get("schema") == SCHEMA,
        "id": said.get("id") == stem,
        "name": _text(said.get("name")),
        "basis": said.get("basis") in list(Basis),
        "source": said.get("basis") != Basis.READ or all(_text(said.get(name)) for name in _TEXTS[:3]),
        **{name: isinstance(said.get(name, ""), str) for name in _TEXTS if name != "source"},
    }
    yield from (name for name, good in right.items() if not good)
    for name in ("origins", "destinations"):
        if not isinstance(said[name], list) or not all(
            isinstance(code, str) and is_country(code) for code in said[name]
        ):
            yield name
    yield from _items(said["item"])


def _items(found: Any) -> Any:
    if not isinstance(found, list) or not found:
        yield "item"
        return
    for number, one in enumerate(found, 1):
        if not isinstance(one, dict) or set(one) != {"id", "name"} or not all(map(_text, one.values())):
            yield f"item {number}"
            return
    if len({one["id"] for one in found}) != len(found):
        yield "item"


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
