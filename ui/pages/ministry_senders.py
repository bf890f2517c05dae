"""Part of the ministry's desk: the centres, what each sent last, who is silent, what is missing, what was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from mrc_app.i18n import _, isolate, ltr
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.widgets.controls import Flow, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.fields import TextField
from ui.widgets.text import card, chip, label
from ui.words import listed

if TYPE_CHECKING:
    from mrc_app.ministry.silence import Sending

PAGE = 30
"""Centres shown at a time."""
FEW = 6
"""Missing periods that are named."""


class SendersCard(QWidget):
    """One line for each centre, those that are silent first; the register below them."""

    def __init__(self, desk: Desk, place: Callable[[], str], changed: Callable[[], None]) -> None:
        super().__init__()
        self.desk, self.place, self.changed = desk, place, changed
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, body = card(margin=18, spacing=10)
        outer.addWidget(frame)
        row = QHBoxLayout()
        row.addWidget(label(_("Centres"), "heading"), 1)
        self.add = button(_("Add a centre"), "quiet", "plus", self._ask)
        row.addWidget(self.add)
        body.addLayout(row)
        body.addWidget(self._register())
        self.lines = QVBoxLayout()
        self.lines.setSpacing(px(8))
        body.addLayout(self.lines)
        self.more = button(_("Show more"), "quiet", on=self._more)
        self.more.hide()
        body.addWidget(self.more)
        self.refused = QVBoxLayout()
        body.addLayout(self.refused)
        self.found: list[Sending] = []
        self._shown = PAGE

    def _register(self) -> QWidget:
        self.asking = QWidget()
        column = QVBoxLayout(self.asking)
        column.setContentsMargins(0, 0, 0, 0)
        self.form = form = Form()
        form.add("code", _("Centre code"), TextField(ordered=True, limit=40), hint=_("As it stands in its packages."))
        form.add("name", _("Name"), TextField(limit=200))
        hint = _("Compare it by telephone or on paper first. From then on its packages must carry its signature.")
        form.add("recipient", _("Key (age1…)"), TextField(ordered=True, limit=80), hint=hint, optional=True, span=2)
        form.submitted.connect(self.keep)
        column.addWidget(form)
        row = Flow(8)
        self.save = button(_("Write into the register"), "main", "check", self.keep)
        row.addWidget(self.save)
        column.addLayout(row)
        self.asking.hide()
        return self.asking

    def _ask(self) -> None:
        self.asking.setVisible(self.asking.isHidden())
        if not self.asking.isHidden():
            self.form["code"].setFocus()

    def keep(self) -> None:
        """Writes a centre into the register."""
        said, place, today = self.form.values(), self.place(), self.desk.today()
        self.form.clear_problems()

        def work(_step: object) -> str:
            from mrc_app.ministry import centres, database

            with database.opened(place, make=True) as at:
                return centres.add(
                    at, code=said["code"] or "", name=said["name"] or "", recipient=said["recipient"] or "", today=today
                ).code

        def done(code: str) -> None:
            self.form.fill(dict.fromkeys(said))
            self.asking.hide()
            self.desk.window.say(_("{code} stands in the register.", code=ltr(code)))
            self.changed()

        self.desk.jobs.run(work, done=done, failed=self.form.show_problem)

    # -- reading

    def read(self) -> None:
        """Reads who sent what, beside the screen."""
        place, today = self.place(), self.desk.today()

        def work(_step: object) -> tuple[list[Sending], list[tuple[Any, ...]]]:
            from mrc_app.ministry import database, silence

            with database.opened(place) as at:
                kept = at.rows("SELECT file, reason, said FROM quarantine ORDER BY at DESC, file LIMIT ?", PAGE)
                return silence.sending(at, today), kept

        self.desk.jobs.run(work, done=self._show, failed=self._nothing)

    def _nothing(self, trouble: MrcError) -> None:
        self.found = []
        clear(self.lines)
        clear(self.refused)
        self.more.hide()
        self.lines.addWidget(label(trouble.text(_), "muted"))

    def _show(self, answer: tuple[list[Sending], list[tuple[Any, ...]]]) -> None:
        found, kept = answer
        self.found = sorted(found, key=lambda one: (one.silent_since is None, str(one.silent_since), one.centre))
        self._shown = PAGE
        self._fill()
        clear(self.refused)
        if kept:
            self.refused.addWidget(label(_("Refused and kept apart"), "strong"))
        for file, reason, said in kept:
            words = said if "{" in reason else _(reason)  # with values it is kept as it was said
            self.refused.addWidget(label(f"{ltr(file)}: {words}", "small"))

    def _more(self) -> None:
        self._shown += PAGE
        self._fill()

    def _fill(self) -> None:
        clear(self.lines)
        if not self.found:
            self.lines.addWidget(label(_("No centre stands in the register, and none sent anything yet."), "muted"))
        for one in self.found[: self._shown]:
            self.lines.addWidget(_line(one))
        self.more.setVisible(len(self.found) > self._shown)


def _line(one: Sending) -> QWidget:
    frame, body = card("sunken", margin=12, spacing=4)
    head = QHBoxLayout()
    title = f"{isolate(one.name)} · {ltr(one.centre)}" if one.name else ltr(one.centre)
    head.addWidget(label(title, "strong"), 1)
    for text, tone in _chips(one):
        head.addWidget(chip(text, tone))
    body.addLayout(head)
    said = [_("Last: {period}", period=ltr(one.last_period))] if one.last_period else [_("Nothing came yet.")]
    if one.missing:
        named = listed(ltr(code) for code in one.missing[:FEW])
        more = _("and {n} more", n=len(one.missing) - FEW) if len(one.missing) > FEW else ""
        said.append(" ".join(filter(None, (_("Missing: {periods}", periods=named), more))))
    if one.numbers:
        said.append(_("Packages that never came: {numbers}", numbers=listed(str(n) for n in one.numbers[:FEW])))
    body.addWidget(label(" · ".join(said), "small"))
    frame.setAccessibleName(", ".join([title, *(text for text, _tone in _chips(one)), *said]))
    return frame


def _chips(one: Sending) -> list[tuple[str, str]]:
    found = []
    if one.silent_since is not None:
        found.append((_("silent since {day}", day=screen_date(one.silent_since)), "amber"))
    if one.unverified:
        found.append((_("signer not known"), "red"))
    if not one.registered:
        found.append((_("not in the register"), "plain"))
    return found
