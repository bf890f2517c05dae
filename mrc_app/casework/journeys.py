"""Journeys: from one country to another for work, the spine of everything later; and the job as told.

Nothing is demanded: what is missing is named before a guide is printed, never filled with a blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import clients, fields
from mrc_app.casework.client_words import Answer
from mrc_app.casework.clients import Client
from mrc_app.casework.journey_words import (
    FoodRoom,
    JourneyStage,
    Per,
    RecruitedThrough,
    RestDay,
    ReturnPayer,
    Sector,
)
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.money import Money, decimals
from mrc_app.store.records import Record, added, checks, texts_column, word_column
from mrc_app.store.roles import May, needs

# -- Words: see journey_words

# -- Record


class Journey(Record, table=True):
    """One journey of a client. ``wage_minor``: minor units of ``wage_currency`` (ISO 4217) per ``wage_per``."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "route": ("origin", "destination"),
        "stage": ("stage", "stage_on"),
        "wage": ("wage_minor", "wage_currency", "wage_per"),
        "hours": ("hours_per_day", "days_per_week"),
        "rest": ("rest_day", "rest_hours"),
        "job": ("job_title", "isco", "sector"),
        "term": ("starts_on", "ends_on"),
    }
    __table_args__ = checks(
        stage=JourneyStage,
        sector=Sector,
        recruited_through=RecruitedThrough,
        wage_per=Per,
        rest_day=RestDay,
        food_room=FoodRoom,
        return_payer=ReturnPayer,
        repeat=Answer,
    )

    client: str = Field(foreign_key="client.uuid", index=True)
    origin: str
    destination: str
    stage: JourneyStage = word_column(JourneyStage, JourneyStage.PLANNED)
    stage_on: date
    repeat: Answer = word_column(Answer, Answer.NOT_ASKED)
    programmes: tuple[str, ...] = texts_column()
    recruited_through: RecruitedThrough | None = word_column(RecruitedThrough)
    agency: str = ""

    sector: Sector | None = word_column(Sector)
    job_title: str = ""
    isco: str = ""
    employer: str = ""
    town: str = ""
    address: str = ""
    wage_minor: int | None = None
    wage_currency: str = ""
    wage_per: Per | None = word_column(Per)
    pay_day: str = ""
    hours_per_day: str = ""
    days_per_week: int | None = None
    rest_day: RestDay | None = word_column(RestDay)
    rest_hours: int | None = None
    food_room: FoodRoom | None = word_column(FoodRoom)
    starts_on: date | None = None
    ends_on: date | None = None
    return_payer: ReturnPayer | None = word_column(ReturnPayer)

    departs_on: date | None = None
    airport: str = ""
    arrival_city: str = ""
    meeting_person: str = ""
    returned_on: date | None = None
    permit_end: date | None = None
    note: str = ""

    @property
    def corridor(self) -> str:
        """Origin and destination as a corridor id, "ET-SA"."""
        return f"{self.origin}-{self.destination}"


class JourneyStep(Record, table=True):
    """A dated change of a journey's stage. Never overwritten."""

    __table_args__ = checks(stage=JourneyStage)

    client: str = Field(foreign_key="client.uuid", index=True)
    journey: str = Field(foreign_key="journey.uuid", index=True)
    stage: JourneyStage = word_column(JourneyStage, JourneyStage.PLANNED)
    on: date
    by: str
    note: str = ""


# -- Rules

CHECKS: dict[str, fields.Check] = {
    **dict.fromkeys(("origin", "destination"), fields.country),
    **dict.fromkeys(
        (
            *("agency", "job_title", "employer", "town", "address"),
            *("pay_day", "airport", "arrival_city", "meeting_person"),
        ),
        fields.text,
    ),
    "note": fields.long_text,
    "repeat": fields.word(Answer),
    "programmes": fields.texts,
    "recruited_through": fields.word(RecruitedThrough, optional=True),
    "sector": fields.word(Sector, optional=True),
    "isco": fields.isco,
    "wage_per": fields.word(Per, optional=True),
    "hours_per_day": fields.hours,
    "days_per_week": fields.whole(1, 7),
    "rest_day": fields.word(RestDay, optional=True),
    "rest_hours": fields.whole(0, 168),
    "food_room": fields.word(FoodRoom, optional=True),
    "return_payer": fields.word(ReturnPayer, optional=True),
    **dict.fromkeys(("starts_on", "ends_on", "departs_on", "returned_on", "permit_end"), fields.day),
}


def checked(typed: Mapping[str, Any], kept: Journey | None = None) -> dict[str, Any]:
    """The columns for what was typed; ``wage`` is Money or empty. Raises Invalid field by field, also for dates in
    the wrong order beside what is kept already."""

    def wage(field: str, value: Any) -> Money | None:
        if value and not isinstance(value, Money):
            raise Invalid(wage=N_("Write the wage as an amount and a currency."))
        return _positive(value) if value else None

    columns = fields.checked({**CHECKS, "wage": wage}, typed)
    if "wage" in columns:
        money: Money | None = columns.pop("wage")
        columns |= {
            "wage_minor": money.minor if money else None,
            "wage_currency": money.currency if money else "",
        }
    wrong = _order({**_dates(kept), **columns})
    if wrong:
        raise Invalid(**wrong)
    return columns


def wage(journey: Journey) -> Money | None:
    """The promised wage; None when not told."""
    return None if journey.wage_minor is None else Money(journey.wage_minor, journey.wage_currency)


def hours_per_day(journey: Journey) -> Decimal | None:
    """Hours of work a day; None when not told."""
    return Decimal(journey.hours_per_day) if journey.hours_per_day else None


FOR_GUIDE = {
    "employer": N_("employer"),
    "town": N_("town of work"),
    "job_title": N_("work"),
    "sector": N_("kind of work"),
    "wage_minor": N_("wage"),
    "wage_per": N_("what the wage is paid for"),
    "pay_day": N_("pay day"),
    "hours_per_day": N_("hours a day"),
    "days_per_week": N_("days a week"),
    "rest_day": N_("rest day"),
    "rest_hours": N_("hours of rest together"),
    "food_room": N_("food and room"),
    "starts_on": N_("start of work"),
    "ends_on": N_("end of work"),
    "return_payer": N_("who pays the ticket home"),
    "departs_on": N_("day of departure"),
    "airport": N_("airport of departure"),
    "arrival_city": N_("city of arrival"),
    "meeting_person": N_("who meets her on arrival"),
    "permit_end": N_("end of the permit"),
}


def missing_for_guide(journey: Journey | None, client: Client) -> dict[str, str]:
    """What a personal guide still lacks: field → message id, her own first; without a journey its route."""
    gaps = clients.missing(client)
    if journey is None:
        return {**gaps, "destination": N_("journey: from where to where"), **FOR_GUIDE}
    return gaps | {field: label for field, label in FOR_GUIDE.items() if getattr(journey, field) in (None, "")}


def _positive(wage: Money) -> Money:
    try:
        decimals(wage.currency)
    except Invalid as said:
        raise Invalid(wage=said.problem) from None
    if wage.minor <= 0:
        raise Invalid(wage=N_("A wage is more than nothing."))
    return wage


def _dates(journey: Journey | None) -> dict[str, Any]:
    names = ("starts_on", "ends_on", "departs_on", "returned_on", "origin", "destination")
    return {} if journey is None else {name: getattr(journey, name) for name in names}


def _order(values: Mapping[str, Any]) -> dict[str, Problem]:
    wrong: dict[str, Problem] = {}
    for early, late, message in (
        ("starts_on", "ends_on", N_("The work would end before it begins.")),
        ("departs_on", "returned_on", N_("The return would come before the departure.")),
    ):
        first, last = values.get(early), values.get(late)
        if first and last and last < first:
            wrong[late] = Problem(message)
    for end in ("origin", "destination"):
        if end in values and not values[end]:
            wrong[end] = Problem(N_("A journey needs a country here."))
    if not wrong and values.get("origin") and values.get("origin") == values.get("destination"):
        wrong["destination"] = Problem(N_("Origin and destination are the same country."))
    return wrong


# -- Actions


@needs(May.COUNSEL)
def plan(session: Session, *, client: str, origin: str, destination: str, on: date, by: str, **typed: Any) -> Journey:
    """A journey, planned on a day. Raises Invalid field by field."""
    columns = checked({"origin": origin, "destination": destination, **typed})
    journey = Journey(client=client, stage_on=on, **columns)
    session.add(journey)
    session.flush()
    session.add(JourneyStep(client=client, journey=journey.uuid, stage=JourneyStage.PLANNED, on=on, by=by))
    session.flush()
    return journey


@needs(May.COUNSEL)
def amend(session: Session, journey: Journey, *, changes: Mapping[str, Any]) -> Journey:
    """Changes fields of a journey, named as in ``plan``. Raises Invalid field by field; then nothing is changed."""
    for column, value in checked(changes, journey).items():
        if getattr(journey, column) != value:
            setattr(journey, column, value)
    return added(session, journey)


@needs(May.COUNSEL)
def move(
    session: Session, journey: Journey, *, stage: JourneyStage | str, on: date, by: str, note: str = ""
) -> JourneyStep:
    """Says that a journey reached a stage on a day. An earlier day joins the story and changes nothing today."""
    look = {"stage": fields.word(JourneyStage), "note": fields.long_text}
    kept = fields.checked(look, {"stage": stage, "note": note})
    step = JourneyStep(client=journey.client, journey=journey.uuid, on=on, by=by, **kept)
    session.add(step)
    if on >= journey.stage_on:
        journey.stage, journey.stage_on = step.stage, on
        session.add(journey)
    session.flush()
    return step


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Journey]:
    """A client's journeys, the latest change first."""
    chosen = select(Journey).where(Journey.client == client, col(Journey.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Journey.stage_on).desc(), col(Journey.id).desc())))


@needs(May.SEE_NAMES)
def current(session: Session, client: str) -> Journey | None:
    """The journey a guide is about: the latest that was not cancelled."""
    kept = [journey for journey in of_client(session, client) if journey.stage is not JourneyStage.CANCELLED]
    return kept[0] if kept else None


@needs(May.SEE_NAMES)
def steps(session: Session, journey: Journey) -> list[JourneyStep]:
    """The stages of a journey, oldest first."""
    chosen = select(JourneyStep).where(JourneyStep.journey == journey.uuid, col(JourneyStep.gone).is_(False))
    return list(session.exec(chosen.order_by(col(JourneyStep.on), col(JourneyStep.id))))
