"""The client page: who she is, how to reach her safely, where she is going, and the tabs of her record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mrc_app.i18n import _, isolate, ltr
from ui.desk import Desk, Session
from ui.look import px
from ui.panels import TABS, panel_class
from ui.panels.one_person import OnePerson
from ui.panels.panel import Panel
from ui.widgets.choosers import name_of_country
from ui.widgets.controls import Button, Flow, Scroll, button
from ui.widgets.facts import Facts
from ui.widgets.text import Banner, Elided, chip, label
from ui.words import age_words, language_name, late_words, phone, word

ONE_LINE = 640
STAGE_TONES = {"planned": "blue", "travelling": "amber", "abroad": "green", "returned": "violet", "cancelled": "plain"}


@dataclass(frozen=True)
class Summary:
    """What stands above the tabs, in the words of the screen."""

    name: str
    below: str
    chip: tuple[str, str] | None
    facts: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)


class Tabs(QWidget):
    """The row of tabs; arrows move along it."""

    def __init__(self, turn: Callable[[str], None]) -> None:
        super().__init__()
        row = Flow(14)
        self.setLayout(row)
        self.buttons: dict[str, Button] = {}
        for name, text in TABS.items():
            made = button(_(text), "tab", on=partial(turn, name))
            made.setCheckable(True)
            row.addWidget(made)
            self.buttons[name] = made

    def mark(self, tab: str) -> None:
        """Shows which tab is open."""
        for name, made in self.buttons.items():
            made.setChecked(name == tab)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move to the next tab."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            forward = (event.key() == Qt.Key.Key_Right) != self.isRightToLeft()
            self.focusNextPrevChild(forward)
            return
        super().keyPressEvent(event)


class ClientPanel(QWidget):
    """One client."""

    def __init__(self, desk: Desk, back: Callable[[], None]) -> None:
        super().__init__()
        self.desk, self.client, self.tab = desk, "", "timeline"
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(margin=26, spacing=14)
        outer.addWidget(self._scroll)
        body = self._scroll.body
        self.back = button(_("All clients"), "quiet", "chevron-left", back)
        body.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(px(10))
        self._head.addLayout(self._names(), 1)
        self._head.addLayout(self._actions())
        body.addLayout(self._head)
        self.one = OnePerson(desk)
        who = button(_("Who works with her"), "quiet", "users", self._who)
        who.setObjectName("who-works-with-her")
        self.one.add_action(who)
        body.addWidget(self.one)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(px(8))
        body.addLayout(self._warnings)
        self._facts = Facts()
        body.addWidget(self._facts)
        self.tabs = Tabs(self.turn)
        body.addWidget(self.tabs)
        self._place = QVBoxLayout()
        body.addLayout(self._place)
        self._panels: dict[str, Panel] = {}

    def _names(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(px(2))
        top = QHBoxLayout()
        top.setSpacing(px(10))
        self.name = Elided("", "title")
        self.stage = chip("")
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        top.addWidget(self.name)
        top.addWidget(self.stage, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addStretch(1)
        words.addLayout(top)
        self.below = label("", "muted")
        words.addWidget(self.below)
        return words

    def _actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for text, kind, sign, page in (
            (_("Counselling"), "", "message-circle", "counselling"),
            (_("Make guide"), "main", "book-open", "guide"),
        ):
            made = button(text, kind, sign, partial(self._go, page))
            made.setObjectName(f"go-{page}")
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _who(self) -> None:
        from ui.panels import seen_by

        if self.client and seen_by.ask(self.desk, self.client, self):
            self.desk.window.say(_("Kept."))

    def _go(self, page: str) -> None:
        self.desk.window.show_page(page, self.client)

    def load(self, client: str) -> None:
        """Shows this client (her uuid)."""
        if client != self.client:
            self._scroll.verticalScrollBar().setValue(0)
        self.client = client
        self.refresh()

    def refresh(self) -> None:
        """Reads her again beside the screen."""
        client, today = self.client, self.desk.today()
        if client:
            self.desk.ask(self, lambda session: summary(session, client, today), self._show)
            self.one.load(client)
            self.turn(self.tab)

    def _show(self, told: Summary) -> None:
        from ui.widgets.controls import clear

        self.name.setText(told.name)
        self.below.setText(told.below)
        self.stage.setVisible(told.chip is not None)
        if told.chip:
            self.stage.setText(told.chip[0])
            self.stage.setProperty("chip", told.chip[1])
            self.stage.style().polish(self.stage)
        clear(self._warnings)
        for text, tone in told.warnings:
            self._warnings.addWidget(Banner(text, tone))
        self._facts.tell(told.facts, _("Not known yet"))

    def turn(self, tab: str) -> None:
        """Opens a tab."""
        self.tab = tab
        self.tabs.mark(tab)
        if tab not in self._panels:
            self._panels[tab] = panel_class(tab)(self.desk)
            self._panels[tab].same_person.connect(self._compare)
            self._place.addWidget(self._panels[tab])
        for name, panel in self._panels.items():
            panel.setVisible(name == tab)
        if self.client:
            self._panels[tab].load(self.client)

    def _compare(self, other: str) -> None:
        self.one.ask_same(other)
        self._scroll.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The actions stand below the name where there is no room beside it."""
        super().resizeEvent(event)
        wide = self.width() >= px(ONE_LINE)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._head.setDirection(direction)


def summary(session: Session, uuid: str, today: date) -> Summary:
    """What stands above the tabs."""
    from mrc_app.casework import agenda, clients, journeys

    client = clients.by_uuid(session, uuid)
    journey = journeys.current(session, uuid)
    tasks = agenda.for_client(session, uuid, today)
    below = [ltr(client.number), age_words(clients.age(client, today)), language_name(client.language)]
    facts = []
    if journey:
        facts += [
            (_("Journey"), f"{name_of_country(journey.origin)} – {name_of_country(journey.destination)}"),
            (_("Work"), word(journey.sector) or journey.job_title),
        ]
    else:
        facts += [(_("Journey"), ""), (_("Work"), "")]
    step = f"{tasks[0].task.text or word(tasks[0].task.kind)} · {late_words(tasks[0].days_late)[0]}" if tasks else ""
    facts += [(_("Next step"), step), (_("How to reach her"), "\n".join(reach_words(agenda.call_wording(client))))]
    stage = (word(journey.stage), STAGE_TONES[journey.stage.value]) if journey else None
    return Summary(
        clients.full_name(client), " · ".join(filter(None, below)), stage, facts, _warned(session, client, today)
    )


def _warned(session: Session, client: Any, today: date) -> list[tuple[str, str]]:
    from mrc_app.casework import agenda, clients, consents, counselling, duplicates
    from ui.panels import deadlines_shown

    found = deadlines_shown.warnings(session, client.uuid, today)
    contacts = counselling.of_client(session, client.uuid)
    if contacts and contacts[0].danger.value == "yes":
        found.append((_("At the last talk she was in immediate danger."), "red"))
    if agenda.call_wording(client).reach is agenda.Reach.FORBIDDEN:
        found.append((_("Do not call or write to her."), "red"))
    minor = clients.minor(client, today)
    if minor.value in ("certain", "possible"):
        words = _("She is a minor.") if minor.value == "certain" else _("She may be a minor: check her age.")
        found.append((words, "amber"))
    kept = duplicates.matrix(session, client.uuid, today)[consents.Purpose.RECORD]
    if kept.value == "withdrawn":
        found.append((_("She has withdrawn her consent to this record."), "red"))
    return found


def reach_words(wording: Any) -> list[str]:
    """How to reach her: number or why not, whose it is, when, and what to say."""
    if wording.reach.value in ("forbidden", "no_phone"):
        return [_(wording.reach.label)]
    parts = [phone(wording.phone)]
    if wording.whose:
        parts.append(_("phone of: {who}", who=wording.whose))
    if wording.safe_hours:
        parts.append(_("when: {hours}", hours=wording.safe_hours))
    if wording.cover_text:
        parts.append(_("say: {words}", words=isolate(wording.cover_text)))
    if wording.reach.value == "ask_first":
        parts.append(_("ask her first whether you may call"))
    return parts
