"""Her story, the latest first: what happened, when, who wrote it down; and what is still to be done on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.i18n import _, isolate
from ui.desk import Desk, Session
from ui.icons import pixmap
from ui.look import colour, px
from ui.panels.panel import Panel
from ui.widgets.controls import button, clear
from ui.widgets.dates import screen_date
from ui.widgets.text import card, chip, label
from ui.words import cap, late_words, sentence, shown, word

if TYPE_CHECKING:
    from mrc_app.casework.timeline import Entry

FIRST = 30
"""How many entries stand there before "Show everything" is pressed."""
SIGNS = {
    "registered": ("user-plus", "violet"),
    "consent": ("shield-check", "green"),
    "contact": ("message-circle", "blue"),
    "handout": ("book-open", "green"),
    "journey": ("plane-takeoff", "violet"),
    "household": ("house", "amber"),
    "task": ("circle-check", "green"),
}


@dataclass(frozen=True)
class Event:
    """One card of the story, in the words of the screen."""

    sign: str
    tone: str
    title: str
    note: str
    when: str
    badge: tuple[str, str] | None = None


class EventCard(QWidget):
    """A card with its sign on the rail."""

    def __init__(self, event: Event, last: bool) -> None:
        super().__init__()
        self._event, self._last = event, last
        row = QHBoxLayout(self)
        row.setContentsMargins(px(50), 0, 0, px(10))
        if self.isRightToLeft():
            row.setContentsMargins(0, 0, px(50), px(10))
        frame, column = card(margin=13, spacing=3)
        top = QHBoxLayout()
        top.addWidget(label(event.title, "strong"), 1)
        if event.badge:
            top.addWidget(chip(*event.badge), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        if event.note:
            column.addWidget(label(event.note, "muted"))
        column.addWidget(label(event.when, "small"))
        row.addWidget(frame)
        self.setAccessibleName(f"{event.when}: {event.title}. {event.note}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the rail and the sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = px(36)
        left = self.width() - size if self.isRightToLeft() else 0
        if not self._last:
            painter.setPen(QPen(colour("line"), 2))
            painter.drawLine(left + size // 2, size + px(4), left + size // 2, self.height() + px(2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"{self._event.tone}_soft"))
        painter.drawEllipse(QRectF(left, px(2), size, size))
        sign = pixmap(self._event.sign, self._event.tone, 17)
        painter.drawPixmap(left + (size - px(17)) // 2, px(2) + (size - px(17)) // 2, sign)


class TimelinePanel(Panel):
    """The story of one client."""

    shows = frozenset(
        {"client", "consent", "contact", "handout", "journey", "journeystep", "household", "member", "task"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        self._whole = False

    def load(self, client: str) -> None:
        """Begins with the latest entries."""
        self._whole = self._whole and client == self.client
        super().load(client)

    def refresh(self) -> None:
        """Asks for the story beside the screen."""
        client, today = self.client, self.desk.today()
        if client:
            self.desk.ask(self, lambda session: story(session, client, today), self._show)

    def _show(self, events: list[Event]) -> None:
        clear(self._list)
        seen = events if self._whole else events[:FIRST]
        for event in seen:
            self._list.addWidget(EventCard(event, event is seen[-1]))
        if len(seen) < len(events):
            more = button(_("Show everything ({n})", n=len(events)), "quiet", on=self._all)
            self._list.addWidget(more, 0, Qt.AlignmentFlag.AlignHCenter)

    def _all(self) -> None:
        self._whole = True
        self.refresh()


def story(session: Session, uuid: str, today: date) -> list[Event]:
    """What is to be done, then what happened, latest first."""
    from mrc_app.casework import agenda, clients, timeline

    open_tasks = [
        Event(
            "bell", late_words(due.days_late)[1].replace("plain", "blue"), due.task.text or word(due.task.kind), "",
            screen_date(due.task.due), late_words(due.days_late),
        )
        for due in agenda.for_client(session, uuid, today)
    ]  # fmt: skip
    happened = timeline.of_client(session, clients.by_uuid(session, uuid))
    return open_tasks + [event_of(entry) for entry in happened]


def event_of(entry: Entry) -> Event:
    """A card for an entry of the timeline."""
    sign, tone = SIGNS.get(entry.kind.value, ("circle-dot", "blue"))
    if entry.title.startswith("Immediate danger"):
        sign, tone = "triangle-alert", "red"
    topics = cap(shown(entry.values.get("topics", ())))
    notes = [isolate(part) for part in (topics, entry.note) if part]
    return Event(sign, tone, sentence(entry.title, entry.values), "\n".join(notes), screen_date(entry.on))
