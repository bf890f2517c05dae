"""Returns and cover: what is kept when somebody comes home, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app.casework import covers, returns
from mrc_app.casework.covers import Cover
from mrc_app.casework.return_words import NeedNow, ReturnKind
from mrc_app.errors import Invalid, MrcError
from mrc_app.money import Money
from tests.make import OFFICER, TODAY, make_client

DAWIT: dict[str, Any] = {
    "kind": "deported",
    "returned_on": "2026-10-12",
    "from_country": "sa",
    "needs": "documents, health",
    "debts": Money.of("60000", "ETB"),
    "savings": None,
    "wish": "undecided",
    "journey": "",
}


def test_a_return_is_kept_with_debts_in_their_currency_and_what_cannot_wait(session: Session) -> None:
    client = make_client(session)
    kept = returns.note(session, client=client.uuid, on=TODAY, by=OFFICER, **DAWIT)
    assert (kept.kind, kept.from_country, kept.needs) == (ReturnKind.FORCED, "SA", (NeedNow.PAPERS, NeedNow.HEALTH))
    assert (returns.debts(kept), returns.savings(kept)) == (Money(6_000_000, "ETB"), None)
    returns.amend(
        session, kept, on=TODAY, changes={"savings": Money(1_150_000, "XOF"), "debts": None, "wish": "undecided"}
    )
    assert (returns.debts(kept), returns.savings(kept)) == (None, Money(1_150_000, "XOF"))
    assert [one.uuid for one in returns.of_client(session, client.uuid)] == [kept.uuid]
    assert returns.by_uuid(session, kept.uuid) is kept
    with pytest.raises(MrcError):
        returns.by_uuid(session, "nobody")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"returned_on": date(2026, 12, 1)}, "returned_on"),
        ({"debts": "60000"}, "debts"),
        ({"debts": Money(-1, "ETB")}, "debts"),
        ({"savings": Money(1, "QQQ")}, "savings"),
        ({"from_country": "Saudi"}, "from_country"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_return_that_cannot_be_is_refused_under_its_field(
    session: Session, typed: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        returns.note(session, client="nobody", on=TODAY, by=OFFICER, **typed)
    assert field in refused.value.problems


def test_five_years_of_social_security_are_sixty_months() -> None:
    years = Cover(client="c", scheme="CNSS", since=date(2018, 3, 1), until=date(2023, 2, 28))
    assert covers.months(years) == 60
    assert covers.months(Cover(client="c", since=date(2018, 3, 31), until=date(2018, 4, 30))) == 1
    assert covers.months(Cover(client="c", scheme="CNSS", months=7, since=date(2018, 3, 1))) == 7
    assert covers.months(Cover(client="c", scheme="CNSS", since=date(2018, 3, 1))) is None
    assert covers.months(Cover(client="c", scheme="CNSS")) is None


def test_a_cover_keeps_its_premium_and_says_when_the_next_is_due(session: Session) -> None:
    client = make_client(session)
    kept = covers.keep(
        session, client=client.uuid, kind="micro_health", scheme="Mutuelle (invented)", country="ML",
        number_last4="a12b", premium=Money(2500, "XOF"), next_premium_on="2026-12-01",
        beneficiaries="Fanta, her son", journey="",
    )  # fmt: skip
    assert (covers.premium(kept), kept.number_last4) == (Money(2500, "XOF"), "A12B")
    assert kept.beneficiaries == ("Fanta", "her son")
    assert [one.uuid for one in covers.premiums_due(session, date(2026, 12, 1))] == [kept.uuid]
    assert covers.premiums_due(session, date(2026, 11, 30)) == []
    covers.amend(session, kept, changes={"premium": None, "claim": "filed", "claim_on": TODAY, "country": "ML"})
    assert (covers.premium(kept), kept.claim.value) == (None, "filed")
    assert covers.of_client(session, client.uuid) == [kept]
    assert covers.by_uuid(session, kept.uuid) is kept
    with pytest.raises(MrcError):
        covers.by_uuid(session, "nobody")


def test_a_cover_needs_its_scheme_and_days_in_their_order(session: Session) -> None:
    with pytest.raises(Invalid) as refused:
        covers.keep(session, client="nobody", since="2024-01-01", until="2023-01-01")
    assert set(refused.value.problems) == {"scheme", "until"}
    with pytest.raises(Invalid) as refused:
        covers.keep(session, client="nobody", scheme="CNSS", number_last4="123456")
    assert "number_last4" in refused.value.problems
