"""Rules of time limits: those a corridor's file states, and those written down at this desk, with who typed them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Session, col, select

from mrc_app.casework import deadline_rules, fields
from mrc_app.casework.deadline_rules import KnownRule
from mrc_app.casework.deadline_words import Event, Other, Purpose, RestDay, RuleSide, Unit
from mrc_app.corridors import accepted, confirmations, countries
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added, checks, word_column, words_column
from mrc_app.store.roles import May, needs

# -- Record


class DeadlineRule(Record, table=True):
    """A time limit as an officer of this desk wrote it down, about nobody. ``number`` empty: the length is not known.
    ``corridor``: an id like PH-HK, or "" for every corridor."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "length": ("number", "unit", "rest_days"),
        "check": ("checked_on", "checked_by"),
    }
    __table_args__ = checks(purpose=Purpose, event=Event, unit=Unit, side=RuleSide, other=Other)

    corridor: str = ""
    purpose: Purpose = word_column(Purpose, Purpose.CLAIM)
    event: Event = word_column(Event, Event.NOT_STATED)
    number: int | None = None
    unit: Unit | None = word_column(Unit)
    rest_days: tuple[RestDay, ...] = words_column(RestDay)
    other: Other | None = word_column(Other)
    side: RuleSide = word_column(RuleSide, RuleSide.DESTINATION)
    forum: str = ""
    source: str
    source_url: str = ""
    legal_basis: str = ""
    note: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    typed_on: date
    typed_by: str


# -- Rules

_LENGTH = fields.whole(0, 7300)
RULE: dict[str, fields.Check] = {
    "corridor": fields.text,
    "purpose": fields.word(Purpose),
    "event": fields.word(Event),
    "number": _LENGTH,
    "unit": fields.word(Unit, optional=True),
    "rest_days": fields.words(RestDay),
    "other": fields.word(Other, optional=True),
    "side": fields.word(RuleSide),
    **dict.fromkeys(("forum", "source_url", "legal_basis"), fields.text),
    **dict.fromkeys(("source", "note"), fields.long_text),
    "checked_on": fields.day,
}


def _rule_checked(typed: Mapping[str, Any], today: date) -> dict[str, Any]:
    kept = {name: value for name, value in fields.checked(RULE, typed).items() if value not in (None, "")}
    wrong: dict[str, Problem] = {}
    if not kept.get("source"):
        wrong["source"] = Problem(N_("Write where this rule stands, or who said it."))
    if (kept.get("number") is None) != (kept.get("unit") is None):
        wrong["number"] = Problem(N_("A length needs a number and what it counts."))
    elif "number" in kept and not 1 <= kept["number"] <= deadline_rules.LONGEST[kept["unit"]]:
        limits = {"number": kept["number"], "least": 1, "most": deadline_rules.LONGEST[kept["unit"]]}
        wrong["number"] = Problem(N_("“{number}” is not a number from {least} to {most}."), limits)
    if kept.get("checked_on") and kept["checked_on"] > today:
        wrong["checked_on"] = Problem(N_("This day is still to come."))
    if wrong:
        raise Invalid(**wrong)
    if kept.get("corridor"):
        countries.pair(kept["corridor"])
    return kept


def named_day(*, purpose: Purpose | str, source: str, typed_by: str) -> KnownRule:
    """The rule of a day that was named in a stamp or a letter. Raises Invalid without what is to be done and where it
    stands."""
    kept = _rule_checked({"purpose": purpose, "source": source}, date.max)
    return deadline_rules.fixed_day(kept["purpose"], Event.OTHER, kept["source"], typed_by)


def as_known(rule: DeadlineRule) -> KnownRule:
    """A rule of this desk as it is used."""
    names = set(KnownRule.__dataclass_fields__) & set(DeadlineRule.model_fields)
    return KnownRule(rule=rule.uuid, **{name: getattr(rule, name) for name in names})


# -- Actions


@needs(May.NUMBERS)
def write_rule(session: Session, *, on: date, by: str, **typed: Any) -> DeadlineRule:
    """A time limit written down at this desk; it says who typed it. ``checked_on``: the day its source was read.

    Raises Invalid field by field; a rule without a source is refused, one without a length only asks.
    """
    kept = _rule_checked(typed, on)
    rule = DeadlineRule(typed_on=on, typed_by=by, checked_by=by if kept.get("checked_on") else "", **kept)
    return added(session, rule)


@needs(May.NUMBERS)
def check_rule(session: Session, rule: DeadlineRule, *, on: date, by: str) -> DeadlineRule:
    """Says that the source of a rule was read again and still says so."""
    rule.checked_on, rule.checked_by = on, by
    return added(session, rule)


@needs(May.NUMBERS)
def withdraw_rule(session: Session, rule: DeadlineRule) -> DeadlineRule:
    """Takes a rule off the list. Time limits that used it keep what they used."""
    rule.gone = True
    return added(session, rule)


# -- Questions


@needs(May.SEE_NAMES)
def rules(session: Session, corridor: str, sector: str | None, on: date) -> list[KnownRule]:
    """The time limits known for a corridor on a day: its file's, and those written down at this desk."""
    known: list[KnownRule] = []
    if corridor:
        found = accepted.corridor(session, corridor)
        asked = [found.answer(key, sector, on) for key in (deadline_rules.STAY, deadline_rules.TIME_LIMIT)]
        facts = [fact for answer in asked for fact in answer.facts]
        checked = confirmations.latest(session, *facts)
        read = [deadline_rules.from_fact(fact, checked.get(fact.uuid)) for fact in facts]
        known = [rule for rule in read if rule is not None]
    chosen = select(DeadlineRule).where(col(DeadlineRule.gone).is_(False)).order_by(col(DeadlineRule.id))
    return known + [as_known(rule) for rule in session.exec(chosen) if rule.corridor in ("", corridor)]


@needs(May.SEE_NAMES)
def typed_rules(session: Session) -> list[DeadlineRule]:
    """The rules written down at this desk, the latest first."""
    chosen = select(DeadlineRule).where(col(DeadlineRule.gone).is_(False)).order_by(col(DeadlineRule.id).desc())
    return list(session.exec(chosen))
