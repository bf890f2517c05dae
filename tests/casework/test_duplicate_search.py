"""While she is typed in: people who may be registered already, why, and what an outsider never learns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks import duplicates as measured
from mrc_app.casework import duplicates
from mrc_app.casework.client_births import told
from mrc_app.casework.client_keys import person, phone_tail, plain_passport
from mrc_app.casework.clients import Client, by_uuid
from mrc_app.casework.duplicate_evidence import birth, weigh, weights
from mrc_app.casework.duplicate_search import Likely, ask_supervisor, look
from mrc_app.errors import NotAllowed
from mrc_app.store import officers, restrictions
from mrc_app.store.centre import Store
from mrc_app.store.officers import Centre
from mrc_app.store.roles import Role
from tests.make import make_client

TODAY = date(2026, 11, 21)
HAWA = {
    "call_name": "Hawwa",
    "given": "Hawwa",
    "father": "Mohammed",
    "native": "ሐዋ መሐመድ",
    "sex": "F",
    "birth": {"year": 2001},
    "phone": "+251911234567",
    "district": "Kombolcha",
    "passport": "EP 1234567",
}


@pytest.fixture
def desk(centre: Store) -> Iterator[Store]:
    """A centre with Hawa, and some who are not her."""
    with centre.change(by=centre.officer, do="clients.register") as session:
        make_client(session, **HAWA)
        for given, father in (("Hirut", "Bekele"), ("Almaz", "Tesfaye"), ("Dawit", "Mohammed"), ("Hawa", "Girma")):
            make_client(session, call_name=given, given=given, father=father, sex="F", birth={"age": 40})
    return centre


def names(found: list[Likely]) -> list[str]:
    return [likely.name for likely in found]


def reasons(found: list[Likely]) -> list[str]:
    return [reason.text() for reason in found[0].reasons]


def test_hawa_of_the_outreach_table_is_found_by_sound_age_and_phone(desk: Store) -> None:
    found = look(desk, {"given": "Hawa M.", "sex": "F", "birth": {"age": 25}, "phone": "0911 23 45 67"}, today=TODAY)
    assert names(found) == ["Hawwa Mohammed"]
    assert {"same phone", "same year of birth"} <= set(reasons(found))
    assert found[0].number.startswith("BD1-2026-") and 0.5 < found[0].score <= 1


@pytest.mark.parametrize(
    "typed",
    [
        {"native": "حواء محمد"},
        {"native": "ሀዋ መሃመድ"},
        {"given": "Hewa", "father": "Mehamed"},
        {"given": "Haoua", "father": "Mahamadou"},
        {"given": "Mohamed", "father": "Hawa"},
        {"given": "Hawa Mohammed"},
        {"call_name": "Hawwa Muhammad"},
    ],
)
def test_other_spellings_scripts_and_orders_find_her(desk: Store, typed: dict[str, Any]) -> None:
    assert names(look(desk, {**typed, "birth": {"year": 2001}}, today=TODAY))[:1] == ["Hawwa Mohammed"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"father": "Mohammed"}, "same name"),
        ({"father": "Mehamed"}, "the name sounds alike"),
        ({"father": "Mohammed", "given": "Hawwa", "birth": {"year": 2000}}, "birth one year apart"),
        (
            {"father": "Mohammed", "birth": {"year": 1994}},
            "births 7 years apart: perhaps an Ethiopian year kept as a Gregorian one",
        ),
        ({"father": "Mohammed", "birth": {"date": "2001-01-01"}}, "same year of birth; 1 January is often a guess"),
        ({"father": "Mohammed", "birth": {"year": 2003}}, "births 2 years apart"),
        ({"father": "Mohammed", "birth": {"year": 1970}, "phone": "0911234567"}, "but births 31 years apart"),
        ({"father": "Mohammed", "district": "Kombolcha"}, "same district"),
        ({"father": "Mohammed", "passport": "EP1234567"}, "same passport"),
        ({"father": "Mohammed", "passport": "EP7654321", "phone": "0911234567"}, "but another passport"),
        ({"father": "Mohammed", "sex": "M", "passport": "EP1234567"}, "but the other sex"),
        ({"given": "Mohammed", "father": "Hawwa"}, "father's and given name are in the other order"),
        ({"given": "", "native": "ሐዋ መሐመድ"}, "same name"),
        ({"given": "", "native": "حواء محمد"}, "the name in another script sounds alike"),
        ({"given": "Hawwa", "phone": "0911234567"}, "one name agrees"),
    ],
)
def test_every_likely_person_comes_with_reasons(desk: Store, typed: dict[str, Any], reason: str) -> None:
    found = look(desk, {"given": "Hawwa", **typed}, today=TODAY)
    assert found[0].name == "Hawwa Mohammed"
    assert reason in reasons(found)


def test_a_stranger_and_a_form_hardly_begun_bring_up_nobody(desk: Store) -> None:
    for typed in (
        {},
        {"given": "H"},
        {"given": "Liza", "father": "Perez", "birth": {"age": 30}},
        {"given": "Tigist", "phone": "09"},
    ):
        assert look(desk, typed, today=TODAY) == []


def test_what_cannot_be_read_yet_is_left_out(desk: Store) -> None:
    typed = {
        "given": "Hawa",
        "father": "Mohammed",
        "birth": {"year": 20},
        "phone": "091",
        "passport": "EP",
        "sex": None,
    }
    assert names(look(desk, typed, today=TODAY)) == ["Hawwa Mohammed"]
    assert names(look(desk, {**typed, "birth": "20"}, today=TODAY)) == ["Hawwa Mohammed"]


def test_the_sister_with_the_same_father_and_phone_is_not_taken_for_her(desk: Store) -> None:
    sister = {"given": "Almaz", "father": "Mohammed", "birth": {"year": 1990}, "phone": "0911234567", "sex": "F"}
    assert look(desk, sister, today=TODAY) == []


def test_births_speak_in_the_order_of_how_exactly_they_agree() -> None:
    def said(**one: object) -> Any:
        return told(one, TODAY)

    day = said(date="2001-03-05")
    weights = [
        birth(day, other)[0]
        for other in (
            said(date="2001-03-05"),
            said(date="2001-05-03"),
            said(date="2001-01-01"),
            said(date="2001-07-09"),
            said(year=2000),
            said(year=1993),
            said(year=2003),
            said(year=1990),
        )
    ]
    assert weights[0] > weights[1] > weights[2] > weights[3] >= weights[4] > weights[5] > weights[6] > weights[7]
    assert birth(None, day) == (1.0, None)
    assert birth(said(year=1980), said(age=40, estimated=True))[0] > birth(said(year=1980), said(year=1985))[0]
    january = said(date="2001-01-01")
    assert birth(january, january)[0] < weights[0]


def test_a_common_name_needs_more_beside_it_than_a_rare_one() -> None:
    one = person(("Hawa", "Ali", "", "", "", ""), sex="female", birth=None, phone="", district="", passport="")
    shown = weights()["show_from"]
    assert weigh(one, one, lambda _line, _words: 500).score < shown < weigh(one, one, lambda _line, _words: 1).score
    assert phone_tail("12-34") == "" and plain_passport("A1") == ""


def test_two_linked_records_are_suggested_once_under_the_shown_one(desk: Store) -> None:
    with desk.change(by=desk.officer, do="clients.register") as session:
        second = make_client(session, **{**HAWA, "given": "Hawa", "phone": ""})
        first = by_uuid(session, look(desk, HAWA, today=TODAY)[0].uuid)
        duplicates.merge(session, one=first, other=second, by=desk.officer, on=TODAY)
    found = look(desk, {"given": "Hawa", "father": "Mohammed", "birth": {"year": 2001}}, today=TODAY)
    assert [likely.uuid for likely in found] == [min(first.uuid, second.uuid)]
    with desk.change(by=desk.officer, do="clients.gone") as session:
        shown = by_uuid(session, found[0].uuid)
        shown.gone = True
        session.add(shown)
    again = look(desk, HAWA, today=TODAY)
    assert [likely.uuid for likely in again] == [max(first.uuid, second.uuid)]


def test_a_changed_name_is_found_under_the_new_one_only(desk: Store) -> None:
    uuid = look(desk, HAWA, today=TODAY)[0].uuid
    with desk.change(by=desk.officer, do="clients.amend") as session:
        client = by_uuid(session, uuid)
        client.given, client.call_name, client.native, client.father = "Senait", "Senait", "", "Worku"
        session.add(client)
    assert look(desk, {"given": "Hawa", "father": "Mohammed", "birth": {"year": 2001}}, today=TODAY) == []
    assert names(look(desk, {"given": "Senayt", "father": "Werku", "birth": {"year": 2001}}, today=TODAY)) == [
        "Senait Worku"
    ]


@pytest.fixture
def abebe(desk: Store) -> Iterator[Store]:
    """A colleague at the same desk."""
    with desk.change(by=desk.officer, do="officers.add") as session:
        officers.add(session, name="Abebe", login="abebe")
        officers.add(session, name="Dawit", login="dawit", role=Role.DATA_OFFICER)
    opened = Store(desk.path, desk.key, "abebe", "this computer")
    yield opened
    opened.close()


def hidden_hawa(desk: Store, **over: Any) -> Client:
    with desk.change(by=desk.officer, do="clients.restrict") as session:
        hidden = make_client(session, **{**HAWA, "call_name": "Hawa", "given": "Hawa", **over})
        restrictions.restrict(session, client=hidden.uuid, officers=[desk.officer], since="2026-11-20T08:00:00Z")
    return hidden


def test_with_and_without_a_hidden_client_an_outsider_gets_the_same_to_the_byte(desk: Store, abebe: Store) -> None:
    asked = [
        HAWA,
        {"given": "Hawa", "father": "Mohammed"},
        {"native": "ሐዋ መሐመድ"},
        {"given": "Hawa", "phone": "0911234567"},
        {"given": "Senait", "passport": "EP1234567"},
    ]
    before = repr([look(abebe, typed, today=TODAY) for typed in asked])
    hidden_hawa(desk)
    linked = hidden_hawa(desk, native="")
    with desk.change(by=desk.officer, do="duplicates.merge") as session:
        free = make_client(session, **{**HAWA, "given": "Hawaa"})
        duplicates.merge(session, one=free, other=by_uuid(session, linked.uuid), by=desk.officer, on=TODAY)
    assert repr([look(abebe, typed, today=TODAY) for typed in asked]) == before
    assert repr([look(desk, typed, today=TODAY) for typed in asked]) != before


def test_ask_your_supervisor_is_said_only_where_the_centre_wants_it(desk: Store, abebe: Store) -> None:
    hidden_hawa(
        desk,
        given="Senait",
        father="Worku",
        native="",
        phone="+251922334455",
        passport="EP7777777",
        birth={"date": "2002-05-06"},
    )
    her = {"given": "Senayt", "father": "Werku", "phone": "0922334455", "birth": {"date": "2002-05-06"}}
    assert not ask_supervisor(abebe, her, today=TODAY)
    with desk.change(by=desk.officer, do="centre.amend") as session:
        from sqlmodel import select

        centre = session.exec(select(Centre)).one()
        centre.settings = {**centre.settings, "tell_hidden_duplicates": True}
        session.add(centre)
    abebe.tell(frozenset({"centre"}))
    assert ask_supervisor(abebe, her, today=TODAY)
    assert not ask_supervisor(abebe, {"given": "Senait", "father": "Worku"}, today=TODAY)
    assert not ask_supervisor(abebe, HAWA, today=TODAY)
    assert not ask_supervisor(desk, her, today=TODAY), "nothing is hidden from her own officer"
    assert look(abebe, her, today=TODAY) == []


def test_a_role_that_sees_no_names_is_refused(desk: Store, abebe: Store) -> None:
    dawit = Store(desk.path, desk.key, "dawit", "this computer")
    try:
        with pytest.raises(NotAllowed):
            look(dawit, HAWA, today=TODAY)
    finally:
        dawit.close()


def test_noisy_returnees_of_a_small_centre_come_first(tmp_path: Path) -> None:
    found = measured.evaluate(600, 120, 11, tmp_path)
    assert found["first"]["all"][0] >= 0.85
    assert found["strangers_flagged"] <= 0.12


@pytest.mark.long
def test_noisy_returnees_among_a_hundred_thousand_come_first_and_fast(tmp_path: Path) -> None:
    found = measured.evaluate(100_000, 1000, 12, tmp_path)
    assert found["ms"]["median"] <= 10
