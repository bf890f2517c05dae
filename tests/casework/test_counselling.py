"""Counselling: contacts, what is handed out when it is safe, and visits without a name."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from sqlmodel import Session, select

from mrc_app.casework import counselling
from mrc_app.casework.client_births import AgeBand
from mrc_app.casework.client_words import Answer, Kind, Sex
from mrc_app.casework.clients import Client
from mrc_app.casework.counselling import Handout, Tally
from mrc_app.casework.counselling_words import Edition, Form, Given, Mode, Topic
from mrc_app.errors import Invalid
from mrc_app.store.centre import Store
from tests.make import OFFICER, TODAY, make_client


def test_a_contact_keeps_topics_once_and_in_one_order(centre: Store) -> None:
    with centre.change(by=centre.officer, do="counselling.record") as session:
        client = make_client(session).uuid
        counselling.record(
            session,
            client=client,
            on=TODAY,
            officer=centre.officer,
            mode="centre",
            minutes="35",
            topics=["contract", "agency", "contract"],
            given=["departure_guide"],
            danger="no",
            safe_to_talk="yes",
            follow_up_on="2026-11-27",
            result="does not sign yet",
            language="am",
        )
    with centre.read() as session:
        (contact,) = counselling.of_client(session, client)
        assert contact.topics == (Topic.AGENCY, Topic.CONTRACT) and contact.given == (Given.DEPARTURE_GUIDE,)
        assert (contact.minutes, contact.mode, contact.safe_to_talk) == (35, Mode.CENTRE, Answer.YES)
        assert contact.follow_up_on == date(2026, 11, 27) and contact.language == "am"
        assert counselling.on_day(session, TODAY) == [contact]
        assert counselling.on_day(session, date(2026, 1, 1)) == []


def test_every_topic_of_the_form_has_a_word_and_a_label() -> None:
    assert len(Topic) == 24 and len({topic.label for topic in Topic}) == 24


def test_a_contact_is_refused_by_field(session: Session) -> None:
    client = make_client(session).uuid
    with pytest.raises(Invalid) as refused:
        counselling.record(
            session,
            client=client,
            on=TODAY,
            officer=OFFICER,
            mode="pigeon",
            minutes="1500",
            topics=["gossip"],
            mood="x",
        )
    assert set(refused.value.problems) == {"mode", "minutes", "topics", "mood"}
    with pytest.raises(Invalid, match="follow-up would come before"):
        counselling.record(session, client=client, on=TODAY, officer=OFFICER, follow_up_on="2026-11-19")
    assert counselling.of_client(session, client) == []


def test_a_wrong_day_is_corrected_and_checked_again(session: Session) -> None:
    client = make_client(session).uuid
    contact = counselling.record(session, client=client, on=TODAY, officer=OFFICER, follow_up_on="2026-11-27")
    counselling.amend(session, contact, changes={"on": "2026-11-18", "result": "called", "minutes": None})
    assert contact.on == date(2026, 11, 18) and contact.result == "called"
    with pytest.raises(Invalid, match="follow-up would come before"):
        counselling.amend(session, contact, changes={"follow_up_on": "2026-11-17"})
    with pytest.raises(Invalid, match="A day is needed here"):
        counselling.amend(session, contact, changes={"on": ""})
    assert contact.on == date(2026, 11, 18) and contact.follow_up_on == date(2026, 11, 27)


def test_nothing_to_carry_leaves_before_she_says_it_is_safe(session: Session) -> None:
    client = make_client(session).uuid
    typed = {"client": client, "on": TODAY, "by": OFFICER, "language": "am"}
    for answer in ("not_asked", "no"):
        with pytest.raises(Invalid) as refused:
            counselling.hand_out(session, **typed, edition="full", safe_to_carry=answer)
        assert list(refused.value.problems) == ["safe_to_carry"]
        with pytest.raises(Invalid) as refused:
            counselling.hand_out(session, **typed, form="file", safe_to_carry="yes", phone_private=answer)
        assert list(refused.value.problems) == ["phone_private"]
    assert session.exec(select(Handout)).all() == []
    kept = counselling.hand_out(
        session,
        **typed,
        edition="discreet",
        safe_to_carry="yes",
        corridor="ET-SA",
        version="2026-11-20",
        pages=24,
    )
    assert counselling.handouts(session, client) == [kept]
    assert (kept.edition, kept.form, kept.pages) == (Edition.DISCREET, Form.PAPER, 24)


def test_reading_aloud_and_ten_lines_are_always_possible(session: Session) -> None:
    client = make_client(session).uuid
    for edition, form in ((Edition.SPOKEN, Form.VOICE), (Edition.TEN_LINES, Form.PAPER)):
        counselling.hand_out(session, client=client, on=TODAY, by=OFFICER, edition=edition, form=form)
    with pytest.raises(Invalid, match="does not exist in this form"):
        counselling.hand_out(session, client=client, on=TODAY, by=OFFICER, edition="card", form="voice")
    with pytest.raises(Invalid, match="does not exist in this form"):
        counselling.hand_out(session, client=client, on=TODAY, by=OFFICER, edition="spoken", form="paper")


def test_what_is_offered_and_what_is_refused_agree_for_every_answer() -> None:
    for edition, form, carry, phone in product(Edition, Form, Answer, Answer):
        offered = (edition, form) in counselling.safe_editions(carry, phone)
        assert offered == (not counselling.may_hand_out(edition, form, carry, phone))


def test_a_visit_without_a_name_is_counted_and_holds_nothing_to_be_found_by(centre: Store) -> None:
    with centre.change(by=centre.officer, do="counselling.tally") as session:
        counselling.tally(
            session,
            on=TODAY,
            officer=centre.officer,
            sex="F",
            age_band="18-24",
            kind="potential",
            topics=["contract"],
        )
        with pytest.raises(Invalid, match="There is no field “name”"):
            counselling.tally(session, on=TODAY, officer=centre.officer, name="Hawa")
    with centre.read() as session:
        (counted,) = counselling.tallies(session, TODAY, TODAY)
        assert (counted.sex, counted.age_band, counted.kind) == (Sex.FEMALE, AgeBand.FROM_18, Kind.POTENTIAL)
        assert counselling.tallies(session, date(2026, 12, 1), date(2026, 12, 31)) == []
        assert Tally.subject is None and session.exec(select(Client)).all() == []
    free = {name for name in Tally.model_fields if name in ("note", "text", "phone", "name", "client")}
    assert not free
