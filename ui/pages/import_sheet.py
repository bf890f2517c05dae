"""A logbook or a form's export becomes clients: choose the file, say what its columns hold, try it, import it.

Nothing is kept before the last step; what was imported can be taken back as long as nobody worked with it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mrc_app.casework import imports
from mrc_app.errors import Invalid, MrcError
from mrc_app.exchange import sheets, sheets_mapping, sheets_reading
from mrc_app.i18n import _, isolate, ngettext
from ui.desk import Desk
from ui.look import px
from ui.page import Heading, Page
from ui.pages.import_mapping import MappingForm
from ui.pages.import_words import WordsForm
from ui.widgets.controls import Flow, Scroll, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.dialogs import where_to_save, which_to_open
from ui.widgets.fields import ChoiceField, SegmentField
from ui.widgets.text import Banner, card, chip, label

if TYPE_CHECKING:
    from mrc_app.exchange.sheets import Plan
    from mrc_app.exchange.sheets_rows import Fault
    from ui.jobs import Job, Step

SHOWN = 100
"""Faults and doubts shown; all of them stand in the file that is given back."""


class ImportSheetPage(Page):
    """The steps of an import, one below the other, and the imports there were."""

    shows: ClassVar[frozenset[str]] = frozenset({"importbatch"})
    nav: ClassVar[str] = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=900)
        outer.addWidget(scroll)
        back = button(_("Settings"), "quiet", "chevron-left", partial(desk.window.show_page, "settings"))
        self.choose = button(_("Choose a sheet"), "main", "folder-open", self._choose)
        below = _("An old logbook or an export of KoBo or ODK: xlsx, ods or csv. Nothing is kept before you say so.")
        scroll.body.addWidget(Heading(_("Import a sheet"), below, back, self.choose))
        self.trouble = Banner("", "red")
        self.trouble.hide()
        scroll.body.addWidget(self.trouble)
        self._wait = self._waiting()
        scroll.body.addWidget(self._wait)
        self._mapping, self._result, self._before = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for place in (self._mapping, self._result, self._before):
            place.setSpacing(px(12))
            scroll.body.addLayout(place)
        self.path: Path | None = None
        self.form: MappingForm | None = None
        self.plan: Plan | None = None
        self.choices: dict[int, str] = {}
        self._job: Job | None = None

    def _waiting(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Reading the sheet"))
        self.read_so_far = label("", "small", wrap=False)
        self.stop = button(_("Stop"), "", "x", self._stop)
        row.addWidget(self.bar, 1)
        row.addWidget(self.read_so_far)
        row.addWidget(self.stop)
        part.hide()
        return part

    def first(self) -> QWidget | None:
        """Choosing a sheet."""
        return self.choose

    # -- the file

    def _choose(self) -> None:
        path = which_to_open(self, _("Choose a sheet"), str(Path.home()), _("Sheets (*.xlsx *.ods *.csv)"))
        if path:
            self.use(Path(path))

    def use(self, path: Path) -> None:
        """Looks at a file and proposes a mapping: the one used for this header before, or a guess."""
        store = self.desk.store

        def work(_step: Step) -> tuple[tuple[str, ...], list[str], sheets_mapping.Mapping | None]:
            sheet = sheets_reading.read(path)
            with store.read() as session:
                known = imports.mapping_for(session, sheets_mapping.fingerprint(sheet.header))
            mapping = sheets_mapping.remembered(known) if known else None
            rows = [row for _number, row in islice(sheet.rows(), 1)]
            samples = [sheets_reading.text_of(cell)[:24] for cell in rows[0]] if rows else []
            return sheet.header, [*samples, *[""] * (len(sheet.header) - len(samples))], mapping

        def done(found: tuple[tuple[str, ...], list[str], sheets_mapping.Mapping | None]) -> None:
            self.path, self.plan, self.choices = path, None, {}
            self._ask_mapping(*found)

        self._run(work, done)

    def _ask_mapping(
        self, header: tuple[str, ...], samples: list[str], before: sheets_mapping.Mapping | None, target: str = ""
    ) -> None:
        clear(self._mapping)
        clear(self._result)
        assert self.path is not None
        frame, body = card(margin=20, spacing=12)
        body.addWidget(label(isolate(self.path.name), "strong"))
        if before is not None:
            body.addWidget(label(_("This kind of sheet was imported before: its columns are filled in."), "small"))
        self.form = MappingForm(header, samples, before, self.path.stem, target)
        self.tells_of = SegmentField([("clients", _("A person")), ("events", _("An event"))])
        self.tells_of.call(_("What does a row tell of?"))
        self.tells_of.set_value(self.form.target)
        self.tells_of.changed.connect(partial(self._of, header, samples, before))
        body.addWidget(label(_("What does a row tell of?"), "label"))
        body.addWidget(self.tells_of)
        body.addWidget(self.form)
        self.try_it = button(_("Try it: change nothing yet"), "main", "list-checks", self.attempt)
        row = Flow(8)
        row.addWidget(self.try_it)
        body.addLayout(row)
        self._mapping.addWidget(frame)

    def _of(self, header: tuple[str, ...], samples: list[str], before: sheets_mapping.Mapping | None) -> None:
        """Asks for the columns of people or of events."""
        target = self.tells_of.value()
        if self.form is not None and target and target != self.form.target:
            QTimer.singleShot(0, partial(self._ask_mapping, header, samples, before, str(target)))

    # -- trying

    def attempt(self) -> None:
        """Judges every row and changes nothing."""
        if self.form is None or self.path is None:
            return
        form, path, store, on = self.form, self.path, self.desk.store, self.desk.today()
        choices = dict(self.choices)
        form.form.clear_problems()
        try:
            mapping = sheets_mapping.mapping_of(form.typed())
        except Invalid as wrong:
            renamed = {name.rpartition(".")[2]: said for name, said in wrong.problems.items()}
            form.form.show_problem(Invalid(**renamed))
            return
        self._run(lambda step: sheets.decide(store, path, mapping, on=on, step=step, choices=choices), self._show)

    def _show(self, plan: Plan) -> None:
        self.plan = plan
        clear(self._result)
        frame, body = card(margin=20, spacing=10)
        body.addWidget(label(ngettext("{n} row was read", "{n} rows were read", plan.rows), "heading"))
        chips = Flow(8)
        for text, tone in (
            (_("{n} ready", n=len(plan.ready)), "green"),
            (_("{n} imported before", n=plan.same), "plain"),
            (_("{n} cannot be taken", n=len(plan.blocked)), "red" if plan.blocked else "plain"),
            (_("{n} to look at", n=len(plan.warnings)), "amber" if plan.warnings else "plain"),
        ):
            chips.addWidget(chip(text, tone))
        body.addLayout(chips)
        acts = Flow(8)
        words = ngettext("Import {n} row", "Import {n} rows", len(plan.ready))
        self.go = button(words, "main", on=self.carry_out)
        self.go.setEnabled(bool(plan.ready))
        acts.addWidget(self.go)
        if plan.blocked:
            acts.addWidget(button(_("Save the rows that cannot be taken"), "", "save", self._give_back))
        body.addLayout(acts)
        if plan.unknown_words() and self.form is not None:
            self.words = WordsForm(plan.unknown_words())
            body.addWidget(self.words)
            again = Flow(8)
            again.addWidget(button(_("Use these words and try again"), "", "list-checks", self.explain))
            body.addLayout(again)
        self._list(body, _("What cannot be taken"), plan.errors, self._told)
        self._list(body, _("Possibly registered already"), plan.warnings, self._doubt)
        self._result.addWidget(frame)

    def explain(self) -> None:
        """Takes over what the words of the sheet mean, and tries again."""
        if self.form is not None:
            for column, said in self.words.meanings().items():
                self.form.explained.setdefault(column, {}).update(said)
            self.attempt()

    def _list(self, body: QVBoxLayout, title: str, faults: list[Fault], line: Callable[[Fault], QWidget]) -> None:
        if not faults:
            return
        body.addWidget(label(title, "strong"))
        for fault in faults[:SHOWN]:
            body.addWidget(line(fault))
        if len(faults) > SHOWN:
            body.addWidget(label(_("and {n} more", n=len(faults) - SHOWN), "small"))

    def _told(self, fault: Fault) -> QWidget:
        where = [_("Row {n}", n=fault.row), *(isolate(part) for part in (fault.column, fault.value) if part)]
        return label(" · ".join(where) + ": " + fault.reason.text(_))

    def _doubt(self, fault: Fault) -> QWidget:
        assert self.plan is not None
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._told(fault), 1)
        number = self.plan.likely.get(fault.row)
        known = [(number, _("The same: add to {number}", number=number))] if number else []
        choice = ChoiceField([(sheets.STRANGER, _("Somebody new")), *known, (sheets.LEAVE, _("Leave out"))], None)
        choice.call(_("What to do with row {n}", n=fault.row))
        choice.set_value(self.choices.get(fault.row, sheets.STRANGER))
        choice.changed.connect(partial(self._choose_for, fault.row, choice))
        row.addWidget(choice)
        return part

    def _choose_for(self, row: int, choice: ChoiceField) -> None:
        self.choices[row] = str(choice.value())
        if self.plan is not None:
            left = sum(self.choices.get(one.row) != sheets.LEAVE or bool(one.sheet) for one in self.plan.ready)
            self.go.setText(ngettext("Import {n} row", "Import {n} rows", left))
            self.go.setEnabled(bool(left))

    # -- importing

    def carry_out(self) -> None:
        """Keeps the rows that are ready, as one batch. Rows left out go back with the others."""
        if self.plan is None:
            return
        store, on, plan = self.desk.store, self.desk.today(), sheets.settled(self.desk.store, self.plan, self.choices)

        def done(batch: str) -> None:
            self.plan, self.form = None, None
            clear(self._mapping)
            clear(self._result)
            self.refresh()
            said = ngettext("{n} row was imported.", "{n} rows were imported.", len(plan.ready))
            self.desk.window.say(said, undo=partial(self.take_back, batch))

        self._run(lambda step: sheets.carry_out(store, plan, on=on, step=step), done)

    def _give_back(self) -> None:
        if self.plan is None:
            return
        proposed = _("rows not taken") + ".xlsx"
        path = where_to_save(self, _("Save the rows that cannot be taken"), proposed, _("Sheets (*.xlsx)"))
        if path:
            sheets.give_back(self.plan, Path(path))
            self.desk.window.say(_("Saved."))

    def take_back(self, uuid: str) -> None:
        """Takes an import back."""
        store, on = self.desk.store, self.desk.today()

        def work(step: Step) -> imports.TakenBack:
            with store.change(by=store.officer, do="imports.undo") as session:
                return imports.undo(session, imports.by_uuid(session, uuid), on=on, by=store.officer, step=step)

        self._run(work, self._taken_back)

    def _taken_back(self, done: imports.TakenBack) -> None:
        kept = _("{n} stay, because somebody worked with them since.", n=done.kept) if done.kept else ""
        self.desk.window.say(" ".join(filter(None, (_("{n} were taken back.", n=done.gone), kept))))
        self.refresh()

    # -- what was imported

    def refresh(self) -> None:
        """Reads the imports there were."""
        self.desk.ask(self, imports.batches, self._list_before)

    def _list_before(self, found: list[imports.ImportBatch]) -> None:
        clear(self._before)
        if found:
            self._before.addWidget(label(_("Imported before"), "heading"))
        for batch in found:
            frame, body = card(margin=14, spacing=4)
            row = QHBoxLayout()
            row.addWidget(label(isolate(batch.file), "strong"), 1)
            if batch.undone_on is not None:
                row.addWidget(chip(_("taken back"), "plain"))
            else:
                undo = button(_("Take back"), "quiet", "undo-2", partial(self.take_back, batch.uuid))
                undo.setAccessibleName(_("Take back {file}", file=batch.file))
                row.addWidget(undo)
            body.addLayout(row)
            counts = _("{ok} imported, {same} known already, {rejected} not taken", ok=batch.ok, same=batch.same,
                       rejected=batch.rejected)  # fmt: skip
            body.addWidget(label(f"{screen_date(batch.on)} · {counts}", "small"))
            self._before.addWidget(frame)

    # -- work beside the screen

    def _run(self, work: Callable[[Step], Any], done: Callable[[Any], None]) -> None:
        if self._job is not None and self._job.running:
            return
        self.trouble.hide()
        self.bar.setRange(0, 0)
        self.read_so_far.setText("")
        self._wait.show()

        self._job = self.desk.jobs.run(
            work, done=partial(self._ended, done), failed=self._failed, progress=self._progress
        )

    def _ended(self, done: Callable[[Any], None], answer: Any) -> None:
        self._wait.hide()
        done(answer)

    def _failed(self, trouble: MrcError) -> None:
        self._wait.hide()
        self.trouble.say(trouble.text(_))
        self.trouble.show()

    def _progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.read_so_far.setText(ngettext("{n} row", "{n} rows", done))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
