"""From the centre file to a guide: a real store, real records, nothing in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from mrc_app.casework import clients
from mrc_app.casework.client_words import Answer
from mrc_app.corridors import catalogue, confirmations, services
from mrc_app.guides import records
from mrc_app.guides.making import GuideRequest, in_words, make
from mrc_app.guides.text_model import plain
from mrc_app.money import Money
from mrc_app.store.centre import Store
from tests.make import OFFICER, make_client, make_journey, make_store

TODAY = date(2026, 11, 20)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    with closing(make_store(tmp_path)) as store:
        yield store


def filled(desk: Store, **over: object) -> str:
    """A registered client with a journey and a union at the destination that was called in October."""
    with desk.change(by=desk.officer, do="test.fill") as session:
        client = make_client(
            session, sex="F", birth={"year": "1995", "calendar": "ethiopian", "estimated": True}, **over
        )
        make_journey(
            session, client, sector="domestic", employer="Al-Harbi", town="Riyadh", wage=Money.of(1000, "SAR"),
            wage_per="month", rest_day="by_agreement", return_payer="employer_after_term",
        )  # fmt: skip
        line = services.add(
            session, kind=services.Kind.UNION, name="House workers", country="SA", number="+966 11 555 0155",
            languages=("am", "ar"), safe_without_papers=services.Papers.YES,
        )  # fmt: skip
        services.add(session, kind=services.Kind.POLICE, name="Police", country="SA", number="999")
        services.confirm(session, line, by=OFFICER, checked_on=date(2026, 10, 2), today=TODAY)
        return client.number


def asked(desk: Store, number: str, language: str = "en") -> GuideRequest:
    corridor = catalogue.corridor("ET-SA")
    with desk.read() as session:
        return GuideRequest(
            language, corridor.id, TODAY,
            person=records.person_facts(session, clients.by_number(session, number), today=TODAY),
            services=records.whom_to_call(session, corridor, language),
            confirmations=records.confirmed_here(session, corridor),
            centre=records.centre_of(desk.centre()),
        )  # fmt: skip


def test_a_clients_own_guide_says_her_job_and_names_what_is_missing(desk: Store) -> None:
    request = asked(desk, filled(desk))
    model = in_words(request)[1]
    text = plain(model)
    assert "D2.1: I work for Al-Harbi in Riyadh, Saudi Arabia." in text
    assert "D2.5: My rest day is by agreement, not fixed: _______ hours together. [Not in my contract. Ask]" in text
    assert "D2.7: My ticket home is paid by the employer, only after the full term." in text
    assert request.person is not None and request.person.minor == "no"


def test_the_offices_own_list_is_printed_and_only_what_was_called_stands_on_the_card(desk: Store) -> None:
    of, model = in_words(asked(desk, filled(desk)))
    text = plain(model)
    assert "D16.1: House workers: +966 11 555 0155." in text
    assert "Speaks Amharic, Arabic." in text
    assert "D16.2: Safe for people without papers: yes." in text
    assert "D5.10: Forced to sign? Note the date. Tell House workers when safe." in text
    assert [service.name for service in of.services if service.fresh(TODAY)] == ["House workers"]


def test_a_fact_confirmed_at_this_centre_is_printed_with_its_day(desk: Store) -> None:
    number = filled(desk)
    fact = catalogue.corridor("ET-SA").fact("rest.weekly", "domestic", on=TODAY)
    assert fact is not None
    with desk.change(by=desk.officer, do="test.confirm") as session:
        confirmations.confirm(session, subject=fact, by=OFFICER, checked_on=date(2026, 11, 2), today=TODAY)
    text = plain(in_words(asked(desk, number))[1])
    assert "Source: [1], October 2023 · Checked on 2 November 2026" in text


def test_her_number_and_her_fathers_name_stay_in_the_file(desk: Store) -> None:
    number = filled(desk, father="Gebremeskelu", passport="EP7654321", note="She was hurt by her uncle.")
    guide = make(asked(desk, number, "am"))
    text = plain(in_words(asked(desk, number, "am"))[1])
    for secret in (number, "Gebremeskelu", "EP7654321", "uncle"):
        assert secret not in text
        assert secret.encode() not in guide.pdf


def test_somebody_who_fears_her_own_state_is_not_sent_to_its_embassy(desk: Store) -> None:
    number = filled(desk, fears_own_state=Answer.YES)
    with desk.change(by=desk.officer, do="test.embassy") as session:
        services.add(session, kind=services.Kind.EMBASSY, name="Own embassy", country="SA", number="+966 11 555 0166")
    of, model = in_words(asked(desk, number))
    ids = {said.id for said in model.every()}
    assert {"D16.5", "D16.6"} <= ids and not {"D17.7", "D18.5"} & ids
    assert "Own embassy" not in (of.place["arrival_number"].text if "arrival_number" in of.place else "")
