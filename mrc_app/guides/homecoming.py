"""What a return guide may know of one person: her claims, cover, plan and the days that were agreed.

A Homecoming is a copy taken for one print. Nothing in it names a lender, a diagnosis, her number or who may answer it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mrc_app.corridors import countries
from mrc_app.guides.text_model import Edition
from mrc_app.guides.values import Origin, Value, amount_only, day, money, name, number, phone
from mrc_app.guides.words import Words
from mrc_app.i18n import ltr
from mrc_app.money import Money

Rows = tuple[Mapping[str, Value], ...]


@dataclass(frozen=True)
class Owed:
    """What somebody owes her in one currency."""

    by: str
    amount: Money


@dataclass(frozen=True)
class LastDay:
    """The last day to claim, where, and how sure that is."""

    on: date
    forum: str = ""
    source: str = ""
    url: str = ""
    as_of: str = ""
    weak: bool = False
    checked: date | None = None
    recheck: date | None = None


@dataclass(frozen=True)
class Hearing:
    """When and where she is heard next."""

    on: date
    at: str = ""
    forum: str = ""


@dataclass(frozen=True)
class Covered:
    """A scheme she paid into. ``claim`` is the word of how far a claim has come."""

    scheme: str
    country: str = ""
    months: int | None = None
    last4: str = ""
    claim: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Step:
    """A line of her plan: what, who, until when, and the money that was decided for it."""

    action: str
    who: str = ""
    by: date | None = None
    amount: Money | None = None


@dataclass(frozen=True)
class Part:
    """One instalment of what was decided."""

    amount: Money
    due: date
    paid_on: date | None = None
    receipt: str = ""


@dataclass(frozen=True)
class Plan:
    """What was agreed and what is not promised, apart."""

    decided_on: date
    steps: tuple[Step, ...] = ()
    not_promised: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Meeting:
    """A follow-up: a call or a survey on a day."""

    on: date
    survey: bool = False


@dataclass(frozen=True)
class Business:
    """A business or cooperative of hers."""

    name: str
    members: int | None = None


@dataclass(frozen=True)
class Homecoming:
    """One person's return for one print. ``savings`` is printed only when she asked for it."""

    home: bool | None = None
    owed: tuple[Owed, ...] = ()
    last_days: tuple[LastDay, ...] = ()
    hearing: Hearing | None = None
    covers: tuple[Covered, ...] = ()
    plan: Plan | None = None
    meetings: tuple[Meeting, ...] = ()
    place: str = ""
    safe_hours: str = ""
    savings: Money | None = None
    business: Business | None = None


def values(facts: Homecoming, words: Words, *, show_savings: bool) -> dict[str, Value]:
    """What stands once in a return guide, by the name of its place."""
    code = words.writes
    found: dict[str, Value | None] = {
        "R14.1.place": name(facts.place) if facts.place else None,
        "safe_hours": name(facts.safe_hours) if facts.safe_hours else None,
        "savings": money(facts.savings, code) if facts.savings and show_savings else None,
    }
    if facts.hearing:
        where = ", ".join(part for part in (facts.hearing.forum, facts.hearing.at) if part)
        found["hearing_on"] = day(facts.hearing.on, code)
        found["hearing_at"] = name(where) if where else None
    if facts.business:
        members = facts.business.members
        found["business"] = name(facts.business.name) if facts.business.name else None
        found["members"] = number(members, code) if members is not None else None
    for place, meeting in enumerate(facts.meetings[:3], 1):
        found[f"date_{place}"] = day(meeting.on, code)
    return {key: value for key, value in found.items() if value is not None}


def repeated(facts: Homecoming, words: Words, home_country: str) -> dict[str, Rows]:
    """The lines said once for each of several things. An empty one is dropped; a missing one is left to write in."""
    code = words.writes
    found: dict[str, Rows] = {
        "R5.2": tuple(_owed(one, code) for one in facts.owed),
        "R11.2": tuple(_cover(one, code) for one in facts.covers),
        "X.cover_claim": tuple(
            {"scheme": name(one.scheme), "state": _word(words, f"X.claim_{one.claim}")}
            for one in facts.covers
            if one.claim
        ),
    }
    if not facts.covers:
        del found["R11.2"]
    if facts.last_days:
        found["R5.3"] = tuple(_last_day(one, code) for one in facts.last_days)
    if facts.plan is not None:
        found |= _plan(facts.plan, code)
    if facts.meetings:
        found["R14.1"] = ()
    joined = [one for one in facts.covers if one.country == home_country and one.kind in ("health", "micro_health")]
    if joined:
        found["R11.5"] = tuple({"health_scheme": name(one.scheme)} for one in joined)
    return found


def tables(facts: Homecoming, words: Words) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The rows that stand written in the guide's tables."""
    code = words.writes
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    if facts.plan is not None and facts.plan.parts:
        found["X.instalments"] = tuple(_part(one, words, code) for one in facts.plan.parts)
    if facts.meetings:
        said = {True: words.text("X.follow_survey"), False: words.text("X.follow_call")}
        found["X.follow_ups"] = tuple((day(one.on, code).text, said[one.survey]) for one in facts.meetings)
    return found


def shown(facts: Homecoming) -> list[str]:
    """What of all this is meant to be printed, as it was written down."""
    plan = facts.plan or Plan(date.min)
    texts = [one.by for one in facts.owed] + [one.forum for one in facts.last_days]
    texts += [text for one in facts.covers for text in (one.scheme, one.last4)]
    texts += [text for step in plan.steps for text in (step.action, step.who)] + list(plan.not_promised)
    texts += [one.receipt for one in plan.parts] + [facts.place, facts.safe_hours]
    texts += [facts.hearing.forum, facts.hearing.at] if facts.hearing else []
    return [text for text in texts if text]


def careful(facts: Homecoming, *, irregular: bool | None, edition: Edition) -> Homecoming:
    """What may be carried: no claim and no hearing of somebody still abroad without papers (N16), no money kept (N8)
    and no claim in a discreet book."""
    from dataclasses import replace

    discreet = edition is Edition.DISCREET
    if discreet or (irregular and facts.home is not True):
        facts = replace(facts, owed=(), last_days=(), hearing=None)
    return replace(facts, savings=None) if discreet else facts


def _owed(one: Owed, code: str) -> dict[str, Value]:
    found = {"claim_amount": amount_only(one.amount, code), "currency": name(one.amount.currency)}
    return found | ({"employer": name(one.by)} if one.by else {})


def _last_day(one: LastDay, code: str) -> dict[str, Value]:
    origin = Origin(one.source, one.url, one.as_of, one.weak, one.checked, one.recheck) if one.source else None
    found = {"claim_deadline": Value(day(one.on, code).text, None, origin)}
    return found | ({"claim_office": name(one.forum)} if one.forum else {})


def _cover(one: Covered, code: str) -> dict[str, Value]:
    country = countries.name(one.country, code) if one.country else ""
    found: dict[str, Value | None] = {
        "country": name(", ".join(part for part in (country, one.scheme) if part)),
        "months": number(one.months, code) if one.months is not None else None,
        "last4": phone(one.last4) if one.last4 else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _plan(plan: Plan, code: str) -> dict[str, Rows]:
    decided = day(plan.decided_on, code)
    return {
        "R13.2": tuple(_step(place, one, code) for place, one in enumerate(plan.steps, 1)),
        "R13.3": tuple(
            {
                "support": name(one.action),
                "amount": amount_only(one.amount, code),
                "currency": name(one.amount.currency),
                "date": decided,
            }
            for one in plan.steps
            if one.amount is not None
        ),
        "R13.4": tuple({"not_promised": name(text)} for text in plan.not_promised),
    }


def _step(place: int, one: Step, code: str) -> dict[str, Value]:
    found = {"n": number(place, code), "action": name(one.action)}
    found |= {"who": name(one.who)} if one.who else {}
    return found | ({"date": day(one.by, code)} if one.by else {})


def _part(one: Part, words: Words, code: str) -> tuple[str, ...]:
    paid = words.text("X.paid_on", date=day(one.paid_on, code).text) if one.paid_on else ""
    receipt = f"{paid}, {ltr(one.receipt)}" if paid and one.receipt else paid
    return money(one.amount, code).text, day(one.due, code).text, receipt


def _word(words: Words, message: str) -> Value:
    found = words.find(message)
    return Value(found.text, found.language)
