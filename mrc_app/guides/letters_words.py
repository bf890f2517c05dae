"""The words of a letter's reader: one language, whole. A language that lacks a sentence has no approved translation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mrc_app.calendars import NATIONAL, both, covers, with_both_years, written
from mrc_app.errors import MrcError
from mrc_app.guides.words import fill
from mrc_app.i18n import N_, SCREEN, Catalog, Language, babel_locale, isolate, language, languages, ltr
from mrc_app.money import Money
from mrc_app.money import written as money_written

DOMAIN = "letters"
NO_TRANSLATION = N_("There is no approved translation of this paper in {language}.")
_TWO_STOPS = re.compile("\\.(\u2069+)\\.")
PROBE = "L.title"
"""A text that every language of letters has."""


@dataclass(frozen=True)
class LetterWords:
    """The catalogue of one language, and how it writes days, amounts and names."""

    language: Language
    catalog: Catalog

    @classmethod
    def load(cls, code: str) -> LetterWords:
        """The words of a language. Raises Invalid for one the desk does not know, MrcError for one without letters."""
        known = language(code)
        words = cls(known, Catalog.load(known.code, DOMAIN))
        if words.catalog.find(PROBE) is None:
            raise words.refusal()
        return words

    def refusal(self) -> MrcError:
        """Why nothing is written in this language."""
        return MrcError(NO_TRANSLATION, language=self.language.name)

    @property
    def code(self) -> str:
        """The language's code."""
        return self.language.code

    @property
    def draft(self) -> bool:
        """Whether no speaker has reviewed this language's letters."""
        return self.catalog.standing().draft

    @property
    def standing_note(self) -> str:
        """In small on a paper: that it is a draft, or who signed the language and when."""
        found = self.catalog.standing()
        if found.draft:
            return self.raw("E.draft" if self.catalog.domain == "experience" else "L.draft")
        said = Catalog.load(self.code, "guides").find("X.reviewed") if found.reviewed else None
        if said is None:
            return ""
        return fill(said, {"role": isolate(found.by), "date": isolate(self.day(date.fromisoformat(found.on)))})

    def has(self, message: str) -> bool:
        """Whether there is a text."""
        return self.catalog.find(message) is not None

    def raw(self, message: str) -> str:
        """A text as it stands. Raises MrcError when this language does not have it."""
        found = self.catalog.find(message)
        if found is None:
            raise self.refusal()
        return found

    def say(self, message: str, **values: object) -> str:
        """A filled text, each value isolated so that it cannot turn the sentence."""
        said = fill(self.raw(message), {name: isolate(value) for name, value in values.items()})
        return _TWO_STOPS.sub(r".\1", said)

    def of_screen(self, message: str) -> str:
        """A word of the screen's catalogue in this language; "" where it has none."""
        if self.code == "en":
            return message
        return Catalog.load(self.code, SCREEN).find(message) or ""

    def first(self, *messages: str) -> str:
        """The first of several texts that this language has."""
        return self.raw(next((one for one in messages if self.has(one)), messages[-1]))

    def day(self, day: date) -> str:
        """A day as the reader writes it, the national calendar first."""
        return both(day, self.code)

    def span(self, first: date, last: date) -> str:
        """From one day to another; a whole month by its name."""
        from babel.dates import format_skeleton

        locale, national = babel_locale(self.code), NATIONAL.get(self.code)
        if _whole_month(first, last):
            gregorian = format_skeleton("yMMMM", first, locale=locale)
        else:
            days = [format_skeleton("yMMMd", day, locale=locale) for day in (first, last)]
            if not any(sign.isalpha() for sign in days[0]):  # the month is always a word
                days = [written(day, self.code) for day in (first, last)]
            gregorian = " – ".join(isolate(day) for day in days)
        gregorian = with_both_years(gregorian.replace("\u200f", "").replace("\u200e", ""), self.code)
        if national is None or not covers(first, national):
            return gregorian
        own = " – ".join(written(day, self.code, national) for day in (first, last))
        return f"{own} ({gregorian})"

    def money(self, amount: Money) -> str:
        """An amount with its currency's own decimals, in order in any sentence."""
        return ltr(money_written(amount, self.code))

    def names(self, names: Iterable[str]) -> str:
        """Names in a row: "A, B and C"."""
        told = [isolate(name) for name in names]
        if len(told) < 2:
            return "".join(told)
        comma = "، " if self.language.right_to_left else "፣ " if self.code in ("am", "ti") else ", "
        word = self.raw("L.and")
        last = f" {word}{told[-1]}" if self.language.right_to_left else f" {word} {told[-1]}"
        return comma.join(told[:-1]) + last

    def language_name(self, code: str) -> str:
        """Another language's name in this one."""
        from mrc_app.guides.card import language_name

        return language_name(code, self.code)


def _whole_month(first: date, last: date) -> bool:
    from datetime import timedelta

    after = last + timedelta(days=1)
    return first.day == 1 and after.day == 1 and (after - first).days <= 31


def available() -> list[str]:
    """The codes of the languages that have letters, reviewed or draft; English first."""
    found = [code for code in languages() if Catalog.load(code, DOMAIN).find(PROBE) is not None]
    return sorted(found, key=lambda code: (code != "en", code))
