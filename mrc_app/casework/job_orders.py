"""Job orders: vacancies an agency or employer brings, checked by a person, and whom they fit, with the reasons.

Nobody is matched silently: each match says why it fits, what does not, and what stands in its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import func
from sqlmodel import Field, Session, col, or_, select

from mrc_app.casework import clients, fields, journeys, recruiters
from mrc_app.casework.clients import Client
from mrc_app.casework.journey_words import Per, Sector
from mrc_app.casework.journeys import Journey
from mrc_app.casework.recruiters import Recruiter
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.money import Money, decimals
from mrc_app.store.records import Record, added, checks, texts_column, word_column
from mrc_app.store.roles import May, needs

# -- Record


class JobOrder(Record, table=True):
    """A vacancy. ``country``: where the work is; ``employer``: its name as written in the order; ``languages``: what
    the work needs. ``filled_on``: from then on there is no place left."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "job": ("title", "isco", "sector"),
        "wage": ("wage_minor", "wage_currency", "wage_per"),
        "verified": ("verified_on", "verified_by", "source"),
    }
    __table_args__ = checks(sector=Sector, wage_per=Per)

    recruiter: str = Field(foreign_key="recruiter.uuid", index=True)
    country: str = Field(index=True)
    employer: str = ""
    title: str
    isco: str = Field(default="", index=True)
    sector: Sector | None = word_column(Sector)
    places: int | None = None
    wage_minor: int | None = None
    wage_currency: str = ""
    wage_per: Per | None = word_column(Per)
    languages: tuple[str, ...] = texts_column()
    closes_on: date | None = Field(default=None, index=True)
    verified_on: date | None = None
    verified_by: str | None = None
    source: str = ""
    filled_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Seeker:
    """What a client looks for: the work and country of her planned journey, what she speaks, the wage she was told."""

    country: str = ""
    isco: str = ""
    sector: Sector | None = None
    languages: frozenset[str] = frozenset()
    wage: Money | None = None
    per: Per | None = None


class Reason(NamedTuple):
    """One reason for or against, as a message id with its values."""

    fits: bool
    said: Problem


@dataclass(frozen=True)
class Match:
    """A job order beside a client: the reasons, and what stands in the way. ``score`` only orders the list."""

    order: JobOrder
    recruiter: Recruiter
    reasons: tuple[Reason, ...]
    blocks: tuple[Problem, ...]
    score: int


# -- Rules

ORDER: dict[str, fields.Check] = {
    "country": fields.country,
    **dict.fromkeys(("employer", "title", "source"), fields.text),
    "isco": fields.isco,
    "sector": fields.word(Sector, optional=True),
    "places": fields.whole(1, 100_000),
    "wage_per": fields.word(Per, optional=True),
    "languages": fields.language_codes,
    **dict.fromkeys(("closes_on", "verified_on", "filled_on"), fields.day),
    "note": fields.long_text,
}


def checked(typed: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The columns for what was typed; ``wage`` is Money or empty. Raises Invalid field by field."""
    columns = fields.checked({**ORDER, "wage": _wage}, typed)
    wrong: dict[str, Problem] = {}
    if not columns.get("title", "-"):
        wrong["title"] = Problem(N_("Say what the work is."))
    if not columns.get("country", "-"):
        wrong["country"] = Problem(N_("Say in which country the work is."))
    for name in ("verified_on", "filled_on"):
        if (on := columns.get(name)) and on > today:
            wrong[name] = Problem(N_("This day is still to come."))
    if columns.get("verified_on") and not columns.get("source"):
        wrong["source"] = Problem(N_("Say how the job order was checked."))
    if wrong:
        raise Invalid(**wrong)
    if "wage" in columns:
        money: Money | None = columns.pop("wage")
        columns |= {"wage_minor": money.minor if money else None, "wage_currency": money.currency if money else ""}
    return columns


def _wage(field: str, value: Any) -> Money | None:
    if not value:
        return None
    if not isinstance(value, Money):
        raise Invalid(wage=N_("Write the wage as an amount and a currency."))
    try:
        decimals(value.currency)
    except Invalid as said:
        raise Invalid(wage=said.problem) from None
    if value.minor <= 0:
        raise Invalid(wage=N_("A wage is more than nothing."))
    return value


def wage(order: JobOrder) -> Money | None:
    """The wage that is offered; None when the order says none."""
    return None if order.wage_minor is None else Money(order.wage_minor, order.wage_currency)


def seeker(client: Client, journey: Journey | None) -> Seeker:
    """What a client looks for, as far as her record says it."""
    spoken = frozenset(filter(None, (*client.speaks, client.language)))
    if journey is None:
        return Seeker(languages=spoken)
    told = journeys.wage(journey)
    return Seeker(journey.destination, journey.isco, journey.sector, spoken, told, journey.wage_per)


def blocks(order: JobOrder, recruiter: Recruiter, today: date) -> tuple[Problem, ...]:
    """What stands in the way of sending anybody: the licence, the closing day, no place left."""
    found = [recruiters.blocked(recruiter, today)]
    if order.closes_on is not None and order.closes_on < today:
        found.append(Problem(N_("The job order closed on {date}."), {"date": order.closes_on}))
    if order.filled_on is not None and order.filled_on <= today:
        found.append(Problem(N_("All places were taken on {date}."), {"date": order.filled_on}))
    return tuple(problem for problem in found if problem is not None)


def match(order: JobOrder, recruiter: Recruiter, wanted: Seeker, today: date) -> Match:
    """A job order beside what a client looks for."""
    scored = (
        _work(order, wanted), _country(order, wanted), _languages(order, wanted), _pay(order, wanted),
        _closing(order, today), _verified(order),
    )  # fmt: skip
    reasons = tuple(reason for _points, reason in scored if reason is not None)
    score = sum(points for points, _reason in scored)
    return Match(order, recruiter, reasons, blocks(order, recruiter, today), score)


def best(found: Iterable[Match]) -> list[Match]:
    """Those with something in common, the best first; what is blocked comes after what is not."""
    fitting = [one for one in found if one.score > 0]
    return sorted(fitting, key=lambda one: (bool(one.blocks), -one.score, one.order.closes_on or date.max))


Scored = tuple[int, Reason | None]
SILENT: Scored = (0, None)


def _yes(points: int, message: str, **values: object) -> Scored:
    return points, Reason(True, Problem(message, values))


def _no(message: str, **values: object) -> Scored:
    return 0, Reason(False, Problem(message, values))


def _work(order: JobOrder, wanted: Seeker) -> Scored:
    asked, offered = wanted.isco, order.isco
    if asked and offered:
        if asked == offered and len(asked) == 4:
            return _yes(4, N_("The same work (ISCO {code})."), code=asked)
        if len(asked) > 2 and len(offered) > 2 and asked[:3] == offered[:3]:
            return _yes(3, N_("Work of the same group (ISCO {code})."), code=asked[:3])
    if order.sector is not None and order.sector is wanted.sector:
        return _yes(2, N_("The same kind of work: {sector}."), sector=order.sector)
    if asked and offered:
        return _no(N_("Other work (ISCO {code}) than she looks for."), code=offered)
    return SILENT


def _country(order: JobOrder, wanted: Seeker) -> Scored:
    if not wanted.country:
        return SILENT
    if order.country == wanted.country:
        return _yes(2, N_("The country she wants to go to."))
    return _no(N_("Another country than she wants to go to."))


def _languages(order: JobOrder, wanted: Seeker) -> Scored:
    if not order.languages or not wanted.languages:
        return SILENT
    lacking = [code for code in order.languages if code not in wanted.languages]
    if not lacking:
        return _yes(1, N_("She speaks what the work needs."))
    return _no(N_("The work needs {languages}, which her record does not name."), languages=tuple(lacking))


def _pay(order: JobOrder, wanted: Seeker) -> Scored:
    offered, told = wage(order), wanted.wage
    if offered is None or told is None:
        return SILENT
    if offered.currency != told.currency or order.wage_per is not wanted.per or wanted.per is None:
        return _no(
            N_("The wages cannot be compared: {offered} here, {told} in her record."), offered=offered, told=told
        )
    if told <= offered:
        return _yes(1, N_("{offered} is offered; she was told {told}."), offered=offered, told=told)
    return _no(N_("{offered} is offered, less than the {told} she was told."), offered=offered, told=told)


def _closing(order: JobOrder, today: date) -> Scored:
    if order.closes_on is None or order.closes_on < today:
        return SILENT
    days = (order.closes_on - today).days
    if days == 0:
        return 0, Reason(True, Problem(N_("It closes today.")))
    return 0, Reason(True, Problem(N_("It closes in {days} days."), {"days": days}))


def _verified(order: JobOrder) -> Scored:
    if order.verified_on is None:
        return _no(N_("Nobody has checked this job order."))
    return 0, Reason(
        True, Problem(N_("Checked on {date}: {source}."), {"date": order.verified_on, "source": order.source})
    )


# -- Actions


@needs(May.NUMBERS)
def add(session: Session, *, recruiter: str, by: str, on: date, **typed: Any) -> JobOrder:
    """Enters a job order: country, employer, title, isco, sector, places, wage, wage_per, languages, closes_on,
    verified_on, source, note. Raises Invalid field by field."""
    recruiters.by_uuid(session, recruiter)
    columns = checked({"title": "", "country": "", **typed}, on)
    order = JobOrder(recruiter=recruiter, **columns, verified_by=by if columns.get("verified_on") else None)
    return added(session, order)


@needs(May.NUMBERS)
def amend(session: Session, order: JobOrder, *, changes: Mapping[str, Any], by: str, on: date) -> JobOrder:
    """Changes fields, named as in ``add``, or ``filled_on``. Raises Invalid field by field."""
    source = {"source": order.source} if "verified_on" in changes else {}
    columns = checked({**source, **changes}, on)
    if columns.get("verified_on", order.verified_on) != order.verified_on:
        columns["verified_by"] = by if columns["verified_on"] else None
    for column, value in columns.items():
        setattr(order, column, value)
    return added(session, order)


@needs(May.NUMBERS)
def remove(session: Session, order: JobOrder) -> None:
    """Takes a job order off the list."""
    order.gone = True
    added(session, order)


# -- Questions

LAST = date.max
LOOKED_AT = 300
"""Job orders looked at for one client: those that close first."""


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> JobOrder:
    """The job order with an identity. Raises MrcError when the desk has none."""
    found = session.exec(select(JobOrder).where(JobOrder.uuid == uuid, col(JobOrder.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This job order is not on this desk."))
    return found


@needs(May.SEE_NAMES)
def listed(
    session: Session, today: date, *, recruiter: str = "", past: bool = False, after: int = 0, limit: int = 50
) -> list[tuple[JobOrder, Recruiter]]:
    """A page of the job orders that are still open (with ``past`` all), of one recruiter when named, those that close
    first before the others. ``after``: how many lines came before."""
    chosen = (
        select(JobOrder, Recruiter)
        .join(Recruiter, col(Recruiter.uuid) == JobOrder.recruiter)
        .where(col(JobOrder.gone).is_(False), col(Recruiter.gone).is_(False))
        .order_by(func.coalesce(JobOrder.closes_on, LAST), col(JobOrder.uuid))
    )
    if not past:
        chosen = chosen.where(or_(col(JobOrder.closes_on).is_(None), col(JobOrder.closes_on) >= today))
        chosen = chosen.where(or_(col(JobOrder.filled_on).is_(None), col(JobOrder.filled_on) > today))
    if recruiter:
        chosen = chosen.where(JobOrder.recruiter == recruiter)
    return list(session.exec(chosen.offset(after).limit(limit)))


@needs(May.SEE_NAMES)
def matches(session: Session, client: str, today: date) -> list[Match]:
    """Open job orders that have something in common with what a client looks for, the best first."""
    wanted = seeker(clients.by_uuid(session, client), journeys.current(session, client))
    found = listed(session, today, limit=LOOKED_AT)
    return best(match(order, recruiter, wanted, today) for order, recruiter in found)
