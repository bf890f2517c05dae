"""Approval files: which of the papers a journey needs were seen, and which are missing.

The lists stand in resources/checklists; what was seen is kept here, paper by paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import fields
from mrc_app.casework.contract_words import ItemState
from mrc_app.casework.journeys import Journey
from mrc_app.corridors.checklists import Checklist, Item, for_journey
from mrc_app.corridors.facts import identity
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words: see contract_words

# -- Record


class ApprovalItem(Record, table=True):
    """One paper of a journey's approval file. The same paper has the same uuid at every desk."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"state": ("state", "on", "noted_by")}
    codes: ClassVar[frozenset[str]] = frozenset({"checklist", "item"})
    __table_args__ = checks(state=ItemState)

    client: str = Field(foreign_key="client.uuid", index=True)
    journey: str = Field(foreign_key="journey.uuid", index=True)
    checklist: str
    item: str
    state: ItemState = word_column(ItemState, ItemState.NOT_LOOKED)
    on: date
    noted_by: str
    note: str = ""


# -- Rules


@dataclass(frozen=True)
class Line:
    """One paper of a list and what is kept about it (None: not looked at yet)."""

    paper: Item
    kept: ApprovalItem | None = None

    @property
    def state(self) -> ItemState:
        """Seen, missing, not needed, or not looked at yet."""
        return self.kept.state if self.kept is not None else ItemState.NOT_LOOKED


@dataclass(frozen=True)
class ApprovalFile:
    """One list for one journey. ``seen`` of ``needed``: papers that are not needed are in neither."""

    checklist: Checklist
    lines: tuple[Line, ...]

    @property
    def needed(self) -> int:
        """How many papers the file needs."""
        return sum(line.state is not ItemState.NOT_NEEDED for line in self.lines)

    @property
    def seen(self) -> int:
        """How many were seen."""
        return sum(line.state is ItemState.SEEN for line in self.lines)

    @property
    def lacking(self) -> tuple[Item, ...]:
        """The papers that are needed and were not seen."""
        return tuple(line.paper for line in self.lines if line.state in (ItemState.MISSING, ItemState.NOT_LOOKED))


def file_of(checklist: Checklist, kept: Iterable[ApprovalItem]) -> ApprovalFile:
    """A list with what is kept about its papers."""
    known = {one.item: one for one in kept if one.checklist == checklist.id}
    return ApprovalFile(checklist, tuple(Line(paper, known.get(paper.id)) for paper in checklist.items))


def line_of(journey: Journey, checklist: str, item: str) -> Problem | None:
    """Why a paper does not belong to a journey's file; None when it does."""
    for found in for_journey(journey.origin, journey.destination):
        if found.id == checklist:
            if any(paper.id == item for paper in found.items):
                return None
            return Problem(N_("The list “{list}” has no paper “{item}”."), {"list": checklist, "item": item})
    return Problem(N_("There is no list “{list}” for this journey."), {"list": checklist})


# -- Actions


@needs(May.COUNSEL)
def item(
    session: Session,
    journey: Journey,
    *,
    checklist: str,
    item: str,
    state: ItemState | str,
    on: date,
    by: str,
    note: str | None = None,
) -> ApprovalItem:
    """Notes what was seen of one paper on a day; a note of before stays where none is given. Raises Invalid."""
    wrong = line_of(journey, checklist, item)
    if wrong is not None:
        raise Invalid(item=wrong)
    look: dict[str, fields.Check] = {"state": fields.word(ItemState), "note": fields.long_text}
    typed: dict[str, Any] = {"state": state} | ({} if note is None else {"note": note})
    said = fields.checked(look, typed)
    uuid = identity("approvalitem", journey.uuid, checklist, item)
    kept = session.exec(select(ApprovalItem).where(ApprovalItem.uuid == uuid)).first()
    if kept is None:
        kept = ApprovalItem(
            uuid=uuid, client=journey.client, journey=journey.uuid, checklist=checklist, item=item, on=on, noted_by=by
        )
    elif kept.state != said["state"]:
        said |= {"on": on, "noted_by": by}
    for column, value in said.items():
        if getattr(kept, column) != value:
            setattr(kept, column, value)
    return added(session, kept)


# -- Questions


@needs(May.SEE_NAMES)
def of_journey(session: Session, journey: Journey) -> list[ApprovalFile]:
    """The approval files of a journey, one for each list that fits; none where no list is known here."""
    chosen = select(ApprovalItem).where(ApprovalItem.journey == journey.uuid, col(ApprovalItem.gone).is_(False))
    kept = list(session.exec(chosen))
    return [file_of(found, kept) for found in for_journey(journey.origin, journey.destination)]


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[ApprovalItem]:
    """Everything kept about a client's papers, in the order it was noted."""
    chosen = select(ApprovalItem).where(ApprovalItem.client == client, col(ApprovalItem.gone).is_(False))
    return list(session.exec(chosen.order_by(col(ApprovalItem.id))))
