"""The words of a report in one language: figures, rows and columns by name. What has no word stands in English.

Light: it can be read without opening the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mrc_app.calendars import both
from mrc_app.casework.events import EventType, Item
from mrc_app.figures.indicators_words import DIMENSIONS, INDICATORS, PARTS, WORDS, Form, Unit
from mrc_app.figures.releasing import FAMILIES
from mrc_app.figures.tables import TOTAL, parts_of
from mrc_app.figures.targets import AIMS
from mrc_app.i18n import N_, Catalog, Labelled
from mrc_app.money import Money

HIDDEN = "*"
TITLE = N_("Report of figures")
ALL = N_("All")
SEVERAL_MATTERS = N_("several matters")
SEVERAL = N_("several kinds")
NOT_STATED = N_("not stated")
APART: dict[str, type[Labelled]] = {
    "A2": Form, "A3": WORDS["topic"], "EV": EventType, "IE": Item, "E1": WORDS["training"], "D3": WORDS["support"],
}  # fmt: skip
"""Indicators whose parts are words of a list."""
SENSES: dict[str, str] = {
    "A1": N_("Persons newly registered"),
    "A2": N_("Persons served"),
    "A3": N_("Service contacts"),
    "A4": N_("Persons met at events"),
    "AV": N_("Visits counted without a name"),
    "B1": N_("Contracts checked"),
    "C2": N_("Complainants"),
    "C7": N_("Open cases by age"),
    "C8": N_("Referrals"),
    "C9": N_("Forced-labour screening with any indicator"),
    "D1": N_("Returnees"),
    "D3": N_("Support delivered"),
    "E1": N_("Trained"),
}
BY = {
    "": N_("all"),
    "sex": N_("Sex"),
    "skill": N_("Skill level (ISCO-08)"),
    "sector": N_("Sector"),
    "corridor": N_("Corridor"),
}


@dataclass(frozen=True)
class ReportWords:
    """A report's words in a language."""

    catalog: Catalog

    @classmethod
    def load(cls, language: str) -> ReportWords:
        """The words of a language. Raises Invalid for one the desk does not know."""
        return cls(Catalog.load(language, "mrc_app"))

    @property
    def code(self) -> str:
        """The language."""
        return self.catalog.language.code

    def say(self, message: str, **values: object) -> str:
        """A message in the language, else in English."""
        text = self.catalog.find(message) or message
        return text.format(**values) if values else text

    def day(self, iso: str) -> str:
        """A day in the language's calendars."""
        return both(date.fromisoformat(iso), self.code)

    def name(self, code: str) -> str:
        """What an indicator is called."""
        return self.say(INDICATORS[code].label)

    def formula(self, code: str) -> str:
        """How it is reckoned."""
        return self.say(INDICATORS[code].formula)

    def part(self, code: str, part: str) -> str:
        """What tells a line of an indicator apart."""
        if code in APART and part in [one.value for one in APART[code]]:
            return self.say(APART[code](part).label)
        return " ".join(self.say(PARTS.get(word, word)) for word in part.split()) if part else ""

    def figure(self, one: dict[str, Any]) -> str:
        """A figure's value as it is read: percent with its sign, money in its currency's unit."""
        if one["hidden"]:
            return HIDDEN
        if not one["value"]:
            return "–"
        if one["unit"] == Unit.MONEY.value:
            return f"{Money(int(one['value']), one['currency']).amount:,f} {one['currency']}"
        return f"{one['value']} %" if one["unit"] == Unit.PERCENT.value else str(one["value"])

    def behind(self, one: dict[str, Any]) -> str:
        """How many stand behind a figure."""
        if one["hidden"] or one["n"] is None:
            return ""
        return str(one["n"]) if one["of"] is None else f"{one['n']} / {one['of']}"

    def dimension(self, name: str) -> str:
        """The head of a column."""
        return self.say(DIMENSIONS.get(name, name))

    def member(self, dimension: str, member: str, beside: Sequence[str] = ()) -> str:
        """What a row or column is called; ``beside``: all members, so that a merged row is named after its family only
        where nothing of the family stands apart."""
        if member == TOTAL:
            return self.say(ALL)
        if len(parts_of(member)) > 1:
            return self._merged(dimension, member, beside)
        if member == "several":
            return self.say(SEVERAL_MATTERS if dimension == "matter" else SEVERAL)
        if dimension in ("origin", "destination") and len(member) == 2:
            from mrc_app.corridors.countries import name

            return name(member, self.code)
        words = WORDS.get(dimension)
        if words is not None and member in [one.value for one in words]:
            return self.say(words(member).label)
        return self.say(NOT_STATED) if member == "not_stated" else member

    def _merged(self, dimension: str, member: str, beside: Sequence[str]) -> str:
        parts = parts_of(member)
        for label, family in FAMILIES.items():
            apart = [one for one in beside if one != member and not set(parts_of(one)).isdisjoint(family)]
            if set(parts) <= set(family) and not apart:
                return self.say(label)
        return " / ".join(self.member(dimension, one) for one in parts)

    def table(self, name: str) -> str:
        """The title of a table."""
        return self.say(SENSES.get(name.partition(".")[0], name))

    def aim(self, one: dict[str, Any]) -> str:
        """What a target is for."""
        words = [self.say(AIMS[one["indicator"]])]
        words += [self.member("sex", one["sex"])] if one["sex"] else []
        words += [self.say(EventType(one["event"]).label)] if one["event"] else []
        return ", ".join([*words, one["centre"]] if one["centre"] else words)


def amount(one: dict[str, Any]) -> Decimal | None:
    """A figure as a number for a sheet: money in its currency's unit; None where there is none."""
    if one["hidden"] or not one["value"]:
        return None
    return Money(int(one["value"]), one["currency"]).amount if one["unit"] == "money" else Decimal(one["value"])
