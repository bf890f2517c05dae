"""Consents: per purpose, with how, until when and for what; withdrawn without being lost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from mrc_app.casework import consents
from mrc_app.casework.consents import STRICTEST, Consent, How, Purpose, Said, Standing, State
from mrc_app.errors import Invalid, MrcError
from mrc_app.store.centre import Store
from tests.make import NO, OFFICER, TODAY, YES, make_client

LATER = TODAY + timedelta(days=21)


def ask(session: Session, client: str, purpose: Purpose, said: Said = YES, **over: Any) -> Consent:
    typed = {"by": OFFICER, "on": TODAY, **over}
    return consents.ask(session, client=client, purpose=purpose, said=said, **typed)


def test_the_purposes_are_called_p1_to_p8() -> None:
    assert [purpose.code for purpose in Purpose] == ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8"]
    assert Purpose.MINISTRY.code == "P5" and Purpose.STATISTICS.code == "P6"


def test_a_spoken_consent_needs_the_officer_who_heard_it(session: Session) -> None:
    client = make_client(session).uuid
    with pytest.raises(Invalid) as refused:
        ask(session, client, Purpose.CONTACT, Said(State.GIVEN, How.VERBAL))
    assert list(refused.value.problems) == ["certified_by"]
    kept = ask(session, client, Purpose.CONTACT, Said(State.GIVEN, How.VERBAL, "am", certified_by=OFFICER))
    assert kept.how is How.VERBAL and kept.certified_by == OFFICER and kept.language == "am"


def test_a_consent_says_how_and_a_refusal_needs_no_form(session: Session) -> None:
    client = make_client(session).uuid
    with pytest.raises(Invalid, match="Say how the consent was given"):
        ask(session, client, Purpose.STORY, Said(State.GIVEN))
    assert ask(session, client, Purpose.STORY, NO).state is State.REFUSED
    with pytest.raises(Invalid, match="Only a consent that was given can be withdrawn"):
        ask(session, client, Purpose.STORY, Said(State.WITHDRAWN))
    with pytest.raises(Invalid, match="end before it begins"):
        ask(session, client, Purpose.STORY, replace(YES, expires_on=TODAY - timedelta(days=1)))


def test_refusing_everything_but_the_record_blocks_nothing(session: Session) -> None:
    client = make_client(session, statistics=NO).uuid
    for purpose in list(Purpose)[1:]:
        ask(session, client, purpose, NO)
    table = consents.matrix(session, client, TODAY)
    assert table.pop(Purpose.RECORD) is Standing.GIVEN  # type: ignore[attr-defined]
    assert set(table.values()) == {Standing.REFUSED}


def test_an_expired_consent_is_no_consent_from_the_next_day_on(session: Session) -> None:
    client = make_client(session).uuid
    ask(session, client, Purpose.CONTACT, replace(YES, expires_on=LATER))
    assert consents.allows(session, client, Purpose.CONTACT, today=LATER)
    assert not consents.allows(session, client, Purpose.CONTACT, today=LATER + timedelta(days=1))
    assert consents.matrix(session, client, LATER + timedelta(days=1))[Purpose.CONTACT] is Standing.EXPIRED


def test_withdrawal_keeps_the_record_says_when_and_why_and_stops_what_follows(session: Session) -> None:
    client = make_client(session).uuid
    embassy = ask(session, client, Purpose.REFERRAL, scope="embassy")
    assert consents.allows(session, client, Purpose.REFERRAL, "embassy", today=TODAY)
    consents.withdraw(session, embassy, on=LATER, by=OFFICER, reason=" afraid ")
    assert not consents.allows(session, client, Purpose.REFERRAL, "embassy", today=LATER)
    kept = consents.of_client(session, client)
    assert embassy in kept and (embassy.withdrawn_on, embassy.reason) == (LATER, "afraid")
    with pytest.raises(MrcError, match="Only a consent that was given"):
        consents.withdraw(session, embassy, on=LATER, by=OFFICER)


def test_nothing_is_withdrawn_before_it_was_given(session: Session) -> None:
    consent = ask(session, make_client(session).uuid, Purpose.STORY)
    with pytest.raises(Invalid, match="before it was given"):
        consents.withdraw(session, consent, on=TODAY - timedelta(days=1), by=OFFICER)


def test_asking_again_replaces_the_answer_even_on_the_same_day_and_keeps_both(session: Session) -> None:
    client = make_client(session).uuid
    first = ask(session, client, Purpose.MINISTRY, NO)
    second = ask(session, client, Purpose.MINISTRY)
    assert second.replaces == (first.uuid,)
    assert consents.matrix(session, client, TODAY)[Purpose.MINISTRY] is Standing.GIVEN
    assert len([one for one in consents.of_client(session, client) if one.purpose is Purpose.MINISTRY]) == 2


def test_each_referral_has_its_own_consent(session: Session) -> None:
    client = make_client(session).uuid
    with pytest.raises(Invalid, match="each referral has its own consent"):
        ask(session, client, Purpose.REFERRAL)
    ask(session, client, Purpose.REFERRAL, NO, scope="police")
    assert consents.matrix(session, client, TODAY)[Purpose.REFERRAL] is Standing.REFUSED
    ask(session, client, Purpose.REFERRAL, scope="shelter")
    assert consents.matrix(session, client, TODAY)[Purpose.REFERRAL] is Standing.GIVEN
    assert consents.allows(session, client, Purpose.REFERRAL, "shelter", today=TODAY)
    assert not consents.allows(session, client, Purpose.REFERRAL, "police", today=TODAY)
    assert not consents.allows(session, client, Purpose.REFERRAL, "embassy", today=TODAY)
    assert not consents.allows(session, client, Purpose.REFERRAL, today=TODAY)


def test_a_general_answer_counts_for_a_scope_nobody_asked_about(session: Session) -> None:
    client = make_client(session).uuid
    general = ask(session, client, Purpose.HAND_OVER)
    assert consents.allows(session, client, Purpose.HAND_OVER, "claim", today=TODAY)
    ask(session, client, Purpose.HAND_OVER, NO, scope="harassment note")
    assert not consents.allows(session, client, Purpose.HAND_OVER, "harassment note", today=TODAY)
    ask(session, client, Purpose.HAND_OVER, scope="claim")
    consents.withdraw(session, general, on=TODAY, by=OFFICER)
    assert not consents.allows(session, client, Purpose.HAND_OVER, "claim", today=TODAY)


def test_withdrawing_the_record_itself_stops_every_purpose(session: Session) -> None:
    client = make_client(session).uuid
    ask(session, client, Purpose.MINISTRY)
    record = next(one for one in consents.of_client(session, client) if one.purpose is Purpose.RECORD)
    consents.withdraw(session, record, on=TODAY, by=OFFICER)
    assert not any(consents.allows(session, client, purpose, today=TODAY) for purpose in Purpose)


def answer(state: State, replaces: tuple[str, ...] = (), **over: Any) -> Consent:
    return Consent(
        client="c", purpose=Purpose.STORY, state=state, given_on=TODAY, asked_by=OFFICER, replaces=replaces, **over
    )


def test_where_two_desks_asked_at_once_the_strictest_answer_stands() -> None:
    given, refused, withdrawn = answer(State.GIVEN), answer(State.REFUSED), answer(State.WITHDRAWN)
    assert consents.standing([given, refused], TODAY) is Standing.REFUSED
    assert consents.standing([given, refused, withdrawn], TODAY) is Standing.WITHDRAWN
    both = answer(State.GIVEN, (refused.uuid, withdrawn.uuid))
    assert consents.standing([given, refused, withdrawn, both], TODAY) is Standing.GIVEN
    assert consents.standing([answer(State.GIVEN, gone=True)], TODAY) is Standing.NOT_ASKED


@given(st.lists(st.sampled_from(list(State)), min_size=1, max_size=5), st.randoms())
def test_the_order_in_which_answers_arrive_changes_nothing(states: list[State], chance: Any) -> None:
    answers = [answer(state) for state in states]
    first = consents.standing(answers, TODAY)
    chance.shuffle(answers)
    assert consents.standing(answers, TODAY) is first
    assert STRICTEST.index(first) == min(STRICTEST.index(Standing(state.value)) for state in states)


def test_a_withdrawal_is_journalled_as_a_value_no_later_clock_can_beat(centre: Store) -> None:
    with centre.change(by=centre.officer, do="clients.register") as session:
        client = make_client(session, by=centre.officer)
        consent = ask(session, client.uuid, Purpose.MINISTRY)
    with centre.change(by=centre.officer, do="consents.withdraw") as session:
        again = next(one for one in consents.of_client(session, client.uuid) if one.uuid == consent.uuid)
        consents.withdraw(session, again, on=LATER, by=centre.officer)
    with centre.plain() as raw:
        (body,) = raw.execute("SELECT body FROM journal WHERE record = ? ORDER BY seq DESC", (consent.uuid,)).fetchone()
    written = json.loads(body)
    assert written["fields"]["state"]["value"] in Consent.bias["state"]
    assert written["subject"] == client.uuid and written["do"] == "consents.withdraw"
