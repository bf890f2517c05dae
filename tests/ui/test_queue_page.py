"""The queue of a clinic day: tickets, the four-minute form, what is finished later, and the words for outside."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mrc_app.casework import agenda, clients, consents, counselling, grievances, queues
from mrc_app.i18n import FSI, PDI
from mrc_app.store import officers
from mrc_app.store.centre import Store
from tests.make import make_client
from tests.ui.acting import settle, typed
from ui.pages.queue_evening import Evening, Figures
from ui.window import Window


def page_of(desk: Window, qtbot: QtBot) -> Any:
    desk.show_page("queue")
    settle(qtbot, desk)
    return desk.page


def plain(text: str) -> str:
    return text.replace(FSI, "").replace(PDI, "")


def words_of(page: Any) -> str:
    return "\n".join(part.text() for part in page.findChildren(QLabel) if part.isVisibleTo(page))


def test_from_the_ticket_to_the_record_in_one_form(desk: Window, store: Store, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    typed(page.door["name"].controls()[0], "Liza")
    page.door.fill({"nationality": "PH", "language": "fil"})
    page.join()
    page.join()
    QTest.keyClick(page.door["name"].controls()[0], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, desk)
    assert "Ticket 1" in plain(page.who.text())
    today = desk.desk.today()
    page.mini.form.fill({"record": "given", "phone": "0911234567", "topics": ["fees"], "follow_up_on": today})
    page.save()
    assert page.mini.form.trouble("may_call"), "a phone is kept only with the question whether it is safe"
    page.mini.form.fill({"may_call": "yes", "statistics": "given", "result": "dismissed on 10 November"})
    page.save()
    settle(qtbot, desk)
    with store.read() as session:
        (contact,) = counselling.on_day(session, today)
        client = clients.by_uuid(session, contact.client)
        assert (client.call_name, client.nationality, client.language) == ("Liza", "PH", "fil")
        assert consents.allows(session, client.uuid, consents.Purpose.RECORD, today=today)
        assert (contact.result, contact.mode, len(contact.topics)) == ("dismissed on 10 November", "outreach", 1)
        assert agenda.for_client(session, client.uuid, today)[0].task.kind == "call"
    assert "Liza" not in str(store.draft("queue_day", shared=True))
    assert page.evening.people.accessibleName().endswith("1")
    assert page.now() is None


def test_who_wants_no_record_is_counted_and_nothing_about_her_is_kept(desk: Window, store: Store, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    page.door.fill({"name": "Siti"})
    page.join()
    page.next()
    page.mini.form.fill({"call_name": "Siti", "record": "refused", "topics": ["fees"]})
    page.keep_draft()
    assert "Siti" not in str(store.draft("queue_day", shared=True))
    page.save()
    settle(qtbot, desk)
    today = desk.desk.today()
    with store.read() as session:
        assert len(counselling.tallies(session, today, today)) == 1
        assert counselling.on_day(session, today) == []


def test_a_form_is_finished_later_and_stands_in_the_list_and_on_today(desk: Window, store: Store, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    page.join()
    page.next()
    page.mini.form.fill({"call_name": "Maria", "result": "no rest days"})
    page.finish_later()
    assert page.now() is None
    page = page_of(desk, qtbot)
    assert "Maria" in words_of(page)
    assert store.draft("queue:open") is not None
    page.take(page.queue[0].key)
    assert page.mini.form["result"].value() == "no rest days"
    page.mini.form.fill({"record": "given"})
    page.save()
    assert store.draft("queue:open") is None


def test_who_went_away_can_be_put_back_without_losing_who_came_since(desk: Window, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    page.door.fill({"name": "Siti"})
    page.join()
    place = page.queue[0]
    page.went(place.key)
    page.join()
    page._put_back(place)
    assert [(one.ticket, one.name, one.stand.value) for one in page.queue] == [
        (1, "Siti", "waiting"),
        (2, "", "waiting"),
    ]


def test_small_numbers_do_not_leave_with_the_copied_text(desk: Window, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    figures = Figures(31, {"PH": 22, "ID": 7, "NP": 2}, {"PH": 5, "ID": 2})
    page.evening.tell(Evening(figures, figures))
    assert "Nepal 2" in plain(page.evening.inside.text())
    page.evening.copy_for_outside()
    text = QApplication.clipboard().text()
    assert "Philippines 22, other 9" in text
    assert "Nepal" not in text
    assert "Indonesia" not in text


def test_the_form_speaks_the_language_of_who_sits_there_and_the_screens_again_afterwards(
    desk: Window, qtbot: QtBot
) -> None:
    page = page_of(desk, qtbot)
    page.door.fill({"name": "Samira", "language": "ar"})
    page.join()
    page.door.fill({"name": "Liza", "language": "fil"})
    page.join()
    page.next()
    danger = page.mini.form._rows["danger"].label.text()
    assert danger != "Is she in danger now?"
    assert page.mini.form.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert page.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert page.wait.text() == "Finish later", "what the officer presses stays in the screen's language"
    page.mini.form.fill({"result": "no wage"})
    page.mini.turn.click()
    settle(qtbot, desk)
    assert page.mini.form._rows["danger"].label.text() == "Is she in danger now?"
    assert page.mini.form["result"].value() == "no wage"
    page.mini.turn.click()
    settle(qtbot, desk)
    assert page.mini.form._rows["danger"].label.text() == danger
    page.next()
    assert page.mini.form._rows["danger"].label.text() == "Is she in danger now?"
    assert "Filipino" in plain(page.mini.note.text()), "no words of the screen in her language: it says so"
    page.mini.form["language"].set_value("ar")
    settle(qtbot, desk)
    assert page.mini.form._rows["danger"].label.text() == danger
    assert page.mini.form["language"].value() == "ar"
    page.finish_later()
    settle(qtbot, desk)
    assert page.mini.form._rows["danger"].label.text() == "Is she in danger now?"
    assert page.mini.form["language"].value() is None


def test_every_officer_of_the_file_sees_the_queue_and_who_called_whom(desk: Window, store: Store, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    for name in ("Siti", "Maria"):
        page.door.fill({"name": name})
        page.join()
    with store.change(by=store.officer, do="test") as session:
        other = officers.add(session, login="hiwot", name="Hiwot")
    kept = queues.from_data(store.draft("queue_day", shared=True) or {})
    taken = queues.take(kept, kept[0].key, other.uuid)
    store.draft_save("queue_day", queues.as_data(taken), shared=True)
    page.take(kept[0].key)
    assert page.now() is None, "a ticket is called by one officer only"
    settle(qtbot, desk)
    assert "Hiwot" in words_of(page) and "Siti" in words_of(page)
    page.next()
    assert page.now().name == "Maria"
    assert queues.at_table(page.queue, other.uuid).name == "Siti"


def test_the_sunday_clinic_ends_with_31_people_31_contacts_and_7_new_cases(
    desk: Window, store: Store, qtbot: QtBot
) -> None:
    today = desk.desk.today()
    with store.change(by=store.officer, do="test") as session:
        for number, nation in enumerate(["PH"] * 22 + ["ID"] * 7 + ["NP"] * 2):
            her = make_client(session, call_name=f"Guest {number}", nationality=nation, on=today, by=store.officer)
            counselling.record(session, client=her.uuid, on=today, officer=store.officer, mode="outreach")
            if number in (0, 1, 2, 3, 4, 22, 23):
                grievances.lodge(
                    session, desk_code="PLU", by=store.officer, on=today, people=[her.uuid], categories=["E1"],
                    step="destination", country="HK",
                )  # fmt: skip
    page = page_of(desk, qtbot)
    told = page.evening._evening.all
    assert (sum(told.people.values()), told.contacts, sum(told.cases.values())) == (31, 31, 7)
    assert told.cases == {"PH": 5, "ID": 2}
    outside = plain(page.evening.outside_text())
    assert "People met: 31" in outside and "Contacts: 31" in outside and "New cases: 7" in outside
    assert "Philippines 22, other 9" in outside and "New cases by nationality: other 7" in outside
    assert "Nepal" not in outside and "Indonesia" not in outside
