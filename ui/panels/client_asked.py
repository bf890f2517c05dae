"""Everything form F1 asks about a client, in calm groups. Nothing here is ever demanded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from mrc_app.calendars import Calendar, written
from mrc_app.casework.client_words import (
    Answer,
    Disability,
    Education,
    HeardOf,
    Kind,
    Marital,
    Paper,
    Reading,
    Sex,
    Stage,
    Status,
)
from mrc_app.i18n import N_, _, isolate, ltr, screen_language
from ui.panels.asked import Asked, all_spoken, country, day, long, number, shown, spoken, text, word
from ui.widgets.dates import CALENDAR_NAMES, BirthField, screen_date
from ui.widgets.fields import ChoiceField, Field, TextField
from ui.words import choices
from ui.words import word as say


@dataclass(frozen=True)
class Group:
    """A card of the details: a title, what it asks, and a line of advice."""

    title: str
    asked: tuple[Asked, ...]
    note: str = ""
    folded: bool = False


def birth_read(client: Any) -> dict[str, object] | None:
    """A client's birth as the birth field takes it: what was told, not what was worked out."""
    if not client.birth_given:
        return None
    way = {"age": "age", "year": "year"}.get(str(client.birth_known_as), "date")
    calendar = str(client.birth_calendar or Calendar.GREGORIAN.value)
    return {way: client.birth_given, "calendar": calendar, "estimated": client.birth_estimated}


def birth_told(client: Any) -> str:
    """The birth as it was told, with the Gregorian days it can mean."""
    first, last = client.birth_first, client.birth_last
    if first is None or last is None:
        return ""
    if first == last:
        return _day_told(first, Calendar(client.birth_calendar or Calendar.GREGORIAN))
    code = screen_language().code
    span = _("between {first} and {last}", first=written(first, code), last=written(last, code))
    if str(client.birth_known_as) == "age":
        return span
    calendar = Calendar(client.birth_calendar or Calendar.GREGORIAN)
    if calendar is Calendar.GREGORIAN:
        return ltr(client.birth_given)
    return f"{ltr(client.birth_given)} ({_(CALENDAR_NAMES[calendar])}) · {span}"


def _day_told(on: date, calendar: Calendar) -> str:
    if calendar is Calendar.GREGORIAN:
        return screen_date(on)
    code = screen_language().code
    return f"{isolate(written(on, code, calendar))} ({isolate(written(on, code))})"


def age_told(client: Any, today: date) -> str:
    """Her age, the least and the most it can be, and whether it is an estimate."""
    from mrc_app.casework import clients

    known = clients.age(client, today)
    if known is None:
        return ""
    words = ltr(known.years if known.low == known.high else f"{known.years} ({known.low}–{known.high})")
    return _("{age}, estimated", age=words) if known.estimated else words


def _basis() -> Field:
    from mrc_app.casework.client_births import Basis

    return ChoiceField(choices(Basis), empty=None)


def _basis_read(client: Any) -> Any:
    from mrc_app.casework.client_births import Basis

    return client.birth_basis or Basis.STATED


def _basis_told(client: Any) -> str:
    return say(client.birth_basis)


PHONE = Asked(
    "phone", N_("Phone"), lambda: TextField(ordered=True, limit=40),
    lambda client: client.phone_typed or client.phone or None,
    lambda client: ltr(client.phone) if client.phone else "",
)  # fmt: skip
ISCO = N_("ISCO-08 code, for example 9111.")
ONLY_NEEDED = N_("Ask only what she needs us to know. “Not asked” is a good answer.")
BIRTH = Asked("birth", N_("Birth"), BirthField, birth_read, birth_told, span=2)


def groups(today: date) -> tuple[Group, ...]:
    """The groups in the order they are read. ``today`` is for the age."""
    return (*_who(today), *_reach(), *_life())


def _who(today: date) -> tuple[Group, ...]:
    name = (
        text("call_name", N_("Called"), hint=N_("What we call her. It need not be her real name.")),
        word("sex", N_("Sex"), Sex, silent="not_stated"),
        text("given", N_("Given name")),
        text("father", N_("Father's name")),
        text("grandfather", N_("Grandfather's name")),
        text("native", N_("Name in her own script")),
        text("other_names", N_("Other names and spellings"), span=2),
    )
    birth = (
        shown("age", N_("Age today"), lambda client: age_told(client, today)),
        BIRTH,
        Asked("birth_basis", N_("What it rests on"), _basis, _basis_read, _basis_told),
    )
    return Group(N_("Name"), name), Group(N_("Birth and age"), birth)


def _reach() -> tuple[Group, ...]:
    safe = (
        PHONE,
        text("phone_whose", N_("Whose phone is it?"), hint=N_("For example: her brother's.")),
        word("may_call", N_("May we call?"), Answer),
        word("may_message", N_("May we send a message?"), Answer),
        text("who_may_answer", N_("Who may answer?")),
        text("safe_hours", N_("Safe hours")),
        text("cover_text", N_("What to say"), hint=N_("Words that tell nobody why we call."), span=2),
        word("phone_private", N_("Is the phone hers alone?"), Answer),
    )
    origin = (
        country("nationality", N_("Nationality")),
        country("second_nationality", N_("Second nationality")),
        country("origin_country", N_("Country she comes from")),
        text("origin_admin1", N_("Region")),
        text("district", N_("District or zone")),
        text("place", N_("Town or village")),
        country("location_country", N_("Country she is in now")),
        text("location_place", N_("Place she is in now")),
    )
    tongue = (
        spoken("language", N_("Language for her guide")),
        all_spoken("speaks", N_("Speaks")),
        word("can_read", N_("Reading"), Reading),
        word("interpreter", N_("Needs an interpreter?"), Answer),
    )
    return (
        Group(N_("How to reach her safely"), safe, N_("Read this before every call.")),
        Group(N_("Origin and place"), origin),
        Group(N_("Languages and reading"), tongue),
    )


def _life() -> tuple[Group, ...]:
    emergency = (
        text("emergency_name", N_("Name")),
        text("emergency_phone", N_("Phone"), ordered=True, limit=40),
        text("emergency_relation", N_("What she or he is to her")),
    )
    papers = (
        word("id_type", N_("Paper seen"), Paper, silent=""),
        text("id_last4", N_("Last four characters"), ordered=True, limit=40, hint=N_("Never the whole number.")),
        day("id_expiry", N_("Valid until")),
        text("passport", N_("Passport number"), ordered=True, hint=N_("Only when a letter or a file needs it.")),
        day("passport_expiry", N_("Passport valid until")),
    )
    work = (
        word("kind", N_("Comes as"), Kind, silent="not_stated"),
        word("stage", N_("Where she stands"), Stage, silent="not_stated"),
        word("education", N_("Schooling"), Education, silent=""),
        word("heard_of", N_("Heard of us through"), HeardOf, silent=""),
        text("occupation", N_("Work before"), ordered=True, limit=12, hint=ISCO),
        text("occupation_abroad", N_("Work abroad"), ordered=True, limit=12, hint=ISCO),
    )
    sensitive = (
        word("status", N_("Migration status"), Status, hint=N_("Never needed for help here.")),
        word("marital", N_("Marital status"), Marital, silent=""),
        number("dependants", N_("People who live on her income")),
        word("disability", N_("Difficulty in seeing, hearing, walking, remembering"), Disability),
        word("union_member", N_("Union member?"), Answer),
        text("union_name", N_("Which union")),
        word("fears_own_state", N_("Afraid of the authorities of her own country?"), Answer),
        long("note", N_("Note"), hint=N_("Only what helps her. She may ask to read it.")),
    )
    return (
        Group(N_("Emergency contact"), emergency),
        Group(N_("Papers seen"), papers),
        Group(N_("Work and schooling"), work),
        Group(N_("Sensitive questions"), sensitive, ONLY_NEEDED, True),
    )
