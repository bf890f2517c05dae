"""What workers say of a recruiter: each person once, and nothing shown below five."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app.casework import duplicates, recruiter_reviews, recruiters
from mrc_app.casework.recruiter_reviews import Said, summary
from mrc_app.casework.recruiter_words import Question, Rating
from mrc_app.casework.recruiters import Recruiter
from mrc_app.errors import Invalid, NotAllowed
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import OFFICER, TODAY, make_client, make_store


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = make_store(tmp_path_factory.mktemp("reviews"))
    yield made
    made.close()


@pytest.fixture
def session(shared: Store) -> Iterator[Session]:
    with shared.change(by=shared.officer, do="test") as opened:
        yield opened


def agency(session: Session, name: str) -> Recruiter:
    return recruiters.add(session, by=OFFICER, on=TODAY, kind="agency", name=name, country="NP")


def review(session: Session, recruiter: Recruiter, client: str = "", **over: Any) -> Any:
    typed = {"fees": "1", "may_share": "yes", "on": TODAY, "by": OFFICER, **over}
    who = client or make_client(session).uuid
    return recruiter_reviews.note(session, client=who, recruiter=recruiter.uuid, **typed)


def said(person: str, rating: str | None, on: date = TODAY, order: int = 1) -> Said:
    return Said(person, on, order, dict.fromkeys(Question, Rating(rating) if rating else None), True)


def test_the_form_asks_the_eight_questions_in_the_words_of_the_catalogue() -> None:
    version, asked = recruiter_reviews.form()
    assert version == "1"
    assert [(one.id, one.ask) for one in asked] == [(one, one.label) for one in Question]
    assert all(one.theme for one in asked)


def test_below_five_people_only_their_number_is_said() -> None:
    four = [said(name, "5") for name in "abcd"]
    assert (summary(four).people, summary(four).enough, summary(four).questions) == (4, False, {})
    again = [*four, said("a", "1", TODAY - timedelta(days=9)), said("a", "1", order=0)]
    assert summary(again).people == 4
    assert summary([*four, said("e", "2")]).questions[Question.FEES] == (Decimal("4.4"), 5, 0)


def test_her_latest_answers_count_and_a_mean_rounds_half_up() -> None:
    told = [said(name, "4") for name in "abc"] + [said("d", "5"), said("d", "1", TODAY - timedelta(days=400))]
    told += [said("e", "4"), said("f", "na"), said("g", None)]
    mean = summary(told).questions[Question.PAID]
    assert mean == (Decimal("4.2"), 5, 1)
    twenty = [said(str(n), "4") for n in range(19)] + [said("x", "5")]
    assert summary(twenty).questions[Question.PAID].mean == Decimal("4.1")


def test_a_question_that_fewer_than_five_answered_has_no_mean() -> None:
    told = [said(name, "4") for name in "abcd"] + [said("e", "na"), said("f", None)]
    assert summary(told).questions[Question.HELP] == (None, 4, 1)


def test_answers_are_kept_checked_and_taken_back(session: Session) -> None:
    shine, client = agency(session, "Himal Shine"), make_client(session)
    for typed, field in (
        ({"fees": ""}, "fees"),
        ({"fees": "6"}, "fees"),
        ({"may_share": "perhaps"}, "may_share"),
        ({"stars": "5"}, "stars"),
    ):
        with pytest.raises(Invalid) as told:
            review(session, shine, client.uuid, **typed)
        assert field in told.value.problems
    made = review(session, shine, client.uuid, paid="na", comment="They were kind.")
    assert recruiter_reviews.of_client(session, client.uuid) == [made]
    assert recruiter_reviews.summary_of(session, shine.uuid).people == 1
    recruiter_reviews.take_back(session, made)
    assert recruiter_reviews.of_client(session, client.uuid) == []
    assert recruiter_reviews.summary_of(session, shine.uuid).people == 0


def test_two_records_of_one_person_are_one_answer(session: Session) -> None:
    shine = agency(session, "Twice")
    people = [make_client(session) for _ in range(5)]
    for one in people:
        review(session, shine, one.uuid)
    assert recruiter_reviews.summary_of(session, shine.uuid).people == 5
    duplicates.merge(session, one=people[0], other=people[1], by=OFFICER, on=TODAY)
    assert recruiter_reviews.summary_of(session, shine.uuid).people == 4


def test_only_five_who_agreed_leave_and_a_recruiter_off_the_register_does_not(session: Session) -> None:
    known = {one.uuid for one, _told in recruiter_reviews.to_share(session)}
    five, four, gone = (agency(session, name) for name in ("B Five", "A Four", "C Gone"))
    for recruiter in (five, four, gone):
        for number in range(5):
            share = "no" if recruiter is four and not number else "yes"
            review(session, recruiter, may_share=share, comment="her own words")
    recruiters.remove(session, gone)
    found = [pair for pair in recruiter_reviews.to_share(session) if pair[0].uuid not in known]
    assert [one.name for one, _told in found] == ["B Five"]
    assert recruiter_reviews.summary_of(session, four.uuid).enough


def test_a_data_officer_counts_answers_but_reads_no_review(session: Session) -> None:
    shine = agency(session, "Counted")
    client = make_client(session)
    review(session, shine, client.uuid)
    session.info["role"] = Role.DATA_OFFICER
    assert recruiter_reviews.summary_of(session, shine.uuid).people == 1
    recruiter_reviews.to_share(session)
    with pytest.raises(NotAllowed):
        recruiter_reviews.of_client(session, client.uuid)
    session.info["role"] = Role.SUPERVISOR
