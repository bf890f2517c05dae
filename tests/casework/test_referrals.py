"""Referrals: under the consent for just that one, step by step to completion, and what a withdrawal stops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app.casework import (
    clients,
    consent_shares,
    consents,
    dossier,
    dossier_referrals,
    duplicates,
    grievance_referrals,
    grievances,
    providers,
    referral_lists,
    referral_withdrawals,
    referrals,
    unions,
)
from mrc_app.casework.consents import Purpose, Standing
from mrc_app.casework.referral_words import Door, Part, ReferralState
from mrc_app.casework.referrals import Referral, ReferralEvent
from mrc_app.errors import Invalid, MrcError
from mrc_app.store import officers, restrictions
from mrc_app.store.centre import Store
from tests.make import NO, OFFICER, TODAY, YES, make_client, make_store

LATER = TODAY + timedelta(days=21)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = make_store(tmp_path_factory.mktemp("referrals"))
    yield made
    made.close()


class Undone(Exception):
    """Ends a unit of work without keeping it."""


@pytest.fixture
def session(shared: Store) -> Iterator[Session]:
    """A unit of work on the shared centre that leaves nothing behind."""
    try:
        with shared.change(by=shared.officer, do="test") as opened:
            yield opened
            raise Undone
    except Undone:
        pass


@pytest.fixture
def town(session: Session) -> Any:
    """Almaz, and the services around her."""
    add = providers.add
    return SimpleNamespace(
        almaz=make_client(session, call_name="Almaz", nationality="ET", origin_country="ET").uuid,
        embassy=add(session, kind="embassy", name="Embassy in Beirut", country="LB", speaks_for="ET"),
        ministry=add(session, kind="labour_office", name="Ministry", country="ET"),
        police=add(session, kind="police", name="Anti-trafficking unit", country="ET"),
        legal=add(session, kind="legal_aid", name="Lawyers", country="ET"),
        health=add(session, kind="health", name="Counselling", country="ET"),
    )


def refer(session: Session, client: str, provider: Any, **over: Any) -> Referral:
    typed: dict[str, Any] = {"service": "a letter", "on": TODAY, "by": OFFICER, "said": YES, **over}
    return grievance_referrals.make(session, client=client, provider=provider.uuid, **typed)


def send(session: Session, one: Referral, **over: Any) -> ReferralEvent:
    return grievance_referrals.send(session, one, **{"today": TODAY, "by": OFFICER, **over})


def step(session: Session, one: Referral, state: str, **over: Any) -> ReferralEvent:
    return referrals.step(session, one, **{"state": state, "today": LATER, "by": OFFICER, **over})


def test_each_referral_has_its_own_consent_row(session: Session, town: Any) -> None:
    one = refer(session, town.almaz, town.legal)
    answers = consents.of_client(session, town.almaz)
    assert [answer.uuid for answer in answers if answer.scope == one.uuid] == [one.consent]
    assert referrals.by_uuid(session, one.uuid) is one
    assert one.parts == (Part.NAME, Part.NEED)
    with pytest.raises(MrcError, match="Nothing goes to Lawyers without it"):
        refer(session, town.almaz, town.legal, said=None)
    with pytest.raises(MrcError, match="She refused to be referred to Lawyers"):
        refer(session, town.almaz, town.legal, said=NO)
    referrals.ask(session, client=town.almaz, provider=town.legal.uuid, said=YES, on=TODAY, by=OFFICER)
    two = refer(session, town.almaz, town.legal, said=None)
    assert two.consent != one.consent and consents.allows(session, town.almaz, Purpose.REFERRAL, two.uuid, today=TODAY)


def test_the_police_stay_closed_where_she_refused_them(session: Session, town: Any) -> None:
    consents.ask(
        session, client=town.almaz, purpose=Purpose.REFERRAL, said=NO, by=OFFICER, on=TODAY, scope="police"
    )  # fmt: skip
    with pytest.raises(MrcError, match="She refused to be referred to Anti-trafficking unit"):
        refer(session, town.almaz, town.police)
    found = grievance_referrals.offers(session, town.almaz, [town.police, town.legal], TODAY)
    assert [(one.door, one.why_not is None) for one in found] == [(Door.REFUSED, False), (Door.ASK, False)]
    consents.ask(
        session, client=town.almaz, purpose=Purpose.REFERRAL, said=YES, by=OFFICER, on=TODAY, scope="police"
    )  # fmt: skip
    refer(session, town.almaz, town.police)


def test_a_general_no_waits_for_her_yes_to_one_service(session: Session, town: Any) -> None:
    consents.ask(session, client=town.almaz, purpose=Purpose.REFERRAL, said=NO, by=OFFICER, on=TODAY)
    assert referrals.door(session, town.almaz, town.legal, TODAY) is Door.REFUSED
    referrals.ask(session, client=town.almaz, provider=town.legal.uuid, said=YES, on=TODAY, by=OFFICER)
    assert referrals.door(session, town.almaz, town.legal, TODAY) is Door.AGREED


def test_from_made_to_feedback_and_complete_only_when_the_service_confirms(session: Session, town: Any) -> None:
    one = refer(session, town.almaz, town.health)
    with pytest.raises(Invalid, match="does not follow"):
        step(session, one, "accepted")
    send(session, one, note="by hand")
    step(session, one, "acknowledged", on=TODAY + timedelta(days=2))
    with pytest.raises(Invalid, match="before the last step"):
        step(session, one, "accepted", on=TODAY)
    with pytest.raises(Invalid, match="still to come"):
        step(session, one, "accepted", on=LATER + timedelta(days=1))
    with pytest.raises(Invalid, match="Only the service"):
        step(session, one, "accepted", told_by="client")
    step(session, one, "accepted")
    with pytest.raises(Invalid, match="Say who confirmed it"):
        step(session, one, "given", told_by="desk")
    step(session, one, "given", told_by="client")
    step(session, one, "feedback", told_by="client", note="she sleeps again")
    told = referral_lists.told(session, one, LATER)
    assert told.state is ReferralState.FEEDBACK and not told.complete and told.days == 0
    step(session, one, "given")
    told = referral_lists.told(session, one, LATER)
    assert told.complete and [event.state.value for event in told.events] == [
        "made", "sent", "acknowledged", "accepted", "given", "feedback", "given",
    ]  # fmt: skip
    for state in ("sent", "stopped"):
        with pytest.raises(Invalid, match="does not follow"):
            step(session, one, state)


def test_what_is_missing_is_said_field_by_field(session: Session, town: Any) -> None:
    providers.remove(session, town.legal)
    with pytest.raises(Invalid) as refused:
        refer(session, town.almaz, town.legal, service=" ", parts=())
    assert set(refused.value.problems) == {"service", "parts", "provider"}
    with pytest.raises(MrcError, match="not on this desk"):
        referrals.by_uuid(session, "f" * 32)
    with pytest.raises(MrcError, match="not a case of hers"):
        refer(session, town.almaz, town.health, grievance="f" * 32)


def test_a_referral_nobody_answered_is_found_by_its_age(session: Session, town: Any) -> None:
    waits, answered, new = (refer(session, town.almaz, one) for one in (town.legal, town.health, town.ministry))
    for one in (waits, answered):
        send(session, one)
    step(session, answered, "refused", on=TODAY)
    send(session, new, today=LATER)
    assert [(one.referral.uuid, one.days) for one in referral_lists.unanswered(session, LATER)] == [(waits.uuid, 21)]
    assert referral_lists.unanswered(session, LATER, days=22) == []


def test_the_state_she_fears_is_neither_offered_nor_told(session: Session, town: Any) -> None:
    before = refer(session, town.almaz, town.ministry)
    case = grievances.lodge(session, desk_code="BD1", by=OFFICER, on=TODAY, people=[town.almaz], asylum="yes")
    found = grievance_referrals.offers(session, town.almaz, [town.embassy, town.ministry, town.legal], TODAY)
    assert [one.provider for one in found] == [town.legal]
    with pytest.raises(MrcError, match="She fears her own state, and Embassy in Beirut"):
        refer(session, town.almaz, town.embassy)
    with pytest.raises(MrcError, match="fears her own state"):
        send(session, before)
    with pytest.raises(MrcError, match="fears her own state"):
        grievance_referrals.make_without(
            session, client=town.almaz, provider=town.embassy.uuid, service="x", on=TODAY, by=OFFICER,
            because="danger", reason="she is being held",
        )  # fmt: skip
    mine = refer(session, town.almaz, town.legal, grievance=case.uuid)
    assert referrals.of_case(session, case.uuid) == [mine]


def test_her_own_answer_is_enough_to_close_the_doors_of_her_state(session: Session, town: Any) -> None:
    afraid = make_client(session, fears_own_state="yes").uuid
    with pytest.raises(MrcError, match="belongs to it or may"):
        referrals.make(
            session, client=afraid, provider=town.embassy.uuid, service="x", on=TODAY, by=OFFICER, said=YES
        )  # fmt: skip
    refer(session, afraid, town.legal)


def test_the_strictest_answer_of_linked_records_holds(session: Session, town: Any) -> None:
    one = refer(session, town.almaz, town.legal)
    twin = make_client(session, call_name="Almaz")
    referrals.ask(session, client=twin.uuid, provider=town.legal.uuid, said=NO, on=TODAY, by=OFFICER)
    send(session, refer(session, town.almaz, town.health))
    duplicates.merge(session, one=clients.by_uuid(session, town.almaz), other=twin, by=OFFICER, on=TODAY)
    with pytest.raises(MrcError, match="She refused"):
        send(session, one)
    assert len(referrals.of_client(session, twin.uuid)) == 2


def test_a_supervisor_may_decide_without_consent_for_a_life_or_a_child(session: Session, town: Any) -> None:
    child = make_client(session, birth={"age": 15}).uuid
    typed: dict[str, Any] = {"provider": town.police.uuid, "service": "protection", "on": TODAY, "by": OFFICER}

    def without(client: str, **over: Any) -> Referral:
        return grievance_referrals.make_without(session, client=client, **typed, **over)

    with pytest.raises(Invalid, match="Write the reason"):
        without(child, because="danger", reason=" ")
    with pytest.raises(Invalid, match="not known to be a child"):
        without(town.almaz, because="child", reason="fifteen")
    one = without(child, because="child", reason="taken out of school")
    assert (one.without_by, one.consent) == (OFFICER, None)
    send(session, one)
    referral_withdrawals.withdraw(session, client=child, purpose=Purpose.RECORD, on=TODAY, by=OFFICER)
    assert referrals.current(referrals.events(session, one.uuid)) is ReferralState.SENT


def test_three_weeks_later_she_withdraws_the_embassy_and_sees_what_went(session: Session, town: Any) -> None:
    embassy = refer(session, town.almaz, town.embassy, parts=["name", "claim"])
    send(session, embassy)
    legal = refer(session, town.almaz, town.legal)
    found = referral_withdrawals.withdraw(
        session, client=town.almaz, purpose=Purpose.REFERRAL, to=town.embassy, on=LATER, by=OFFICER, reason="afraid"
    )
    assert [(one.on, one.to, one.parts) for one in found.left] == [(TODAY, "Embassy in Beirut", ("name", "claim"))]
    assert found.stopped == [embassy]
    last = referrals.events(session, embassy.uuid)[-1]
    assert (last.state.value, last.because and last.because.value, last.on) == ("stopped", "withdrawn", LATER)
    with pytest.raises(MrcError, match="She withdrew her consent for Embassy in Beirut"):
        refer(session, town.almaz, town.embassy, on=LATER)
    send(session, legal, today=LATER)
    with pytest.raises(MrcError, match="no consent for this"):
        referral_withdrawals.withdraw(
            session, client=town.almaz, purpose=Purpose.REFERRAL, to=town.embassy, on=LATER, by=OFFICER
        )  # fmt: skip
    referrals.ask(session, client=town.almaz, provider=town.embassy.uuid, said=YES, on=LATER, by=OFFICER)
    refer(session, town.almaz, town.embassy, on=LATER)


def test_one_withdrawn_answer_takes_the_standing_yes_along(session: Session, town: Any) -> None:
    referrals.ask(session, client=town.almaz, provider=town.legal.uuid, said=YES, on=TODAY, by=OFFICER)
    one = refer(session, town.almaz, town.legal, said=None)
    other = refer(session, town.almaz, town.health)
    answer = next(each for each in consents.of_client(session, town.almaz) if each.scope == one.uuid)
    found = referral_withdrawals.withdraw_one(session, answer, on=LATER, by=OFFICER)
    assert len(found.consents) == 2 and found.left == [] and one in found.stopped and other not in found.stopped
    with pytest.raises(MrcError, match="withdrew"):
        send(session, one, today=LATER)


def test_other_purposes_list_what_left_and_stop_no_referral(session: Session, town: Any) -> None:
    one = refer(session, town.almaz, town.legal)
    consents.ask(session, client=town.almaz, purpose=Purpose.COMPLAINT, said=YES, by=OFFICER, on=TODAY)
    consent_shares.note(
        session, client=town.almaz, to="HAMSA", purpose=Purpose.COMPLAINT, fields=("name",), on=TODAY, by=OFFICER
    )
    found = referral_withdrawals.withdraw(session, client=town.almaz, purpose=Purpose.COMPLAINT, on=LATER, by=OFFICER)
    assert [left.to for left in found.left] == ["HAMSA"] and found.stopped == []
    send(session, one)
    whole = referral_withdrawals.withdraw(session, client=town.almaz, purpose=Purpose.RECORD, on=LATER, by=OFFICER)
    assert {left.to for left in whole.left} == {"HAMSA", "Lawyers"} and whole.stopped == [one]
    assert consents.matrix(session, town.almaz, LATER)[Purpose.RECORD] is Standing.WITHDRAWN
    with pytest.raises(MrcError, match="withdrew"):
        refer(session, town.almaz, town.health, on=LATER)


def test_consent_that_has_ended_sends_nothing(session: Session, town: Any) -> None:
    until = replace(YES, expires_on=TODAY)
    referrals.ask(session, client=town.almaz, provider=town.legal.uuid, said=until, on=TODAY, by=OFFICER)
    one = refer(session, town.almaz, town.legal, said=None)
    with pytest.raises(MrcError, match="has ended"):
        send(session, one, today=LATER)
    with pytest.raises(MrcError, match="has ended"):
        refer(session, town.almaz, town.legal, said=None, on=LATER)
    refer(session, town.almaz, town.legal, on=LATER)


def test_an_open_referral_is_stopped_with_its_reason(session: Session, town: Any) -> None:
    one = refer(session, town.almaz, town.legal)
    with pytest.raises(Invalid, match="Write the reason"):
        referrals.stop(session, one, because="other", today=TODAY, by=OFFICER)
    referrals.stop(session, one, because="no_wish", today=TODAY, by=OFFICER)
    with pytest.raises(Invalid, match="does not follow"):
        send(session, one)


def test_a_letter_of_referral_goes_under_a_yes_that_stands(session: Session, town: Any) -> None:
    def agreed(name: str = "Lawyers", on: Any = TODAY, who: str = town.almaz) -> Any:
        return grievance_referrals.agreed_on(session, who, name, on)

    assert agreed() is None and agreed("Legal aid") is None
    consents.ask(
        session, client=town.almaz, purpose=Purpose.REFERRAL, said=YES, by=OFFICER, on=TODAY, scope="Legal aid"
    )  # fmt: skip
    assert agreed("Legal aid") == TODAY
    other = refer(session, town.almaz, town.health)
    assert agreed() is None and agreed("counselling") == TODAY
    referrals.stop(session, other, because="no_wish", today=TODAY, by=OFFICER)
    assert agreed("Counselling") is None
    referrals.ask(session, client=town.almaz, provider=town.legal.uuid, said=YES, on=TODAY, by=OFFICER)
    assert agreed() == TODAY
    child = make_client(session, birth={"age": 15}, nationality="ET", fears_own_state="yes").uuid
    assert agreed("Embassy in Beirut", who=child) is None
    grievance_referrals.make_without(
        session, client=child, provider=town.legal.uuid, service="protection", on=TODAY, by=OFFICER,
        because="danger", reason="held",
    )  # fmt: skip
    assert agreed(who=child) == TODAY
    referrals.ask(session, client=town.almaz, provider=town.legal.uuid, said=NO, on=LATER, by=OFFICER)
    refused = refer(session, town.almaz, town.ministry)
    referrals.ask(session, client=town.almaz, provider=town.ministry.uuid, said=NO, on=LATER, by=OFFICER)
    assert refused.consent and agreed("Ministry", on=LATER) is None


def test_a_referral_of_a_closed_case_and_its_consent_are_seen_by_nobody_else(tmp_path: Path) -> None:
    made = make_store(tmp_path)
    with made.change(by=made.officer, do="test") as session:
        client = make_client(session).uuid
        case = grievances.lodge(session, desk_code="BD1", by=made.officer, on=TODAY, people=[client])
        legal = providers.add(session, kind="legal_aid", name="Lawyers", country="ET")
        one = refer(session, client, legal, grievance=case.uuid)
        send(session, one)
        abebe = officers.add(session, name="Abebe", login="abebe").uuid
        restrictions.restrict(session, client=case.uuid, officers=[abebe], since="2026-11-20T08:00:00Z")
    with made.read() as session:
        assert referrals.of_client(session, client) == [] and referral_lists.unanswered(session, LATER) == []
        assert referral_withdrawals.left(session, client) == []
        assert all(answer.purpose is not Purpose.REFERRAL for answer in consents.of_client(session, client))
    made.close()


def test_the_record_tells_referrals_with_their_service_and_the_union_with_its_steps(
    session: Session, town: Any
) -> None:
    one = refer(session, town.almaz, town.health)
    send(session, one)
    unions.begin(session, client=town.almaz, union="Union (invented)", today=TODAY, by=OFFICER)
    found = dossier_referrals.of_client(session, town.almaz, TODAY, dossier.plain)
    assert [(row["to"], row["state"], row["complete"]) for row in found["referrals"]] == [
        ("Counselling", "sent", False)
    ]
    assert [(row["union"], row["step"], row["paid_to"]) for row in found["unions"]] == [
        ("Union (invented)", "interest", None)
    ]
    assert [row.uuid for row in referral_lists.latest(session)] == [one.uuid]
