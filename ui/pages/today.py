"""Today: what is due and late with the words that are safe to say, drafts to finish, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from mrc_app.i18n import N_, _, isolate, ngettext
from ui import backing_up
from ui.contradicting import ask_count
from ui.desk import Desk, Session
from ui.look import px
from ui.page import Heading, Page
from ui.panels.client import reach_words
from ui.panels.deadlines_today import DeadlinesToday
from ui.panels.diary_today import DiaryToday
from ui.panels.lockdown import LockdownNotice
from ui.panels.referrals_today import ReferralsToday
from ui.widgets.controls import Button, Scroll, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.dialogs import AskText
from ui.widgets.empty import Empty
from ui.widgets.text import Banner, card, chip, icon_label, label
from ui.words import late_words, word

AHEAD = 7
"""Days ahead that Today looks."""
MOST, SHOWN = 200, 20
"""Tasks read for the page, the most urgent ones, and shown at a time."""
DRAFTS = {"register": N_("A registration to finish"), "counselling": N_("A counselling note to finish"),
          "journey": N_("A journey to finish"), "assessment": N_("Questions to finish"),
          "queue": N_("Forms of the queue to finish")}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A task in the words of the screen."""

    task: str
    client: str
    who: str
    what: str
    reach: str
    when: tuple[str, str]


class Counts(NamedTuple):
    """The numbers of the day."""

    late: int
    today: int
    soon: int
    clients: int


@dataclass(frozen=True)
class Day:
    """What the page shows."""

    late: int = 0
    today: int = 0
    soon: int = 0
    clients: int = 0
    lines: list[Line] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


class Count(QFrame):
    """A number and what it counts."""

    def __init__(self, icon: str, tint: str, text: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(18), px(12), px(18), px(12))
        words = QVBoxLayout()
        words.setSpacing(0)
        self.number = label("", "number")
        self._text = text
        words.addWidget(self.number)
        words.addWidget(label(text, "muted"))
        row.addLayout(words, 1)
        row.addWidget(icon_label(icon, tint, 24), 0, Qt.AlignmentFlag.AlignTop)

    def tell(self, number: int) -> None:
        """Shows another number."""
        self.number.setText(str(number))
        self.setAccessibleName(f"{self._text}: {number}")


class TodayPage(Page):
    """The first page of the day."""

    shows = frozenset({
        "task", "client", "contact", "centre", "deadline", "followup", "attempt", "cover", "supportinstalment",
        "referral", "referralevent",
    })  # fmt: skip
    nav = "today"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll()
        outer.addWidget(scroll)
        self.new = button(_("New client"), "main", "plus", partial(desk.window.show_page, "register"))
        self.outside = button(_("A day outside"), "quiet", "folder-open", partial(desk.window.show_page, "outreach"))
        queue = button(_("Queue"), "quiet", "users", partial(desk.window.show_page, "queue"))
        self.heading = Heading(_("Today"), "", queue, self.outside, self.new)
        scroll.body.addWidget(self.heading)
        self.lockdown = LockdownNotice(desk, self.refresh)
        scroll.body.addWidget(self.lockdown)
        self.notices = QVBoxLayout()
        scroll.body.addLayout(self.notices)
        self.conflicts = Banner("", "amber")
        self.settle = button(_("Look"), on=partial(desk.window.show_page, "exchange", "conflicts"))
        self.conflicts.add(self.settle)
        self.conflicts.hide()
        scroll.body.addWidget(self.conflicts)
        self._counts = {
            "late": Count("triangle-alert", "red", _("Late")),
            "today": Count("bell", "amber", _("Due today")),
            "soon": Count("calendar", "blue", _("In the next 7 days")),
            "clients": Count("users", "green", _("Clients on this desk")),
        }
        self._grid = QGridLayout()
        self._grid.setSpacing(px(14))
        scroll.body.addLayout(self._grid)
        self.deadlines = DeadlinesToday(desk)
        scroll.body.addWidget(self.deadlines)
        self.diary = DiaryToday(desk)
        scroll.body.addWidget(self.diary)
        self.referrals = ReferralsToday(desk)
        scroll.body.addWidget(self.referrals)
        self._columns = 0
        self._drafts_title = label(_("To finish"), "heading")
        scroll.body.addWidget(self._drafts_title)
        drafts, self._drafts = card(margin=8, spacing=2)
        self._drafts_card = drafts
        scroll.body.addWidget(drafts)
        for part in (self._drafts_title, drafts):
            part.hide()
        scroll.body.addWidget(label(_("What needs you"), "heading"))
        frame, self._lines = card(margin=8, spacing=2)
        scroll.body.addWidget(frame)
        self._waiting: list[Line] = []
        self._more = button(_("Show more"), "quiet", on=self._show_more)
        self._more.hide()
        scroll.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
        self._lay()
        backing_up.of(desk).done.connect(self._again)

    def _again(self) -> None:
        if self.desk.is_open:
            self.refresh()

    def refresh(self) -> None:
        """Reads the day again beside the screen."""
        today = self.desk.today()
        self.heading.say(_("Today"), screen_date(today))
        store, automatic = self.desk.store, backing_up.of(self.desk)

        def question(session: Session) -> Day:
            from mrc_app.store import drafts, lists

            with store.plain() as connection:
                kept = drafts.keys(connection, store.officer)
            due = lists.task_counts(store, today, today + timedelta(days=AHEAD))
            counts = Counts(*due, lists.client_count(store))
            said = automatic.notices(store, today)
            return replace(day_of(session, today, counts, kept), notices=said)

        self.desk.ask(self, question, self._show)
        self.deadlines.refresh()
        self.diary.refresh()
        self.referrals.refresh()
        ask_count(self.desk, self._contradicting)

    def _contradicting(self, number: int) -> None:
        words = ngettext("{n} contradiction between desks waits for you",
                         "{n} contradictions between desks wait for you", number)  # fmt: skip
        self.conflicts.say(words if number else "")
        self.settle.setAccessibleName(_("Look: {what}", what=words))
        self.desk.waits.emit("exchange", number)

    def _show(self, day: Day) -> None:
        for name, count in self._counts.items():
            count.tell(getattr(day, name))
        clear(self._lines)
        self._waiting = day.lines
        self._show_more()
        if not day.lines:
            self._lines.addWidget(
                Empty("sun", _("Nothing is due"), _("Calls and appointments you promise stand here."))
            )
        clear(self._drafts)
        for key in day.drafts:
            self._drafts.addWidget(self._draft(key))
        for part in (self._drafts_title, self._drafts_card):
            part.setVisible(bool(day.drafts))
        self._notice(day.notices)

    def _show_more(self) -> None:
        """Some more of what is due: all at once would hold the window up."""
        some, self._waiting = self._waiting[:SHOWN], self._waiting[SHOWN:]
        for line in some:
            self._lines.addWidget(self._row(line))
        self._more.setVisible(bool(self._waiting))

    def _notice(self, about_backups: list[str]) -> None:
        self.lockdown.tell()
        clear(self.notices)
        for text in about_backups:
            self.notices.addWidget(Banner(text, "amber"))
        if about_backups:
            go = button(_("Backups"), "quiet", "save", partial(self.desk.window.show_page, "backups"))
            self.notices.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        if not self.desk.store.centre().phone:
            text = _("The centre's phone number is not written down yet: guides cannot print it. Settings, Centre.")
            self.notices.addWidget(Banner(text, "amber", "info"))

    def _draft(self, key: str) -> Button:
        kind, _sep, client = key.partition(":")
        text = _(DRAFTS[kind])
        page = "clients" if kind == "assessment" else kind
        return button(text, "row", "square-pen", partial(self.desk.window.show_page, page, client))

    def _row(self, line: Line) -> QWidget:
        row = QWidget()
        inner = QHBoxLayout(row)
        inner.setContentsMargins(px(10), px(7), px(8), px(7))
        inner.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(label(" · ".join(isolate(part) for part in (line.who, line.what) if part), "strong"))
        if line.reach:
            words.addWidget(label(line.reach, "small"))
        inner.addLayout(words, 1)
        inner.addWidget(chip(*line.when), 0, Qt.AlignmentFlag.AlignVCenter)
        if line.client:
            go = button(_("Open"), on=partial(self.desk.window.show_page, "clients", line.client))
            go.setAccessibleName(_("Open {who}", who=line.who))
            inner.addWidget(go)
        done = button(_("Done"), "quiet", "check", partial(self._done, line))
        done.setAccessibleName(_("Done: {what}", what=f"{line.who} {line.what}"))
        inner.addWidget(done)
        return row

    def _done(self, line: Line) -> None:
        said = AskText(self, _("Done"), _("What came of it? (optional)")).answer()
        if said is not None:
            self.finish(line.task, said)

    def finish(self, task: str, result: str) -> None:
        """Says that a task was done."""
        from mrc_app.casework import agenda

        on, by = self.desk.today(), self.desk.store.officer
        try:
            self.desk.change(
                "agenda.done",
                lambda session: agenda.done(session, agenda.by_uuid(session, task), on=on, by=by, result=result),
            )
        except MrcError as trouble:
            self.desk.window.say(trouble.text(_))
            return
        self.desk.window.say(_("Done."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Four numbers in a row, or two."""
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        columns = 4 if self.width() >= px(760) else 2
        if columns != self._columns:
            self._columns = columns
            for number, count in enumerate(self._counts.values()):
                self._grid.addWidget(count, number // columns, number % columns)
            for number in range(4):
                self._grid.setColumnStretch(number, 1 if number < columns else 0)

    def first(self) -> QWidget | None:
        """A new client is what most days begin with."""
        return self.new


def day_of(session: Session, today: date, counts: Counts, drafts: list[str]) -> Day:
    """The day in the words of the screen."""
    from mrc_app.casework import agenda
    from mrc_app.casework import clients as people

    due = agenda.due(session, today, ahead=AHEAD, limit=MOST)
    lines = [
        Line(
            one.task.uuid, one.client.uuid if one.client else "", people.full_name(one.client) if one.client else "",
            one.task.text or word(one.task.kind), " · ".join(reach_words(one.wording)) if one.wording else "",
            late_words(one.days_late),
        )
        for one in due
    ]  # fmt: skip
    return Day(
        **counts._asdict(), lines=lines,
        drafts=[key for key in drafts if key.partition(":")[0] in DRAFTS],
    )  # fmt: skip
