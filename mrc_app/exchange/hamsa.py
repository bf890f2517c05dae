"""A client's complaint for HAMSA (the complaints mechanism of Migrant Forum in Asia): only what she agreed to share.

HAMSA's own import format and list of categories are not public: this is our own open document, readable by a person
and by a program. A consent that was refused, withdrawn or never asked stops it in a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from mrc_app.casework import (
    client_births,
    clients,
    consent_shares,
    consents,
    duplicates,
    journeys,
    recruiter_events,
    recruiters,
)
from mrc_app.casework.clients import Client
from mrc_app.casework.consents import Purpose, Standing
from mrc_app.casework.journeys import Journey
from mrc_app.casework.recruiter_words import EventKind
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from sqlmodel import Session

TO, SCOPE = "HAMSA", "HAMSA"
FORMAT = "mrc-complaint 1"
NEEDED = (Purpose.HAND_OVER, Purpose.COMPLAINT)
"""Without both nothing leaves: hand my case to a partner abroad, take up my complaint."""
NOT_AGREED = N_("Nothing leaves for HAMSA: “{purpose}” is {standing}. Ask her first.")
NO_RECORD = N_("Nothing leaves for HAMSA: she has withdrawn the consent to keep her record.")
NO_COMPLAINT = N_("There is no complaint about a recruiter or an employer in her record yet.")
FIELDS: dict[str, Purpose] = {
    **dict.fromkeys(("number", "name", "sex", "age", "nationality", "language"), Purpose.HAND_OVER),
    **dict.fromkeys(("corridor", "stage", "sector", "work", "town", "wage", "work_began"), Purpose.HAND_OVER),
    **dict.fromkeys(("recruiters", "complaints"), Purpose.COMPLAINT),
    **dict.fromkeys(("phone", "safe_contact"), Purpose.CONTACT),
}
"""Every field there is, and the consent it leaves under. What is not here never leaves."""
LABELS = {
    "number": N_("Case number"), "name": N_("Name"), "sex": N_("Sex"), "age": N_("Age"),
    "nationality": N_("Nationality"), "language": N_("Language"), "corridor": N_("From and to"),
    "stage": N_("Stage of the journey"), "sector": N_("Kind of work"), "work": N_("Work"), "town": N_("Town of work"),
    "wage": N_("Wage as told"), "work_began": N_("Work began"), "recruiters": N_("Recruiters and employers"),
    "complaints": N_("Complaints"), "phone": N_("Phone"), "safe_contact": N_("How to reach her safely"),
}  # fmt: skip


@dataclass(frozen=True)
class Complaint:
    """One complaint to be shared: the day, who it is about, what happened, how it stands."""

    on: date
    about: str
    what: str
    state: str = ""


@dataclass(frozen=True)
class Shared:
    """The document: her fields, and which of them were left out and why."""

    client: str
    fields: dict[str, Any]
    withheld: dict[str, str]
    centre: str
    on: date

    @property
    def document(self) -> bytes:
        """The open file (JSON)."""
        whole = {
            "format": FORMAT, "to": TO, "from": self.centre, "made_on": self.on.isoformat(),
            "record": self.fields, "withheld": self.withheld,
        }  # fmt: skip
        return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()

    def text(self, say: Callable[[str], str]) -> bytes:
        """The same for a reader; ``say`` turns a message id into her language."""
        lines = [f"{say(N_('Complaint record for'))} {TO}", f"{self.centre}, {self.on.isoformat()}", ""]
        for name, value in self.fields.items():
            if isinstance(value, list):
                lines += [f"{say(LABELS[name])}:", *(f"  - {_line(row)}" for row in value)]
            else:
                lines.append(f"{say(LABELS[name])}: {value}")
        return ("\n".join(lines) + "\n").encode()


def _line(row: Mapping[str, Any]) -> str:
    return ", ".join(str(value) for value in row.values() if value)


# -- what she agreed to


def refusal(standing: Mapping[Purpose, Standing]) -> MrcError | None:
    """Why nothing may leave; None when it may."""
    if standing[Purpose.RECORD] is Standing.WITHDRAWN:
        return MrcError(NO_RECORD)
    for purpose in NEEDED:
        if standing[purpose] is not Standing.GIVEN:
            return MrcError(NOT_AGREED, purpose=purpose.label, standing=standing[purpose].label)
    return None


def allowed(standing: Mapping[Purpose, Standing], leave_out: Iterable[str] = ()) -> tuple[list[str], dict[str, str]]:
    """The fields that may leave, and those withheld with the reason. Raises Invalid for a field that does not exist."""
    chosen = set(leave_out)
    if strange := sorted(chosen - FIELDS.keys()):
        raise Invalid(leave_out=Problem(N_("There is no field “{field}”."), {"field": strange[0]}))
    withheld = {name: "left out" for name in FIELDS if name in chosen}
    for name, purpose in FIELDS.items():
        if standing[purpose] is not Standing.GIVEN:
            withheld[name] = f"{purpose.code} {standing[purpose].value}"
    return [name for name in FIELDS if name not in withheld], withheld


# -- the record


@needs(May.COUNSEL)
def share(
    session: Session, number: str, *, centre: str, today: date, by: str, leave_out: Iterable[str] = (),
    more: Iterable[Complaint] = (),
) -> Shared:  # fmt: skip
    """Makes the document and writes down what left. Raises MrcError when she did not agree, or there is no complaint.

    ``more``: complaints kept elsewhere than in the events of a recruiter.
    """
    client = clients.by_number(session, number)
    standing = _standing(session, client.uuid, today)
    if (stopped := refusal(standing)) is not None:
        raise stopped
    names, withheld = allowed(standing, leave_out)
    told = _complaints(session, client.uuid) + list(more)
    if not told:
        raise MrcError(NO_COMPLAINT)
    every = {**_person(client, today), **_journey(journeys.current(session, client.uuid))}
    every |= {"recruiters": _recruiters(session, client.uuid), "complaints": [_told(one) for one in told]}
    kept = {name: every[name] for name in names if every.get(name)}
    consent_shares.note(
        session, client=client.uuid, to=TO, purpose=Purpose.HAND_OVER, fields=tuple(kept), on=today, by=by
    )
    return Shared(client.uuid, kept, withheld, centre, today)


def _standing(session: Session, client: str, today: date) -> dict[Purpose, Standing]:
    """What she agreed to, under all records of one person; an answer about HAMSA alone goes before a general one, but
    a general withdrawal stops it."""
    table = dict(duplicates.matrix(session, client, today))
    named = [one for one in duplicates.consents_of(session, client) if one.scope == SCOPE]
    for purpose in Purpose:
        special = consents.standings([one.model_copy(update={"scope": ""}) for one in named], today)[purpose]
        if special is not Standing.NOT_ASKED and table[purpose] is not Standing.WITHDRAWN:
            table[purpose] = special
    return table


def _person(client: Client, today: date) -> dict[str, Any]:
    safe = clients.safe_contact(client)
    age = clients.age(client, today)
    reach = [safe.who_may_answer, safe.safe_hours, f"may call: {safe.may_call.value}"] if safe else []
    return {
        "number": client.number,
        "name": clients.full_name(client),
        "sex": client.sex.value,
        "age": client_births.band(clients.born(client), today).value if age else "",
        "nationality": client.nationality,
        "language": client.language,
        "phone": client.phone,
        "safe_contact": ", ".join(part for part in reach if part),
    }


def _journey(journey: Journey | None) -> dict[str, Any]:
    if journey is None:
        return {}
    wage = journeys.wage(journey)
    per = f" / {journey.wage_per.value}" if journey.wage_per else ""
    return {
        "corridor": journey.corridor,
        "stage": journey.stage.value,
        "sector": journey.sector.value if journey.sector else "",
        "work": " ".join(part for part in (journey.job_title, journey.isco) if part),
        "town": journey.town,
        "wage": f"{wage.amount} {wage.currency}{per}" if wage else "",
        "work_began": journey.starts_on.isoformat() if journey.starts_on else "",
    }


def _recruiters(session: Session, client: str) -> list[dict[str, str]]:
    rows = []
    for link in recruiters.of_client(session, client):
        one = recruiters.by_uuid(session, link.recruiter)
        rows.append({
            "name": one.name, "part": link.role.value, "kind": one.kind.value, "country": one.country,
            "licence": one.licence_number,
        })  # fmt: skip
    return rows


def _complaints(session: Session, client: str) -> list[Complaint]:
    mine = recruiter_events.of_client(session, client)
    ended = {one.about: one for one in mine if one.about and one.kind in (EventKind.SETTLED, EventKind.NOT_SETTLED)}
    found = []
    for one in mine:
        if one.kind is EventKind.COMPLAINT:
            end = ended.get(one.about or one.uuid)
            about = recruiters.by_uuid(session, one.recruiter).name
            found.append(Complaint(one.on, about, one.outcome, end.kind.value if end else "open"))
    return found


def _told(one: Complaint) -> dict[str, str]:
    return {"on": one.on.isoformat(), "about": one.about, "what": one.what, "state": one.state}
