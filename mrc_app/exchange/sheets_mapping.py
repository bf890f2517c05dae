"""How a sheet's columns become a client's fields: written once, remembered for every sheet with the same header."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Mapped
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mrc_app.calendars import Calendar
from mrc_app.casework import consents, counselling, journeys
from mrc_app.casework.client_births import AgeBand
from mrc_app.casework.client_fields import CHECKS
from mrc_app.casework.client_words import Kind, Sex
from mrc_app.casework.events import EVENT, Item
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_

BIRTH = ("birth_date", "birth_year", "birth_age")
ANSWERS = ("consent_record", "consent_how", "consent_statistics", "consent_complaint")
PARTS: dict[str, tuple[str, ...]] = {
    "contact": ("on", *counselling.CONTACT),
    "journey": (*journeys.CHECKS, "stage", "stage_on", "wage", "wage_currency"),
    "case": (
        "categories", "step", "country", "place", "lodged_on", "lodged_through", "lodger", "note", "state", "state_on",
        "because", "outcome", "outcome_on", "against", "against_kind",
    ),
}  # fmt: skip
"""What a row may hold beside the client herself: a talk, a journey, a case."""
OF_PARTS = frozenset(f"{part}_{name}" for part, names in PARTS.items() for name in names)
FIELDS = frozenset({*CHECKS, "phone", "emergency_phone", "registered_on", *BIRTH, *ANSWERS, *OF_PARTS})
"""What a column of a logbook of people may be mapped to."""
MARGINS = {
    "sex": [one.value for one in Sex], "age": [one.value for one in AgeBand], "kind": [one.value for one in Kind],
    "materials": [one.value for one in Item],
}  # fmt: skip
EVENT_FIELDS = frozenset(
    {"on", *EVENT, "people", *(f"{name}_{word}" for name, words in MARGINS.items() for word in words)}
)
"""What a column of a logbook of events may be mapped to."""
DAYS = frozenset({
    "birth_date", "registered_on", "id_expiry", "passport_expiry", "contact_on", "contact_follow_up_on", "on",
    *(f"journey_{name}" for name in ("stage_on", "starts_on", "ends_on", "departs_on", "returned_on", "permit_end")),
    *(f"case_{name}" for name in ("lodged_on", "state_on", "outcome_on")),
})  # fmt: skip
STABLE = ("_uuid", "KEY", "meta/instanceID", "instanceID")
"""Columns by which KoBo and ODK name a form that was sent in."""
PARENTS = ("_submission__uuid", "PARENT_KEY", "_parent_uuid")
"""Columns by which a repeated part of a form names the form it belongs to."""
ALSO = {
    "given": ("given name", "first name", "prénom", "prenom"),
    "father": ("father's name", "father name", "surname", "family name", "last name", "nom"),
    "grandfather": ("grandfather's name", "grandfather name"),
    "call_name": ("name", "full name", "client name", "nom complet"),
    "sex": ("sex", "gender", "sexe"),
    "birth_date": ("date of birth", "birth date", "dob", "date de naissance"),
    "birth_age": ("age", "âge"),
    "phone": ("phone", "phone number", "telephone", "mobile", "téléphone"),
    "district": ("district", "woreda", "kebele"),
    "registered_on": ("date", "date of registration", "registration date", "registered on", "today"),
    "passport": ("passport", "passport number"),
    "consent_record": ("consent", "consent given"),
    "journey_destination": ("destination", "destination country", "country of destination", "going to"),
    "journey_sector": ("sector", "job", "type of work"),
    "contact_topics": ("topic", "topics", "service", "services"),
    "contact_minutes": ("minutes", "duration"),
    "case_categories": ("complaint", "type of complaint", "grievance", "problem"),
    "case_against": ("respondent", "employer", "against"),
}
ALSO_EVENT = {
    "on": ("date", "day"),
    "place": ("place", "venue", "location", "school", "lieu"),
    "type": ("type", "type of event", "event"),
    "people": ("total", "participants", "people", "attendance"),
    "sex_female": ("female", "women", "f", "girls"),
    "sex_male": ("male", "men", "m", "boys"),
    "minutes": ("minutes", "duration"),
    "partner": ("partner",),
    "audience": ("audience",),
    "note": ("note", "remarks"),
    "materials_leaflet": ("leaflets",),
}


NO_FIELD = N_("There is no field “{field}”.")
NOT_REPEATED = N_("A repeated part holds talks, journeys and cases; “{field}” is neither.")
NO_COLUMN = N_("The sheet has no column “{column}”.")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """One column: its header, the field it becomes, how its days are written, what its words mean."""

    header: str
    field: str
    calendar: Calendar = Calendar.GREGORIAN
    order: Literal["dmy", "mdy", "ymd"] = "dmy"
    values: dict[str, str] = Field(default_factory=dict)
    split: str = ""


class Consent(_Strict):
    """What holds for everybody on the sheet: how they agreed to a record. ``statement`` says where that is written."""

    statement: str = Field(min_length=3)
    how: consents.How
    language: str = ""
    statistics: Literal["given", "refused", "not_asked"] = "not_asked"


class Repeat(_Strict):
    """A further sheet of the file: a part of a form that was filled in several times. ``person`` is the column that
    names the form it belongs to; what its rows hold is added to the client of that form."""

    sheet: str = Field(min_length=1)
    person: str = ""
    external: str = ""
    header_row: int = Field(default=0, ge=0, le=1000)
    header_rows: int = Field(default=1, ge=1, le=4)
    column: tuple[Column, ...] = ()


class Mapping(_Strict):
    """A mapping. ``source`` names the logbook or form: ids are known again within it.

    ``person`` is the column with the number a person has in that book: rows with the same one are about one client.
    ``fixed`` holds for every row: field to value.
    """

    source: str = Field(min_length=1)
    target: Literal["clients", "events"] = "clients"
    sheet: str = ""
    header_row: int = Field(default=0, ge=0, le=1000)
    header_rows: int = Field(default=1, ge=1, le=4)
    external: str = ""
    person: str = ""
    duplicates: Literal["warn", "hold"] = "warn"
    consent: Consent | None = None
    fixed: dict[str, str] = Field(default_factory=dict)
    column: tuple[Column, ...] = ()
    repeat: tuple[Repeat, ...] = ()

    @property
    def fields(self) -> set[str]:
        """Every field that is filled, from a column or for all rows."""
        return {*(column.field for column in self.column), *self.fixed}


def mapping_of(typed: Mapped[str, Any]) -> Mapping:
    """A mapping as it was written. Raises Invalid naming what is unknown, missing or there twice."""
    try:
        made = Mapping.model_validate(dict(typed))
    except ValidationError as wrong:
        raise Invalid(
            **{".".join(map(str, one["loc"])) or "mapping": _told(dict(one)) for one in wrong.errors()}
        ) from None
    problems = _strange([column.field for column in made.column], [*made.fixed], made.target)
    for repeat in made.repeat:
        others = [column.field for column in repeat.column if column.field not in OF_PARTS]
        problems |= {one: Problem(NOT_REPEATED, {"field": one}) for one in others}
    problems |= _lacking(made) if made.target == "clients" else _lacking_of_events(made)
    if problems:
        raise Invalid(**problems)
    return made


def _strange(columns: list[str], fixed: list[str], target: str) -> dict[str, Problem]:
    known = FIELDS if target == "clients" else EVENT_FIELDS
    fields = [*columns, *fixed]
    problems = {one: Problem(NO_FIELD, {"field": one}) for one in fields if one not in known}
    for one in {one for one in fields if fields.count(one) > 1}:
        problems[one] = Problem(N_("Two columns become the field “{field}”."), {"field": one})
    return problems


def _lacking(made: Mapping) -> dict[str, Problem]:
    problems: dict[str, Problem] = {}
    if made.consent is None and "consent_record" not in made.fields:
        problems["consent"] = Problem(N_("Say how these people agreed to a record: a column, or a statement for all."))
    if not {"call_name", "given", "native"} & made.fields:
        problems["column"] = Problem(N_("No column holds a name to call her by."))
    return problems


def _lacking_of_events(made: Mapping) -> dict[str, Problem]:
    problems: dict[str, Problem] = {}
    if "on" not in made.fields:
        problems["column"] = Problem(N_("No column holds the day of the event."))
    if "place" not in made.fields:
        problems["place"] = Problem(N_("No column holds the place of the event."))
    if made.person or made.repeat or made.consent:
        problems["target"] = Problem(N_("A logbook of events names nobody."))
    return problems


def _told(error: dict[str, Any]) -> Problem:
    name = ".".join(map(str, error["loc"]))
    if error["type"] == "extra_forbidden":
        return Problem(NO_FIELD, {"field": name})
    if error["type"] == "missing":
        return Problem(N_("“{field}” is missing."), {"field": name})
    return Problem(N_("“{value}” does not fit “{field}”."), {"value": error.get("input"), "field": name})


def fingerprint(header: Sequence[str]) -> str:
    """The digest under which a header is known again."""
    return hashlib.sha256(json.dumps([" ".join(one.lower().split()) for one in header]).encode()).hexdigest()


def kept(mapping: Mapping) -> str:
    """A mapping as it is remembered."""
    return mapping.model_dump_json(exclude_defaults=True)


def remembered(text: str) -> Mapping:
    """A mapping that was remembered."""
    return mapping_of(json.loads(text))


def suggested(header: Sequence[str], target: str = "clients") -> dict[str, str]:
    """For headers that say what they are: the field each becomes."""
    fields, also = (FIELDS, ALSO) if target == "clients" else (EVENT_FIELDS, ALSO_EVENT)
    found: dict[str, str] = {}
    for one in header:
        last = one.rsplit("/", 1)[-1].strip().lower().replace("_", " ")
        names = [field for field in sorted(fields) if field.replace("_", " ") == last]
        names += [field for field, words in also.items() if last in words]
        if names and names[0] not in found.values():
            found[one] = names[0]
    return found


def places(mapping: Mapping, header: Sequence[str]) -> dict[int, Column]:
    """Where in a row each column stands; the last part of a grouped header will do where it is the only one.

    Raises Invalid naming every column the sheet does not have.
    """
    found, wrong = {}, {}
    for column in mapping.column:
        at = place(column.header, header)
        if at is not None:
            found[at] = column
        elif not spread(column.header, header):
            wrong[column.header] = Problem(NO_COLUMN, {"column": column.header})
    for one in (mapping.external, mapping.person):
        if one and place(one, header) is None:
            wrong[one] = Problem(NO_COLUMN, {"column": one})
    if wrong:
        raise Invalid(**wrong)
    return found


def spread(wanted: str, header: Sequence[str]) -> dict[int, str]:
    """A question with several answers that was written out as one column of yes and no for each answer."""
    found = {at: one.rpartition(f"{wanted}/") for at, one in enumerate(header)}
    return {at: word for at, (before, group, word) in found.items() if group and before[-1:] in ("", "/") and word}


def repeated(mapping: Mapping, repeat: Repeat, header: Sequence[str]) -> Mapping:
    """How the rows of a repeated part are read. Raises Invalid when nothing says to which form they belong."""
    person = repeat.person or next((one for one in PARENTS if place(one, header) is not None), "")
    if not person:
        raise Invalid(**{repeat.sheet: N_("Say which column names the form that a repeated part belongs to.")})
    changes: dict[str, Any] = {
        "sheet": repeat.sheet, "person": person, "external": repeat.external, "column": repeat.column, "fixed": {},
        "repeat": (), "consent": None, "header_row": repeat.header_row, "header_rows": repeat.header_rows,
    }  # fmt: skip
    return mapping.model_copy(update=changes)


def place(wanted: str, header: Sequence[str]) -> int | None:
    """Where a header stands; None where it is not there or not the only one."""
    for said in (list(header), [one.rsplit("/", 1)[-1] for one in header]):
        if said.count(wanted) == 1:
            return said.index(wanted)
    return None
