"""Returns: how and when somebody came back, with which papers, and what cannot wait (form F10).

Nothing is demanded but that she came back; a deportation is a word like any other and closes no service.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import fields
from mrc_app.casework.return_words import NeedNow, ReturnKind, TravelPaper, Wish
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.money import Money
from mrc_app.store.records import Record, added, checks, word_column, words_column
from mrc_app.store.roles import May, needs

# -- Words: see return_words

# -- Record


class Return(Record, table=True):
    """One return of a client. Debts and savings in minor units of their own currency (ISO 4217)."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "coming": ("returned_on", "from_country"),
        "debts": ("debts_minor", "debts_currency"),
        "savings": ("savings_minor", "savings_currency"),
    }
    __table_args__ = checks(kind=ReturnKind, paper=TravelPaper, wish=Wish)

    client: str = Field(foreign_key="client.uuid", index=True)
    journey: str | None = Field(default=None, foreign_key="journey.uuid", index=True)
    kind: ReturnKind = word_column(ReturnKind, ReturnKind.NOT_ASKED)
    returned_on: date | None = Field(default=None, index=True)
    from_country: str = ""
    paper: TravelPaper = word_column(TravelPaper, TravelPaper.NOT_ASKED)
    received_at: str = ""
    needs: tuple[NeedNow, ...] = words_column(NeedNow)
    debts_minor: int | None = None
    debts_currency: str = ""
    savings_minor: int | None = None
    savings_currency: str = ""
    skills_abroad: str = ""
    wish: Wish = word_column(Wish, Wish.NOT_ASKED)
    note: str = ""
    noted_on: date
    noted_by: str


# -- Rules

CHECKS: dict[str, fields.Check] = {
    "kind": fields.word(ReturnKind),
    "returned_on": fields.day,
    "from_country": fields.country,
    "paper": fields.word(TravelPaper),
    "received_at": fields.text,
    "needs": fields.words(NeedNow),
    "skills_abroad": fields.long_text,
    "wish": fields.word(Wish),
    "note": fields.long_text,
    "journey": fields.text,
}


def checked(typed: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The columns for what was typed; ``debts`` and ``savings`` are Money or empty. Raises Invalid field by field."""
    columns = fields.checked({**CHECKS, "debts": fields.money, "savings": fields.money}, typed)
    for name in ("debts", "savings"):
        if name in columns:
            kept = columns.pop(name)
            columns |= {
                f"{name}_minor": kept.minor if kept else None,
                f"{name}_currency": kept.currency if kept else "",
            }
    if "journey" in columns:
        columns["journey"] = columns["journey"] or None
    if (day := columns.get("returned_on")) and day > today:
        raise Invalid(returned_on=Problem(N_("This day is still to come.")))
    return columns


def debts(kept: Return) -> Money | None:
    """What she owes; None when not told."""
    return None if kept.debts_minor is None else Money(kept.debts_minor, kept.debts_currency)


def savings(kept: Return) -> Money | None:
    """What she saved; None when not told."""
    return None if kept.savings_minor is None else Money(kept.savings_minor, kept.savings_currency)


# -- Actions


@needs(May.COUNSEL)
def note(session: Session, *, client: str, on: date, by: str, **typed: Any) -> Return:
    """A return, written down. Raises Invalid field by field."""
    return added(session, Return(client=client, noted_on=on, noted_by=by, **checked(typed, on)))


@needs(May.COUNSEL)
def amend(session: Session, kept: Return, *, on: date, changes: Mapping[str, Any]) -> Return:
    """Changes fields of a return, named as in ``note``. Raises Invalid; then nothing is changed."""
    for column, value in checked(changes, on).items():
        if getattr(kept, column) != value:
            setattr(kept, column, value)
    return added(session, kept)


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Return]:
    """A client's returns, the latest first."""
    chosen = select(Return).where(Return.client == client, col(Return.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Return.returned_on).desc(), col(Return.id).desc())))


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Return:
    """One return. Raises MrcError when there is none that this officer may see."""
    found = session.exec(select(Return).where(Return.uuid == uuid, col(Return.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This return is not on this desk."))
    return found
