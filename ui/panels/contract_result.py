"""The last check of a contract on a card: red points first and in words, what they suggest, the officer's verdict, and
what the worker herself decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import contract_verdicts
from mrc_app.casework.contract_findings import Verdict as PointState
from mrc_app.casework.contract_points import Point
from mrc_app.casework.contract_verdicts import ContractCheck
from mrc_app.casework.contract_words import HerDecision, Verdict
from mrc_app.i18n import _, isolate, ltr, ngettext
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.panels.contract_said import VERDICT_TONES, behind, beside, reason
from ui.panels.groups import heading_row
from ui.widgets.controls import Flow, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.facts import Facts
from ui.widgets.fields import LongField, SegmentField, TextField
from ui.widgets.text import card, chip, label
from ui.words import cap, choices, word

OPEN = ("worse", "missing", "unclear")
"""Answers that leave something to look at."""
CALL_IN = 7


class ResultCard(QFrame):
    """One check. ``again`` is sent for another check of the same version."""

    again = Signal()
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(18), px(16), px(18), px(16))
        self._column.setSpacing(px(10))
        self._told = QVBoxLayout()
        self._told.setSpacing(px(8))
        self._column.addLayout(self._told)
        self._place = QVBoxLayout()
        self._column.addLayout(self._place)
        self.check: ContractCheck | None = None
        self.form: Form | None = None
        self._known: Any = None

    def show_check(self, check: ContractCheck | None, known: Any, title: str, officer: str) -> None:
        """Shows a check; nothing where there is none. A form that is open keeps what is typed."""
        if self.check is None or check is None or check.uuid != self.check.uuid:
            self.close_form()
        self.check, self._known = check, known
        self.setVisible(check is not None)
        clear(self._told)
        if check is None:
            return
        found = contract_verdicts.points(check)
        red = [point for point in found if point.red]
        state = chip(word(check.verdict), VERDICT_TONES[check.verdict.value])
        self._told.addWidget(heading_row("shield-alert" if red else "shield-check", title, state))
        self._told.addWidget(label(f"{screen_date(check.checked_on)} · {isolate(officer)}", "small"))
        if red:
            self._told.addWidget(label(ngettext("{n} red point", "{n} red points", len(red)), "strong"))
        for point in red:
            self._told.addWidget(point_row(point, "red"))
        self._tell_open(found)
        self._tell_suggestion(check, len(red))
        self._tell_decisions(check)
        self._told.addWidget(self._actions())
        pack = _("Checked with the facts of {pack}; the values used are kept with it.", pack=ltr(check.pack))
        without = _("This desk holds no facts for this corridor: the check compares with the offer and the floor only.")
        self._told.addWidget(label(pack if check.pack else without, "small"))

    def _tell_open(self, found: list[Point]) -> None:
        unsure = [point for point in found if point.state.value == "cannot_tell"]
        if unsure:
            self._told.addWidget(label(_("What cannot be told here"), "strong"))
        for point in unsure:
            self._told.addWidget(point_row(point, "plain", "cannot_tell"))
        for state in OPEN:
            rest = [cap(_(point.label)) for point in found if not point.red and point.state.value == state]
            if rest:
                name = word(PointState(state))
                self._told.addWidget(label(f"{name}: {' · '.join(rest)}", "small"))

    def _tell_suggestion(self, check: ContractCheck, red: int) -> None:
        said = word(contract_verdicts.suggestion(check))
        because = ngettext("because {n} point is red", "because {n} points are red", red) if red else ""
        parts = [_("The points suggest: {suggestion}", suggestion=said), because]
        self._told.addWidget(label(", ".join(part for part in parts if part), "muted"))

    def _tell_decisions(self, check: ContractCheck) -> None:
        facts = Facts(2, 220)
        given = check.verdict is not Verdict.NOT_GIVEN
        verdict = [word(check.verdict) if given else "", check.verdict_because]
        verdict.append(screen_date(check.verdict_on) if check.verdict_on else "")
        hers = [word(check.decision) if check.decision is not HerDecision.NOT_ASKED else "", check.decision_note]
        hers.append(screen_date(check.decision_on) if check.decision_on else "")
        facts.tell(
            (
                (_("Verdict of the officer"), " · ".join(filter(None, verdict))),
                (_("Her own decision"), " · ".join(filter(None, hers))),
            ),
            _("Not yet"),
        )
        facts.setProperty("role", "sunken")
        self._told.addWidget(facts)

    def _actions(self) -> QWidget:
        holder = QWidget()
        row = Flow(8)
        holder.setLayout(row)
        given = self.check is not None and self.check.verdict is not Verdict.NOT_GIVEN
        self.decide = button(_("Verdict"), "" if given else "main", "check", self.ask_verdict)
        self.hers = button(_("Her own decision"), "", "user", self.ask_decision)
        row.addWidget(self.decide)
        row.addWidget(self.hers)
        row.addWidget(button(_("Check again"), "quiet", "list-checks", self.again.emit))
        in_days = ngettext("Call in {n} day", "Call in {n} days", CALL_IN)
        row.addWidget(button(in_days, "quiet", "phone", self.call_later))
        self.sheet = button(_("Result sheet and letters"), "quiet", "printer", self.print)
        row.addWidget(self.sheet)
        return holder

    def print(self) -> None:
        """Opens what is printed of this check."""
        from ui.panels import contract_sheet

        if self.check is not None:
            contract_sheet.ask(self.desk, self.check.uuid, self)

    # -- verdict, decision, task

    def ask_verdict(self) -> None:
        """Asks the officer what she concludes; nothing is chosen beforehand."""
        given = [one for one in Verdict if one is not Verdict.NOT_GIVEN]
        form = Form(1)
        form.add("verdict", _("What do you conclude?"), SegmentField(choices(given)))
        form.add("because", _("Why"), LongField(lines=2), optional=True)
        self._open(form, _("Verdict of the officer"), self._decide)

    def ask_decision(self) -> None:
        """Asks what she herself decides."""
        form = Form(1)
        form.add("decision", _("What does she decide?"), SegmentField(choices(HerDecision)))
        form.add("note", _("In her words"), TextField(limit=400), optional=True)
        self._open(form, _("Her own decision"), self._her_decision)

    def _open(self, form: Form, title: str, act: Callable[[], None]) -> None:
        self.close_form()
        self.form = form
        form.submitted.connect(act)
        frame, body = card("sunken", margin=14)
        body.addWidget(label(title, "strong"))
        body.addWidget(form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        self.ok = button(_("Keep"), "main", on=act)
        foot.addWidget(self.ok)
        body.addLayout(foot)
        self._place.addWidget(frame)
        form[next(iter(form.values()))].setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = None
        clear(self._place)

    def _decide(self) -> None:
        if self.form is not None:
            said: dict[str, Any] = {name: value or "" for name, value in self.form.values().items()}
            self._keep("contracts.decide", partial(contract_verdicts.decide, **said))

    def _her_decision(self) -> None:
        if self.form is not None:
            said: dict[str, Any] = {name: value or "" for name, value in self.form.values().items()}
            self._keep("contracts.her_decision", partial(contract_verdicts.her_decision, **said))

    def _keep(self, do: str, action: Callable[..., Any]) -> None:
        desk, uuid, form = self.desk, self.check.uuid if self.check else "", self.form
        on, by = desk.today(), desk.store.officer

        def act(session: Any) -> bool:
            action(session, contract_verdicts.by_uuid(session, uuid), on=on, by=by)
            return True

        if form is not None and form.submit(lambda: desk.change(do, act, [self._known])) is not None:
            self.close_form()
            self.changed.emit()

    def call_later(self) -> None:
        """A task to call her in a week, with her safe words."""
        from mrc_app.casework import agenda

        if self.check is None:
            return
        client, on, by = self.check.client, self.desk.today(), self.desk.store.officer
        text = _("Ask how it went on with the contract")

        def act(session: Any) -> None:
            agenda.add(session, due=on + timedelta(days=CALL_IN), kind="call", client=client, on=on, by=by, text=text)

        self.desk.change("agenda.add", act)
        self.desk.window.say(_("Kept."))


def point_row(point: Point, tone: str, only: str = "") -> QWidget:
    """A point in words: why, what stands in the contract and in the rule, and what the officer wrote."""
    made = QFrame()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, px(2), 0, px(2))
    row.setSpacing(px(12))
    number = chip(ltr(point.number), tone)
    number.setMinimumWidth(px(38))
    row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(px(2))
    words.addWidget(label(_(point.label), "strong"))
    for finding in point.findings:
        if finding["verdict"] == only if only else finding["red"]:
            words.addWidget(label(reason(finding["reason"])))
            for text in (beside(finding), behind(finding)):
                if text:
                    words.addWidget(label(text, "small"))
    if point.answer is not None:
        own = [isolate(part) for part in (point.answer.page, point.answer.note) if part]
        if own:
            words.addWidget(label(" · ".join(own), "small"))
    row.addLayout(words, 1)
    return made
