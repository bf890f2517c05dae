"""Facts and numbers confirmed by a person, and the centre's list of whom to call, in a real centre file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mrc_app.corridors import catalogue, confirmations, services
from mrc_app.corridors.services import Kind, Papers
from mrc_app.errors import Invalid, MrcError
from mrc_app.store.centre import Store
from tests.make import make_store

TODAY = date(2026, 11, 21)
SOON, LATER = date(2027, 5, 21), date(2027, 5, 22)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = make_store(tmp_path)
    yield made
    made.close()


def hotline() -> catalogue.Contact:
    [found] = [one for one in catalogue.corridor("ET-SA").contacts if one.value == "19911"]
    return found


def test_a_confirmed_number_may_stand_on_a_card_for_six_months(store: Store) -> None:
    contact = hotline()
    assert not confirmations.may_print_on_card(contact, None, TODAY)
    with store.change(by=store.officer, do="corridors.confirm") as session:
        confirmations.confirm(session, subject=contact, by=store.officer, checked_on=TODAY, today=TODAY)
    with store.read() as session:
        [check] = confirmations.latest(session, contact).values()
        assert (check.checked_on, check.recheck_on, check.value) == (TODAY, SOON, "19911")
        assert check.checked_by == store.officer
        assert confirmations.may_print_on_card(contact, check, TODAY)
        assert confirmations.may_print_on_card(contact, check, SOON)
        assert not confirmations.may_print_on_card(contact, check, LATER)
        assert not confirmations.may_print_on_card(contact, check, date(2026, 11, 20))


def test_a_check_holds_only_for_the_value_that_was_confirmed(store: Store) -> None:
    fact = catalogue.corridor("ET-SA").fact("hours.daily_max", "domestic", on=TODAY)
    assert fact is not None
    with store.change(by=store.officer, do="corridors.confirm") as session:
        confirmations.confirm(session, subject=fact, by=store.officer, checked_on=TODAY, today=TODAY, value="10")
    with store.read() as session:
        assert confirmations.latest(session, fact)[fact.uuid].value == "10"
        assert confirmations.latest(session, replace(fact, value=8)) == {}
        assert confirmations.latest(session) == {}


def test_the_latest_check_stands_and_a_withdrawn_one_does_not(store: Store) -> None:
    contact = hotline()
    with store.change(by=store.officer, do="corridors.confirm") as session:
        for day in (TODAY, date(2026, 10, 1)):
            confirmations.confirm(session, subject=contact, by=store.officer, checked_on=day, today=TODAY)
    with store.change(by=store.officer, do="corridors.withdraw") as session:
        latest = confirmations.latest(session, contact)[contact.uuid]
        assert latest.checked_on == TODAY
        confirmations.withdraw(session, latest)
    with store.read() as session:
        assert confirmations.latest(session, contact)[contact.uuid].checked_on == date(2026, 10, 1)


def test_a_check_in_the_future_or_of_another_value_is_refused(store: Store) -> None:
    contact = hotline()
    with store.change(by=store.officer, do="corridors.confirm") as session:
        with pytest.raises(Invalid, match="future"):
            confirmations.confirm(session, subject=contact, by="x", checked_on=SOON, today=TODAY)
        with pytest.raises(Invalid, match="You confirmed “19912”"):
            confirmations.confirm(session, subject=contact, by="x", checked_on=TODAY, today=TODAY, value="19912")
        with pytest.raises(Invalid, match="must come after"):
            confirmations.confirm(session, subject=contact, by="x", checked_on=TODAY, today=TODAY, recheck_on=TODAY)
    with store.read() as session:
        assert confirmations.latest(session, contact) == {}


def test_a_service_is_kept_unconfirmed_until_somebody_calls_it(store: Store) -> None:
    with store.change(by=store.officer, do="corridors.add") as session:
        made = services.add(
            session, kind=Kind.UNION, name="Workers' desk", country="SA", number="+966 11 000 0000",
            languages=("am", "ar"), safe_without_papers=Papers.YES,
        )  # fmt: skip
        uuid = made.uuid
    with store.read() as session:
        [kept] = services.services(session, "SA", "ET")
        assert (kept.uuid, kept.kind, kept.languages) == (uuid, Kind.UNION, ("am", "ar"))
        assert not services.may_print_on_card(kept, TODAY) and services.to_check(session, TODAY) == [kept]
    with store.change(by=store.officer, do="corridors.confirm") as session:
        services.confirm(session, services.services(session)[0], by=store.officer, checked_on=TODAY, today=TODAY)
    with store.read() as session:
        [kept] = services.services(session)
        assert services.may_print_on_card(kept, SOON) and services.to_check(session, SOON) == []
        assert not services.may_print_on_card(kept, LATER) and services.to_check(session, LATER) == [kept]


def test_a_new_number_must_be_called_again(store: Store) -> None:
    with store.change(by=store.officer, do="corridors.add") as session:
        made = services.add(session, kind=Kind.NGO, name="Help", country="LB", number="01 000")
        services.confirm(session, made, by=store.officer, checked_on=TODAY, today=TODAY)
        services.change_number(session, made, number="01 111")
        assert not services.may_print_on_card(made, TODAY) and made.checked_by is None


@pytest.mark.parametrize(
    ("field", "over"),
    [
        ("name", {"name": "  "}),
        ("country", {"country": "XX"}),
        ("number", {"number": "call us"}),
        ("languages", {"languages": ("klingon",)}),
    ],
)
def test_a_bad_service_is_refused_under_its_field(store: Store, field: str, over: dict[str, object]) -> None:
    typed: dict[str, object] = {"kind": Kind.NGO, "name": "Help", "country": "LB", "number": "01 000", **over}
    with store.change(by=store.officer, do="corridors.add") as session, pytest.raises(Invalid) as refused:
        services.add(session, **typed)  # type: ignore[arg-type]
    assert list(refused.value.problems) == [field]
    with store.read() as session:
        assert services.services(session) == []


def test_a_service_without_a_number_cannot_be_confirmed(store: Store) -> None:
    with store.change(by=store.officer, do="corridors.add") as session:
        made = services.add(session, kind=Kind.SHELTER, name="House", country="LB", address="12 Street")
        with pytest.raises(MrcError, match="no number"):
            services.confirm(session, made, by="x", checked_on=TODAY, today=TODAY)
        assert services.shown_address(made) == ""
