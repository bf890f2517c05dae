"""Job orders: matched with reasons, and blocked in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app.casework import job_orders, recruiters
from mrc_app.casework.job_orders import JobOrder, Seeker, match, seeker
from mrc_app.casework.journey_words import Per, Sector
from mrc_app.casework.recruiter_words import RecruiterKind
from mrc_app.casework.recruiters import Recruiter
from mrc_app.errors import Invalid, MrcError
from mrc_app.money import Money
from mrc_app.store.centre import Store
from tests.make import OFFICER, TODAY, make_client, make_journey, make_store

YEAR = timedelta(days=365)
WAGE = Money.of("1500", "QAR")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = make_store(tmp_path_factory.mktemp("orders"))
    yield made
    made.close()


@pytest.fixture
def session(shared: Store) -> Iterator[Session]:
    with shared.change(by=shared.officer, do="test") as opened:
        yield opened


def licensed(**over: Any) -> Recruiter:
    typed: dict[str, Any] = {
        "kind": RecruiterKind.AGENCY, "name": "Himal Shine", "country": "NP", "licence_number": "1",
        "licence_valid_to": TODAY + YEAR, "checked_on": TODAY,
    }  # fmt: skip
    return Recruiter(**{**typed, **over})


def order(**over: Any) -> JobOrder:
    return JobOrder(**{"recruiter": "r", "country": "QA", "title": "mason", "isco": "7112", **over})


def said(found: job_orders.Match, fits: bool) -> str:
    return " ".join(reason.said.text() for reason in found.reasons if reason.fits is fits)


def test_a_match_says_why_it_fits() -> None:
    offered = order(
        wage_minor=160000, wage_currency="QAR", wage_per=Per.MONTH, languages=("ne",), verified_on=TODAY,
        source="employer called", closes_on=TODAY + timedelta(days=9),
    )  # fmt: skip
    wanted = Seeker("QA", "7112", None, frozenset({"ne", "hi"}), WAGE, Per.MONTH)
    found = match(offered, licensed(), wanted, TODAY)
    assert (found.score, found.blocks, said(found, False)) == (8, (), "")
    for part in (
        "The same work (ISCO 7112).", "The country she wants", "She speaks", "QAR 1,600.00 is offered",
        "It closes in 9 days.", "employer called",
    ):  # fmt: skip
        assert part in said(found, True), part


@pytest.mark.parametrize(
    ("offered", "wanted", "fits", "sentence"),
    [
        ({"isco": "7114"}, Seeker(isco="7112"), True, "same group (ISCO 711)"),
        ({"isco": "711"}, Seeker(isco="7112"), True, "same group (ISCO 711)"),
        ({"isco": "7112"}, Seeker(isco="711"), True, "same group"),
        ({"isco": "9313"}, Seeker(isco="7112"), False, "Other work (ISCO 9313)"),
        ({"isco": "71"}, Seeker(isco="71"), False, "Other work"),
        ({"isco": "", "sector": Sector.CONSTRUCTION}, Seeker(sector=Sector.CONSTRUCTION), True, "construction"),
        ({}, Seeker(country="SA"), False, "Another country"),
        ({"languages": ("ar", "en")}, Seeker(languages=frozenset({"ar"})), False, "needs ('en',)"),
        (
            {"wage_minor": 100000, "wage_currency": "QAR", "wage_per": Per.MONTH},
            Seeker(wage=WAGE, per=Per.MONTH),
            False,
            "QAR 1,000.00 is offered, less than the QAR 1,500.00",
        ),
        (
            {"wage_minor": 100000, "wage_currency": "SAR", "wage_per": Per.MONTH},
            Seeker(wage=WAGE, per=Per.MONTH),
            False,
            "cannot be compared",
        ),
        (
            {"wage_minor": 100000, "wage_currency": "QAR", "wage_per": Per.DAY},
            Seeker(wage=WAGE, per=Per.MONTH),
            False,
            "cannot be compared",
        ),
        ({"wage_minor": 1, "wage_currency": "QAR"}, Seeker(wage=WAGE), False, "cannot be compared"),
        ({"closes_on": TODAY}, Seeker(), True, "It closes today."),
        ({}, Seeker(), False, "Nobody has checked this job order."),
    ],
)
def test_each_reason_is_a_sentence(offered: dict[str, Any], wanted: Seeker, fits: bool, sentence: str) -> None:
    found = match(order(**offered), licensed(), wanted, TODAY)
    assert sentence in said(found, fits).replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    ("offered", "agency", "sentence"),
    [
        ({}, {"licence_valid_to": TODAY - timedelta(days=1)}, "The licence of Himal Shine ended"),
        ({}, {"licence_number": ""}, "No licence of Himal Shine is known."),
        ({"closes_on": TODAY - timedelta(days=1)}, {}, "The job order closed on"),
        ({"filled_on": TODAY}, {}, "All places were taken"),
        ({"filled_on": TODAY + timedelta(days=1), "closes_on": TODAY}, {}, ""),
    ],
)
def test_what_stands_in_the_way_is_said(offered: dict[str, Any], agency: dict[str, Any], sentence: str) -> None:
    found = match(order(**offered), licensed(**agency), Seeker(), TODAY)
    assert sentence in " ".join(block.text() for block in found.blocks)
    assert bool(found.blocks) is bool(sentence)


def test_the_best_come_first_and_the_blocked_last() -> None:
    wanted = Seeker("QA", "7112")
    late, blocked, soon, other = (
        order(closes_on=TODAY + YEAR),
        order(),
        order(closes_on=TODAY),
        order(country="SA", isco="9111"),
    )
    agencies = {id(blocked): licensed(licence_number="")}
    every = [match(one, agencies.get(id(one), licensed()), wanted, TODAY) for one in (late, blocked, soon, other)]
    assert [found.order for found in job_orders.best(every)] == [soon, late, blocked]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"country": " "}, "country"),
        ({"isco": "71125"}, "isco"),
        ({"places": "0"}, "places"),
        ({"wage": "much"}, "wage"),
        ({"wage": Money(100, "ZZZ")}, "wage"),
        ({"wage": Money(-100, "QAR")}, "wage"),
        ({"verified_on": TODAY}, "source"),
        ({"verified_on": TODAY + timedelta(days=1), "source": "call"}, "verified_on"),
        ({"salary": "5"}, "salary"),
    ],
)
def test_what_cannot_be_is_refused_by_name(session: Session, typed: dict[str, Any], field: str) -> None:
    agency = recruiters.add(session, by=OFFICER, on=TODAY, kind="agency", name="Any", country="NP")
    with pytest.raises(Invalid) as told:
        job_orders.add(
            session, recruiter=agency.uuid, by=OFFICER, on=TODAY, **{"title": "cook", "country": "QA", **typed}
        )
    assert field in told.value.problems


def test_orders_are_listed_changed_and_matched_with_the_open_client(session: Session) -> None:
    agency = recruiters.add(session, by=OFFICER, on=TODAY, kind="agency", name="Shine", country="NP")
    said: dict[str, Any] = {"recruiter": agency.uuid, "by": OFFICER, "on": TODAY}
    mason = job_orders.add(
        session, title="mason", country="QA", isco="7112", wage=WAGE, wage_per="month", closes_on=TODAY + YEAR,
        verified_on=TODAY, source="embassy", places=4, **said,
    )  # fmt: skip
    cook = job_orders.add(session, title="cook", country="KW", wage=None, **said)
    past = job_orders.add(session, title="guard", country="QA", closes_on=TODAY - YEAR, **said)
    assert (job_orders.wage(mason), job_orders.wage(cook), mason.verified_by) == (WAGE, None, OFFICER)
    open_now = [one.uuid for one, _agency in job_orders.listed(session, TODAY, recruiter=agency.uuid)]
    assert open_now == [mason.uuid, cook.uuid]
    assert job_orders.listed(session, TODAY, past=True, recruiter=agency.uuid, limit=1)[0][0] is past
    assert [one.uuid for one, _agency in job_orders.listed(session, TODAY, after=1)] == [cook.uuid]

    client = make_client(session, language="ne", speaks=["hi"])
    assert job_orders.matches(session, client.uuid, TODAY) == []
    assert seeker(client, None) == Seeker(languages=frozenset({"ne", "hi"}))
    make_journey(session, client, destination="QA", isco="7112", wage=WAGE, wage_per="month")
    found = job_orders.matches(session, client.uuid, TODAY)
    assert [one.order for one in found] == [mason]
    assert [block.text() for block in found[0].blocks] == ["No licence of Shine is known."]

    job_orders.amend(session, mason, changes={"verified_on": None}, by=OFFICER, on=TODAY)
    assert mason.verified_by is None
    with pytest.raises(Invalid):
        job_orders.amend(session, cook, changes={"verified_on": TODAY}, by=OFFICER, on=TODAY)
    job_orders.amend(session, cook, changes={"verified_on": TODAY, "source": "call"}, by=OFFICER, on=TODAY)
    job_orders.amend(session, cook, changes={"filled_on": TODAY}, by=OFFICER, on=TODAY)
    assert (cook.verified_by, cook.filled_on) == (OFFICER, TODAY)
    job_orders.remove(session, mason)
    assert job_orders.listed(session, date(2026, 11, 21)) == []
    with pytest.raises(MrcError, match="not on this desk"):
        job_orders.by_uuid(session, mason.uuid)
    assert job_orders.by_uuid(session, cook.uuid) is cook
