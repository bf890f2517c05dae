"""Cases on the screen: danger first, a case opened, its steps, people, evidence, screening and checklists."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mrc_app.casework import grievance_cases, grievance_checklists, grievance_events, grievance_people, grievances
from mrc_app.casework.grievance_words import Outcome, State
from mrc_app.store import officers
from tests.make import make_client
from tests.ui.acting import click, settle
from ui.pages.grievance import GrievancePage
from ui.pages.grievances import GrievancesPage
from ui.panels.client import ClientPanel
from ui.panels.grievances import GrievancesPanel
from ui.window import Window


def words(widget: QWidget) -> str:
    """Everything a widget says."""
    said = "\n".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())
    return said.translate(dict.fromkeys(range(0x2066, 0x206A)))


def clients_of(desk: Window, *names: str) -> list[tuple[str, str]]:
    store = desk.desk.store
    with store.change(by=store.officer, do="clients.register") as session:
        made = [make_client(session, call_name=name, given=name) for name in names]
        return [(one.uuid, one.number) for one in made]


def a_case(desk: Window, *people: str, **over: Any) -> str:
    store, today = desk.desk.store, desk.desk.today()
    with store.change(by=store.officer, do="grievances.lodge") as session:
        return grievances.lodge(
            session, desk_code="BD1", by=store.officer, on=today, people=people,
            **{"categories": ["E1", "E8"], "step": "destination", "country": "LB", **over},
        ).uuid  # fmt: skip


def opened(desk: Window, qtbot: QtBot, uuid: str) -> GrievancePage:
    desk.show_page("grievance", uuid)
    settle(qtbot, desk)
    assert isinstance(desk.page, GrievancePage)
    return desk.page


def test_a_new_case_asks_for_danger_before_anything_else(desk: Window, qtbot: QtBot) -> None:
    ((almaz, _number),) = clients_of(desk, "Almaz")
    panel = GrievancesPanel(desk.desk)
    qtbot.addWidget(panel)
    panel.show()
    panel.load(almaz)
    settle(qtbot, desk)
    assert "No case yet" in words(panel)
    panel.begin()
    assert panel.danger is not None
    panel.danger.form.fill({"danger": "yes", "safe_to_talk": "no"})
    assert not panel.danger.first_aid.isHidden()
    assert "Do not call the employer" in words(panel.danger.first_aid)
    assert "Stop here" in words(panel.danger)
    click(panel.danger.ok)
    panel.form.fill({"categories": ["E1", "E15"], "note": "she ran away, an illegal"})
    assert not panel.named.isHidden(), "this code is kept for named officers"
    assert "better “left the employer”" in words(panel)
    assert "irregular situation" in words(panel)
    click(panel.ok)
    settle(qtbot, desk)
    assert isinstance(desk.page, GrievancePage)
    assert "in danger" in words(desk.page)
    with desk.desk.store.read() as session:
        (case,) = grievances.of_client(session, almaz)
        assert grievances.named_officers(session, case.uuid) == [desk.desk.store.officer]


def test_a_case_without_an_answer_about_danger_shows_that_question_alone(desk: Window, qtbot: QtBot) -> None:
    ((almaz, _number),) = clients_of(desk, "Almaz")
    page = opened(desk, qtbot, a_case(desk, almaz))
    assert page.danger is not None
    assert all(part.isHidden() for part in page.parts)
    page.danger.form.fill({"danger": "no"})
    click(page.danger.ok)
    settle(qtbot, desk)
    assert not any(part.isHidden() for part in page.parts)
    assert "No danger when asked" in words(page)


def test_steps_people_evidence_hearings_and_marks_are_kept(desk: Window, qtbot: QtBot) -> None:
    people = clients_of(desk, "Koffi", "Yao", "Sekou")
    uuid = a_case(desk, people[0][0], danger="no")
    page = opened(desk, qtbot, uuid)

    page.steps.begin()
    assert page.steps.form is not None
    page.steps.form.fill({"state": "assessed", "note": "five men, one plant"})
    click(page.steps.ok)
    settle(qtbot, desk)
    assert "Assessed" in words(page.steps)

    page.people.begin_add()
    assert page.people.form is not None
    page.people.form.fill({"people": "\n".join(number for _uuid, number in people)})
    click(page.people.ok)
    settle(qtbot, desk)
    assert len(page.people.boxes) == 3
    page.people.tick_all()
    next(iter(page.people.boxes.values())).setChecked(False)
    page.people.begin_outcome()
    assert page.people.form is not None
    page.people.form.fill({"outcome": "settled", "note": "half"})
    click(page.people.ok)
    settle(qtbot, desk)

    page.people.begin_respondent()
    assert page.people.form is not None
    page.people.form.fill({"name": "SOTUHUILE s.a.r.l."})
    click(page.people.ok)
    page.evidence.begin()
    assert page.evidence.form is not None
    page.evidence.form.fill({"what": "Pay slip of May", "seen": "photo"})
    click(page.evidence.ok)
    page.hearings.begin()
    assert page.hearings.form is not None
    page.hearings.form.fill({"forum": "Labour inspectorate", "on": date(2020, 1, 6)})
    click(page.hearings.ok)
    settle(qtbot, desk)
    with desk.desk.store.read() as session:
        (hearing,) = grievance_cases.hearings(session, uuid)
    page.hearings.begin_result(hearing.uuid)
    assert page.hearings.form is not None
    page.hearings.form.fill({"held": "held", "result": "no offer"})
    click(page.hearings.ok)
    page.checklists.turn("case-detention")
    page.checklists.mark("case-detention", "lawyer", "done")
    settle(qtbot, desk)
    page.about.begin()
    assert page.about.form is not None
    page.about.form.fill({"title": "Wages, Sfax"})
    click(page.about.ok)
    settle(qtbot, desk)
    assert page.head.title.text() == "Wages, Sfax"
    assert "no offer" in words(page.hearings)
    with desk.desk.store.read() as session:
        assert grievance_events.state_of(session, uuid) is State.ASSESSED
        told = [one for one, _ in grievances.complainants(session, uuid)]
        assert grievance_people.tally(told) == {Outcome.OPEN: 1, Outcome.SETTLED: 2}
        assert grievances.respondents(session, uuid)[0].name == "SOTUHUILE s.a.r.l."
        assert [one.mark.value for one in grievance_checklists.marks(session, uuid)] == ["done"]


def test_story_3_five_of_eleven_with_her_words_and_no_finding(desk: Window, qtbot: QtBot) -> None:
    ((almaz, _number),) = clients_of(desk, "Almaz")
    page = opened(desk, qtbot, a_case(desk, almaz, danger="no"))
    page.screening.begin()
    click(page.screening.ok)
    settle(qtbot, desk)
    form = page.screening.form
    assert form is not None
    form.fill({"wages_answer": "yes"})
    click(page.screening.ok)
    assert "own words" in form.trouble("wages")
    for name in ("wages", "papers", "movement", "isolation", "threats"):
        form.fill({f"{name}_answer": "yes", name: f"what she said of {name}"})
    form.fill({"debt_answer": "no"})
    click(page.screening.ok)
    settle(qtbot, desk)
    said = words(page.screening)
    assert "5 of 11 indicators" in said
    assert "This is a screening, not a legal finding." in said
    assert "what she said of isolation" in said


def test_the_list_opens_a_case_and_keeps_ended_ones_apart(desk: Window, qtbot: QtBot) -> None:
    ((almaz, _number),) = clients_of(desk, "Almaz")
    uuid = a_case(desk, almaz, title="Wages, Beirut", danger="yes")
    desk.show_page("grievances")
    settle(qtbot, desk)
    page = desk.page
    assert isinstance(page, GrievancesPage)
    assert page.list.people.rowCount() == 1
    click(page.tabs[True])
    settle(qtbot, desk)
    assert page.list.people.rowCount() == 0
    click(page.tabs[False])
    settle(qtbot, desk)
    page._open(page.list.people.index(0))
    settle(qtbot, desk)
    assert desk.page.id == uuid


def test_a_case_is_kept_for_two_named_officers(desk: Window, qtbot: QtBot) -> None:
    ((almaz, _number),) = clients_of(desk, "Almaz")
    store = desk.desk.store
    with store.change(by=store.officer, do="officers.add") as session:
        abebe = officers.add(session, name="Abebe", login="abebe").uuid
    page = opened(desk, qtbot, a_case(desk, almaz, danger="no"))
    page.about.begin_named()
    click(page.about.ok)
    assert page.about.form is not None
    assert "two officers" in page.about.form.trouble("officers")
    page.about.form.fill({"officers": [store.officer, abebe]})
    click(page.about.ok)
    settle(qtbot, desk)
    assert "Nobody else sees this case" in words(page)


@pytest.mark.skipif("MRC_PICTURES" not in os.environ, reason="pictures are looked at by a person")
@pytest.mark.parametrize("code", ["en", "ar"])
def test_pictures(desk: Window, qtbot: QtBot, code: str) -> None:
    people = clients_of(desk, "Koffi", "Yao", "Sekou", "Mamadou", "Ibrahima")
    uuid = a_case(desk, *(one for one, _ in people), title="Wages, Sfax", danger="no", note="24 days at 18.750")
    first = a_case(desk, people[0][0])
    desk.desk.settings.language = code
    desk.dress()
    settle(qtbot, desk)
    page = opened(desk, qtbot, uuid)
    page.steps.begin()
    assert page.steps.form is not None
    page.steps.form.fill({"state": "assessed"})
    click(page.steps.ok)
    settle(qtbot, desk)
    page.screening.begin()
    click(page.screening.ok)
    page.checklists.turn("case-death")
    desk.resize(1280, 2600)
    settle(qtbot, desk)
    folder = os.environ["MRC_PICTURES"]
    desk.grab().save(f"{folder}/case-{code}.png")
    desk.resize(1280, 800)
    screen = opened(desk, qtbot, first)
    assert screen.danger is not None
    screen.danger.form.fill({"danger": "yes", "safe_to_talk": "no"})
    settle(qtbot, desk)
    QApplication.processEvents()
    desk.grab().save(f"{folder}/danger-{code}.png")
    desk.show_page("grievances")
    settle(qtbot, desk)
    desk.grab().save(f"{folder}/cases-{code}.png")
    desk.show_page("clients", people[0][0])
    settle(qtbot, desk)
    panel: ClientPanel | None = desk.page.findChild(ClientPanel)
    assert panel is not None
    panel.turn("grievances")
    settle(qtbot, desk)
    desk.grab().save(f"{folder}/client-{code}.png")
