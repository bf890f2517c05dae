"""What stands in a sentence's places, written for one reader: isolated, in the right calendar, with its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mrc_app import calendars
from mrc_app.corridors.services import is_fresh
from mrc_app.i18n import babel_locale, isolate, ltr
from mrc_app.money import Money, written

BLANK = "_" * 10
GAP = isolate("_" * 7)
"""The blank for what somebody at the centre has still to find out; why, stands small after the line."""


@dataclass(frozen=True)
class Origin:
    """Where a fact comes from and how sure it is. ``confirmed`` is the day a person at a centre checked it."""

    title: str
    url: str = ""
    published: str = ""
    weak: bool = False
    confirmed: date | None = None
    recheck: date | None = None


@dataclass(frozen=True)
class Value:
    """One value ready to stand in a sentence. ``language`` is None for names and numbers, which need no translation.

    ``note`` is printed small under the line, like the source of an ``origin``; ``unknown`` says what a blank lacks.
    """

    text: str
    language: str | None = None
    origin: Origin | None = None
    note: str = ""
    unknown: str = ""


@dataclass(frozen=True)
class Service:
    """Somebody to call. The number stands on no card unless it is ``fresh``; an unknown is None, never a guess.

    ``said_in`` is the language of hours and languages when they hold words that are not the reader's.
    """

    name: str
    number: str
    side: str
    hours: str | None = None
    languages: str | None = None
    safe_without_papers: bool | None = None
    confirmed: date | None = None
    recheck: date | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    language: str | None = None
    said_in: str | None = None
    origin: Origin | None = None

    def fresh(self, today: date) -> bool:
        """Whether a person confirmed the number, and recently: the rule of the directory of services."""
        return bool(self.number) and is_fresh(self.confirmed, self.recheck, today)


def name(text: str) -> Value:
    """A name of a person, place or firm, as it is written."""
    return Value(isolate(text))


def phone(number: str) -> Value:
    """A phone number: left to right in any sentence, never broken."""
    return Value(ltr(number))


def number(amount: int | float | Decimal, language: str) -> Value:
    """A number of hours, days or things with the reader's separators; a book may print it in the reader's digits."""
    return Value(isolate(_decimal(amount, language)))


def money(amount: Money, language: str) -> Value:
    """An amount with its currency and exactly the currency's decimals."""
    return Value(ltr(written(amount, language)))


def amount_only(amount: Money, language: str) -> Value:
    """The amount without its currency, for sentences that name the currency themselves."""
    text = written(amount, language)
    return Value(ltr(text.partition("\u00a0")[2]))


def day(when: date, language: str) -> Value:
    """A date with its month as a word, the national calendar's date beside the Gregorian one."""
    return Value(isolate(calendars.both(when, language)))


def partial_day(text: str, language: str) -> str:
    """A date known to the year, month or day, written for the reader."""
    if len(text) == 10:
        return calendars.both(date.fromisoformat(text), language)
    if len(text) == 7:
        from babel.dates import format_skeleton

        first = date.fromisoformat(f"{text}-01")
        said = format_skeleton("yMMMM", first, locale=babel_locale(language))
        said = said.translate(dict.fromkeys(map(ord, "\u200e\u200f\u061c"))).replace("\u202f", "\u00a0")
        return calendars.with_both_years(said, language)
    return text


def _decimal(amount: int | float | Decimal, language: str) -> str:
    from babel.numbers import format_decimal

    text = format_decimal(amount, locale=babel_locale(language), numbering_system="latn")
    return text.translate(dict.fromkeys(map(ord, "\u200e\u200f\u061c"))).replace("\u202f", "\u00a0")
