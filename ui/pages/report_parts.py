"""Parts of the figures page: the tables with what is behind each figure, and the office's own form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mrc_app.figures import templates, writing
from mrc_app.figures.behind import Behind, Line
from mrc_app.figures.writing import Key
from mrc_app.i18n import _, isolate
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.widgets.controls import Flow, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.dialogs import where_to_save, which_to_open
from ui.widgets.fields import ChoiceField
from ui.widgets.text import card, label

PAGE = 50
"""Lines of a list shown at once."""
Open = Callable[[Key, str], object]


def grid(part: writing.Grid, open_: Open | None) -> QWidget:
    """A part of a report. With ``open_`` a figure that has a list behind it is a button to that list."""
    frame, body = card(margin=16, spacing=8)
    frame.setAccessibleName(part.title)
    body.addWidget(label(part.title, "heading"))
    table = QGridLayout()
    table.setHorizontalSpacing(px(14))
    table.setVerticalSpacing(px(4))
    for place, text in enumerate(part.head):
        table.addWidget(label(text, "label"), 0, place)
    for number, row in enumerate(part.rows, 1):
        spoken = ", ".join(f"{head} {cell}" for head, cell in zip(part.head, row, strict=False) if str(cell))
        title = f"{row[1]}: {row[2]}" if len(part.head) == 5 else f"{part.title}: {spoken}"
        keys: Sequence[Key | None] = part.keys[number - 1] if part.keys and open_ else ()
        for place, cell in enumerate(row):
            key = keys[place] if place < len(keys) else None
            if key is not None and open_ is not None and cell not in (0, "", "–"):
                made: QWidget = button(isolate(str(cell)), "quiet", "", partial(open_, key, title))
                made.setAccessibleName(_("Who is behind it: {figure}", figure=spoken))
            else:
                kind = "small" if place == 4 else ""
                made = label(isolate(str(cell)) if str(cell) else "", kind, wrap=place in (1, 4))
                made.setAccessibleName(spoken if place == 0 else str(cell))
            side = Qt.AlignmentFlag.AlignLeading if key is not None else Qt.AlignmentFlag(0)
            table.addWidget(made, number, place, Qt.AlignmentFlag.AlignTop | side)
    table.setColumnStretch(4 if len(part.head) == 5 else 0, 2)
    body.addLayout(table)
    return frame


class BehindList(QWidget):
    """The clients behind one figure, by number, fifty at a time; Enter opens one."""

    def __init__(self, desk: Desk, title: str, found: Behind) -> None:
        super().__init__()
        self.desk, self._lines, self._shown = desk, list(found.lines), 0
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, body = card(margin=16, spacing=3)
        outer.addWidget(frame)
        body.addWidget(label(_("Who is behind it: {figure}", figure=title), "strong", wrap=True))
        if not found.known:
            body.addWidget(label(_("There is no list behind this figure."), "muted"))
        if found.restricted:
            body.addWidget(label(_("Restricted and not listed: {n}", n=found.restricted), "small"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(2))
        body.addLayout(self._rows)
        self.more = button(_("Show more"), "quiet", "", self.next)
        body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self.next()

    def next(self) -> None:
        """Shows the next lines."""
        for line in self._lines[self._shown : self._shown + PAGE]:
            self._rows.addWidget(self._line(line), 0, Qt.AlignmentFlag.AlignLeading)
        self._shown = min(self._shown + PAGE, len(self._lines))
        self.more.setVisible(self._shown < len(self._lines))

    def _line(self, line: Line) -> QWidget:
        told = [
            isolate(line.number),
            isolate(line.name) if line.name else "",
            screen_date(date.fromisoformat(line.on)) if line.on else "",
        ]
        if not line.client:
            what = _("Event") if line.kind == "event" else _("Visit without a name")
            return label(" · ".join(filter(None, (what, *told[1:]))), wrap=False)
        where = ("grievance", line.record) if line.kind == "grievance" and line.record else ("clients", line.client)
        return button(" · ".join(filter(None, told)), "quiet", "", partial(self.desk.window.show_page, *where))


class OwnForm(QWidget):
    """The office's own workbook: a kept mapping is chosen, the form is opened, and the filled one saved."""

    def __init__(self, desk: Desk, document: Callable[[], dict[str, Any] | None]) -> None:
        super().__init__()
        self.desk, self._document = desk, document
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._cells: dict[str, dict[str, str]] = {}

    def refresh(self) -> None:
        """Reads the mappings."""
        self.desk.ask(self, templates.listed, self._show)

    def _show(self, found: dict[str, dict[str, str]]) -> None:
        self._cells = found
        clear(self._body)
        if not found:
            self._body.addWidget(
                label(_("No form is mapped yet. It is mapped once: mrc report-template map."), "muted")
            )
            return
        frame, body = card(margin=18)
        self.form = Form()
        names = [(name, f"{name} ({len(cells)})") for name, cells in found.items()]
        self.form.add("name", _("Form"), ChoiceField(names, empty=None))
        body.addWidget(self.form)
        row = Flow(8)
        self.fill = button(_("Fill the form"), "", "save", self.ask_files)
        row.addWidget(self.fill)
        body.addLayout(row)
        self._body.addWidget(frame)

    def ask_files(self) -> None:
        """Asks which workbook is filled and where the filled one goes."""
        if self._document() is None:
            self.desk.window.say(_("Show the figures first."))
            return
        kinds = "*.xlsx"
        form = which_to_open(self, _("The empty form"), str(Path.home()), kinds)
        target = where_to_save(self, _("The filled form"), str(Path.home() / Path(form).name), kinds) if form else ""
        if target:
            self.fill_to(Path(form), Path(target))

    def fill_to(self, form: Path, target: Path) -> None:
        """Fills a form with what is on the screen."""
        document, store = self._document(), self.desk.store
        cells = self._cells[self.form["name"].value() or ""]

        def work(_step: object) -> int:
            from mrc_app.store import saved_files

            content, missing = templates.fill(form, cells, document or {})
            writing.put(target, content)
            saved_files.note(store, target, "report", content)
            return len(missing)

        def done(empty: int) -> None:
            said = _("Saved. Cells without a figure in this period: {n}", n=empty) if empty else _("Saved.")
            self.desk.window.say(said)

        self.desk.jobs.run(work, done=done, failed=lambda trouble: self.desk.window.say(trouble.text(_)))
