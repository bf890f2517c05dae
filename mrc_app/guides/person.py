"""What a guide may know of one person: the few facts it prints, what decides on lines, and what must never be printed.

A PersonFacts is a copy taken for one print. Its ``private`` strings are only there to be looked for on the finished
pages: none of them may be found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal

from mrc_app.guides.card import language_name
from mrc_app.guides.homecoming import Homecoming
from mrc_app.guides.values import Value, amount_only, day, money, name, number, phone
from mrc_app.guides.words import Words
from mrc_app.i18n import babel_locale, isolate
from mrc_app.money import Money

JOB = frozenset(
    [
        "employer",
        "town",
        "job_title",
        "wage",
        "currency",
        "pay_period",
        "pay_day",
        "hours_day",
        "days_week",
        "rest_day",
        "rest_hours",
        "food_room",
        "start",
        "end",
        "return_payer",
        "hours",
        "rest",
        "leave",
        "months",
    ]
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class PersonFacts:
    """One person's facts for one print. Empty means not known. Money and dates are real, never text."""

    first_name: str = ""
    minor: str = "unknown"
    child_checked: bool = False
    woman: bool | None = None
    irregular: bool | None = None
    fears_own_state: bool | None = None
    sector: str = ""
    employer: str = ""
    town: str = ""
    job_title: str = ""
    wage: Money | None = None
    pay_period: str = ""
    pay_day: str = ""
    hours_day: Decimal | int | None = None
    days_week: Decimal | int | None = None
    rest_day: str = ""
    rest_hours: Decimal | int | None = None
    leave_days: Decimal | int | None = None
    food_room: str = ""
    start: date | None = None
    end: date | None = None
    return_payer: str = ""
    city: str = ""
    meeting_person: str = ""
    paid: tuple[Money, ...] = ()
    receipts: str = ""
    debt: Money | None = None
    permit_end: date | None = None
    policy_last4: str = ""
    union: str = ""
    union_phone: str = ""
    allergy: str = ""
    medicine: str = ""
    safe_to_carry: bool | None = None
    phone_private: bool | None = None
    wishes: tuple[str, ...] = ()
    homecoming: Homecoming | None = None
    private: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def no_job_page(self) -> bool:
        """Whether the job page waits for a child-protection check (N17)."""
        return self.minor in ("certain", "possible") and not self.child_checked

    @property
    def under_18(self) -> bool | None:
        """Under 18: yes, no, or not known."""
        return {"certain": True, "possible": None, "unknown": None}.get(self.minor, False)


def person_values(facts: PersonFacts, words: Words) -> dict[str, Value]:
    """Her values by the name of the place they stand in, written for the reader. What is not known is not there."""
    code = words.writes
    found: dict[str, Value | None] = {
        "first_name": _name(facts.first_name),
        "language": Value(isolate(language_name(words.language.code, code))),
        "city": _name(facts.city),
        "meeting_person": _name(facts.meeting_person),
        "receipts_yes_no": _word(words, {"yes": "X.yes", "no": "X.no", "some": "X.receipts_some"}.get(facts.receipts)),
        "permit_end": day(facts.permit_end, code) if facts.permit_end else None,
        "policy_no": phone(f"…{facts.policy_last4[-4:]}") if facts.policy_last4 else None,
        "union": _name(facts.union),
        "union_phone": phone(facts.union_phone) if facts.union_phone else None,
        "allergy": _name(facts.allergy),
        "medicine": _name(facts.medicine),
    }
    found |= _job(facts, words) | _money(facts, code)
    kept = {key: value for key, value in found.items() if value is not None}
    if facts.no_job_page:
        kept = {key: value for key, value in kept.items() if key.rpartition(".")[2] not in JOB}
    return kept


def _job(facts: PersonFacts, words: Words) -> dict[str, Value | None]:
    code = words.writes
    period = _word(words, f"X.per_{facts.pay_period}" if facts.pay_period else None)
    rest = [part.text for part in (_rest_day(facts.rest_day, words), _hours(facts.rest_hours, words)) if part]
    a_day = words.text("X.per_day")
    hours = _hours(facts.hours_day, words)
    return {
        "employer": _name(facts.employer),
        "town": _name(facts.town),
        "job_title": _name(facts.job_title),
        "wage": money(facts.wage, code) if facts.wage else None,
        "D2.3.wage": amount_only(facts.wage, code) if facts.wage else None,
        "D2.3.currency": name(facts.wage.currency) if facts.wage else None,
        "pay_period": period,
        "pay_day": _name(facts.pay_day),
        "hours_day": _number(facts.hours_day, code),
        "days_week": _number(facts.days_week, code),
        "rest_day": _rest_day(facts.rest_day, words),
        "rest_hours": _number(facts.rest_hours, code),
        "hours": Value(f"{hours.text} / {a_day}", hours.language) if hours else None,
        "rest": Value(", ".join(rest)) if rest else None,
        "leave": _counted("X.days_value", facts.leave_days, words) if facts.leave_days else None,
        "food_room": _word(words, f"X.food_{facts.food_room}" if facts.food_room else None),
        "start": day(facts.start, code) if facts.start else None,
        "end": day(facts.end, code) if facts.end else None,
        "return_payer": _word(words, f"X.payer_{facts.return_payer}" if facts.return_payer else None),
    }


def _money(facts: PersonFacts, code: str) -> dict[str, Value | None]:
    paid = [money(amount, code).text for amount in facts.paid]
    found: dict[str, Value | None] = {}
    if len(facts.paid) == 1:
        found["paid_total"] = amount_only(facts.paid[0], code)
        found["D4.3.currency"] = name(facts.paid[0].currency)
    elif paid:
        found["paid_total"] = Value(" + ".join(paid))
        found["D4.3.currency"] = Value("")
    if facts.debt:
        found["debt"] = amount_only(facts.debt, code)
        found["D4.10.currency"] = name(facts.debt.currency)
        found["months"] = months_of_work(facts.debt, facts.wage, facts.pay_period, code)
    return found


def months_of_work(debt: Money, wage: Money | None, period: str, code: str) -> Value | None:
    """How many months of the whole monthly wage a debt takes, rounded up; None across two currencies."""
    if wage is None or period != "month" or wage.currency != debt.currency or wage.minor <= 0:
        return None
    return number((debt.amount / wage.amount).to_integral_value(ROUND_CEILING), code)


def _name(text: str) -> Value | None:
    return name(text) if text else None


def _word(words: Words, message: str | None) -> Value | None:
    if message is None:
        return None
    found = words.find(message)
    return Value(found.text, found.language)


def _rest_day(code: str, words: Words) -> Value | None:
    """A weekday in the reader's words, or that it is not fixed."""
    if code not in WEEKDAYS:
        return _word(words, f"X.rest_{code}" if code else None)
    from babel.dates import get_day_names

    language = words.writes
    return name(str(get_day_names("wide", "stand-alone", babel_locale(language))[WEEKDAYS.index(code)]))


def _number(amount: Decimal | int | None, code: str) -> Value | None:
    return None if amount is None else number(amount, code)


def _hours(amount: Decimal | int | None, words: Words) -> Value | None:
    return None if amount is None else _counted("X.hours_value", amount, words)


def _counted(message: str, amount: Decimal | int, words: Words) -> Value:
    return Value(words.text(message, n=_plain(amount)), words.find(message).language)


def _plain(amount: Decimal | int | None) -> str:
    return f"{amount:f}" if isinstance(amount, Decimal) else str(amount)
