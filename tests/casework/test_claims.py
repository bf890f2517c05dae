"""Claims kept: Almaz's months, five men of Sfax, Liza's offer and award, three of four who settle, fifty at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from mrc_app.casework import claim_costs, claim_instalments, claim_months, claim_sheet, claims, grievances
from mrc_app.casework.claim_rules import Form, Kind
from mrc_app.casework.claims import Claim
from mrc_app.casework.clients import Client
from mrc_app.casework.grievances import Grievance
from mrc_app.errors import Invalid, MrcError
from mrc_app.money import Money
from tests.make import OFFICER, TODAY, make_client

HEADS = (("wage", 5100), ("notice", 5100), ("ticket", 2800), ("food_travel", 204), ("rest_days", 1360))
STAMP = {"by": OFFICER, "today": TODAY}


def case(session: Session, *names: str) -> tuple[Grievance, list[Client]]:
    people = [make_client(session, call_name=name) for name in names]
    uuids = [one.uuid for one in people]
    return grievances.lodge(session, desk_code="BD1", by=OFFICER, on=TODAY, people=uuids), people


def claim(
    session: Session, grievance: Grievance, client: Client, head: str, amount: Money | None, **over: str
) -> Claim:
    uuids = {"client": client.uuid, "grievance": grievance.uuid}
    return claims.add(session, head=head, amount=amount, on=TODAY, by=OFFICER, **uuids, **over)  # type: ignore[arg-type]


def hkd(amount: int) -> Money:
    return Money.of(amount, "HKD")


def liza(session: Session) -> tuple[Grievance, Client, list[Claim]]:
    grievance, [person] = case(session, "Liza")
    return grievance, person, [claim(session, grievance, person, head, hkd(amount)) for head, amount in HEADS]


def test_almaz_is_owed_1600_by_her_month_table(session: Session) -> None:
    grievance, [almaz] = case(session, "Almaz")
    wages = claim(session, grievance, almaz, "wage", None, currency="USD")
    rows = claim_months.paid_in_full(claim_months.whole_months(date(2025, 3, 1), 14, Money.of(200, "USD")), 6)
    claims.write_months(session, wages, rows, on=TODAY, by=OFFICER)
    claims.write_months(session, wages, rows, on=TODAY, by=OFFICER)
    [line] = claims.of_client(session, almaz.uuid)
    assert line.four.money(Kind.CLAIMED) == Money.of(1600, "USD")
    assert len(line.months) == 14
    assert (line.months[0].first, line.months[0].owed.minor, line.months[-1].owed.amount) == (date(2025, 3, 1), 0, 200)
    with pytest.raises(Invalid, match="USD"):
        claims.write_months(
            session, wages, claim_months.whole_months(TODAY, 1, Money.of(5, "XOF")), on=TODAY, by=OFFICER
        )
    with pytest.raises(Invalid, match="more than nothing"):
        claims.write_months(session, wages, claim_months.paid_in_full(rows, 14), on=TODAY, by=OFFICER)


def test_the_five_of_sfax_are_owed_1011_and_a_quarter_together(session: Session) -> None:
    grievance, people = case(session, "Koffi", "Sekou", "Mamadou", "Ibrahima", "Yao")
    for person, owed in zip(people, ("329.500", "210.000", "96.250", "300.000", "75.500"), strict=True):
        claim(session, grievance, person, "wage", Money.of(owed, "TND"))
    sheet = claim_sheet.of_grievance(session, grievance.uuid)
    assert sheet.totals["TND"].money(Kind.CLAIMED) == Money.of("1011.250", "TND")
    assert [person.client.call_name for person in sheet.persons] == [person.call_name for person in people]
    assert sheet.totals["TND"].money(Kind.OFFERED) is None


def test_an_offer_of_7400_is_51_percent_and_an_award_of_5825_is_40(session: Session) -> None:
    grievance, _person, hers = liza(session)
    sheet = claim_sheet.of_grievance(session, grievance.uuid)
    assert sheet.totals["HKD"].money(Kind.CLAIMED) == hkd(14564)
    offer = claims.put_shared(session, hers, form="offer", amount=hkd(7400), on=TODAY, **STAMP)
    assert sum(entry.minor for entry in offer) == hkd(7400).minor
    assert len({entry.lump for entry in offer}) == 1
    claims.put_shared(session, hers, form="award", amount=hkd(5825), on=TODAY, **STAMP)
    claims.put(session, hers[0], form="payment", amount=hkd(1000), on=TODAY, receipt="R 7", **STAMP)
    [one] = claim_sheet.of_grievance(session, grievance.uuid).persons
    four = one.totals["HKD"]
    assert (four.percent(Kind.OFFERED), four.percent(Kind.AWARDED)) == (51, 40)
    assert four.open == hkd(4825)
    plain = claim_sheet.plain_line(one.lines[0])
    assert (plain["paid"], plain["entries"][-1]["receipt"], plain["entries"][1]["shared"]) == ("1000.00", "R 7", True)


def test_a_mistake_is_taken_back_whole(session: Session) -> None:
    _grievance, person, hers = liza(session)
    offer = claims.put_shared(session, hers, form="offer", amount=hkd(7400), on=TODAY, **STAMP)
    assert len(claims.take_back(session, offer[0])) == 5
    single = claims.put(session, hers[0], form="offer", amount=hkd(0), on=TODAY, **STAMP)
    assert claims.of_client(session, person.uuid)[0].four.money(Kind.OFFERED) == hkd(0)
    assert claims.take_back(session, single) == [single]
    assert claims.of_client(session, person.uuid)[0].four.money(Kind.OFFERED) is None


def test_three_settle_of_four_and_the_fourth_has_no_offer(session: Session) -> None:
    grievance, people = case(session, "Aba", "Ba", "Da", "Fa")
    made = [claim(session, grievance, one, "wage", Money.of(100 * n, "XOF")) for n, one in enumerate(people, 1)]
    claims.put_shared(session, made[:3], form="settlement", amount=Money.of(301, "XOF"), on=TODAY, **STAMP)
    sheet = claim_sheet.of_grievance(session, grievance.uuid)
    awarded = [person.totals["XOF"].money(Kind.AWARDED) for person in sheet.persons]
    assert [money and money.minor for money in awarded] == [50, 100, 151, None]
    assert sheet.totals["XOF"].percent(Kind.AWARDED) == 30
    assert [person.totals["XOF"].percent(Kind.AWARDED) for person in sheet.persons] == [50, 50, 50, None]


def test_a_payment_may_be_shared_by_what_was_awarded(session: Session) -> None:
    grievance, people = case(session, "Aba", "Ba")
    made = [claim(session, grievance, one, "wage", Money.of(10, "KWD")) for one in people]
    for one, amount in zip(made, (1, 3), strict=True):
        claims.put(session, one, form="award", amount=Money.of(amount, "KWD"), on=TODAY, **STAMP)
    paid = claims.put_shared(
        session, made, form="payment", amount=Money.of("2.001", "KWD"), on=TODAY, by_kind="awarded", **STAMP
    )
    assert [entry.minor for entry in paid] == [500, 1501]


def test_fifty_complainants_share_one_sum_exactly(session: Session) -> None:
    grievance, [one] = case(session, "Aba")
    others = [make_client(session, call_name=f"P{n}") for n in range(49)]
    for person in others:
        session.add(grievances.Complainant(client=person.uuid, grievance=grievance.uuid, since=TODAY))
    session.flush()
    made = [
        claim(session, grievance, person, "wage", Money(1000 + 7 * n, "KWD")) for n, person in enumerate([one, *others])
    ]
    claims.put_shared(session, made, form="offer", amount=Money(12_347, "KWD"), on=TODAY, **STAMP)
    sheet = claim_sheet.of_grievance(session, grievance.uuid)
    assert len(sheet.persons) == 50
    assert sheet.totals["KWD"].money(Kind.OFFERED) == Money(12_347, "KWD")


def test_what_cannot_be_kept_is_refused_with_its_field(session: Session) -> None:
    grievance, person, hers = liza(session)
    stranger = make_client(session, call_name="Stranger")
    for over, field in (
        ({"client": stranger.uuid}, "client"), ({"head": "gold"}, "head"), ({"amount": hkd(0)}, "amount"),
        ({"amount": "5 HKD"}, "amount"), ({"amount": Money(5, "QQQ")}, "amount"),
    ):  # fmt: skip
        typed = {"client": person.uuid, "grievance": grievance.uuid, "head": "wage", "amount": hkd(1), **over}
        with pytest.raises(Invalid) as said:
            claims.add(session, on=TODAY, by=OFFICER, **typed)  # type: ignore[arg-type]
        assert set(said.value.problems) == {field}
    for form, amount, on in (
        ("gift", hkd(1), TODAY), ("payment", hkd(0), TODAY), ("offer", Money(-1, "HKD"), TODAY),
        ("offer", Money.of(1, "USD"), TODAY), ("offer", hkd(1), TODAY + timedelta(days=1)),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            claims.put(session, hers[0], form=form, amount=amount, on=on, **STAMP)
    with pytest.raises(Invalid, match="for each"):
        claims.put_shared(session, hers, form=Form.CLAIM, amount=hkd(5), on=TODAY, **STAMP)
    with pytest.raises(Invalid):
        claims.put(session, hers[0], form="offer", amount=hkd(1), on=TODAY, colour="red", **STAMP)
    with pytest.raises(MrcError):
        claims.by_uuid(session, "0" * 32)
    assert claims.by_uuid(session, hers[0].uuid) is hers[0]


def months_of(parts: Sequence[claim_instalments.Part]) -> list[int]:
    return [int(part.paid.amount) for part in parts]


def test_instalments_are_paid_in_parts_with_receipts(session: Session) -> None:
    grievance, person, hers = liza(session)
    claims.put_shared(session, hers[:2], form="settlement", amount=hkd(6000), on=TODAY, **STAMP)
    december, january = claim_instalments.plan(
        session, client=person.uuid, grievance=grievance.uuid, on=TODAY, by=OFFICER,
        parts=[(date(2026, 12, 1), hkd(3000)), (date(2027, 1, 1), hkd(3000))],
    )  # fmt: skip
    paid = {"by": OFFICER, "today": date(2026, 12, 2)}
    first = claim_instalments.receive(
        session, december, amount=hkd(1000), on=date(2026, 12, 1), receipt="17", **paid  # type: ignore[arg-type]
    )  # fmt: skip
    assert sorted(entry.minor for entry in first) == [0, 0, 0, hkd(500).minor, hkd(500).minor]
    parts = claim_instalments.of_grievance(session, grievance.uuid)
    assert months_of(parts) == [1000, 0]
    assert [part.late(date(2026, 12, 2)) for part in parts] == [True, False]
    claim_instalments.receive(session, december, amount=hkd(2000), on=date(2026, 12, 2), **paid)  # type: ignore[arg-type]
    assert not claim_instalments.of_grievance(session, grievance.uuid)[0].late(date(2027, 6, 1))
    with pytest.raises(Invalid):
        claim_instalments.receive(session, january, amount=Money.of(1, "USD"), on=TODAY, **STAMP)
    assert claim_instalments.by_uuid(session, january.uuid) is january
    with pytest.raises(MrcError):
        claim_instalments.by_uuid(session, "0" * 32)


def test_an_instalment_without_award_is_shared_by_the_claims(session: Session) -> None:
    grievance, person, hers = liza(session)
    [one] = claim_instalments.plan(
        session, client=person.uuid, grievance=grievance.uuid, on=TODAY, by=OFFICER, parts=[(TODAY, hkd(14564))]
    )
    entries = claim_instalments.receive(session, one, amount=hkd(14564), on=TODAY, **STAMP)
    assert [entry.minor for entry in entries] == [hkd(amount).minor for _head, amount in HEADS]
    assert len(hers) == len(entries)


def test_the_extension_fee_is_a_cost_of_the_case(session: Session) -> None:
    grievance, person, _hers = liza(session)
    typed = {"kind": "extension", "paid_by": "union", "until": "2026-12-20", "receipt": "A-1"}
    where = {"client": person.uuid, "grievance": grievance.uuid}
    cost = claim_costs.note(session, amount=hkd(230), on=TODAY, **where, **typed, **STAMP)  # type: ignore[arg-type]
    claim_costs.note(session, amount=hkd(20), on=TODAY, kind="travel", **where, **STAMP)  # type: ignore[arg-type]
    claim_costs.note(session, amount=Money.of(5, "USD"), on=TODAY, kind="papers", **where, **STAMP)  # type: ignore[arg-type]
    found = claim_costs.of_client(session, person.uuid)
    assert claim_costs.totals(found) == {"HKD": hkd(250), "USD": Money.of(5, "USD")}
    assert claim_sheet.plain_cost(cost)["until"] == "2026-12-20"
    assert claim_sheet.plain_cost(found[-1])["until"] is None
    claim_costs.take_back(session, cost)
    assert cost not in claim_costs.of_grievance(session, grievance.uuid)
    with pytest.raises(Invalid):
        claim_costs.note(session, amount=hkd(1), on=TODAY + timedelta(days=1), **where, **STAMP)  # type: ignore[arg-type]


def test_claims_of_another_kind_of_money_stand_apart(session: Session) -> None:
    grievance, [ramesh] = case(session, "Ramesh")
    claim(session, grievance, ramesh, "wage", Money.of(8800, "QAR"), what="substituted contract")
    claim(session, grievance, ramesh, "fee_refund", Money.of(110_000, "NPR"))
    sheet = claim_sheet.of_grievance(session, grievance.uuid)
    assert {code: str(four.money(Kind.CLAIMED)) for code, four in sheet.totals.items()} == {
        "QAR": "QAR 8,800.00", "NPR": "NPR 110,000.00",
    }  # fmt: skip
    assert len(claims.of_grievance(session, grievance.uuid)) == 2
    assert session.exec(select(Claim).where(col(Claim.gone).is_(True))).all() == []


def test_a_day_that_must_be_said_is_asked_for() -> None:
    assert claims.needed_day("2026-11-20") == TODAY
    with pytest.raises(Invalid, match="day is needed"):
        claims.needed_day("")


def test_an_amount_that_is_left_empty_is_asked_for() -> None:
    for empty in (None, ""):
        with pytest.raises(Invalid, match="Write an amount"):
            claims.checked_amount(empty)
