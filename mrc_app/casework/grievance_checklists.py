"""The checklists of a case: each item with its mark, whoever set it and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlmodel import Field, Session, col

from mrc_app.casework import fields
from mrc_app.casework.grievance_cases import of
from mrc_app.casework.grievance_words import Mark
from mrc_app.casework.grievances import Grievance
from mrc_app.corridors import case_checklists
from mrc_app.corridors.case_checklists import CaseChecklist
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words: see grievance_words

# -- Record


class CaseMark(Record, table=True):
    """The mark of one item of a checklist of a case. ``checklist`` and ``item`` are ids of resources/checklists."""

    subject: ClassVar[str | None] = "grievance"
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"mark": ("mark", "on", "by", "note")}
    codes: ClassVar[frozenset[str]] = frozenset({"checklist", "item"})
    __table_args__ = checks(mark=Mark)

    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    checklist: str
    item: str
    mark: Mark = word_column(Mark, Mark.OPEN)
    on: date
    by: str
    note: str = ""


@dataclass(frozen=True)
class Marked:
    """An item of a checklist with its mark; an item that no list has any more keeps its id as its name."""

    id: str
    name: str
    mark: Mark
    on: date | None = None
    note: str = ""


# -- Rules


def marked(checklist: CaseChecklist, marks: Iterable[CaseMark]) -> list[Marked]:
    """Every item of a list with its mark; marks of items that the list lost stay at its end."""
    mine = {one.item: one for one in marks if one.checklist == checklist.id and not one.gone}
    names = {item.id: item.name for item in checklist.items}
    listed = [*names, *(item for item in mine if item not in names)]
    return [_marked(item, names.get(item, item), mine.get(item)) for item in listed]


def _marked(item: str, name: str, mark: CaseMark | None) -> Marked:
    return Marked(item, name, Mark.OPEN) if mark is None else Marked(item, name, mark.mark, mark.on, mark.note)


# -- Actions


@needs(May.COUNSEL)
def tick(
    session: Session, grievance: Grievance, *, checklist: str, item: str, mark: Mark | str, on: date, by: str,
    note: str = "",
) -> CaseMark:  # fmt: skip
    """Marks an item of a checklist. Raises Invalid for an item that no list has."""
    kept = fields.checked({"mark": fields.word(Mark), "note": fields.long_text}, {"mark": mark, "note": note})
    known = case_checklists.checklist(checklist)
    there = next(
        (one for one in marks(session, grievance.uuid) if (one.checklist, one.item) == (checklist, item)), None
    )
    if there is None and (known is None or item not in {one.id for one in known.items}):
        raise Invalid(item=Problem(N_("There is no item “{item}” in this checklist."), {"item": item}))
    if there is None:
        there = CaseMark(grievance=grievance.uuid, checklist=checklist, item=item, on=on, by=by, **kept)
    else:
        there.mark, there.note, there.on, there.by = kept["mark"], kept["note"], on, by
    return added(session, there)


# -- Questions


@needs(May.SEE_NAMES)
def marks(session: Session, grievance: str) -> list[CaseMark]:
    """Every mark of every checklist of a case."""
    return of(session, CaseMark, grievance, col(CaseMark.id))
