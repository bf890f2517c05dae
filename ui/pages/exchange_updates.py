"""Reference updates that came: what each would change; accepted, rejected or taken back by a supervisor."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mrc_app.corridors.reference_packs import PackState
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.exchange import reference_updates
from mrc_app.exchange.reference_differences import Change, How
from mrc_app.exchange.reference_updates import Listed
from mrc_app.i18n import _, isolate, ltr, ngettext
from mrc_app.store.roles import May
from ui.desk import Desk, Session
from ui.forms import Form
from ui.pages.exchange_part import PAGE, ExchangePart, allow, why_not
from ui.pages.exchange_reviews import Reviews
from ui.panels.groups import heading_row
from ui.panels.return_parts import dots, flow_of, named
from ui.widgets.controls import Button, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.empty import Empty
from ui.widgets.fields import TextField
from ui.widgets.text import Banner, card, chip, label
from ui.words import cap, word

TONES = {
    PackState.RECEIVED: "amber", PackState.ACCEPTED: "green", PackState.REJECTED: "plain", PackState.REVERTED: "plain",
}  # fmt: skip
HOW = {How.NEW: "green", How.CHANGED: "amber", How.GONE: "red"}
ORDER = (PackState.RECEIVED, PackState.ACCEPTED, PackState.REJECTED, PackState.REVERTED)


class UpdatesPart(ExchangePart):
    """The packs, those to be decided first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.trouble = Banner("", "red")
        self.column.addWidget(self.trouble)
        self.column.addWidget(Banner(why_not(desk.store.role, May.REFERENCE), "amber", "info"))
        self.reviews = Reviews(desk)
        self.column.addWidget(self.reviews)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.column.addLayout(self._list)
        self.more = button(_("Show more"), "quiet", on=self._more)
        self.more.hide()
        self.column.addWidget(self.more)
        self.cards: dict[str, PackCard] = {}
        self.found: list[Listed] = []
        self._shown, self.go_on = PAGE, False

    def load(self, about: str) -> None:
        """The keyboard stands at the first as soon as they are read."""
        self.go_on = True
        self.refresh()

    def refresh(self) -> None:
        """Reads the packs and what is to be looked at again, beside the screen."""
        self.reviews.refresh()
        self.desk.ask(self, reference_updates.listed, self._show)

    def _show(self, found: list[Listed]) -> None:
        self.found = sorted(found, key=lambda one: (ORDER.index(one.pack.state), one.pack.publisher_name))
        clear(self._list)
        self.cards = {}
        for one in self.found[: self._shown]:
            made = PackCard(one, self.desk, self)
            self._list.addWidget(made)
            self.cards[one.pack.uuid] = made
        self.more.setVisible(len(self.found) > self._shown)
        if not self.found:
            text = _("A ministry or a headquarters sends facts, services and instruments as a file. Take it in under "
                     "“What came”; a supervisor then looks at the difference here.")  # fmt: skip
            self._list.addWidget(Empty("list-checks", _("No update has come"), text))
        first = self.first()
        if self.go_on and first is not None:
            first.setFocus()
        self.go_on = False

    def _more(self) -> None:
        self._shown += PAGE
        self._show(self.found)

    def first(self) -> QWidget | None:
        """The first difference."""
        return next((one.look for one in self.cards.values()), None)


class PackCard(QFrame):
    """One pack: what it holds, the difference when it is asked for, and the decision."""

    def __init__(self, one: Listed, desk: Desk, part: UpdatesPart) -> None:
        super().__init__()
        self.one, self.desk, self.part = one, desk, part
        pack = one.pack
        self.title = f"{isolate(pack.series)} · {_('Version {version}', version=pack.version)}"
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, self.body = card(margin=16, spacing=8)
        outer.addWidget(frame)
        self.body.addWidget(heading_row("list-checks", self.title, chip(word(pack.state), TONES[pack.state])))
        sender = _("from {name}", name=isolate(pack.publisher_name))
        day = screen_date(date.fromisoformat(pack.decided_on)) if pack.decided_on else ""
        decided = _("decided on {day}", day=day) if day else ""
        self.body.addWidget(label(dots([sender, decided]), "small"))
        held = dots([f"{word(kind)} {ltr(code)}" for kind, code in one.items[:8]])
        self.body.addWidget(label(held))
        if pack.because:
            self.body.addWidget(label(_("Because: {reason}", reason=isolate(pack.because)), "small"))
        self.look = named(_("Show the difference"), self.title, "", "eye", self.ask_difference)
        self.acts = self._acts(pack.state)
        self.body.addWidget(flow_of(self.look, *self.acts))
        if self.acts and pack.state is not PackState.ACCEPTED:
            self.acts[0].hide()  # nobody accepts what she has not seen
        self.form = Form()
        self.form.add("because", _("Why?"), TextField(limit=500), span=2)
        self.form.hide()
        self._place = QVBoxLayout()
        self.body.addWidget(self.form)
        self.body.addLayout(self._place)
        self._changes: list[Change] = []
        self._told = PAGE

    def _acts(self, state: PackState) -> list[Button]:
        made: list[Button] = []
        if state is not PackState.ACCEPTED:
            made.append(named(_("Accept"), self.title, "main", "check", self.accept))
        if state is PackState.RECEIVED:
            made.append(named(_("Reject"), self.title, on=partial(self._because, "reject")))
        if state is PackState.ACCEPTED:
            made.append(named(_("Take back"), self.title, "", "undo-2", partial(self._because, "revert")))
        return [allow(one, self.desk.store.role, May.REFERENCE) for one in made]

    # -- the difference

    def ask_difference(self) -> None:
        """Reads what it would change, beside the screen."""
        uuid = self.one.pack.uuid

        def question(session: Session) -> list[Change]:
            return reference_updates.shown(session, reference_updates.by_name(session, uuid))

        self.desk.ask(self, question, self._difference)

    def _difference(self, changes: list[Change]) -> None:
        self._changes, self._told = changes, PAGE
        self._lay()
        for act in self.acts:
            act.show()

    def _lay(self) -> None:
        clear(self._place)
        number = len(self._changes)
        said = ngettext("It changes {n} thing.", "It changes {n} things.", number)
        self._place.addWidget(label(said if number else _("It changes nothing here."), "strong"))
        for one in self._changes[: self._told]:
            self._place.addWidget(_change(one))
        if number > self._told:
            self._place.addWidget(button(_("Show more"), "quiet", on=self._further))

    def _further(self) -> None:
        self._told += PAGE * 2
        self._lay()

    # -- deciding

    def accept(self) -> None:
        """From now on its values count here."""
        self._decide("reference_updates.accept", "accept", "")

    def _because(self, what: str) -> None:
        """Asks why, then rejects it or takes it back."""
        self.form.show()
        clear(self._place)
        words = _("Reject") if what == "reject" else _("Take back")
        act = partial(self.decide, what)
        self.go = named(words, self.title, "danger", on=act)
        self._place.addWidget(flow_of(self.go))
        self.form["because"].setFocus()

    def decide(self, what: str) -> None:
        """Rejects it or takes it back, with the reason that was typed."""
        because = self.form["because"].value() or ""
        if not because:
            self.form.show_problem(Invalid(because=Problem(reference_updates.NO_REASON)))
            return
        self._decide(f"reference_updates.{what}", what, because)

    def _decide(self, do: str, what: str, because: str) -> None:
        desk, uuid = self.desk, self.one.pack.uuid
        by, on = desk.store.officer, desk.today()

        def action(session: Session) -> Any:
            pack = reference_updates.by_name(session, uuid)
            return getattr(reference_updates, what)(session, pack, by=by, on=on, because=because)

        for act in self.acts:
            act.setEnabled(False)
        self.part.go_on = True
        desk.jobs.run(lambda _step: desk.change(do, action), done=self._decided, failed=self._failed)

    def _decided(self, told: Any) -> None:
        self.part.trouble.say(" ".join(one.text(_) for one in told or ()))
        self.desk.window.say(_("Kept."))
        self.part.refresh()

    def _failed(self, trouble: MrcError) -> None:
        self.part.trouble.say(trouble.text(_))
        for act in self.acts:
            allow(act, self.desk.store.role, May.REFERENCE)


def _change(one: Change) -> QWidget:
    """One line of the difference: what, how, before and after, with source and age."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(2)
    chips = [chip(cap(_(one.how.label)), HOW[one.how])]
    if one.review:
        chips.append(chip(_("this centre has its own: look again"), "red"))
    column.addWidget(flow_of(label(dots([one.item, one.what]), "strong", wrap=False), *chips))
    if one.before:
        column.addWidget(label(_("Now: {value}", value=isolate(one.before))))
    if one.after:
        column.addWidget(label(_("Then: {value}", value=isolate(one.after))))
    column.addWidget(label(dots([one.source, one.as_of, one.confidence]), "small"))
    return made
