"""Contracts: versions along the journey, checks with the values used, the officer's verdict and her own decision."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app.casework import attachments, contract_differences, contract_points, contract_verdicts, contracts
from mrc_app.casework.contract_findings import Verdict as PointState
from mrc_app.casework.contract_words import POINTS, HerDecision, Stage, Verdict
from mrc_app.casework.contracts import Contract
from mrc_app.casework.journeys import Journey
from mrc_app.errors import Invalid, MrcError
from mrc_app.money import Money
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import OFFICER, TODAY, make_client, make_journey, make_store

OFFER: dict[str, Any] = {
    "job": "housemaid", "isco": "9111", "workplace": "Riyadh",
    "wage": {"amount": 1200, "currency": "SAR", "per": "month"}, "rest": {"days_per_week": 1},
}  # fmt: skip
CONTRACT: dict[str, Any] = {
    "job": "housemaid", "isco": "9111", "employer": "Al-Harbi", "workplace": "Riyadh",
    "wage": {"amount": 1000, "currency": "SAR", "per": "month"}, "duration_months": 24,
    "rest": {"days_per_week": "by agreement"}, "passport_kept_by": "employer",
    "insurance": {"policy": "", "seen": False},
    "repatriation": {"paid_by": "employer", "condition": "ticket home only after 24 months"},
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One centre for the whole file: every test works with a client of its own."""
    made = make_store(tmp_path_factory.mktemp("contracts"))
    yield made
    made.close()


@pytest.fixture
def session(desk: Store) -> Iterator[Session]:
    with desk.change(by=desk.officer, do="test") as opened:
        yield opened


@pytest.fixture
def journey(session: Session) -> Journey:
    return make_journey(session, make_client(session), sector="domestic")


def keep(session: Session, journey: Journey, **over: Any) -> Contract:
    return contracts.keep(session, journey, on=TODAY, by=OFFICER, **{"stage": "seen", "terms": CONTRACT, **over})


def check(session: Session, journey: Journey, **over: Any) -> contract_verdicts.ContractCheck:
    contract = over.pop("contract", None) or keep(session, journey)
    return contract_verdicts.check(session, contract, journey, **{"on": TODAY, "by": OFFICER, **over})


def problems(refused: pytest.ExceptionInfo[Invalid]) -> dict[str, str]:
    return {name: problem.text() for name, problem in refused.value.problems.items()}


def test_versions_stand_in_the_order_of_the_journey(session: Session, journey: Journey) -> None:
    seen = keep(session, journey, clauses={"passport_kept_by": " p. 2, clause 7 ", "job": ""}, language="ar")
    offer = keep(session, journey, stage="offer", terms=OFFER, note="photo of a message")
    assert contracts.of_journey(session, journey) == [offer, seen]
    assert contracts.promised([seen, offer], seen) == offer and contracts.promised([seen, offer], offer) is None
    assert contracts.terms(offer).wage == Money.of(1200, "SAR") and offer.seen_on == TODAY
    assert json.loads(seen.clauses) == {"passport_kept_by": "p. 2, clause 7"} and seen.language == "ar"
    later = keep(session, journey, stage="signed", signed_on=TODAY)
    assert contracts.promised([seen, later], later) == seen
    assert contracts.by_uuid(session, later.uuid) == later
    contracts.put_away(session, later)
    assert later not in contracts.of_client(session, journey.client)
    with pytest.raises(MrcError, match="not on this desk"):
        contracts.by_uuid(session, later.uuid)


@pytest.mark.parametrize(
    ("typed", "refused_as"),
    [
        ({"stage": ""}, {"stage": "“” is not one of the known words."}),
        ({"stage": "dreamt"}, {"stage": "“dreamt” is not one of the known words."}),
        ({"seen_on": ""}, {"seen_on": "Say on which day this version was seen."}),
        ({"seen_on": "2026-11-21"}, {"seen_on": "This day is still to come."}),
        ({"signed_on": date(2027, 1, 1)}, {"signed_on": "This day is still to come."}),
        ({"signed_on": "2026-02-30"}, {"signed_on": "“2026-02-30” is not a date."}),
        (
            {"stage": "offer", "signed_on": TODAY},
            {"signed_on": "An advertisement or an offer is not signed yet."},
        ),
        ({"language": "klingon"}, {"language": "The desk does not know the language “klingon”."}),
        ({"clauses": {"salary": "p. 1"}}, {"clauses": "There is no field “salary”."}),
        ({"attachment": "somebody else's"}, {"attachment": "This paper is not among hers."}),
        ({"salary": 1}, {"salary": "There is no field “salary”."}),
    ],
)
def test_what_cannot_be_a_version_is_refused_by_field(
    session: Session, journey: Journey, typed: dict[str, Any], refused_as: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        keep(session, journey, **typed)
    assert problems(refused) == refused_as
    assert contracts.of_journey(session, journey) == []


@pytest.mark.parametrize(
    ("terms", "names"),
    [
        ({"salary": 1}, {"salary"}),
        ({"wage": {"amount": -1, "currency": "SAR"}}, {"wage.amount"}),
        ({"wage": {"amount": float("nan"), "currency": "SAR"}}, {"wage.amount"}),
        ({"wage": {"amount": 1, "currency": "QQQ"}}, {"wage.currency"}),
        (
            {"agency": {"valid_to": "2026-02-30"}, "rest": {"days_per_week": 8}},
            {"agency.valid_to", "rest.days_per_week"},
        ),
    ],
)
def test_terms_are_refused_by_key_with_everything_that_is_wrong(
    session: Session, journey: Journey, terms: dict[str, Any], names: set[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        keep(session, journey, terms=terms, stage="dreamt")
    assert set(refused.value.problems) == {*names, "stage"}
    assert contracts.of_journey(session, journey) == []


def test_too_long_terms_are_refused(session: Session, journey: Journey) -> None:
    long = dict.fromkeys(("job", "employer", "workplace", "dispute", "passport_kept_by", "stage"), "x" * 2000)
    rows = [{"for": "y" * 2000, "amount": 1, "currency": "SAR"}] * 40
    with pytest.raises(Invalid, match="longer than 60000"):
        keep(session, journey, terms={**long, "deductions": rows})


def test_an_amendment_changes_what_is_named_and_is_refused_whole(session: Session, journey: Journey) -> None:
    contract = keep(session, journey, stage="offer", terms=OFFER)
    with pytest.raises(Invalid):
        contracts.amend(session, contract, changes={"signed_on": TODAY, "note": "x"}, today=TODAY)
    assert contract.note == "" and contract.signed_on is None
    changes = {"stage": "signed", "signed_on": TODAY, "terms": CONTRACT, "note": "", "attachment": ""}
    contracts.amend(session, contract, changes=changes, today=TODAY)
    assert contract.stage is Stage.SIGNED and contract.signed_on == TODAY and contract.attachment is None
    assert contracts.terms(contract).wage == Money.of(1000, "SAR")
    assert contracts.canonical_terms(contracts.terms(contract)) == contract.terms, "canonical: the same text again"


def test_a_version_and_its_photo_are_kept_together_or_not_at_all(desk: Store) -> None:
    with desk.change(by=desk.officer, do="contracts.keep") as session:
        journey = make_journey(session, make_client(session))
        paper: dict[str, Any] = {"centre": desk.path, "on": TODAY, "by": OFFICER, "stage": "seen", "terms": CONTRACT}
        kept = contracts.keep_with_paper(session, journey, name="offer.txt", content=b"SAR 1,000", **paper)
        assert kept.attachment == attachments.of_client(session, journey.client)[0].uuid
        other = make_client(session, call_name="Hana")
        with pytest.raises(Invalid, match="not among hers"):
            contracts.amend(session, contracts_of(session, other), changes={"attachment": kept.attachment}, today=TODAY)
    for name, content, words in (
        ("contract.pdf", b"MZ\x90\x00" + b"x" * 600, "is not a photo"),
        ("contract.pdf", b"%PDF-1.7" + b"x" * 41_000_000, "MB"),
    ):
        with pytest.raises(MrcError, match=words), desk.change(by=desk.officer, do="contracts.keep") as session:
            contracts.keep_with_paper(session, journey, name=name, content=content, **paper)
        with desk.read() as session:
            assert len(contracts.of_journey(session, journey)) == 1
            assert len(attachments.of_client(session, journey.client)) == 1


def contracts_of(session: Session, client: Any) -> Contract:
    return keep(session, make_journey(session, client))


def test_a_stamp_says_whose_and_whether_it_was_seen(session: Session, journey: Journey) -> None:
    contract = keep(session, journey)
    kept = contracts.stamp(
        session, contract, on=TODAY, by=OFFICER, authority=" Embassy, Riyadh ", stamped_on="2026-11-02", seen="no"
    )
    assert (kept.authority, kept.stamped_on, kept.seen.value) == ("Embassy, Riyadh", date(2026, 11, 2), "no")
    assert contracts.stamps(session, contract) == [kept]
    with pytest.raises(Invalid) as refused:
        contracts.stamp(session, contract, on=TODAY, by=OFFICER, stamped_on="2026-12-01")
    assert set(problems(refused)) == {"authority", "stamped_on"}


def test_story_1_is_told_to_the_figure(session: Session, journey: Journey) -> None:
    offer = keep(session, journey, stage="offer", terms=OFFER)
    seen = keep(session, journey)
    made = contract_verdicts.check(session, seen, journey, on=TODAY, by=OFFICER, against=offer)
    red = {point.number for point in contract_verdicts.points(made) if point.red}
    assert red == {"9", "14", "15", "21", "25"}, "rest day, passport, insurance, repatriation, wage below the offer"
    assert made.red == ("9", "14", "15", "21", "25")
    minimum = [one for one in contract_points.document_of(made.findings) if one["check"] == "6"]
    assert {one["verdict"] for one in minimum if one["rule"]} == {"cannot_tell"} and not any(
        one["red"] for one in minimum
    )
    changed = contract_differences.differences(contracts.terms(offer), contracts.terms(seen))
    wage = next(one for one in changed if one.term.startswith("wage"))
    assert wage.loss == Money.of(200, "SAR")
    assert made.suggested.value == "do_not_sign_yet" and made.verdict is Verdict.NOT_GIVEN, "never taken by itself"
    contract_verdicts.decide(session, made, verdict="do_not_sign_yet", on=TODAY, by=OFFICER)
    contract_verdicts.her_decision(session, made, decision="waits", on=TODAY, by=OFFICER, note="asks her brother")
    assert (made.verdict, made.verdict_on) == (Verdict.NOT_YET, TODAY)
    assert (made.decision, made.decision_note, made.decision_on) == (HerDecision.WAITS, "asks her brother", TODAY)


def test_story_5_loses_8800_riyals_in_eleven_months(session: Session) -> None:
    journey = make_journey(session, make_client(session), origin="NP", destination="QA", sector="construction")
    promise = {"job": "mason", "isco": "7112", "wage": {"amount": 1500, "currency": "QAR", "per": "month"},
               "food": {"allowance": 300}}  # fmt: skip
    doha = {"job": "helper", "isco": "9313", "wage": {"amount": 1000, "currency": "QAR", "per": "month"},
            "food": {"provided": False, "allowance": 0}}  # fmt: skip
    advert = keep(session, journey, stage="advert", terms=promise)
    lodged = keep(session, journey, stage="lodged", terms=promise)
    second = keep(session, journey, stage="signed_at_destination", terms=doha)
    versions = contracts.of_journey(session, journey)
    assert versions == [advert, lodged, second]
    assert contracts.promised(versions, second) == advert
    rows = contract_differences.side_by_side([contracts.terms(one) for one in versions])
    assert {"job", "isco", "wage.amount", "food.allowance"} <= {row.term for row in rows if row.differs}
    lost = contract_differences.loss(contracts.terms(advert), contracts.terms(second), 11)
    assert (lost.per_month, lost.total) == (Money.of(800, "QAR"), Money.of(8800, "QAR"))


def test_months_worked_are_whole_ones_under_a_paper_of_the_destination(session: Session, journey: Journey) -> None:
    offer = keep(session, journey, stage="offer", terms=OFFER)
    doha = keep(session, journey, stage="signed_at_destination", signed_on=date(2025, 12, 21))
    assert contracts.months_worked(offer, TODAY) == 0
    assert contracts.months_worked(doha, TODAY) == 10 and contracts.months_worked(doha, date(2026, 11, 21)) == 11
    there = keep(session, journey, stage="on_the_ground")
    assert contracts.months_worked(there, TODAY) == 0


def test_a_check_keeps_the_pack_and_the_values_it_used(session: Session, journey: Journey) -> None:
    made = check(session, journey)
    assert made.pack.startswith("ET-SA 2026-11-21 ") and made.corridor == "ET-SA" and made.sector == "domestic"
    used = contract_points.document_of(made.used)
    assert {"fact", "key", "value", "unit", "side", "confidence", "source"} <= set(used[0])
    assert len({one["fact"] for one in used}) == len(used)
    known = {one["fact"] for one in contract_points.document_of(made.findings) if one["fact"]}
    assert known == {one["fact"] for one in used}
    unknown = make_journey(session, make_client(session), origin="SN", destination="MR")
    other = check(session, unknown)
    assert other.pack == "" and other.used == "[]" and other.sector == ""


def test_the_officers_answer_counts_and_keeps_page_and_note(session: Session, journey: Journey) -> None:
    said = {
        "14": {"state": "ok", "page": "p. 2, clause 7", "note": "struck out by hand"},
        "3": {"state": "worse"},
        "9": {"state": "missing"},
        "1": {"state": "not_applicable", "page": ""},
    }
    made = check(session, journey, answers=said)
    point = {one.number: one for one in contract_verdicts.points(made)}
    assert point["14"].red is False and point["14"].suggests_red and point["14"].label == "Passport stays with her"
    assert point["14"].answer == contract_points.Answer(PointState.OK, "p. 2, clause 7", "struck out by hand")
    assert point["3"].red and point["9"].red and point["1"].state.value == "not_applicable"
    assert "14" not in made.red and {"3", "9"} <= set(made.red)
    contract_verdicts.answer(session, made, answers={number: {"state": "ok"} for number in POINTS})
    assert made.red == () and contract_verdicts.suggestion(made).value == "pass"
    some = {number: {"state": "ok"} for number in POINTS} | {"5": {"state": "unclear"}}
    contract_verdicts.answer(session, made, answers=some)
    assert contract_verdicts.suggestion(made).value == "pass_with_corrections"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"29": {"state": "ok"}}, "There is no point 29; there are 28."),
        ({"1": "ok"}, "Point 1 has no answer."),
        ({"1": {"page": "2"}}, "Point 1 has no answer."),
        ({"1": {"state": "fine"}}, "“fine” is not one of the known words."),
        ({"1": {"state": "cannot_tell"}}, "“cannot_tell” is not one of the known words."),
        ({"1": {"state": "ok", "pages": "2"}}, "There is no field “pages”."),
    ],
)
def test_an_answer_that_is_none_is_refused_by_point(
    session: Session, journey: Journey, said: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Invalid) as refused:
        check(session, journey, answers=said)
    assert list(problems(refused).values()) == [sentence]
    assert contract_verdicts.of_client(session, journey.client) == []


def test_another_verdict_than_the_suggestion_needs_a_reason(session: Session, journey: Journey) -> None:
    made = check(session, journey)
    refusals: list[tuple[dict[str, Any], set[str]]] = [
        ({"verdict": "not_given", "on": TODAY}, {"verdict"}),
        ({"verdict": "pass", "on": TODAY}, {"because"}),
        ({"verdict": "do_not_sign", "because": "x", "on": date(2026, 11, 1)}, {"on"}),
        ({"verdict": "perhaps", "on": TODAY}, {"verdict"}),
    ]
    for typed, names in refusals:
        with pytest.raises(Invalid) as refused:
            contract_verdicts.decide(session, made, by=OFFICER, **typed)
        assert set(refused.value.problems) == names and made.verdict is Verdict.NOT_GIVEN
    because = "corrected in front of us"
    contract_verdicts.decide(session, made, verdict="pass", because=because, on=TODAY, by=OFFICER)
    assert (made.verdict, made.verdict_because, made.verdict_by) == (Verdict.PASS, because, OFFICER)
    with pytest.raises(MrcError, match="Check the contract again"):
        contract_verdicts.answer(session, made, answers={"14": {"state": "ok"}})
    contract_verdicts.her_decision(session, made, decision="not_asked", on=TODAY, by=OFFICER)
    assert made.decision_on is None and made.decision_by is None


def test_first_and_last_check_are_found_for_the_figures(session: Session, journey: Journey) -> None:
    contract = keep(session, journey)
    assert contract_verdicts.last(session, contract) is None
    first = check(session, journey, contract=contract, on=date(2026, 11, 10))
    clean = {number: {"state": "ok"} for number in POINTS}
    second = check(session, journey, contract=contract, on=date(2026, 11, 18), answers=clean)
    assert contract_verdicts.of_contract(session, contract) == [first, second]
    assert contract_verdicts.last(session, contract) == second == contract_verdicts.by_uuid(session, second.uuid)
    with pytest.raises(MrcError, match="not on this desk"):
        contract_verdicts.by_uuid(session, contract.uuid)

    def counted() -> list[contract_verdicts.Checked]:
        session.info["role"] = Role.DATA_OFFICER
        found = contract_verdicts.checked_between(session, date(2026, 11, 1), TODAY)
        session.info["role"] = Role.SUPERVISOR
        return [one for one in found if one.journey == journey.uuid]

    assert counted() == [], "no verdict yet"
    contract_verdicts.decide(session, first, verdict="do_not_sign_yet", on=date(2026, 11, 10), by=OFFICER)
    contract_verdicts.decide(session, second, verdict="pass", on=date(2026, 11, 18), by=OFFICER)
    (one,) = counted()
    assert one.decided_on == date(2026, 11, 18) and one.first_red == first.red and one.last_red == ()
    assert one.corrected and not one.passed_first_time


def test_values_are_kept_so_that_they_can_be_said_in_any_language() -> None:
    from decimal import Decimal

    from mrc_app.casework.contract_findings import Shown
    from mrc_app.errors import Problem

    said = Problem(
        "{a} {b} {c} {d}", {"a": 3, "b": Shown(amount=Decimal("10.50"), currency="SAR"), "c": Verdict.PASS, "d": TODAY}
    )
    assert contract_points.problem_kept(said) == {
        "message": "{a} {b} {c} {d}",
        "values": {"a": 3, "b": {"currency": "SAR", "amount": "10.50"}, "c": {"words": "pass"}, "d": "2026-11-20"},
    }
    assert contract_points.document_of("") == {}


def test_a_photo_of_another_womans_paper_is_never_linked(session: Session, journey: Journey, desk: Store) -> None:
    hers = attachments.add(
        session,
        centre=desk.path,
        client=journey.client,
        what="contract",
        name="c.txt",
        content=b"x",
        on=TODAY,
        by=OFFICER,
    )
    contract = keep(session, journey, attachment=hers.uuid)
    assert contract.attachment == hers.uuid
    assert Path(desk.path).exists()
