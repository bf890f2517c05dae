"""The provider directory: no shelter with an address, confirmations that age, whose state an office belongs to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app.casework import providers
from mrc_app.casework.provider_words import Confirmed, ProviderKind
from mrc_app.casework.providers import Provider
from mrc_app.errors import Invalid, MrcError
from tests.make import OFFICER, TODAY

UNION = {"kind": "union_abroad", "name": "FADWU", "country": "HK", "services": ["claims", "hearings"]}


def test_a_service_is_entered_found_page_by_page_and_taken_off(session: Session) -> None:
    union = providers.add(session, **UNION, phone="+852 2770 8668", hours="Sundays", languages="fil,id")
    clinic = providers.add(session, kind="health", name="Åsa clinic", country="ET")
    assert union.languages == ("fil", "id") and union.kind is ProviderKind.UNION_ABROAD
    assert [one.name for one, _ in providers.directory(session, "hearings 2770")] == ["FADWU"]
    assert [one.name for one, _ in providers.directory(session, kind=ProviderKind.HEALTH)] == ["Åsa clinic"]
    assert [one.name for one, _ in providers.directory(session, country="HK")] == ["FADWU"]
    (_first, place), *_rest = providers.directory(session, limit=1)
    assert [one.name for one, _ in providers.directory(session, after=place)] == ["FADWU"]
    assert providers.named(session, "asa CLINIC") is clinic and providers.named(session, union.uuid) is union
    assert providers.count(session) == 2
    providers.remove(session, clinic)
    assert providers.count(session) == 1 and providers.by_uuid(session, clinic.uuid).gone
    with pytest.raises(MrcError, match="no service “Åsa clinic”"):
        providers.named(session, "Åsa clinic")
    with pytest.raises(MrcError, match="not in the directory"):
        providers.by_uuid(session, "f" * 32)
    providers.add(session, **{**UNION, "country": "PH"})
    with pytest.raises(MrcError, match="Several services"):
        providers.named(session, "FADWU")


def test_a_shelter_never_carries_an_address_however_it_comes(session: Session) -> None:
    shelter: dict[str, Any] = {"kind": "shelter", "name": "House of Hope", "country": "ET"}
    with pytest.raises(Invalid, match="A shelter never carries an address"):
        providers.add(session, **shelter, address="4 Acacia Street")
    with pytest.raises(Invalid, match="A shelter never carries an address") as refused:
        providers.take_in(session, [shelter, {**shelter, "address": "4 Acacia Street"}])
    assert list(refused.value.problems) == ["2.address"]
    kept = providers.add(session, **shelter, phone="0911000000")
    with pytest.raises(Invalid, match="A shelter never carries an address"):
        providers.amend(session, kept, changes={"address": "4 Acacia Street"})
    ngo = providers.add(session, kind="ngo", name="Hope", country="ET", address="4 Acacia Street")
    with pytest.raises(Invalid, match="A shelter never carries an address"):
        providers.amend(session, ngo, changes={"kind": "shelter"})
    assert ngo.kind is ProviderKind.NGO
    providers.amend(session, ngo, changes={"kind": "shelter", "address": ""})


def test_what_is_wrong_with_an_entry_is_said_field_by_field(session: Session) -> None:
    with pytest.raises(Invalid) as refused:
        providers.add(session, kind="embassy", phone="call us")
    assert set(refused.value.problems) == {"name", "country", "speaks_for", "phone"}
    with pytest.raises(Invalid, match="no field “adress”"):
        providers.add(session, **UNION, adress="x")


def test_a_confirmation_ages_and_another_number_is_unconfirmed(session: Session) -> None:
    union = providers.add(session, **UNION, phone="2770 8668")
    assert providers.confirmed(union, TODAY) is Confirmed.NEVER
    providers.confirm(session, union, by=OFFICER, today=TODAY)
    assert union.recheck_on == date(2027, 5, 20) and providers.confirmed(union, TODAY) is Confirmed.FRESH
    assert providers.confirmed(union, date(2027, 5, 21)) is Confirmed.STALE
    assert providers.to_confirm(session, TODAY) == [] and providers.to_confirm(session, date(2027, 6, 1)) == [union]
    providers.amend(session, union, changes={"hours": "Sundays 9-17"})
    assert union.confirmed_on == TODAY
    providers.amend(session, union, changes={"phone": "2770 0000"})
    assert providers.confirmed(union, TODAY) is Confirmed.NEVER
    with pytest.raises(Invalid) as refused:
        providers.confirm(session, union, by=OFFICER, today=TODAY, on=TODAY + timedelta(days=1), recheck_on=TODAY)
    assert set(refused.value.problems) == {"on", "recheck_on"}


def test_a_list_is_taken_in_once(session: Session) -> None:
    rows = [UNION, {"kind": "police", "name": "Unit", "country": "ET"}]
    assert len(providers.take_in(session, rows)) == 2 and providers.take_in(session, rows) == []
    with pytest.raises(Invalid) as refused:
        providers.take_in(session, [{"kind": "castle", "name": "x", "country": "ET"}])
    assert list(refused.value.problems) == ["1.kind"]


def test_whose_state_an_office_belongs_to() -> None:
    embassy = Provider(kind=ProviderKind.EMBASSY, name="Embassy", country="LB", speaks_for="ET")
    assert providers.belongs_to(embassy, ["ET"]) and not providers.belongs_to(embassy, ["LB"])
    police = Provider(kind=ProviderKind.POLICE, name="Police", country="LB")
    assert not providers.belongs_to(police, ["ET"]) and providers.belongs_to(police, ["", ""])
    assert not providers.belongs_to(Provider(kind=ProviderKind.NGO, name="NGO", country="ET"), ["ET"])
