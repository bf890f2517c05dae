"""Targets: what the office is to reach in a period, for one indicator, for all or for one sex (indicator T).

Attainment is reckoned on the figure that is shown: in a release on the released one.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.calendars.periods import period as read_period
from mrc_app.casework import fields
from mrc_app.casework.client_words import Sex
from mrc_app.casework.events import EventType
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words

AIMS = {
    "A1": N_("Persons newly registered"),
    "A2": N_("Persons served"),
    "A3": N_("Service contacts"),
    "A4": N_("Persons met at events"),
    "EV": N_("Events held"),
    "A6": N_("Women's share of the persons served"),
    "B1": N_("Contracts checked"),
    "C1": N_("Complaints opened"),
    "C2": N_("Complainants"),
    "C2W": N_("Women's share of the complainants"),
    "D1": N_("Returnees registered"),
    "E1": N_("Persons trained"),
}
"""Indicators that can have a target; a share's target is in percent."""
SHARES = frozenset({"A6", "C2W"})

# -- Record


class Target(Record, table=True):
    """A number to reach. ``centre`` is empty for the whole office; ``event`` is one kind of event, only with "EV"."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "aim": ("indicator", "period", "start", "end", "centre", "sex", "event", "number"),
    }
    __table_args__ = checks(sex=Sex, event=EventType)

    indicator: str
    period: str
    start: date = Field(index=True)
    end: date
    centre: str = ""
    sex: Sex | None = word_column(Sex)
    event: EventType | None = word_column(EventType)
    number: int
    set_by: str
    set_on: date


# -- Rules

BY_SEX = frozenset({"A1", "A2", "A4", "C2", "D1", "E1"})
TARGET: dict[str, fields.Check] = {
    "centre": fields.text,
    "sex": fields.word(Sex, optional=True),
    "event": fields.word(EventType, optional=True),
    "number": fields.whole(1, 10_000_000),
}


def checked(indicator: str, typed: dict[str, Any]) -> dict[str, Any]:
    """The columns of a target. Raises Invalid field by field."""
    kept = fields.checked(TARGET, {"number": None, **typed})
    if not typed.get("sex"):
        kept["sex"] = None
    wrong: dict[str, Problem] = {}
    if indicator not in AIMS:
        wrong["indicator"] = Problem(N_("Choose the indicator."))
    if kept["number"] is None:
        wrong["number"] = Problem(N_("Write the number to reach."))
    elif indicator in SHARES and kept["number"] > 100:
        wrong["number"] = Problem(N_("A share is at most 100 percent."))
    if kept.get("sex") and indicator not in BY_SEX:
        wrong["sex"] = Problem(N_("This indicator is not counted by sex."))
    if kept.get("event") and indicator != "EV":
        wrong["event"] = Problem(N_("A kind of event belongs to “Events held”."))
    if wrong:
        raise Invalid(**wrong)
    return kept


def attainment(actual: int | Decimal | None, number: int) -> int | None:
    """Whole percent of a target that was reached, half up; None where the figure is not known."""
    if actual is None:
        return None
    return int((Decimal(actual) * 100 / number).quantize(Decimal(1), ROUND_HALF_UP))


# -- Actions


@needs(May.EXPORT)
def aim(session: Session, *, indicator: str, period: str, by: str, on: date, **typed: Any) -> Target:
    """Sets a target: number, and where wanted centre, sex or event. The one before it is replaced. Raises Invalid."""
    span = read_period(period)
    kept = checked(indicator, typed)
    for before in of_period(session, span.start, span.end):
        same = (before.indicator, before.centre, before.sex, before.event)
        if same == (indicator, kept.get("centre", ""), kept.get("sex"), kept.get("event")):
            drop(session, before)
    made = Target(
        indicator=indicator, period=span.code, start=span.start, end=span.end, set_by=by, set_on=on, **kept
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


@needs(May.EXPORT)
def drop(session: Session, target: Target) -> None:
    """Takes a target away."""
    target.gone = True
    session.add(target)
    session.flush()


# -- Questions


@needs(May.COUNT)
def of_period(session: Session, start: date, end: date) -> list[Target]:
    """The targets of exactly these days."""
    chosen = select(Target).where(Target.start == start, Target.end == end, col(Target.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Target.indicator), col(Target.id))))


@needs(May.COUNT)
def by_uuid(session: Session, uuid: str) -> Target:
    """One target. Raises MrcError when there is none."""
    found = session.exec(select(Target).where(Target.uuid == uuid, col(Target.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This target is not on this desk."))
    return found
