"""Questionnaires: one is chosen, asked, and kept; the sheets of a client with their scores, their change, a chart."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import groupby
from typing import Any, ClassVar, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from mrc_app.casework import assessments, clients
from mrc_app.casework.assessments import Wave
from mrc_app.casework.instrument_words import Kind, Side
from mrc_app.casework.instruments import OURS, Instrument
from mrc_app.errors import Invalid, MrcError
from mrc_app.i18n import _, isolate, languages, screen_language
from ui.desk import Desk
from ui.forms import Form
from ui.panels import assessment_shown as shown
from ui.panels.assessment_asking import Asking, Sheet
from ui.panels.assessment_shown import Told
from ui.panels.groups import heading_row
from ui.panels.return_parts import Part, dots, line_row
from ui.widgets.controls import button, clear
from ui.widgets.dates import DualDateEdit
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField, SegmentField
from ui.widgets.scores import Scores
from ui.widgets.text import Banner, card, chip, label
from ui.words import choices, language_name, word

MOST_SHEETS = 6
"""Sheets of one instrument shown at once, the latest; the change is always from the first to the last."""


class Read(NamedTuple):
    """What was read for one client."""

    sheets: list[Told]
    available: list[Instrument]
    language: str


class AssessmentPart(Part):
    """The questionnaires of one client."""

    shows: ClassVar[frozenset[str]] = frozenset({"assessment", "survey"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.told: Read | None = None
        self.asking: Asking | None = None
        self.wave, self.on = Wave.OTHER, desk.today()
        frame, body = card(spacing=10)
        self.ask_button = button(_("Ask the questions"), "main", "plus", self.choose)
        body.addWidget(heading_row("clipboard-list", _("Questions and scores"), self.ask_button))
        self.column.addWidget(frame)
        self._asking = QVBoxLayout()
        self.column.addLayout(self._asking)
        self._list = QVBoxLayout()
        self.column.addLayout(self._list)

    def load(self, client: str) -> None:
        """Shows another client; a sheet begun for her before comes back."""
        new = client != self.client
        if new:
            self._put_away()
        super().load(client)
        if new:
            self._resume()

    def refresh(self) -> None:
        """Reads again, beside the screen."""
        client = self.client

        def question(session: Any) -> Read:
            every = assessments.available(session)
            by_id = {(one.id, one.version): one for one in every}
            kept = assessments.of_client(session, client)
            sheets = [Told(one, by_id.get((one.instrument, one.version))) for one in kept]
            return Read(sheets, every, clients.by_uuid(session, client).language)

        self.desk.ask(self, question, self._show)

    def _show(self, found: Read) -> None:
        self.told = found
        clear(self._list)
        if not found.sheets:
            text = _("The answers show where her plan begins. Asked again after 6 and 12 months, they show the change.")
            self._list.addWidget(Empty("clipboard-list", _("Nothing was asked yet"), text))
        ordered = sorted(found.sheets, key=lambda one: one.sheet.instrument)
        for _name, group in groupby(ordered, key=lambda one: one.sheet.instrument):
            self._show_instrument(list(group))

    def _show_instrument(self, sheets: list[Told]) -> None:
        frame, body = card(spacing=8)
        first = sheets[-1]
        if first.asked is None:
            body.addWidget(label(isolate(first.sheet.instrument), "heading"))
            body.addWidget(label(_("These questions are not on this desk; the answers are kept."), "muted"))
        else:
            checklist = first.asked.kind is Kind.CHECKLIST
            mark = chip(_("counted, never scored"), "plain") if checklist else chip(word(first.asked.kind), "blue")
            body.addWidget(heading_row("list-checks", isolate(first.asked.label), mark))
            for one in reversed(sheets[-MOST_SHEETS:]):
                self._show_sheet(body, one)
            if checklist:
                self._tell_named(body, first)
            else:
                self._tell_needs(body, first)
                self._tell_change(body, sheets)
        self._list.addWidget(frame)

    def _show_sheet(self, body: QVBoxLayout, one: Told) -> None:
        body.addWidget(line_row(dots([self.both(one.sheet.on), word(one.sheet.wave)]), isolate(one.sheet.note)
                                if one.sheet.note else ""))  # fmt: skip
        if one.asked is not None:
            body.addWidget(shown.score_table(one))

    def _tell_named(self, body: QVBoxLayout, one: Told) -> None:
        for side, text in ((Side.RISK, _("Named as a risk")), (Side.PROTECTS, _("What protects her"))):
            named = shown.named(one, side)
            if named:
                body.addWidget(label(text, "label"))
                for said in named:
                    body.addWidget(label(f"• {said}", "small"))
        body.addWidget(label(_("Nobody is judged by these counts. Talk about them with her."), "small"))

    def _tell_needs(self, body: QVBoxLayout, one: Told) -> None:
        found = shown.needs(one)
        if found:
            body.addWidget(label(_("Needs: the answers at the two lowest values"), "label"))
        for question, value in found:
            body.addWidget(label(f"• {shown.here(question.text)} {value}", "small"))

    def _tell_change(self, body: QVBoxLayout, sheets: list[Told]) -> None:
        changes = shown.change_words(sheets)
        if not changes:
            return
        body.addWidget(label(_("Change on the same person, from the first to the last time"), "label"))
        for name, change in changes:
            body.addWidget(label(f"{name} {change}", "strong"))
        self.chart = Scores()
        self.chart.tell(shown.lines(sheets))
        body.addWidget(self.chart)

    # -- asking

    def choose(self) -> None:
        """Which questions, when in the year, in which language, one by one or all at once."""
        found = self.told
        if found is None:
            return
        form = Form()
        known = [(f"{one.id}/{one.version}", isolate(one.label)) for one in found.available]
        chosen = form.add("instrument", _("Questions"), ChoiceField(known, empty=None))
        form.add("wave", _("When in the year"), ChoiceField(choices(Wave), empty=None))
        form.add("on", _("Asked on"), DualDateEdit())
        form.add("language", _("Language of the questions"), ChoiceField(self._languages(found), empty=None))
        way = form.add("way", _("How"), SegmentField([(True, _("One question a screen")), (False, _("All at once"))]))
        indices = [number for number, one in enumerate(found.available) if one.id == OURS]
        chosen.set_value(known[indices[0] if indices else 0][0])
        way.set_value(True)
        asked_before = {one.sheet.wave for one in found.sheets if one.sheet.instrument == OURS}
        wave = next((one for one in Wave if one not in asked_before), Wave.OTHER)
        form.fill({"wave": wave.value, "language": found.language or screen_language().code, "on": self.desk.today()})
        self.open_form(form, _("Ask the questions"), _("Begin"), self._chosen, "instrument")

    def _languages(self, found: Read) -> list[tuple[str, str]]:
        codes = dict.fromkeys([screen_language().code, found.language, "en"])
        for one in found.available:
            codes |= dict.fromkeys(code for _dimension, question in one.questions() for code in question.text)
        return [(code, language_name(code)) for code in codes if code in languages()]

    def _chosen(self) -> None:
        typed = self.typed()
        self.close_form()
        on = typed["on"] if isinstance(typed["on"], date) else self.desk.today()
        one_by_one = typed["way"] is not False
        self.begin(typed["instrument"], typed["wave"], typed["language"], on, one_by_one=one_by_one)

    def begin(self, instrument: str, wave: str, code: str, on: date, *, one_by_one: bool = True) -> None:
        """Begins to ask."""
        assert self.told is not None
        asked = next((one for one in self.told.available if f"{one.id}/{one.version}" == instrument), None)
        if asked is None:
            return
        self._put_away()
        self.wave, self.on = Wave(wave), on
        head = {"instrument": instrument, "wave": wave, "language": code, "one_by_one": one_by_one}
        head |= {"on": on.isoformat()}
        self.asking = Asking(asked, code, one_by_one=one_by_one, keep=partial(self._draft, head))
        self.trouble = Banner("", "red")
        self._asking.addWidget(self.trouble)
        self._asking.addWidget(self.asking)
        self.asking.done.connect(self.keep)
        self.asking.given_up.connect(self._give_up)
        self.ask_button.setEnabled(False)
        self.asking.go(0)

    @property
    def _key(self) -> str:
        return f"assessment:{self.client}"

    def _draft(self, head: dict[str, Any], sheet: Sheet) -> None:
        self.desk.store.draft_save(self._key, head | {"sheet": sheet})

    def _resume(self) -> None:
        kept = self.desk.store.draft(self._key)
        if not kept:
            return

        def again(found: list[Instrument]) -> None:
            self.told = self.told or Read([], found, "")
            if self.asking is None:
                on = date.fromisoformat(kept["on"])
                self.begin(kept["instrument"], kept["wave"], kept["language"], on, one_by_one=kept["one_by_one"])
                if self.asking is not None:
                    self.asking.fill(kept["sheet"])

        again(self.desk.read(assessments.available))

    def keep(self) -> None:
        """Keeps the answers with their score."""
        asking = self.asking
        if asking is None:
            return
        said: dict[str, Any] = {"answers": asking.answers(), "wave": self.wave, "note": asking.note.value() or ""}
        said |= {"client": self.client, "instrument": asking.instrument.id, "on": self.on}
        said |= {"by": self.desk.store.officer}

        def act(session: Any) -> None:
            assessments.assess(session, **said)

        try:
            self.desk.change("assessments.assess", act)
        except Invalid as trouble:
            self.trouble.say(trouble.text(_))
            return
        except MrcError as trouble:
            self.trouble.say(trouble.text(_))
            return
        self.desk.store.draft_drop(self._key)
        self._put_away()
        self.desk.window.say(_("Kept."))
        self.refresh()
        self.ask_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_up(self) -> None:
        self._put_away()
        self.desk.window.say(_("Put away. The answers wait here for you."))

    def _put_away(self) -> None:
        self.asking = None
        clear(self._asking)
        self.ask_button.setEnabled(True)
