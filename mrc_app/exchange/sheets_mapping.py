"""How a sheet's columns become a client's fields: written once, remembered for every sheet with the same header."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Mapped
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mrc_app.calendars import Calendar
from mrc_app.casework import consents, counselling
from mrc_app.casework.client_fields import CHECKS
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_

BIRTH = ("birth_date", "birth_year", "birth_age")
DAYS = frozenset({"birth_date", "registered_on", "id_expiry", "passport_expiry", "contact_on", "contact_follow_up_on"})
ANSWERS = ("consent_record", "consent_how", "consent_statistics")
CONTACT = tuple(f"contact_{name}" for name in ("on", *counselling.CONTACT))
FIELDS = frozenset({*CHECKS, "phone", "emergency_phone", "registered_on", *BIRTH, *ANSWERS, *CONTACT})
"""What a column may be mapped to."""
STABLE = ("_uuid", "KEY", "meta/instanceID", "instanceID")
"""Columns by which KoBo and ODK name a form that was sent in."""
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
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """One column: its header, the field it becomes, how its days are written, what its words mean."""

    header: str
    field: str
    calendar: Calendar = Calendar.GREGORIAN
    order: Literal["dmy", "mdy", "ymd"] = "dmy"
    values: dict[str, str] = Field(default_factory=dict)
    split: str = ","


class Consent(_Strict):
    """What holds for everybody on the sheet: how they agreed to a record. ``statement`` says where that is written."""

    statement: str = Field(min_length=3)
    how: consents.How
    language: str = ""
    statistics: Literal["given", "refused", "not_asked"] = "not_asked"


class Mapping(_Strict):
    """A mapping. ``source`` names the logbook or form: ids are known again within it."""

    source: str = Field(min_length=1)
    sheet: str = ""
    header_row: int = Field(default=0, ge=0, le=1000)
    header_rows: int = Field(default=1, ge=1, le=4)
    external: str = ""
    duplicates: Literal["warn", "hold"] = "warn"
    consent: Consent | None = None
    column: tuple[Column, ...] = ()


def mapping_of(typed: Mapped[str, Any]) -> Mapping:
    """A mapping as it was written. Raises Invalid naming what is unknown, missing or there twice."""
    try:
        made = Mapping.model_validate(dict(typed))
    except ValidationError as wrong:
        raise Invalid(
            **{".".join(map(str, one["loc"])) or "mapping": _told(dict(one)) for one in wrong.errors()}
        ) from None
    fields = [column.field for column in made.column]
    problems = {one: Problem(N_("There is no field “{field}”."), {"field": one}) for one in fields if one not in FIELDS}
    for one in {one for one in fields if fields.count(one) > 1}:
        problems[one] = Problem(N_("Two columns become the field “{field}”."), {"field": one})
    if made.consent is None and "consent_record" not in fields:
        problems["consent"] = Problem(N_("Say how these people agreed to a record: a column, or a statement for all."))
    if not {"call_name", "given", "native"} & set(fields):
        problems["column"] = Problem(N_("No column holds a name to call her by."))
    if problems:
        raise Invalid(**problems)
    return made


def _told(error: dict[str, Any]) -> Problem:
    name = ".".join(map(str, error["loc"]))
    if error["type"] == "extra_forbidden":
        return Problem(N_("There is no field “{field}”."), {"field": name})
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


def suggested(header: Sequence[str]) -> dict[str, str]:
    """For headers that say what they are: the field each becomes."""
    found: dict[str, str] = {}
    for one in header:
        last = one.rsplit("/", 1)[-1].strip().lower().replace("_", " ")
        names = [field for field in FIELDS if field.replace("_", " ") == last]
        names += [field for field, also in ALSO.items() if last in also]
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
        if at is None:
            wrong[column.header] = Problem(N_("The sheet has no column “{column}”."), {"column": column.header})
        else:
            found[at] = column
    if mapping.external and place(mapping.external, header) is None:
        wrong[mapping.external] = Problem(N_("The sheet has no column “{column}”."), {"column": mapping.external})
    if wrong:
        raise Invalid(**wrong)
    return found


def place(wanted: str, header: Sequence[str]) -> int | None:
    """Where a header stands; None where it is not there or not the only one."""
    for said in (list(header), [one.rsplit("/", 1)[-1] for one in header]):
        if said.count(wanted) == 1:
            return said.index(wanted)
    return None


def day_after(day: date | None, on: date) -> bool:
    """Whether a day is still to come."""
    return day is not None and day > on
