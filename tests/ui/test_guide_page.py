"""The guide page: her answers decide what may leave; pages are drawn from memory; what leaves is written down."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mrc_app.casework import centres, clients, counselling, journeys
from mrc_app.store.centre import Store
from tests.make import make_client, make_journey
from tests.ui.acting import click, press, settle, typed
from ui.pages import guide_choice as choosing
from ui.pages.guide_choice import What
from ui.panels.journey_asked import TextsField
from ui.panels.preview import print_pages
from ui.window import Window


@pytest.fixture
def tigist(store: Store) -> str:
    """A client with a planned journey to Saudi Arabia."""
    with store.change(by=store.officer, do="clients.register") as session:
        client = make_client(session, call_name="Tigist", language="am")
        make_journey(session, client, sector="domestic")
        return client.uuid


def made(desk: Window, client: str, qtbot: QtBot, what: What = What.CARD) -> Any:
    """The guide page with something small on it, made."""
    desk.show_page("guide", client)
    page: Any = desk.page
    page.options.choose(what)
    qtbot.waitUntil(lambda: page.made is not None and page.choice.what is what, timeout=60_000)
    settle(qtbot, desk)
    return page


def given(store: Store, client: str) -> list[tuple[str, str, str, str]]:
    with store.read() as session:
        found = counselling.handouts(session, client)
    return [(str(one.edition), str(one.form), str(one.safe_to_carry), str(one.phone_private)) for one in found]


def test_nothing_leaves_before_she_was_asked(desk: Window, store: Store, tigist: str, qtbot: QtBot) -> None:
    page = made(desk, tigist, qtbot)
    click(page.giving.print)
    assert "Ask first whether it is safe" in page.giving.trouble.words.text()
    assert given(store, tigist) == []


def test_a_file_goes_only_to_a_phone_that_is_hers_alone(
    desk: Window, store: Store, tigist: str, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made(desk, tigist, qtbot, What.DISCREET)
    click(page.carry.controls()[0])
    settle(qtbot, desk)
    click(page.giving.save)
    click(page.giving.where.controls()[1])
    assert "hers alone" in page.giving.trouble.words.text()
    assert given(store, tigist) == []
    monkeypatch.setattr(page.giving, "choose_file", lambda name: str(tmp_path / name))
    click(page.giving.where.controls()[0])
    settle(qtbot, desk)
    assert given(store, tigist) == [("discreet", "file", "yes", "yes")]
    saved = list(tmp_path.glob("*.pdf"))
    assert [path.name for path in saved] == ["notes-am-a6.pdf"]
    assert saved[0].read_bytes() == page.made.pdf


def test_no_on_paper_leaves_only_the_voice_and_the_hand(desk: Window, store: Store, tigist: str, qtbot: QtBot) -> None:
    page = made(desk, tigist, qtbot, What.HAND)
    click(page.carry.controls()[2])
    offered = [what for what, part in zip(What, page.options.form["what"].controls(), strict=True) if part.isVisible()]
    assert offered == [What.ALOUD, What.HAND]
    qtbot.waitUntil(lambda: isinstance(page.made, str), timeout=30_000)
    assert "፩" in page.words.toPlainText() or "1." in page.words.toPlainText()
    settle(qtbot, desk)
    click(page.giving.copied)
    assert given(store, tigist) == [("ten_lines", "paper", "no", "not_asked")]


def test_a_missing_thing_is_filled_in_where_it_is_named(desk: Window, store: Store, tigist: str, qtbot: QtBot) -> None:
    page = made(desk, tigist, qtbot)
    before = page.ready.title.text()
    page.ready.open("employer")
    typed(page.ready.form["employer"].controls()[0], "Al Noor")
    click(page.ready.ok)
    qtbot.waitUntil(lambda: page.ready.title.text() != before, timeout=60_000)
    with store.read() as session:
        journey = journeys.current(session, tigist)
        assert journey is not None and journey.employer == "Al Noor"


def test_pages_are_drawn_and_printed_without_a_file_being_left(
    desk: Window, tigist: str, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    page = made(desk, tigist, qtbot)
    pages = page.preview.pages
    picture = pages.draw(0, 1.0)
    assert isinstance(picture, QImage) and not picture.isNull()
    assert len({picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)}) > 1
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "print.pdf"))
    steps: list[int] = []
    print_pages(pages, printer, lambda at, _all: steps.append(at))
    assert steps == list(range(len(pages) + 1))
    assert (tmp_path / "print.pdf").stat().st_size > 1000


@pytest.mark.long
def test_pages_turn_by_keyboard_and_mirror_where_lines_do(desk: Window, tigist: str, qtbot: QtBot) -> None:
    page = made(desk, tigist, qtbot, What.TEN)
    press(page.preview, Qt.Key.Key_End)
    assert page.preview.at == len(page.preview.pages) - 1
    press(page.preview, Qt.Key.Key_Home)
    assert page.preview.at == 0
    page.preview.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    press(page.preview, Qt.Key.Key_Left)
    assert page.preview.at == 1


def test_a_full_disk_is_said_in_one_sentence_and_leaves_no_half_file(
    desk: Window, tigist: str, qtbot: QtBot, tmp_path: Path
) -> None:
    page = made(desk, tigist, qtbot)
    assert page.giving.save_to(str(tmp_path / "missing" / "x.pdf"), b"%PDF") is False
    assert "Choose another folder" in page.giving.trouble.words.text()
    assert list(tmp_path.glob("*.part")) == []


def test_the_general_guide_asks_for_two_countries_and_nobody_s_answer(desk: Window, qtbot: QtBot) -> None:
    desk.show_page("guide")
    page: Any = desk.page
    settle(qtbot, desk)
    assert not page.safety.isVisible()
    page.options.choose(What.TEN)
    page.countries["destination"].set_value("JO")
    qtbot.waitUntil(lambda: page.made is not None and page.choice.corridor == "ET-JO", timeout=60_000)
    settle(qtbot, desk)
    assert page.made.pages >= 2


@pytest.mark.long
def test_a_client_without_a_journey_still_gets_a_guide(desk: Window, store: Store, qtbot: QtBot) -> None:
    with store.change(by=store.officer, do="clients.register") as session:
        uuid = make_client(session, call_name="Moussa", language="fr").uuid
        assert clients.by_uuid(session, uuid)
    desk.show_page("guide", uuid)
    page: Any = desk.page
    assert page.route.isVisible()
    page.options.choose(What.CARD)
    page.countries["destination"].set_value("MR")
    qtbot.waitUntil(lambda: page.made is not None and page.choice.corridor == "ET-MR", timeout=60_000)


@pytest.mark.long
def test_what_is_known_of_a_job_begins_the_journey_it_belongs_to(desk: Window, store: Store, qtbot: QtBot) -> None:
    with store.change(by=store.officer, do="clients.register") as session:
        client = make_client(session, call_name="Hawa", language="am").uuid
    desk.show_page("guide", client)
    page: Any = desk.page
    page.options.choose(What.CARD)
    page.countries.fill({"origin": "ET", "destination": "JO"})
    page.countries.changed.emit()
    qtbot.waitUntil(lambda: page.made is not None and page.choice.corridor == "ET-JO", timeout=60_000)
    settle(qtbot, desk)
    page.ready.open("employer")
    typed(page.ready.form["employer"].controls()[0], "Al Noor")
    click(page.ready.ok)
    settle(qtbot, desk)
    with store.read() as session:
        journey = journeys.current(session, client)
        assert journey is not None
        assert (journey.employer, journey.corridor) == ("Al Noor", "ET-JO")


@pytest.mark.long
def test_the_route_itself_can_be_said_where_it_is_missing(desk: Window, store: Store, qtbot: QtBot) -> None:
    with store.change(by=store.officer, do="clients.register") as session:
        client = make_client(session, call_name="Hawa", language="am").uuid
    desk.show_page("guide", client)
    page: Any = desk.page
    page.options.choose(What.CARD)
    page.countries.fill({"origin": "ET", "destination": "SA"})
    page.countries.changed.emit()
    qtbot.waitUntil(lambda: page.made is not None and page.choice.corridor == "ET-SA", timeout=60_000)
    page.ready.open("destination")
    assert page.ready.form.values() == {"destination": "SA", "origin": "ET"}
    click(page.ready.ok)
    settle(qtbot, desk)
    with store.read() as session:
        journey = journeys.current(session, client)
        assert journey is not None and journey.corridor == "ET-SA"


def test_the_job_page_of_somebody_under_18_waits_for_the_check(desk: Window, store: Store, qtbot: QtBot) -> None:
    with store.change(by=store.officer, do="clients.register") as session:
        child = make_client(session, call_name="Lemlem", language="en", birth={"date": "2012-03-01"}).uuid
        grown = make_client(session, call_name="Almaz", language="en", birth={"date": "1990-03-01"}).uuid
        make_journey(session, clients.by_uuid(session, child))
    desk.show_page("guide", grown)
    page: Any = desk.page
    assert not page.options.form["child_checked"].isVisible()
    desk.show_page("guide", child)
    asked = page.options.form["child_checked"]
    assert asked.isVisible()
    before = choosing.request(store, page.options.choice(child, "ET-SA"), desk.desk.today())
    click(asked.controls()[0])
    after = choosing.request(store, page.options.choice(child, "ET-SA"), desk.desk.today())
    assert before.person and before.person.no_job_page
    assert after.person and not after.person.no_job_page


@pytest.mark.long
def test_more_pages_are_asked_for_and_a_discreet_book_never_has_them_all(
    desk: Window, store: Store, tigist: str, qtbot: QtBot
) -> None:
    desk.show_page("guide", tigist)
    page: Any = desk.page
    page.options.choose(What.FULL)
    form = page.options.form
    click(form["if_you_go"].controls()[0])
    click(form["sentences"].controls()[0])
    asked = choosing.request(store, page.options.choice(tigist, "ET-SA"), desk.desk.today())
    assert asked.if_you_go and asked.sentences
    page.options.choose(What.DISCREET)
    assert not form["if_you_go"].isVisible() and form["sentences"].isVisible()


def test_short_words_are_parted_at_the_commas_of_every_script(qtbot: QtBot) -> None:
    field = TextsField()
    qtbot.addWidget(field)
    field.set_value(["IOM፣ ILO، GIZ、 EU, UN"])
    assert field.value() == ["IOM", "ILO", "GIZ", "EU", "UN"]


def test_a_returnee_is_offered_the_return_guide_and_it_is_written_down_as_such(
    desk: Window, store: Store, qtbot: QtBot
) -> None:
    with store.change(by=store.officer, do="clients.register") as session:
        dawit = make_client(session, call_name="Dawit", language="en", sex="M", kind="returnee").uuid
    desk.show_page("guide", dawit)
    page: Any = desk.page
    assert page.options.book() is choosing.Book.RETURN
    page.countries.fill({"origin": "ET", "destination": "SA"})
    page.carry.set_value("yes")
    page.options.choose(What.TEN)
    qtbot.waitUntil(lambda: page.made is not None and page.choice.what is What.TEN, timeout=60_000)
    assert page.choice.book is choosing.Book.RETURN and page.choice.carry is True and page.made.pages == 2
    assert not page.options.form["what"].controls()[list(What).index(What.CARD)].isVisibleTo(page)
    page.options.choose(What.ALOUD)
    qtbot.waitUntil(lambda: isinstance(page.made, str), timeout=60_000)
    page.hand_out("aloud")
    with store.read() as session:
        kept = counselling.handouts(session, dawit)
    assert [str(one.what) for one in kept] == ["return_guide"]
    page.options.form.fill({"book": "departure"})
    page.options._told()
    assert page.options.choice(dawit, "ET-SA").book is choosing.Book.DEPARTURE


def test_the_services_she_names_are_compared_on_the_money_page(
    desk: Window, store: Store, tigist: str, qtbot: QtBot
) -> None:
    desk.show_page("guide", tigist)
    page: Any = desk.page
    part = page.options.transfers
    click(page.options.transfers_button)
    click(part.add)
    assert part.form.trouble("service") == part.form.trouble("rate") == "Fill this in."
    for name, fee, rate in (("Awash", "15", "38"), ("Nile", "40", "38.5")):
        part.form["service"].set_value(name)
        part.form["sent"].amount.set_value("600")
        part.form["sent"].currency.set_value("sar")
        part.form.fill({"fee": fee, "to": "etb", "rate": rate})
        click(part.add)
    assert [one.service for one in part.offers] == ["Awash", "Nile"] and part.form["service"].value() is None
    part.form.fill({"service": "Third", "fee": "700", "rate": "x", "to": "ETB"})
    click(part.add)
    assert part.form.trouble("rate") == "The rate is a number above nothing."
    part.form.fill({"rate": "38"})
    click(part.add)
    assert "less than what is sent" in part.form.trouble("fee") and len(part.offers) == 2
    kept = page.kept()
    page.options.form["paper"].set_value("a5")
    qtbot.waitUntil(lambda: page.made is not None and len(page.choice.transfers) == 2, timeout=60_000)
    text = "\n".join(one.extract_text() for one in PdfReader(BytesIO(page.made.pdf)).pages)
    assert "22,230.00" in text.replace("\u00a0", " ") and "21,560.00" in text, "what arrives, with each service's fee"
    click(part.listed.itemAt(0).widget().findChild(QPushButton))
    assert [one.service for one in part.offers] == ["Nile"]
    page.restore(kept)
    assert [one.service for one in part.offers] == ["Awash", "Nile"]


@pytest.mark.long
def test_a_wall_poster_belongs_to_nobody_and_asks_which_section(desk: Window, tigist: str, qtbot: QtBot) -> None:
    desk.show_page("guide", tigist)
    page: Any = desk.page
    settle(qtbot, desk)
    wall = list(What).index(What.POSTER)
    assert not page.options.form["what"].controls()[wall].isVisible()
    desk.show_page("guide", "")
    page = desk.page
    page.countries.fill({"origin": "ET", "destination": "SA"})
    assert page.options.form["what"].controls()[wall].isVisible()
    page.options.choose(What.POSTER)
    offered = [page.options.form["section"].combo.itemData(row) for row in range(8)]
    assert "D6" in offered and not {"D1", "D2", "D18", "D20"} & set(offered)
    page.options.form["section"].set_value("D6")
    qtbot.waitUntil(lambda: page.made is not None and page.choice.section == "D6", timeout=60_000)
    assert page.made.pages == 1 and page.made.file_name.endswith("poster.pdf")


def test_a_second_language_takes_paper_with_room(desk: Window, store: Store, tigist: str) -> None:
    desk.show_page("guide", tigist)
    page: Any = desk.page
    page.options.choose(What.FULL)
    page.options.form.fill({"paper": "a6", "beside": "ar"})
    asked = choosing.request(store, page.options.choice(tigist, "ET-SA"), desk.desk.today())
    assert (asked.paper, asked.beside) == ("a5", "ar")
    page.options.choose(What.TEN)
    asked = choosing.request(store, page.options.choice(tigist, "ET-SA"), desk.desk.today())
    assert (asked.paper, asked.beside) == ("one-sheet", "")


@pytest.mark.long
def test_the_script_is_printed_for_the_officer_and_nothing_is_written_down(
    desk: Window, store: Store, tigist: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made(desk, tigist, qtbot, What.ALOUD)
    seen: list[int] = []
    monkeypatch.setattr(page.giving, "choose_printer", lambda pages: seen.append(len(pages)))
    click(page.giving.script)
    qtbot.waitUntil(lambda: bool(seen), timeout=60_000)
    assert seen[0] >= 3 and given(store, tigist) == []


def test_a_centre_that_prints_no_drafts_says_so_in_place_of_the_pages(
    desk: Window, store: Store, tigist: str, qtbot: QtBot
) -> None:
    with store.change(by=store.officer, do="centres.amend") as session:
        centres.amend(session, changes={"print_drafts": "no"}, today=desk.desk.today())
    desk.show_page("guide", tigist)
    page: Any = desk.page
    page.options.choose(What.CARD)
    qtbot.waitUntil(lambda: "prints no drafts" in page.trouble.words.text(), timeout=60_000)
    assert page.made is None and not page.giving.print.isEnabled()
