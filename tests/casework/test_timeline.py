"""The timeline: a client's story from every noun, the latest first."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from mrc_app.casework import agenda, consents, counselling, households, journeys, timeline
from mrc_app.casework.consents import Purpose
from mrc_app.i18n import Labelled
from tests.make import NO, OFFICER, TODAY, make_client, make_journey


def said(entry: timeline.Entry) -> str:
    values = {name: value.label if isinstance(value, Labelled) else value for name, value in entry.values.items()}
    return entry.title.format(**values)


def test_every_noun_tells_its_part_the_latest_first(session: Session) -> None:
    client = make_client(session, statistics=NO, on=date(2026, 11, 1), given="Tigist", father="Abebe")
    journey = make_journey(session, client, on=date(2026, 11, 2))
    contact = counselling.record(session, client=client.uuid, on=date(2026, 11, 3), officer=OFFICER, note="hello")
    counselling.record(session, client=client.uuid, on=date(2026, 11, 4), officer=OFFICER, mode="phone", danger="yes")
    counselling.hand_out(
        session, client=client.uuid, on=date(2026, 11, 5), by=OFFICER, edition="spoken", form="voice", language="am"
    )
    open_task = agenda.add(session, due=TODAY, text="call", client=client.uuid, on=TODAY, by=OFFICER)
    task = agenda.add(session, due=TODAY, kind="call", client=client.uuid, on=TODAY, by=OFFICER)
    agenda.done(session, task, on=date(2026, 11, 6), by=OFFICER, result="reached")
    dropped = agenda.add(session, due=TODAY, kind="visit", client=client.uuid, on=TODAY, by=OFFICER)
    agenda.drop(session, dropped, on=date(2026, 11, 7), by=OFFICER, because="moved away")
    record = next(one for one in consents.of_client(session, client.uuid) if one.purpose is Purpose.RECORD)
    consents.withdraw(session, record, on=date(2026, 11, 9), by=OFFICER, reason="afraid")
    home = households.found(session, client=client.uuid)
    households.join(session, home, relation="parent", called="Mother", since=date(2026, 11, 10))
    sister = make_client(session, given="Sara", father="Abebe")
    households.join(session, home, relation="sibling", client=sister.uuid, since=date(2026, 11, 11))
    journeys.move(session, journey, stage="travelling", on=date(2026, 11, 12), by=OFFICER, note="bus")
    entries = timeline.of_client(session, client)
    assert [(entry.on.day, said(entry)) for entry in entries] == [
        (12, "Journey ET-SA: travelling"),
        (11, "In the household: Sara Abebe (brother or sister)"),
        (10, "In the household: Mother (parent)"),
        (9, "Consent withdrawn: keep my record here"),
        (7, "Dropped: visit"),
        (6, "Done: call"),
        (5, "Given: departure guide, read aloud, nothing carried"),
        (4, "Immediate danger: by phone"),
        (3, "Counselling in the centre"),
        (2, "Journey ET-SA: planned"),
        (1, "Consent refused: count me in statistics without my name"),
        (1, "Consent given, later withdrawn: keep my record here"),
        (1, f"Registered as {client.number}"),
    ]
    notes = {entry.record: entry.note for entry in entries}
    assert notes[contact.uuid] == "hello" and notes[task.uuid] == "reached" and notes[dropped.uuid] == "moved away"
    assert notes[record.uuid] in ("", "afraid") and open_task.uuid not in notes
    assert {entry.officer for entry in entries if entry.kind is not timeline.EntryKind.HOUSEHOLD} == {OFFICER}


def test_somebody_just_registered_has_a_short_story(session: Session) -> None:
    client = make_client(session)
    assert [entry.kind.value for entry in timeline.of_client(session, client)] == [
        "consent",
        "consent",
        "registered",
    ]
