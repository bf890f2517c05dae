"""What is forgotten: what waits longer than it should, kind by kind, the longest first; each line opens its record."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.figures import forgotten
from mrc_app.figures.forgotten import FIRST, Key, Left, Line
from mrc_app.figures.forgotten_words import what
from mrc_app.figures.report_words import ReportWords
from mrc_app.i18n import _, isolate, ltr, ngettext, screen_language
from mrc_app.store.roles import Role
from ui.desk import Desk, Session
from ui.look import px
from ui.page import Heading, Page
from ui.widgets.controls import Scroll, button, clear
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField
from ui.widgets.forgotten import ByOfficer
from ui.widgets.text import card, chip, label
from ui.words import late_words, word

SHOWN = 8
"""Lines of a kind read at a time."""
TABS = {
    Left.REFERRAL: "referrals",
    Left.DEADLINE: "deadlines",
    Left.AWARD: "claims",
    Left.FOLLOW_UP: "reintegration",
    Left.PLAN: "reintegration",
    Left.TASK: "timeline",
}
"""The tab of the client page a line of a kind opens; a case opens its own page."""


class _Found(NamedTuple):
    """What waits: counts by officer and kind, officers by name, the first lines of each kind."""

    counts: dict[str, dict[Left, int]]
    officers: dict[str, str]
    lines: dict[Left, list[Line]]


class Section(QWidget):
    """One kind of thing that waits, some lines at a time."""

    def __init__(self, page: ForgottenPage, kind: Left, number: int, lines: list[Line]) -> None:
        super().__init__()
        self.page, self.kind, self.number = page, kind, number
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.addWidget(label(word(kind), "heading", wrap=False))
        head.addWidget(chip(ltr(number), "amber"))
        head.addStretch(1)
        column.addLayout(head)
        frame, self._lines = card(margin=8, spacing=2)
        column.addWidget(frame)
        self.more = button(_("Show more"), "quiet", on=self.ask)
        self.more.setAccessibleName(_("Show more: {what}", what=word(kind)))
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        self.shown: list[Line] = []
        self.add(lines)

    def add(self, lines: list[Line]) -> None:
        """Some more lines."""
        for line in lines:
            self._lines.addWidget(self.page.row(line))
        self.shown += lines
        self.more.setVisible(bool(lines) and len(self.shown) < self.number)

    def ask(self) -> None:
        """Reads the next lines beside the screen."""
        self.more.setEnabled(False)
        self.page.desk.ask(self, partial(self._look, self.shown[-1].key, self.page.whose()), self._more)

    def _look(self, after: Key, officer: str, _session: Session) -> list[Line]:
        return forgotten.lines(self.page.desk.store, self.kind, self.page.desk.today(), officer, after, SHOWN)

    def _more(self, lines: list[Line]) -> None:
        self.more.setEnabled(True)
        self.add(lines)


class ForgottenPage(Page):
    """An officer sees what waits with her; a supervisor what waits with everybody, or with one of them."""

    shows: ClassVar[frozenset[str]] = frozenset({
        "task", "deadline", "referral", "referralevent", "claimentry", "followup", "plan", "grievanceevent",
        "assignment",
    })  # fmt: skip
    nav: ClassVar[str] = "dashboard"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=16, widest=980)
        outer.addWidget(scroll)
        self.back = button(
            _("Dashboard"), "quiet", "chart-column", partial(desk.window.show_page, "dashboard")
        )  # fmt: skip
        self.heading = Heading(_("What is forgotten"), self._below(), self.back)
        scroll.body.addWidget(self.heading)
        self.by_officer = ByOfficer(self.choose)
        scroll.body.addWidget(self.by_officer)
        self.officer = ChoiceField([], empty=_("Everybody"))
        self.officer.call(_("Officer"))
        self.officer.changed.connect(self.refresh)
        self.officer.setMaximumWidth(px(320))
        scroll.body.addWidget(self.officer)
        self._place = QVBoxLayout()
        self._place.setSpacing(px(18))
        scroll.body.addLayout(self._place)
        self.sections: dict[Left, Section] = {}
        self._names: dict[str, str] = {}
        self._words = ReportWords.load(screen_language().code)

    @property
    def supervises(self) -> bool:
        """Whether she sees what waits with others."""
        return self.desk.store.role is Role.SUPERVISOR

    def _below(self) -> str:
        if self.supervises:
            return _("What waits longer than it should, with everybody. The longest waiting stands first.")
        return _("What waits with you longer than it should. The longest waiting stands first.")

    def whose(self) -> str:
        """The officer chosen; empty for everybody."""
        return (self.officer.value() or "") if self.supervises else ""

    def choose(self, officer: str) -> None:
        """Shows what waits with one officer: the field says so, and the page follows it."""
        self.officer.set_value(officer)

    def refresh(self) -> None:
        """Reads what waits beside the screen."""
        store, today, whose = self.desk.store, self.desk.today(), self.whose()

        def question(_session: Session) -> _Found:
            found = forgotten.counts(store, today)
            here = forgotten.counts(store, today, whose) if whose else found
            kinds = [kind for kind in Left if any(kind in one for one in here.values())]
            lines = {kind: forgotten.lines(store, kind, today, whose, FIRST, SHOWN) for kind in kinds}
            return _Found(found, forgotten.officers(store), lines)

        self.desk.ask(self, question, self._show)

    def _show(self, found: _Found) -> None:
        self._names = found.officers
        if self.supervises:
            self._offer(found)
        self.officer.setVisible(self.supervises and len(found.officers) > 1)
        self.by_officer.setVisible(self.supervises and len(found.counts) > 1)
        whose = self.whose()
        clear(self._place)
        self.sections = {}
        for kind, lines in found.lines.items():
            number = sum(one.get(kind, 0) for officer, one in found.counts.items() if whose in ("", officer))
            self.sections[kind] = Section(self, kind, number, lines)
            self._place.addWidget(self.sections[kind])
        if not found.lines:
            self._place.addWidget(
                Empty("circle-check", _("Nothing is forgotten"), _("What waits longer than it should stands here."))
            )

    def _offer(self, found: _Found) -> None:
        """The officers to choose from; the choice stays, and is not taken for a new one."""
        combo, chosen = self.officer.combo, self.whose()
        combo.blockSignals(True)
        combo.clear()
        combo.addItem(_("Everybody"), None)
        for uuid, name in sorted(found.officers.items(), key=lambda one: one[1]):
            combo.addItem(name, uuid)
        self.officer.set_value(chosen or None)
        combo.blockSignals(False)
        self.by_officer.tell(found.counts, found.officers)

    # -- one line

    def row(self, line: Line) -> QWidget:
        """One thing: who, what, with whom, how long, and the way to it."""
        row = QWidget()
        inner = QHBoxLayout(row)
        inner.setContentsMargins(px(10), px(6), px(8), px(6))
        inner.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        said = " · ".join(isolate(part) for part in (line.name, what(line, self._words)) if part)
        words.addWidget(label(said, "strong"))
        below = [ltr(line.number), self._names.get(line.officer, "") if self.supervises else ""]
        words.addWidget(label(" · ".join(isolate(part) for part in below if part), "small"))
        inner.addLayout(words, 1)
        inner.addWidget(chip(*self._waits(line)), 0, Qt.AlignmentFlag.AlignVCenter)
        if line.client or line.about:
            go = button(_("Open"), on=partial(self.open, line))
            go.setAccessibleName(_("Open {who}", who=said))
            inner.addWidget(go)
        return row

    def _waits(self, line: Line) -> tuple[str, str]:
        days = forgotten.days(line, self.desk.today())
        if line.kind in (Left.DEADLINE, Left.FOLLOW_UP, Left.TASK):
            return late_words(days)
        return ngettext("{n} day", "{n} days", days), "amber"

    def open(self, line: Line) -> None:
        """Turns to the record of a line."""
        if line.kind is Left.CASE or not line.client:
            self.desk.window.show_page("grievance", line.about)
            return
        self.desk.window.show_page("clients", f"{line.client}/{TABS[line.kind]}")

    def first(self) -> QWidget | None:
        """The way back, above everything."""
        return self.back
