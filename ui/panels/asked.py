"""One thing that is asked about a client or a journey: its keyword, words and field, and how the answer reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from mrc_app.i18n import Labelled, ltr
from ui.widgets.choosers import CountryField, LanguageField, LanguagesField, name_of_country
from ui.widgets.dates import DualDateEdit, screen_date
from ui.widgets.fields import ChoiceField, Field, LongField, NumberField, TextField
from ui.words import choices, language_name
from ui.words import word as say


@dataclass(frozen=True)
class Asked:
    """A keyword of an action with its label (message id), its field, and its words.

    ``read`` gives the field's value from a record, ``tell`` the words on the screen (empty: not asked yet). Without
    ``make`` it is only shown.
    """

    name: str
    label: str
    make: Callable[[], Field] | None
    read: Callable[[Any], Any]
    tell: Callable[[Any], str]
    hint: str = ""
    span: int = 1


def shown(name: str, label: str, tell: Callable[[Any], str]) -> Asked:
    """Something worked out from the record, never typed."""
    return Asked(name, label, None, tell, tell)


def text(name: str, label: str, *, hint: str = "", ordered: bool = False, limit: int = 120, span: int = 1) -> Asked:
    """One line of text; ``ordered`` keeps a number from left to right."""

    def tell(record: Any) -> str:
        said = str(getattr(record, name) or "")
        return ltr(said) if ordered and said else said

    def read(record: Any) -> Any:
        return getattr(record, name) or None

    return Asked(name, label, lambda: TextField(ordered=ordered, limit=limit), read, tell, hint, span)


def long(name: str, label: str, *, hint: str = "") -> Asked:
    """Several lines of text."""

    def read(record: Any) -> Any:
        return getattr(record, name) or None

    return Asked(name, label, LongField, read, lambda record: str(read(record) or ""), hint, 2)


def number(name: str, label: str, *, hint: str = "") -> Asked:
    """A whole number."""

    def tell(record: Any) -> str:
        value = getattr(record, name)
        return "" if value is None else str(value)

    return Asked(name, label, NumberField, lambda record: getattr(record, name), tell, hint)


def word(name: str, label: str, words: Iterable[Labelled], *, silent: str = "not_asked", hint: str = "") -> Asked:
    """One word of a closed list. ``silent`` means nothing was said; a list without it may be left empty."""
    listed = list(words)
    has_silent = any(one.value == silent for one in listed)

    def make() -> Field:
        return ChoiceField(choices(listed), empty=None if has_silent else "")

    def tell(record: Any) -> str:
        value = getattr(record, name)
        return "" if value is None or value == silent else say(value)

    return Asked(name, label, make, lambda record: getattr(record, name), tell, hint)


def day(name: str, label: str, *, hint: str = "") -> Asked:
    """A whole date, shown in the calendar people count in with the Gregorian one beside it."""

    def tell(record: Any) -> str:
        value: date | None = getattr(record, name)
        return screen_date(value) if value else ""

    return Asked(name, label, DualDateEdit, lambda record: getattr(record, name), tell, hint)


def country(name: str, label: str, *, hint: str = "") -> Asked:
    """A country."""

    def tell(record: Any) -> str:
        code = getattr(record, name)
        return name_of_country(code) if code else ""

    return Asked(name, label, CountryField, lambda record: getattr(record, name) or None, tell, hint)


def spoken(name: str, label: str, *, hint: str = "") -> Asked:
    """A language under its own name."""

    def tell(record: Any) -> str:
        return language_name(getattr(record, name))

    return Asked(name, label, LanguageField, lambda record: getattr(record, name) or None, tell, hint)


def all_spoken(name: str, label: str, *, hint: str = "") -> Asked:
    """Several languages."""

    def tell(record: Any) -> str:
        return " · ".join(language_name(code) for code in getattr(record, name))

    return Asked(name, label, LanguagesField, lambda record: list(getattr(record, name)), tell, hint)
