"""Figures: choose a period and for whom, see the tables, freeze a version, save the files; targets."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from mrc_app.calendars.periods import period as read_period
from mrc_app.errors import MrcError
from mrc_app.figures import freezing, report_words, reports, targets, writing
from mrc_app.figures.behind import Behind, behind
from mrc_app.figures.freezing_reasons import Reason
from mrc_app.figures.tiers import TIERS, Tier
from mrc_app.figures.writing import Key
from mrc_app.i18n import _, isolate, languages, screen_language
from mrc_app.store.roles import May, may
from ui.desk import Desk, Session
from ui.forms import Form
from ui.jobs import Job
from ui.look import px
from ui.page import Heading, Page
from ui.pages.report_parts import BehindList, OwnForm, grid
from ui.widgets.controls import Flow, Scroll, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.dialogs import which_folder
from ui.widgets.fields import ChoiceField, NumberField, SegmentField, TextField
from ui.widgets.text import Banner, card, label
from ui.words import choices, word


class _Shown(NamedTuple):
    """A report on the screen: its document, its version when it is frozen, and why an earlier version stands."""

    document: dict[str, Any]
    version: int | None
    changes: list[dict[str, Any]]
    stands: str = ""


class ReportsPage(Page):
    """The choice above, the figures below it, the frozen versions at the end."""

    shows: ClassVar[frozenset[str]] = frozenset({"report", "target"})
    nav: ClassVar[str] = "reports"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=1040)
        outer.addWidget(scroll)
        self.events = button(_("Events and outreach"), "", "users", partial(desk.window.show_page, "events"))
        below = _("Counted on the day things happened, each person once, with the formula beside each figure.")
        scroll.body.addWidget(Heading(_("Figures"), below, self.events))
        scroll.body.addWidget(self._choice())
        self.ticks: dict[str, QCheckBox] = {}
        self._asked = QVBoxLayout()
        scroll.body.addLayout(self._asked)
        self.trouble = Banner("", "amber")
        scroll.body.addWidget(self.trouble)
        self._place = QVBoxLayout()
        self._place.setSpacing(px(12))
        scroll.body.addLayout(self._place)
        self._behind = QVBoxLayout()
        self.own_form = OwnForm(desk, lambda: self.shown.document if self.shown else None)
        scroll.body.addWidget(label(_("Your own report form"), "heading"))
        scroll.body.addWidget(self.own_form)
        scroll.body.addWidget(label(_("Targets"), "heading"))
        scroll.body.addWidget(self._targets())
        scroll.body.addWidget(label(_("Frozen reports"), "heading"))
        self._list = QVBoxLayout()
        self._list.setSpacing(px(8))
        scroll.body.addLayout(self._list)
        self.shown: _Shown | None = None
        self._job: Job | None = None

    def _choice(self) -> QWidget:
        frame, body = card(margin=18)
        self.form = form = Form()
        hint = _("2026-11, 2026-Q4, 2026-S2, 2026, et:2019-03, np:2083-08, np:FY2083, or two days with a slash")
        form.add("period", _("Period"), TextField(ordered=True), hint=hint)
        form.add("tier", _("For whom?"), SegmentField(choices(self._tiers())))
        known = [(one.code, one.autonym) for one in languages().values()]
        form.add("language", _("Language of the files"), ChoiceField(known, empty=None))
        today = self.desk.today()
        form.fill({"period": f"{today:%Y-%m}", "tier": Tier.INTERNAL.value, "language": screen_language().code})
        form.submitted.connect(self.show_figures)
        body.addWidget(form)
        row = Flow(8)
        self.go = button(_("Show the figures"), "main", "list-checks", self.show_figures)
        self.freeze = button(_("Freeze as the next version"), "", "lock", self.freeze_it)
        self.save = button(_("Save the files"), "", "save", self.ask_folder)
        if not may(self.desk.store.role, May.EXPORT):
            self.freeze.hide()
        self.stop = button(_("Stop counting"), "quiet", "", self.cancel)
        self.stop.hide()
        for one in (self.go, self.stop, self.freeze, self.save):
            row.addWidget(one)
        body.addLayout(row)
        return frame

    def _tiers(self) -> list[Tier]:
        return list(Tier) if may(self.desk.store.role, May.EXPORT) else [Tier.INTERNAL]

    def _targets(self) -> QWidget:
        frame, body = card(margin=18)
        self.aims = form = Form()
        form.add(
            "indicator",
            _("What is to be reached?"),
            ChoiceField([(code, _(text)) for code, text in targets.AIMS.items()]),
        )
        form.add("number", _("Number (percent for a share)"), NumberField())
        body.addWidget(form)
        self.aim = button(_("Set for this period"), "", "check", self.set_target)
        row = Flow(8)
        row.addWidget(self.aim)
        body.addLayout(row)
        if not may(self.desk.store.role, May.EXPORT):
            frame.hide()
        return frame

    # -- showing

    def refresh(self) -> None:
        """Reads the frozen reports."""
        self.desk.ask(self, reports.listed, self._show_list)
        self.own_form.refresh()

    def _show_list(self, found: list[reports.Report]) -> None:
        clear(self._list)
        if not found:
            self._list.addWidget(label(_("Nothing is frozen yet."), "muted"))
        for one in found:
            text = " · ".join(
                [one.period, word(one.tier), _("Version {version}", version=one.version), screen_date(one.made_on)]
            )
            made = button(text, "quiet", "lock", partial(self.open_frozen, one.uuid))
            made.setAccessibleName(text)
            self._list.addWidget(made, 0, Qt.AlignmentFlag.AlignLeading)

    def open_frozen(self, uuid: str) -> None:
        """Shows a frozen report as it was kept."""

        def question(session: Session) -> _Shown:
            report = reports.by_uuid(session, uuid)
            return _Shown(json.loads(report.document), report.version, reports.changes_of(session, report))

        self._take(self.desk.read(question))

    def show_figures(self) -> None:
        """Counts the period beside the screen."""
        said = self.form.values()
        store, today, merges = self.desk.store, self.desk.today(), self._merges()

        def work(step: Any) -> _Shown:
            tier = Tier(said["tier"])
            made = reports.make(store, said["period"] or "", tier, today, merges=merges, step=step)
            return _Shown(made, None, [])

        self._run(work)

    def freeze_it(self) -> None:
        """Freezes the period as its next version."""
        said = self.form.values()
        store, today = self.desk.store, self.desk.today()
        confirmed = [number for number, tick in self.ticks.items() if tick.isChecked()]
        merges = self._merges()

        def work(step: Any) -> _Shown:
            with store.read() as session:
                before = reports.latest(session, read_period(said["period"] or ""), Tier(said["tier"]))
            report, changes = freezing.freeze(
                store, said["period"] or "", Tier(said["tier"]), today, by=store.officer, confirmed=confirmed,
                merges=merges, step=step,
            )  # fmt: skip
            stood = before is not None and before.uuid == report.uuid
            stands = _(freezing.why_it_stands(store, report, today), version=report.version) if stood else ""
            return _Shown(json.loads(report.document), report.version, changes, stands)

        self._run(work)

    def _merges(self) -> list[str]:
        """The rows put together in what is on the screen, while the choice above is the same."""
        said = self.form.values()
        shown = self.shown.document if self.shown else {}
        same = shown.get("period") == said["period"] and shown.get("tier") == said["tier"]
        return list(shown.get("merges", ())) if same else []

    def merge(self, text: str) -> None:
        """Puts rows together and shows the figures again."""
        if self.shown is not None:
            self.shown.document["merges"] = [*self._merges(), text]
        self.show_figures()

    def _offers(self, offers: list[dict[str, Any]], words: report_words.ReportWords) -> QWidget:
        """Neighbours that may stand in one row."""
        frame, body = card("sunken", margin=16, spacing=6)
        body.addWidget(label(_("Fewer blanks"), "strong"))
        told = _("Cells are left blank where few people stand in them. Put rows together and fewer are blank:")
        body.addWidget(label(told, "small", wrap=True))
        for one in offers:
            text = _(
                "{rows}: {then} blank in place of {blank}",
                rows=writing.merged_rows(one["merge"], words), then=one["then"], blank=one["blank"],
            )  # fmt: skip
            made = button(text, "quiet", "check", partial(self.merge, one["merge"]))
            made.setAccessibleName(text)
            body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeading)
        return frame

    def _ask_sex(self, numbers: tuple[str, ...]) -> None:
        """A tick for each record without a sex: somebody looked, and it stays not stated."""
        clear(self._asked)
        self.ticks = {}
        if not numbers:
            return
        frame, body = card("sunken", margin=16, spacing=6)
        body.addWidget(label(_("Records without a sex"), "strong"))
        told = _("Look at each record. Tick it when the sex really is not stated, then freeze again.")
        body.addWidget(label(told, "small", wrap=True))
        for number in numbers:
            self.ticks[number] = tick = QCheckBox(isolate(number))
            tick.setAccessibleName(_("{number}: the sex stays not stated", number=number))
            body.addWidget(tick)
        self._asked.addWidget(frame)
        self.ticks[numbers[0]].setFocus()

    def _run(self, work: Any) -> None:
        self.form.clear_problems()
        self.trouble.say("")
        self.go.setEnabled(False)
        self._job = self.desk.jobs.run(work, done=self._take, failed=self._refused, progress=self._counting)
        self.stop.show()

    def cancel(self) -> None:
        """Stops counting at its next step."""
        if self._job is not None:
            self._job.cancel()

    def _counting(self, done: int, whole: int) -> None:
        self.trouble.say(_("Counting: {done} of {whole}", done=done, whole=whole))

    def _refused(self, trouble: MrcError) -> None:
        self.go.setEnabled(True)
        self.stop.hide()
        self.trouble.say("")
        self._ask_sex(getattr(trouble, "numbers", ()))
        self.form.show_problem(trouble)

    def _take(self, shown: _Shown) -> None:
        self.shown = shown
        self.go.setEnabled(True)
        self.stop.hide()
        self.trouble.say("")
        self._ask_sex(())
        self.form.fill({"period": shown.document["period"], "tier": shown.document["tier"]})
        words = report_words.ReportWords.load(screen_language().code)
        clear(self._behind)
        clear(self._place)
        self._behind = QVBoxLayout()
        frame, body = card("sunken", margin=16, spacing=3)
        for number, line in enumerate(writing.about(shown.document, words, shown.version)):
            body.addWidget(label(isolate(line), "strong" if number == 1 else "small"))
        self._place.addWidget(frame)
        if shown.stands:
            self._place.addWidget(Banner(shown.stands, "blue"))
        if shown.changes:
            self._place.addWidget(_changes(shown, words))
        if shown.document.get("offers"):
            self._place.addWidget(self._offers(shown.document["offers"], words))
        seen = shown.document["tier"] == Tier.INTERNAL.value and may(self.desk.store.role, May.SEE_NAMES)
        open_ = self.open_behind if seen and shown.version is None else None
        self._place.addLayout(self._behind)
        for part in writing.grids(shown.document, words):
            self._place.addWidget(grid(part, open_))

    def open_behind(self, key: Key, title: str) -> None:
        """Lists who is behind a figure, above the tables. The search runs beside the screen."""
        if self.shown is None:
            return
        store, today, period = self.desk.store, self.desk.today(), self.shown.document["period"]

        def work(step: Any) -> Behind:
            return behind(store, period, key.code, key.part, key.by, today=today, step=step)

        def done(found: Behind) -> None:
            clear(self._behind)
            self.listed = BehindList(self.desk, title, found)
            self._behind.addWidget(self.listed)
            self.listed.setFocus()

        self.desk.jobs.run(work, done=done, failed=self._refused)

    # -- doing

    def set_target(self) -> None:
        """Keeps a target for the period in the form above."""
        said, by, today = self.aims.values(), self.desk.store.officer, self.desk.today()
        code = self.form["period"].value() or ""

        def act(session: Session) -> object:
            return targets.aim(
                session, indicator=said["indicator"] or "", period=code, by=by, on=today, number=said["number"]
            )

        if self.aims.submit(lambda: self.desk.change("targets.aim", act)) is not None:
            self.aims.fill({"number": None})
            self.desk.window.say(_("Kept."))
            self.show_figures()

    def ask_folder(self) -> None:
        """Asks where the files go."""
        if self.shown is None:
            self.trouble.say(_("Show the figures first."))
            return
        folder = which_folder(self, _("Save the files"), str(Path.home()))
        if folder:
            self.save_to(Path(folder))

    def save_to(self, folder: Path) -> None:
        """Writes the workbook, the plain table and the PDF of what is on the screen."""
        shown, language = self.shown, self.form["language"].value() or "en"
        if shown is None:
            return
        store = self.desk.store

        def work(_step: object) -> int:
            from mrc_app.store import saved_files

            span = read_period(shown.document["period"])
            made = writing.files(shown.document, span, language=language, version=shown.version)
            for name, content in made.items():
                writing.put(folder / name, content)
                saved_files.note(store, folder / name, "report", content)
            return len(made)

        def done(n: int) -> None:
            self.desk.window.say(_("{n} files saved in {folder}.", n=n, folder=isolate(str(folder))))

        self.desk.jobs.run(work, done=done, failed=self._refused)

    def kept(self) -> dict[str, Any]:
        """What was chosen."""
        return self.form.values()

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        self.form.fill(kept)

    def first(self) -> QWidget | None:
        """The period."""
        return self.form["period"]


def _changes(shown: _Shown, words: report_words.ReportWords) -> QWidget:
    frame, body = card("sunken", margin=16, spacing=3)
    body.addWidget(label(_("What changed since the version before"), "strong"))
    few = _(writing.FEW, k=TIERS[Tier(shown.document["tier"])].k)
    for reason, n in shown.document.get("since", {}).items():
        body.addWidget(label(f"{word(Reason(reason))}: {few if n is None else n}", "small"))
    for one in shown.changes[:200]:
        what = writing.changed(one["what"], words)
        body.addWidget(label(f"{isolate(what)}: {one['before'] or '0'} → {one['after'] or '0'}", "small"))
    return frame
