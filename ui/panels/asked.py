"""One thing that is asked about a client or a journey: its keyword, its words, its field, and how the answer reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from mrc_app.i18n import Labelled, _, languages, ltr
from ui.widgets.choosers import CountryField, LanguageField, LanguagesField, name_of_country
from ui.widgets.dates import DualDateEdit, screen_date
from ui.widgets.fields import ChoiceField, Field, LongField, NumberField, TextField


@dataclass(frozen=True)
class Asked:
    """A keyword of an action with its label (message id), its field, and its words.

    ``read`` gives the field's value from a record, ``tell`` the words on the screen; empty words mean not asked yet.
    """

    name: str
    label: str
    make: Callable[[], Field]
    read: Callable[[Any], Any]
    tell: Callable[[Any], str]
    hint: str = ""
    span: int = 1


def text(name: str, label: str, *, hint: str = "", ordered: bool = False, limit: int = 120, span: int = 1) -> Asked:
    """One line of text; ``ordered`` keeps a number from left to right."""

    def tell(record: Any) -> str:
        said = str(getattr(record, name) or "")
        return ltr(said) if ordered and said else said

    return Asked(
        name, label, lambda: TextField(ordered=ordered, limit=limit), lambda record: getattr(record, name) or None, tell,
        hint, span,
    )  # fmt: skip


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
    """One word of a closed list. ``silent`` is the word that means nothing was said; without it the answer may be empty."""
    listed = list(words)
    has_silent = any(one.value == silent for one in listed)

    def make() -> Field:
        return ChoiceField([(one, _(one.label)) for one in listed], empty=None if has_silent else "")

    def tell(record: Any) -> str:
        value = getattr(record, name)
        return "" if value is None or value == silent else _(value.label)

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
        code = getattr(record, name)
        return languages()[code].autonym if code in languages() else code

    return Asked(name, label, LanguageField, lambda record: getattr(record, name) or None, tell, hint)


def all_spoken(name: str, label: str, *, hint: str = "") -> Asked:
    """Several languages."""

    def tell(record: Any) -> str:
        return " · ".join(languages()[code].autonym for code in getattr(record, name) if code in languages())

    return Asked(name, label, LanguagesField, lambda record: list(getattr(record, name)), tell, hint)
