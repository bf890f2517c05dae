"""Checklists of cases: what to see to when somebody is to come home, is detained, is missing or has died.

One file each in resources/checklists/cases. The items are the project's proposal, shown as such, never a rule.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from mrc_app.errors import CannotRead
from mrc_app.i18n import N_, Labelled
from mrc_app.places import RESOURCES

SCHEMA = "case-checklist/1"
FOLDER = RESOURCES / "checklists" / "cases"
_DAMAGED = N_("The checklist {file} cannot be used: {field} is missing or has a value that is not allowed.")
_KEYS = ("schema", "id", "name", "basis", "note", "item")


class Ground(Labelled):
    """What a checklist of cases rests on."""

    PROPOSED = "proposed", N_("proposed by this program, no outside authority")
    REPORTED = "reported", N_("reported, not checked")


@dataclass(frozen=True)
class Item:
    """One thing to see to. ``name`` is English, translated where it is known to the catalogue."""

    id: str
    name: str


@dataclass(frozen=True)
class CaseChecklist:
    """What to see to in one kind of emergency."""

    id: str
    name: str
    basis: Ground
    note: str
    items: tuple[Item, ...]


def checklists() -> tuple[CaseChecklist, ...]:
    """Every list, by id. Raises CannotRead for a damaged file."""
    return tuple(_read(path, path.stat().st_mtime_ns) for path in sorted(FOLDER.glob("*.toml")))


def checklist(id: str) -> CaseChecklist | None:
    """The list with an id; None for one this version does not have."""
    return next((one for one in checklists() if one.id == id), None)


@lru_cache(maxsize=16)
def _read(path: Path, stamp: int) -> CaseChecklist:
    return read(path)


def read(path: Path) -> CaseChecklist:
    """The list of a file from anywhere, checked. Raises CannotRead naming what is wrong."""
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise CannotRead(_DAMAGED, file=path.name, field="its text") from None
    wrong = _fault(said, path.stem)
    if wrong:
        raise CannotRead(_DAMAGED, file=path.name, field=wrong)
    items = tuple(Item(one["id"], one["name"]) for one in said["item"])
    return CaseChecklist(said["id"], said["name"], Ground(said["basis"]), said["note"], items)


def _fault(said: dict[str, Any], stem: str) -> str:
    strange = sorted(set(said) ^ set(_KEYS))
    if strange:
        return strange[0]
    right = {
        "schema": said["schema"] == SCHEMA,
        "id": said["id"] == stem,
        "name": isinstance(said["name"], str) and bool(said["name"]),
        "basis": said["basis"] in list(Ground),
        "note": isinstance(said["note"], str),
        "item": _items_right(said["item"]),
    }
    return next((name for name, good in right.items() if not good), "")


def _items_right(found: Any) -> bool:
    return (
        isinstance(found, list)
        and bool(found)
        and all(isinstance(one, dict) and set(one) == {"id", "name"} for one in found)
        and all(isinstance(text, str) and text for one in found for text in one.values())
        and len({one["id"] for one in found}) == len(found)
    )
