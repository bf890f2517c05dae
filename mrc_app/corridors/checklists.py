"""The papers an approval file needs, by corridor: one file each in resources/checklists, read when first asked for.

A list from memory ("reported") is shown as "reported, not checked" and is never a rule.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from mrc_app.corridors.countries import is_country
from mrc_app.errors import CannotRead
from mrc_app.i18n import N_, Labelled
from mrc_app.places import RESOURCES

SCHEMA = "approval-checklist/1"
FOLDER = RESOURCES / "checklists"
_DAMAGED = N_("The checklist {file} cannot be used: {field} is missing or has a value that is not allowed.")
List = TypeVar("List")
_TEXTS = ("source", "seen", "confidence", "note")


class Basis(Labelled):
    """How far a list can be trusted."""

    READ = "read", N_("read in a source")
    REPORTED = "reported", N_("reported, not checked")


@dataclass(frozen=True)
class Item:
    """One paper of a list, or one thing to see to. ``name`` is English, translated where the catalogue knows it."""

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
    items: tuple[Item, ...]
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
    return in_folder(FOLDER, read)


def for_journey(origin: str, destination: str) -> tuple[Checklist, ...]:
    """The lists for a journey; none where nothing is known here."""
    return tuple(found for found in checklists() if found.fits(origin, destination))


def read(path: Path) -> Checklist:
    """The list of a file from anywhere, checked. Raises CannotRead."""
    said = said_in(path, _faults)
    return Checklist(
        id=said["id"], name=said["name"], basis=Basis(said["basis"]),
        origins=frozenset(said["origins"]), destinations=frozenset(said["destinations"]),
        items=items(said),
        **{name: said.get(name, "") for name in _TEXTS},
    )  # fmt: skip


def _faults(said: dict[str, Any], stem: str) -> Iterator[str]:
    must = {"schema", "id", "name", "origins", "destinations", "basis", "item"}
    yield from sorted(set(said) - must - set(_TEXTS)) + sorted(must - set(said))
    right = {
        "schema": said.get("schema") == SCHEMA,
        "id": said.get("id") == stem,
        "name": is_text(said.get("name")),
        "basis": said.get("basis") in list(Basis),
        "source": said.get("basis") != Basis.READ or all(is_text(said.get(name)) for name in _TEXTS[:3]),
        **{name: isinstance(said.get(name, ""), str) for name in _TEXTS if name != "source"},
    }
    yield from (name for name, good in right.items() if not good)
    for name in ("origins", "destinations"):
        if not isinstance(said[name], list) or not all(
            isinstance(code, str) and is_country(code) for code in said[name]
        ):
            yield name
    yield from item_faults(said["item"])


# -- what both kinds of list share: see case_checklists


def in_folder(folder: Path, read: Callable[[Path], List]) -> tuple[List, ...]:
    """Every list of a folder, by id; a file is read again only when it changed."""
    return tuple(_kept(read, path, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.toml")))


@lru_cache(maxsize=64)
def _kept(read: Callable[[Path], Any], path: Path, stamp: int) -> Any:
    return read(path)


def said_in(path: Path, faults: Callable[[dict[str, Any], str], Iterator[str]]) -> dict[str, Any]:
    """What a file says. ``faults``: the fields that are wrong, the first told. Raises CannotRead."""
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise CannotRead(_DAMAGED, file=path.name, field="its text") from None
    wrong = next(faults(said, path.stem), None)
    if wrong:
        raise CannotRead(_DAMAGED, file=path.name, field=wrong)
    return said


def items(said: dict[str, Any]) -> tuple[Item, ...]:
    """The items of a file that was checked."""
    return tuple(Item(one["id"], one["name"]) for one in said["item"])


def item_faults(found: Any) -> Iterator[str]:
    """What is wrong with the items of a file."""
    if not isinstance(found, list) or not found:
        yield "item"
        return
    for number, one in enumerate(found, 1):
        if not isinstance(one, dict) or set(one) != {"id", "name"} or not all(map(is_text, one.values())):
            yield f"item {number}"
            return
    if len({one["id"] for one in found}) != len(found):
        yield "item"


def is_text(value: Any) -> bool:
    """Whether it is a text that says something."""
    return isinstance(value, str) and bool(value.strip())
