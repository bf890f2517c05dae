"""The dashboard: a few calm charts of a period, each with its table; printed on A4; the way to what is forgotten."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.calendars.periods import period as read_period
from mrc_app.errors import MrcError
from mrc_app.figures.report_words import ReportWords
from mrc_app.i18n import _, isolate, languages, screen_language
from mrc_app.store.roles import May, may
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.page import Heading, Page
from ui.widgets.charts import ChartCard
from ui.widgets.controls import Scroll, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.dialogs import where_to_save
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.text import card, label

TWO_COLUMNS = 1000
"""From this width of the page on, two charts stand side by side."""


class _Shown(NamedTuple):
    """What was counted, and its charts in the language of the screen."""

    board: Any
    charts: list[Any]


class DashboardPage(Page):
    """The period above, the charts below it."""

    shows: ClassVar[frozenset[str]] = frozenset({"target"})
    nav: ClassVar[str] = "dashboard"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=1240)
        outer.addWidget(scroll)
        self.forgotten = button(
            _("What is forgotten"), "", "bell", partial(desk.window.show_page, "forgotten")
        )  # fmt: skip
        if not may(desk.store.role, May.SEE_NAMES):
            self.forgotten.hide()
        below = _("The figures of this office as they stand. Each chart has its table: Space shows it.")
        scroll.body.addWidget(Heading(_("Dashboard"), below, self.forgotten))
        scroll.body.addWidget(self._choice())
        self.about = label("", "muted")
        scroll.body.addWidget(self.about)
        self._grid = QGridLayout()
        self._grid.setSpacing(px(14))
        scroll.body.addLayout(self._grid)
        self.cards: list[ChartCard] = []
        self.shown: _Shown | None = None
        self._columns = 0
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.ask_file)

    def _choice(self) -> QWidget:
        frame, body = card(margin=16)
        self.form = form = Form()
        hint = _("2026-11, 2026-Q4, 2026-S2, 2026, et:2019-03, np:2083-08, np:FY2083, or two days with a slash")
        form.add("period", _("Period"), TextField(ordered=True), hint=hint)
        known = [(one.code, one.autonym) for one in languages().values()]
        form.add("language", _("Language of the paper"), ChoiceField(known, empty=None))
        form.fill({"period": f"{self.desk.today():%Y-%m}", "language": screen_language().code})
        form.submitted.connect(self.refresh)
        body.addWidget(form)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.go = button(_("Show"), "main", "chart-column", self.refresh)
        self.print = button(_("Save as PDF"), "", "printer", self.ask_file)
        self.print.setToolTip(_("Save as PDF") + "  Ctrl+P")
        self.tables = button(_("All tables"), "quiet", "list-checks", self.toggle_all)
        for one in (self.go, self.print, self.tables):
            row.addWidget(one)
        row.addStretch(1)
        body.addLayout(row)
        return frame

    # -- showing

    def refresh(self) -> None:
        """Counts the period beside the screen; an answer that comes too late is dropped."""
        self.form.clear_problems()
        code, language = self.form["period"].value() or "", screen_language().code
        try:
            read_period(code)
        except MrcError as trouble:
            self.form.show_problem(trouble)
            return
        store, today = self.desk.store, self.desk.today()
        self.about.setText(_("Counting …"))

        def question(_session: Session) -> _Shown:
            from mrc_app.figures import dashboard, dashboard_words

            board = dashboard.look(store, code, today)
            return _Shown(board, dashboard_words.charts(board, ReportWords.load(language)))

        self.desk.ask(self, question, self._show)

    def _show(self, shown: _Shown) -> None:
        self.shown = shown
        tables = {one.chart.id for one in self.cards if one.as_table}
        clear(self._grid)
        self.cards = [ChartCard(one) for one in shown.charts]
        for one in self.cards:
            if one.chart.id in tables and one.chart.shape is not None:
                one.show_table(True)
        span = shown.board.period
        days = _("{first} to {last}", first=screen_date(span.start), last=screen_date(span.end))
        self.about.setText(f"{isolate(span.code)} · {days}")
        self._columns = 0
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two charts side by side, or one below the other."""
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        columns = 2 if self.width() >= px(TWO_COLUMNS) else 1
        if columns == self._columns or not self.cards:
            return
        while (item := self._grid.takeAt(0)) is not None:
            if (inner := item.layout()) is not None:
                inner.deleteLater()
        self._columns = columns
        self._grid.addWidget(self.cards[0], 0, 0, 1, columns)
        for side in range(2):
            column = QVBoxLayout()
            column.setSpacing(px(14))
            for one in self.cards[1:][side::2]:
                column.addWidget(one)
            column.addStretch(1)
            place = (1, side) if columns == 2 else (1 + side, 0)
            self._grid.addLayout(column, *place)
            self._grid.setColumnStretch(side, 1 if side < columns else 0)

    def toggle_all(self) -> None:
        """Every table, or every chart again."""
        shown = not all(one.as_table for one in self.cards if one.chart.shape is not None)
        for one in self.cards:
            if one.chart.shape is not None:
                one.show_table(shown)
        self.tables.setText(_("All charts") if shown else _("All tables"))
        self.tables.setAccessibleName(self.tables.text())

    # -- on paper

    def ask_file(self) -> None:
        """Asks where the PDF goes."""
        if self.shown is None:
            return
        name = f"mrc-dashboard_{self.shown.board.period.file_code}.pdf"
        chosen = where_to_save(self, _("Save as PDF"), str(Path.home() / name), _("PDF (*.pdf)"))
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Sets what is on the screen on paper, in the language chosen."""
        if self.shown is None:
            return
        board, language, store = self.shown.board, self.form["language"].value() or "en", self.desk.store

        def work(_step: object) -> int:
            from mrc_app.figures import dashboard_paper, writing
            from mrc_app.store import saved_files

            made = dashboard_paper.paper(board, ReportWords.load(language))
            writing.put(path, made.pdf)
            saved_files.note(store, path, "report", made.pdf)
            return made.pages

        def done(_pages: int) -> None:
            self.desk.window.say(_("Saved: {file}", file=isolate(path.name)))

        self.desk.jobs.run(work, done=done, failed=self.form.show_problem)

    def kept(self) -> dict[str, Any]:
        """What was chosen."""
        return self.form.values()

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        self.form.fill(kept)
        self.refresh()

    def first(self) -> QWidget | None:
        """The period."""
        return self.form["period"]
