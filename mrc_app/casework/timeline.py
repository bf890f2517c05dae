"""A client's story as dated entries, joined from every noun. Labelled values are translated where shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from mrc_app.casework import agenda, clients, consents, counselling, households, journeys
from mrc_app.casework.client_words import Answer
from mrc_app.casework.clients import Client
from mrc_app.i18n import N_, Labelled
from mrc_app.store.roles import May, needs

# -- Words


class EntryKind(Labelled):
    """What sort of thing happened."""

    REGISTERED = "registered", N_("registration")
    CONSENT = "consent", N_("consent")
    CONTACT = "contact", N_("counselling")
    HANDOUT = "handout", N_("handed out")
    JOURNEY = "journey", N_("journey")
    HOUSEHOLD = "household", N_("household")
    TASK = "task", N_("task")


# -- Record


@dataclass(frozen=True)
class Entry:
    """One thing that happened on a day: title message id and its values; ``record`` is the uuid behind it."""

    on: date
    kind: EntryKind
    title: str
    record: str
    values: Mapping[str, object] = field(default_factory=dict)
    officer: str | None = None
    note: str = ""


# -- Rules

CONSENT_TITLES = {
    consents.State.GIVEN: N_("Consent given: {purpose}"),
    consents.State.REFUSED: N_("Consent refused: {purpose}"),
    consents.State.WITHDRAWN: N_("Consent given, later withdrawn: {purpose}"),
}


def consent_entries(consent: consents.Consent) -> Iterator[Entry]:
    """The answer on its day and, when it was withdrawn, that day too."""
    values = {"purpose": consent.purpose}
    kind, uuid = EntryKind.CONSENT, consent.uuid
    yield Entry(consent.given_on, kind, CONSENT_TITLES[consent.state], uuid, values, consent.asked_by, consent.scope)
    if consent.withdrawn_on is not None:
        title = N_("Consent withdrawn: {purpose}")
        yield Entry(consent.withdrawn_on, kind, title, uuid, values, consent.withdrawn_by, consent.reason)


def contact_entry(contact: counselling.Contact) -> Entry:
    """A contact; danger shows in the title."""
    title = N_("Immediate danger: {mode}") if contact.danger is Answer.YES else N_("Counselling {mode}")
    values = {"mode": contact.mode, "topics": contact.topics, "minutes": contact.minutes}
    note = contact.result or contact.note
    return Entry(contact.on, EntryKind.CONTACT, title, contact.uuid, values, contact.officer, note)


def task_entry(task: agenda.Task) -> Entry | None:
    """A task that was done or dropped, on that day; None while it is open."""
    values = {"task": task.kind}
    if task.done_on is not None:
        title, note = N_("Done: {task}"), task.result or task.text
        return Entry(task.done_on, EntryKind.TASK, title, task.uuid, values, task.done_by, note)
    if task.dropped_on is not None:
        title, note = N_("Dropped: {task}"), task.dropped_because
        return Entry(task.dropped_on, EntryKind.TASK, title, task.uuid, values, task.dropped_by, note)
    return None


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: Client) -> list[Entry]:
    """Everything kept about a client, the latest first."""
    entries = [
        Entry(
            client.registered_on,
            EntryKind.REGISTERED,
            N_("Registered as {number}"),
            client.uuid,
            {"number": client.number},
            client.registered_by,
        )
    ]
    for consent in consents.of_client(session, client.uuid):
        entries += consent_entries(consent)
    entries += [contact_entry(contact) for contact in reversed(counselling.of_client(session, client.uuid))]
    entries += _handouts(session, client.uuid)
    entries += _journeys(session, client.uuid)
    entries += _households(session, client)
    entries += [found for task in agenda.history(session, client.uuid) if (found := task_entry(task))]
    entries.reverse()
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def _handouts(session: Session, client: str) -> Iterator[Entry]:
    for given in reversed(counselling.handouts(session, client)):
        values = {"what": given.what, "edition": given.edition, "language": given.language}
        title = N_("Given: {what}, {edition}")
        yield Entry(given.on, EntryKind.HANDOUT, title, given.uuid, values, given.by)


def _journeys(session: Session, client: str) -> Iterator[Entry]:
    for journey in reversed(journeys.of_client(session, client)):
        for step in journeys.steps(session, journey):
            values = {"corridor": journey.corridor, "stage": step.stage}
            title = N_("Journey {corridor}: {stage}")
            yield Entry(step.on, EntryKind.JOURNEY, title, journey.uuid, values, step.by, step.note)


def _households(session: Session, client: Client) -> Iterator[Entry]:
    household = households.of_client(session, client.uuid)
    if household is None:
        return
    for member in households.members(session, household):
        if member.since is not None:
            name = member.called
            if member.client:
                name = clients.full_name(clients.by_uuid(session, member.client))
            values = {"name": name, "relation": member.relation}
            title = N_("In the household: {name} ({relation})")
            yield Entry(member.since, EntryKind.HOUSEHOLD, title, member.uuid, values)
