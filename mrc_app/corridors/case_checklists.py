"""Checklists of cases: what to see to when somebody is to come home, is detained, is missing or has died.

One file each in resources/checklists/cases. The items are the project's proposal, shown as such, never a rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mrc_app.corridors.checklists import Item, in_folder, is_text, item_faults, items, said_in
from mrc_app.i18n import N_, Labelled
from mrc_app.places import RESOURCES

SCHEMA = "case-checklist/1"
FOLDER = RESOURCES / "checklists" / "cases"
_KEYS = ("schema", "id", "name", "basis", "note", "item")


class Ground(Labelled):
    """What a checklist of cases rests on."""

    PROPOSED = "proposed", N_("proposed by this program, no outside authority")
    REPORTED = "reported", N_("reported, not checked")


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
    return in_folder(FOLDER, read)


def checklist(id: str) -> CaseChecklist | None:
    """The list with an id; None for one this version does not have."""
    return next((one for one in checklists() if one.id == id), None)


def read(path: Path) -> CaseChecklist:
    """The list of a file from anywhere, checked. Raises CannotRead naming what is wrong."""
    said = said_in(path, _faults)
    return CaseChecklist(said["id"], said["name"], Ground(said["basis"]), said["note"], items(said))


def _faults(said: dict[str, Any], stem: str) -> Iterator[str]:
    yield from sorted(set(said) ^ set(_KEYS))
    right = {
        "schema": said["schema"] == SCHEMA,
        "id": said["id"] == stem,
        "name": is_text(said["name"]),
        "basis": said["basis"] in list(Ground),
        "note": isinstance(said["note"], str),
    }
    yield from (name for name, good in right.items() if not good)
    yield from item_faults(said["item"])
