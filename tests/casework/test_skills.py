"""Skills, courses and recognition; and the hint at a job below what she can do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app.casework import skills
from mrc_app.casework.skills import Recognition, Skill, Training
from mrc_app.errors import Invalid, MrcError
from tests.make import TODAY, make_client


def test_skills_courses_and_recognition_are_kept(session: Session) -> None:
    client = make_client(session).uuid
    block = skills.keep(
        session, client=client, kind="occupation", isco="7112", title="Block-laying", level="experienced"
    )
    weld = skills.train(session, client=client, kind="tvet", course="Welding", provider="TVET (invented)", hours="480")
    rpl = skills.recognise(session, client=client, isco="7112", occupation="Bricklayer", assessor="Assessor (invented)")
    assert (skills.of_client(session, client), skills.trainings(session, client)) == ([block], [weld])
    assert skills.recognitions(session, client) == [rpl]
    skills.amend(session, weld, changes={"state": "completed", "certified_on": TODAY, "number_last4": "0042"})
    skills.amend(session, rpl, changes={"result": "full", "level": "2", "assessed_on": TODAY, "isco": "7112"})
    assert (weld.hours, weld.number_last4, rpl.result.value) == (480, "0042", "full")
    assert skills.by_uuid(session, Training, weld.uuid) is weld
    with pytest.raises(MrcError):
        skills.by_uuid(session, Recognition, "nobody")
    skills.take_back(session, block)
    assert skills.of_client(session, client) == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "course"),
        ({"course": "Welding", "hours": "0"}, "hours"),
        ({"course": "Welding", "since": date(2027, 1, 2), "until": date(2027, 1, 1)}, "until"),
        ({"course": "Welding", "number_last4": "12345"}, "number_last4"),
    ],
)
def test_a_course_that_cannot_be_is_refused(session: Session, typed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        skills.train(session, client="nobody", **typed)
    assert field in refused.value.problems


def test_a_job_below_what_she_is_qualified_for_is_hinted() -> None:
    nurse, cook = Skill(client="c", isco="2221", title="Nurse"), Skill(client="c", title="Cook")
    pending = Recognition(client="c", isco="2320", occupation="Teacher")
    full = Recognition(client="c", isco="7112", occupation="Bricklayer", result="full")
    held = skills.held_codes([nurse, cook], [pending, full])
    assert held == ["2221", "7112"]
    hint = skills.below_her_skill("9111", held)
    assert hint is not None
    assert "2221 beside 9111" in hint.text()
    assert skills.below_her_skill("2222", held) is None
    assert skills.below_her_skill("", held) is None
    assert skills.below_her_skill("9111", []) is None
