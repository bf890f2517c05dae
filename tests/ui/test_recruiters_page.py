"""Recruiters and job orders on the screen: found, entered, reviewed by keyboard, matched with a client."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from mrc_app.casework import job_orders, recruiter_events, recruiter_reviews, recruiters
from mrc_app.casework.client_words import Answer
from mrc_app.casework.recruiter_words import Question, Rating
from mrc_app.casework.recruiters import Recruiter
from mrc_app.money import Money
from mrc_app.store.centre import Store
from tests.make import OFFICER, TODAY, make_client, make_journey
from tests.ui.acting import click, press, settle, typed
from ui.window import Window


def shown(page: Any) -> str:
    marks = dict.fromkeys(map(ord, "\u2066\u2068\u2069\u00a0"), None) | {0xA0: " "}
    return "\n".join(part.text() for part in page.findChildren(QLabel) if part.isVisible()).translate(marks)


def add(session: Session, name: str, **over: Any) -> Recruiter:
    typed = {"kind": "agency", "name": name, "country": "ET", **over}
    return recruiters.add(session, by=OFFICER, on=TODAY, **typed)


@pytest.fixture
def shine(store: Store) -> str:
    """An agency with a licence that ran out, a complaint, a job order, and a client who wants to go there."""
    with store.change(by=store.officer, do="test") as session:
        made = add(session, "Himal Shine", aliases=["النور"], licence_number="12", licence_valid_to="2026-01-01")
        recruiter_events.note_event(
            session, recruiter=made.uuid, kind="complaint", on=TODAY, outcome="fee", by=OFFICER, today=TODAY
        )
        client = make_client(session, call_name="Ramesh", given="Ramesh")
        make_journey(session, client, destination="QA", isco="7112")
        job_orders.add(
            session, recruiter=made.uuid, by=OFFICER, on=TODAY, title="mason", country="QA", isco="7112",
            wage=Money.of("1600", "QAR"), wage_per="month",
        )  # fmt: skip
    return made.uuid


@pytest.mark.long
def test_a_recruiter_is_entered_found_by_an_alias_and_changed(desk: Window, store: Store, qtbot: QtBot) -> None:
    desk.show_page("recruiters")
    settle(qtbot, desk)
    page: Any = desk.page
    click(page.new)
    place = page.view.place
    click(place.ok)
    assert place.form.trouble("name") == "Write the name it goes by."
    typed(place.form["name"].controls()[0], "Al-Nur Manpower")
    place.form["aliases"].set_value(["النور للتوظيف"])
    click(place.ok)
    settle(qtbot, desk)
    assert "Al-Nur Manpower" in shown(page.view) and "Licence not known" in shown(page.view)
    page.sought.setText("النور")
    qtbot.waitUntil(lambda: not page._timer.isActive())
    settle(qtbot, desk)
    assert page.people.people.rowCount() == 1
    press(page.sought, Qt.Key.Key_Down)
    settle(qtbot, desk)
    click(page.view.change)
    place.form["phone"].set_value("+251 911 000000")
    click(place.ok)
    settle(qtbot, desk)
    with store.read() as session:
        (found, _key) = recruiters.register(session)[0]
        assert (found.phone, found.aliases, found.country) == ("+251 911 000000", ("النور للتوظيف",), "ET")


def test_the_page_says_licence_history_reviews_and_jobs(desk: Window, store: Store, shine: str, qtbot: QtBot) -> None:
    desk.show_page("recruiters", shine)
    settle(qtbot, desk)
    page: Any = desk.page
    text = shown(page.view)
    for part in (
        "Licence expired", "1 case since 2026, 0 settled", "Not enough answers yet: 0 of 5.", "mason",
        "The licence of Himal Shine ended on",
    ):  # fmt: skip
        assert part in text, part
    click(page.view.note)
    page.view.place.form["outcome"].set_value("warned by the ministry")
    page.view.place.form["kind"].set_value("sanction")
    click(page.view.place.ok)
    settle(qtbot, desk)
    assert "warned by the ministry" in shown(page.view)
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_a_review_is_typed_with_eight_digits(desk: Window, store: Store, shine: str, qtbot: QtBot) -> None:
    with store.change(by=store.officer, do="test") as session:
        client = make_client(session)
    desk.show_page("recruiters", shine)
    settle(qtbot, desk)
    page: Any = desk.page
    click(page.view.review)
    form = page.view.place.form
    typed(form["number"].controls()[0], client.number)
    form["fees"].setFocus()
    for digit in "12345054":
        press(desk.focusWidget(), getattr(Qt.Key, f"Key_{digit}"))
    form["may_share"].set_value("yes")
    click(page.view.place.ok)
    settle(qtbot, desk)
    assert "Not enough answers yet: 1 of 5." in shown(page.view)
    with store.read() as session:
        (said,) = recruiter_reviews.of_client(session, client.uuid)
        given = [getattr(said, question.value) for question in Question]
        assert given == [Rating(one) for one in ("1", "2", "3", "4", "5", "na", "5", "4")]
        assert said.may_share is Answer.YES


def test_job_orders_are_listed_and_matched_with_a_client(desk: Window, store: Store, shine: str, qtbot: QtBot) -> None:
    desk.show_page("recruiters", shine)
    settle(qtbot, desk)
    page: Any = desk.page
    click(page.view.order)
    page.view.place.form["title"].set_value("cook")
    page.view.place.form["country"].set_value("KW")
    click(page.view.place.ok)
    settle(qtbot, desk)
    assert "cook" in shown(page.view)
    desk.show_page("job_orders")
    settle(qtbot, desk)
    page = desk.page
    assert "mason" in shown(page) and "cook" in shown(page)
    click(page.look)
    assert page.form.trouble("number") or page.form.banner.isVisible()
    with store.read() as session:
        ramesh = next(one for one in _clients(session) if one.given == "Ramesh")
    typed(page.number.controls()[0], ramesh.number)
    press(page.number.controls()[0])
    settle(qtbot, desk)
    text = shown(page)
    assert "The same work (ISCO 7112)." in text and "cook" not in text
    assert "The licence of Himal Shine ended on" in text


def _clients(session: Session) -> list[Any]:
    from sqlmodel import select

    from mrc_app.casework.clients import Client

    return list(session.exec(select(Client)))


@pytest.mark.long
def test_a_recruiter_is_linked_with_a_client_and_stands_on_her_journey(
    desk: Window, store: Store, shine: str, qtbot: QtBot
) -> None:
    with store.read() as session:
        ramesh = next(one for one in _clients(session) if one.given == "Ramesh")
    desk.show_page("recruiters", shine)
    settle(qtbot, desk)
    page: Any = desk.page
    click(page.view.link)
    typed(page.view.place.form["number"].controls()[0], ramesh.number)
    kept = page.kept()
    page.view.place.close_form()
    page.restore(kept)
    assert page.view.place.form["number"].value() == ramesh.number
    click(page.view.place.ok)
    settle(qtbot, desk)
    desk.show_page("clients", ramesh.uuid)
    desk.page.panel.turn("journey")  # type: ignore[attr-defined]
    settle(qtbot, desk)
    text = shown(desk.page)
    assert "Agency at home" in text and "Licence expired" in text
    fitting = next(one for one in desk.page.findChildren(QPushButton) if one.text() == "Jobs that fit")
    click(fitting)
    settle(qtbot, desk)
    assert desk.at == "job_orders" and "The same work (ISCO 7112)." in shown(desk.page)
