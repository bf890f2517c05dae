"""What the screen says for values: labels of closed lists, dates, lists of words, ages, phones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from mrc_app.i18n import Labelled, _, babel_locale, languages, ltr, ngettext, screen_language
from ui.widgets.dates import screen_date

if TYPE_CHECKING:
    from mrc_app.casework.client_births import Age


def cap(text: str) -> str:
    """The words with a capital first letter, where the script has capitals."""
    return text[:1].upper() + text[1:]


def word(said: Labelled | None) -> str:
    """The label of a word in the screen's language; empty for None."""
    return cap(_(said.label)) if said is not None else ""


def choices(words: Iterable[Labelled]) -> list[tuple[str, str]]:
    """The words of a list for a field: what is kept and what is shown."""
    return [(said.value, word(said)) for said in words]


def listed(parts: Iterable[str]) -> str:
    """Several words as a list in the screen's language."""
    from babel.lists import format_list

    return format_list([part for part in parts if part], style="standard", locale=babel_locale(screen_language().code))


def shown(value: Any) -> str:
    """Any value of a record as the screen says it."""
    if value is None or value == "":
        return ""
    if isinstance(value, Labelled):
        return _(value.label)
    if isinstance(value, date):
        return screen_date(value)
    if isinstance(value, (tuple, list)):
        return listed(shown(part) for part in value)
    return str(value)


def sentence(message: str, values: Mapping[str, Any]) -> str:
    """A message of the casework in the screen's language with its values."""
    return cap(_(message, **{name: shown(value) for name, value in values.items()}))


def language_name(code: str) -> str:
    """A language under its own name; the code itself when the desk does not know it."""
    return languages()[code].autonym if code in languages() else code


def age_words(age: Age | None) -> str:
    """An age; an estimate says so."""
    if age is None:
        return ""
    if age.estimated:
        return ngettext("about {n} year old", "about {n} years old", age.years)
    return ngettext("{n} year old", "{n} years old", age.years)


def phone(number: str) -> str:
    """A phone number in groups, in order in every language."""
    import phonenumbers

    try:
        found = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return ltr(number)
    return ltr(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def late_words(days: int) -> tuple[str, str]:
    """How late something is, and the colour to say it in."""
    if days > 0:
        return ngettext("{n} day late", "{n} days late", days), "red"
    if days == 0:
        return _("Today"), "amber"
    if days == -1:
        return _("Tomorrow"), "blue"
    return ngettext("In {n} day", "In {n} days", -days), "plain"
