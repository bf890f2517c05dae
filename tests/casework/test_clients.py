"""Clients: registering, amending, what is missing, and how she may be reached."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from mrc_app.casework import client_phones, clients, consents
from mrc_app.casework.client_births import AgeBand, Minor
from mrc_app.casework.client_words import Answer, Education, Kind, Reading, Sex, Stage, Status
from mrc_app.casework.clients import Client
from mrc_app.casework.consents import Consent, How, Purpose, Said, Standing, State
from mrc_app.errors import Invalid, MrcError
from mrc_app.store.centre import Store
from tests.make import NO, OFFICER, TODAY, YES, make_client

TIGIST: dict[str, Any] = {
    "call_name": "Tigist",
    "given": "Tigist",
    "father": "Abebe",
    "native": "ትግስት",
    "sex": "F",
    "birth": {"year": 1995, "calendar": "ethiopian", "estimated": True},
    "phone": "0911 234 567",
    "phone_whose": "her brother",
    "may_call": "yes",
    "may_message": "no",
    "who_may_answer": "her brother",
    "cover_text": "Meseret calls",
    "phone_private": "no",
    "language": "am",
    "can_read": "yes",
    "origin_country": "et",
    "origin_admin1": "Amhara",
    "district": "South Gondar",
    "kind": "potential",
    "stage": "origin",
    "education": "2",
}


def problems(refused: Any) -> dict[str, str]:
    return {field: problem.text() for field, problem in refused.value.problems.items()}


def test_one_name_to_call_her_by_and_two_consents_are_enough(session: Session) -> None:
    client = make_client(session, call_name=" Hawa ")
    assert client.call_name == "Hawa" and client.sex is Sex.NOT_STATED
    assert client.status is Status.NOT_ASKED and client.stage is Stage.NOT_STATED
    assert clients.age(client, TODAY) is None and clients.age_band(client, TODAY) is AgeBand.NOT_STATED
    assert clients.minor(client, TODAY) is Minor.UNKNOWN and clients.safe_contact(client) is None
    assert clients.full_name(client) == "Hawa" == clients.first_name(client)


def test_tigist_is_kept_as_she_said(centre: Store) -> None:
    with centre.change(by=centre.officer, do="clients.register") as session:
        uuid = make_client(session, by=centre.officer, **TIGIST).uuid
    with centre.read() as session:
        client = clients.by_uuid(session, uuid)
        assert (client.birth_given, client.birth_first) == ("1995", date(2002, 9, 11))
        age = clients.age(client, TODAY)
        assert age is not None and (age.years, age.estimated) == (24, True)
        assert client.phone == "+251911234567" and client.phone_typed == "0911 234 567"
        assert client.origin_country == "ET" and client.kind is Kind.POTENTIAL and client.can_read is Reading.YES
        assert client.education is Education.LEVEL_2 and client.education.label == "lower secondary"
        assert clients.full_name(client) == "Tigist Abebe" and clients.first_name(client) == "Tigist"
        safe = clients.safe_contact(client)
        assert safe is not None and safe.cover_text == "Meseret calls" and safe.private is Answer.NO
        assert clients.missing(client) == {"emergency_name": "someone to call in an emergency"}
        assert clients.minor(client, TODAY) is Minor.NO and clients.age_band(client, TODAY) is AgeBand.FROM_18


def test_registering_writes_both_answers_beside_the_record(session: Session) -> None:
    client = make_client(session, statistics=NO)
    table = consents.matrix(session, client.uuid, TODAY)
    assert table[Purpose.RECORD] is Standing.GIVEN and table[Purpose.STATISTICS] is Standing.REFUSED
    assert table[Purpose.MINISTRY] is Standing.NOT_ASKED


def test_statistics_may_stay_unasked(session: Session) -> None:
    client = make_client(session, statistics=None)
    assert consents.matrix(session, client.uuid, TODAY)[Purpose.STATISTICS] is Standing.NOT_ASKED
    assert not consents.allows(session, client.uuid, Purpose.STATISTICS, today=TODAY)


def test_who_refuses_a_record_is_sent_to_the_tally_and_nothing_is_kept(session: Session) -> None:
    with pytest.raises(MrcError, match="count the visit without a name"):
        make_client(session, record=NO)
    assert not session.exec(select(Client)).all() and not session.exec(select(Consent)).all()


def test_a_record_without_a_form_of_consent_is_refused_before_anything_is_kept(session: Session) -> None:
    with pytest.raises(Invalid) as refused:
        make_client(session, record=Said(State.GIVEN), statistics=Said(State.GIVEN, How.VERBAL))
    assert set(problems(refused)) == {"record_how", "statistics_certified_by"}
    assert not session.exec(select(Client)).all()


def test_every_wrong_field_gets_its_own_sentence_at_once(session: Session) -> None:
    with pytest.raises(Invalid) as refused:
        make_client(
            session,
            call_name="",
            sex="lady",
            phone="12",
            emergency_phone="call me",
            birth={"age": "old"},
            nationality="XX",
            language="klingon",
            speaks=["am", "klingon"],
            id_last4="12345",
            id_expiry="soon",
            passport_expiry="2026-13-01",
            occupation="cook",
            dependants="many",
            education="high",
            district="x" * 121,
            note="a\x00b",
            shoe="42",
        )
    said = problems(refused)
    assert said.pop("phone").startswith("“12” is not a phone number.")
    assert said.pop("emergency_phone").startswith("“call me” is not a phone number.")
    assert said == {
        "sex": "“lady” is not one of the known words.",
        "birth": "“old” is not an age in years.",
        "nationality": "There is no country “XX”.",
        "language": "The desk does not know the language “klingon”.",
        "speaks": "The desk does not know the language “klingon”.",
        "id_last4": "Only the last four characters of the number.",
        "id_expiry": "“soon” is not a date.",
        "passport_expiry": "“2026-13-01” is not a date.",
        "occupation": "“cook” is not an ISCO-08 code.",
        "dependants": "“many” is not a number from 0 to 99.",
        "education": "“high” is not one of the known words.",
        "district": "This is longer than 120 characters.",
        "note": "The text holds a sign that cannot be kept.",
        "shoe": "There is no field “shoe”.",
    }
    assert not session.exec(select(Client)).all()


def test_a_name_made_of_spaces_is_no_name(session: Session) -> None:
    with pytest.raises(Invalid, match="A name to call her by is needed"):
        make_client(session, call_name="   ")
    client = make_client(session)
    with pytest.raises(Invalid, match="A name to call her by is needed"):
        clients.amend(session, client, changes={"call_name": ""}, on=TODAY)


def test_a_birth_that_is_no_table_is_refused(session: Session) -> None:
    with pytest.raises(Invalid, match="one of the three"):
        make_client(session, birth="1995")


def test_numbers_follow_the_desk_and_the_year(session: Session) -> None:
    first, second = make_client(session), make_client(session)
    assert first.number.startswith("BD1-2026-1-") and second.number.startswith("BD1-2026-2-")
    assert clients.by_number(session, f" {second.number} ").uuid == second.uuid
    with pytest.raises(MrcError, match="There is no client with the number BD1-2026-9-0"):
        clients.by_number(session, "BD1-2026-9-0")
    with pytest.raises(MrcError, match="not on this desk"):
        clients.by_uuid(session, "f" * 32)


def test_amending_changes_what_is_named_and_can_empty_it_again(session: Session) -> None:
    client = make_client(session, **TIGIST)
    clients.amend(session, client, changes={"phone": "", "birth": None, "father": "Alemu", "sex": ""}, on=TODAY)
    assert client.phone == "" == client.phone_typed and client.father == "Alemu"
    assert client.birth_first is None and clients.born(client) is None and client.sex is Sex.NOT_STATED
    assert client.cover_text == "Meseret calls" and client.district == "South Gondar"


def test_a_wrong_change_changes_nothing(session: Session) -> None:
    client = make_client(session, **TIGIST)
    with pytest.raises(Invalid):
        clients.amend(session, client, changes={"father": "Alemu", "phone": "12"}, on=TODAY)
    assert client.father == "Abebe" and client.phone == "+251911234567"


def test_only_what_differs_is_written_to_the_journal(centre: Store) -> None:
    with centre.change(by=centre.officer, do="clients.register") as session:
        client = make_client(session, by=centre.officer, **TIGIST)
    with centre.change(by=centre.officer, do="clients.amend") as session:
        again = clients.by_uuid(session, client.uuid)
        clients.amend(session, again, changes={"father": "Abebe", "district": "Farta"}, on=TODAY)
    with centre.plain() as raw:
        bodies = raw.execute("SELECT body FROM journal WHERE record = ? ORDER BY seq", (client.uuid,)).fetchall()
    assert [sorted(json.loads(body)["fields"]) for (body,) in bodies[1:]] == [["district"]]


@pytest.mark.parametrize(
    ("letter", "word"),
    [("F", Sex.FEMALE), ("m", Sex.MALE), ("X", Sex.OTHER), ("U", Sex.NOT_STATED), ("male", Sex.MALE)],
)
def test_sex_is_read_as_letter_or_word(session: Session, letter: str, word: Sex) -> None:
    assert make_client(session, sex=letter).sex is word


def test_a_fields_document_names_its_unknown_keys() -> None:
    fields = {"given": "Moussa", "sex": "M", "birth": {"age": 22}, "phone": "+221771234567", "district": "Kidira"}
    assert clients.from_fields(fields) == {"call_name": "Moussa", **fields}
    assert clients.from_fields({"native": "موسى"})["call_name"] == "موسى"
    with pytest.raises(Invalid) as refused:
        clients.from_fields({"given": "Moussa", "religion": "x", "tribe": "y"})
    assert problems(refused) == {
        "religion": "There is no field “religion”.",
        "tribe": "There is no field “tribe”.",
    }


def test_a_fields_document_registers(session: Session) -> None:
    typed = clients.from_fields({"given": "Fanta", "sex": "F", "birth": {"date": "1991-05-02"}, "passport": "B123"})
    client = clients.register(
        session, desk_code="ML1", by=OFFICER, on=TODAY, record=YES, statistics=YES, home="ML", **typed
    )
    assert client.call_name == "Fanta" and client.birth == "1991-05-02" and client.passport == "B123"


def test_a_phone_needs_a_country_or_a_plus() -> None:
    assert client_phones.international("0911234567", "ET") == "+251911234567"
    assert client_phones.international("+852 5123 4567") == "+85251234567"
    with pytest.raises(Invalid) as refused:
        client_phones.international("0911234567")
    assert list(refused.value.problems) == ["phone"]


def test_she_is_found_by_every_name_and_the_end_of_her_number(session: Session) -> None:
    client = make_client(session, id_last4="4711", other_names="Titi", **TIGIST)
    words = client.search_text().split()
    assert {"Tigist", "Abebe", "ትግስት", "Titi", "+251911234567", "4711", "South", client.number} <= set(words)
    assert client.shown_as() == "Tigist Abebe"
