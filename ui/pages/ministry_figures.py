"""Part of the ministry's desk: the numbers of a period over all centres, and their publication."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from mrc_app.i18n import _, languages, ltr, ngettext, screen_language
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.widgets.controls import Flow, button, clear
from ui.widgets.dialogs import which_folder
from ui.widgets.fields import ChoiceField, NumberField, TextField
from ui.widgets.text import Banner, card, label

if TYPE_CHECKING:
    from decimal import Decimal

    from mrc_app.ministry.consolidated import Sum
    from mrc_app.ministry.publishing import Published
    from ui.jobs import Job, Step

TABLES = 6
"""Tables shown at a time."""
ROWS = 40
"""Centres and members shown in one table; the files hold all of them."""


class FiguresCard(QWidget):
    """The period, the table over the centres, and what everybody may see of it."""

    def __init__(self, desk: Desk, place: Callable[[], str]) -> None:
        super().__init__()
        self.desk, self.place = desk, place
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, body = card(margin=18, spacing=10)
        outer.addWidget(frame)
        body.addWidget(label(_("Figures of all centres"), "heading"))
        self.form = self._asking()
        body.addWidget(self.form)
        acts = Flow(8)
        self.show_them = button(_("Show the figures"), "", "list-checks", self.show_figures)
        self.publish = button(_("Publish"), "main", "save", self._ask_folder)
        acts.addWidget(self.show_them)
        acts.addWidget(self.publish)
        body.addLayout(acts)
        body.addWidget(self._waiting())
        self.note = Banner("", "green", "check")
        body.addWidget(self.note)
        self.tables = QVBoxLayout()
        self.tables.setSpacing(px(12))
        body.addLayout(self.tables)
        self._left: list[Sum] = []
        self.more = button(_("Show more"), "quiet", on=self._more)
        self.more.hide()
        body.addWidget(self.more)
        self._job: Job | None = None

    def _asking(self) -> Form:
        form = Form()
        hint = _("Exactly the days the centres sent, for example 2026-Q4, 2026-11 or et:2019-03.")
        form.add("period", _("Period"), TextField(ordered=True), hint=hint)
        hint = _("No number of fewer people is told; 3 at least. Sensitive matters need 10.")
        form.add("k", _("Smallest number told"), NumberField(), hint=hint)
        known = [(one.code, one.autonym) for one in languages().values()]
        form.add("language", _("Language of the files"), ChoiceField(known, empty=None))
        today = self.desk.today()
        quarter = (today.month - 1) // 3 or 4
        year = today.year - (today.month < 4)
        form.fill({"period": f"{year}-Q{quarter}", "k": 5, "language": screen_language().code})
        form.submitted.connect(self.show_figures)
        return form

    def _waiting(self) -> QWidget:
        self.wait = QWidget()
        row = QHBoxLayout(self.wait)
        row.setContentsMargins(0, 0, 0, 0)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Hiding small numbers"))
        self.stop = button(_("Stop"), "", "x", self._stop)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.wait.hide()
        return self.wait

    def kept(self) -> dict[str, Any]:
        """What was chosen."""
        return self.form.values()

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        self.form.fill(kept)

    def forget(self) -> None:
        """Other numbers may be there now."""
        clear(self.tables)
        self.more.hide()
        self.note.say("")

    # -- the table

    def show_figures(self) -> None:
        """Adds the centres' numbers up beside the screen."""
        place, code = self.place(), self.form["period"].value() or ""
        self.form.clear_problems()
        self.forget()

        def work(_step: object) -> tuple[dict[str, dict[str, Decimal]], list[Sum]]:
            from mrc_app.calendars.periods import period
            from mrc_app.ministry import consolidated, database

            span = period(code)
            with database.opened(place) as at:
                return consolidated.headlines(at, span), consolidated.sums(at, span)

        self.desk.jobs.run(work, done=self._show, failed=self.form.show_problem)

    def _show(self, answer: tuple[dict[str, dict[str, Decimal]], list[Sum]]) -> None:
        heads, sums = answer
        if not heads:
            self.tables.addWidget(label(_("No centre sent counts for these days."), "muted"))
            return
        if any(heads.values()):
            self.tables.addWidget(_headlines(heads))
        self._left = [one for one in sums if one.flow != "DF_FIGURES"]
        self._more()

    def _more(self) -> None:
        """The next few tables."""
        now, self._left = self._left[:TABLES], self._left[TABLES:]
        for made in filter(None, map(_members, now)):
            self.tables.addWidget(made)
        self.more.setVisible(bool(self._left))

    # -- publishing

    def _ask_folder(self) -> None:
        folder = which_folder(self, _("Publish"), str(Path.home()))
        if folder:
            self.publish_to(Path(folder))

    def publish_to(self, folder: Path) -> None:
        """Protects, audits and writes the publication, beside the screen."""
        if self._job is not None and self._job.running:
            return
        said, place, today = self.form.values(), self.place(), self.desk.today()
        self.form.clear_problems()
        self.note.say("")

        def work(step: Step) -> Published:
            from mrc_app.ministry import public_files

            k = said["k"] if isinstance(said["k"], int) else 0
            made, _files = public_files.publish(
                place, said["period"] or "", k, folder, today, [said["language"] or "en"], step=step
            )
            return made

        self.bar.setRange(0, 0)
        self.wait.show()
        self.publish.setEnabled(False)
        self._job = self.desk.jobs.run(work, done=self._published, failed=self._failed, progress=self._progress)

    def _progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ended(self) -> None:
        self.wait.hide()
        self.publish.setEnabled(True)

    def _failed(self, trouble: MrcError) -> None:
        self._ended()
        self.form.show_problem(trouble)

    def _published(self, made: Published) -> None:
        self._ended()
        parts = [
            ngettext("Published: figures of {n} centre.", "Published: figures of {n} centres.", len(made.centres)),
            _("{n} numbers are not told; the auditor got none of them back.", n=made.suppressed),
        ]
        if made.unverified:
            parts.append(_("Signer not known: {centres}.", centres=", ".join(map(ltr, made.unverified))))
        self.note.say(" ".join(parts))


def _headlines(heads: dict[str, dict[str, Decimal]]) -> QWidget:
    """One line for each centre, and all of them together."""
    from mrc_app.exchange.ministry_export_profile import INDICATOR_NAMES

    names = list(dict.fromkeys(name for said in heads.values() for name in said))
    head = [_("Centre"), *(_(INDICATOR_NAMES.get(name, name)) for name in names)]
    rows = [[ltr(centre), *(_number(said.get(name)) for name in names)] for centre, said in heads.items()]
    whole = [_number(sum(said[name] for said in heads.values() if name in said)) for name in names]
    return _grid(_("By centre"), head, [*rows[:ROWS], [_("All"), *whole]], len(rows) - ROWS)


def _members(one: Sum) -> QWidget | None:
    """An indicator by each of its breakdowns; nothing for one with a single number."""
    from mrc_app.exchange.ministry_export_profile import INDICATOR_NAMES, LABELS, labels
    from mrc_app.ministry.consolidated import by_member

    found = by_member(one)
    if not found:
        return None
    rows = []
    for dimension, members in found.items():
        named = labels(dimension)
        for member, value in sorted(members.items(), key=lambda pair: (*named, pair[0]).index(pair[0])):
            rows.append([_(LABELS.get(dimension, dimension)), _member(dimension, member, named), _number(value)])
    title = _(INDICATOR_NAMES.get(one.indicator, one.indicator))
    return _grid(title, [_("By"), _("Group"), _("Value")], rows[:ROWS], len(rows) - ROWS)


def _member(dimension: str, code: str, named: dict[str, str]) -> str:
    if code == "_U":
        return _("not stated")
    if dimension == "DEST":
        from mrc_app.corridors.countries import alpha3, name

        two = next((two for two, three in alpha3().items() if three == code), "")
        return name(two, screen_language().code) if two else code
    return _(named[code]) if code in named else code


def _number(value: object) -> str:
    return "–" if value is None else ltr(f"{value:f}") if value else "0"


def _grid(title: str, head: list[str], rows: list[list[str]], more: int) -> QWidget:
    frame, body = card("sunken", margin=14, spacing=8)
    frame.setAccessibleName(title)
    body.addWidget(label(title, "strong"))
    table = QGridLayout()
    table.setHorizontalSpacing(px(16))
    table.setVerticalSpacing(px(4))
    for place, text in enumerate(head):
        table.addWidget(label(text, "label"), 0, place, Qt.AlignmentFlag.AlignTop)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            made = label(cell)
            spoken = ", ".join(f"{name} {said}" for name, said in zip(head, row, strict=True))
            made.setAccessibleName(spoken if place == 0 else cell)
            table.addWidget(made, number, place, Qt.AlignmentFlag.AlignTop)
    body.addLayout(table)
    if more > 0:
        body.addWidget(label(_("and {n} more", n=more), "small"))
    return frame
