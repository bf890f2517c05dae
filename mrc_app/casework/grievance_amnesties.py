"""Amnesties and regularisation windows: dated facts as the office read them, with the clients they may touch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, or_, select

from mrc_app.casework import fields
from mrc_app.casework.clients import Client
from mrc_app.casework.grievance_cases import A_DAY, SOMETHING
from mrc_app.casework.journey_words import JourneyStage
from mrc_app.casework.journeys import Journey
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added
from mrc_app.store.roles import May, needs

# -- Record


class Amnesty(Record, table=True):
    """An amnesty or regularisation window of a country, as the office read it. About nobody."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "window": ("begins_on", "ends_on"),
        "check": ("source", "checked_on", "checked_by"),
    }

    country: str = Field(index=True)
    begins_on: date
    ends_on: date | None = None
    source: str
    checked_on: date
    checked_by: str
    note: str = ""


# -- Rules

AMNESTY: dict[str, fields.Check] = {
    "country": fields.country,
    **dict.fromkeys(("begins_on", "ends_on", "checked_on"), fields.day),
    "source": fields.text,
    "note": fields.long_text,
}
STALE_DAYS = 180


def is_open(amnesty: Amnesty, today: date) -> bool:
    """Whether a window is open on a day, as far as the office knows its end."""
    return amnesty.begins_on <= today and (amnesty.ends_on is None or today <= amnesty.ends_on)


def is_stale(checked_on: date, today: date) -> bool:
    """Whether a fact was checked so long ago that it is shown with a warning."""
    return (today - checked_on).days > STALE_DAYS


# -- Actions


@needs(May.COUNSEL)
def open_window(session: Session, *, by: str, **typed: Any) -> Amnesty:
    """Writes an amnesty down as the office read it: country, begins_on, ends_on, source, checked_on. Raises Invalid."""
    kept = fields.checked(AMNESTY, typed)
    wrong = {name: Problem(A_DAY) for name in ("begins_on", "checked_on") if not kept.get(name)}
    wrong |= {name: Problem(SOMETHING) for name in ("country", "source") if not kept.get(name)}
    if kept.get("ends_on") and kept.get("begins_on") and kept["ends_on"] < kept["begins_on"]:
        wrong["ends_on"] = Problem(N_("It would end before it begins."))
    if wrong:
        raise Invalid(**wrong)
    return added(session, Amnesty(checked_by=by, **kept))


# -- Questions


@needs(May.SEE_NAMES)
def amnesties(session: Session, country: str = "") -> list[Amnesty]:
    """Amnesties as typed, the latest first; of one country or of all."""
    chosen = select(Amnesty).where(col(Amnesty.gone).is_(False))
    if country:
        chosen = chosen.where(Amnesty.country == country)
    return list(session.exec(chosen.order_by(col(Amnesty.begins_on).desc(), col(Amnesty.id).desc())))


@needs(May.SEE_NAMES)
def touched(session: Session, amnesty: Amnesty, limit: int = 200, among: Sequence[str] | None = None) -> list[Client]:
    """Clients whom a window may touch, of all or of those named: they are known to be in that country. Their status
    is not asked."""
    there = select(Journey.client).where(
        Journey.destination == amnesty.country, Journey.stage == JourneyStage.ABROAD, col(Journey.gone).is_(False)
    )
    mine = or_(Client.location_country == amnesty.country, col(Client.uuid).in_(there))
    chosen = select(Client).where(col(Client.gone).is_(False), mine)
    if among is not None:
        chosen = chosen.where(col(Client.uuid).in_(among))
    return list(session.exec(chosen.order_by(Client.uuid).limit(limit)))


@needs(May.SEE_NAMES)
def ahead_for(session: Session, people: Sequence[str], today: date) -> list[tuple[Amnesty, list[Client]]]:
    """The windows not known to be over that may touch one of these people, each with those it may touch."""
    ahead = [one for one in amnesties(session) if one.ends_on is None or today <= one.ends_on]
    return [(one, found) for one in ahead if (found := touched(session, one, among=people))]
