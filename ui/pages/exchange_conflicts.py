"""Contradictions: what two desks wrote without having seen each other's. A person chooses; equal ones in one go."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from mrc_app.exchange import settling
from mrc_app.exchange.settling import Contradiction
from mrc_app.i18n import _, ltr, ngettext
from mrc_app.store import officers
from mrc_app.store.roles import May
from ui.desk import Desk, Session
from ui.pages.exchange_part import PAGE, ExchangePart, allow, instant_words, why_not
from ui.pages.exchange_values import about, value_words
from ui.panels.groups import heading_row
from ui.panels.return_parts import dots, flow_of, named
from ui.widgets.controls import Button, Flow, button, clear
from ui.widgets.empty import Empty
from ui.widgets.fields import SegmentField
from ui.widgets.text import Banner, card, label

NAMED = 6
"""Clients of one group that are shown by number."""


class Group(NamedTuple):
    """Contradictions with the same field and values: settled one by one or together."""

    all: list[Contradiction]

    @property
    def one(self) -> Contradiction:
        """The first of them stands for all."""
        return self.all[0]


def grouped(found: list[Contradiction]) -> list[Group]:
    """Contradictions that are alike together, in the order they came."""
    groups: dict[str, Group] = {}
    for one in found:
        key = min(one.id, *one.equal) if one.equal else one.id
        groups.setdefault(key, Group([])).all.append(one)
    return list(groups.values())


class ConflictsPart(ExchangePart):
    """Some cards at a time; after one is settled the keyboard stands in the next."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.trouble = Banner("", "red")
        self.column.addWidget(self.trouble)
        self.reason = Banner(why_not(desk.store.role, May.AMEND), "amber", "info")
        self.column.addWidget(self.reason)
        self.head = label("", "muted")
        self.column.addWidget(self.head)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.column.addLayout(self._list)
        self.more = button(_("Show more"), "quiet", on=self._more)
        self.more.hide()
        self.column.addWidget(self.more)
        self.cards: list[ConflictCard] = []
        self.found: list[Contradiction] = []
        self._names: dict[str, str] = {}
        self._shown, self._go_on = PAGE, False

    def load(self, about: str) -> None:
        """The keyboard stands in the first as soon as they are read."""
        self._go_on = True
        self.refresh()

    def refresh(self) -> None:
        """Reads the contradictions, beside the screen."""
        store = self.desk.store

        def question(session: Session) -> tuple[list[Contradiction], dict[str, str]]:
            names = {one.uuid: one.name for one in officers.officers(session)}
            return settling.contradictions(store), names

        self.desk.ask(self, question, self._show)

    def _show(self, told: tuple[list[Contradiction], dict[str, str]]) -> None:
        self.found, self._names = told
        chosen = {one.group.one.id: one.field.value() for one in self.cards}
        clear(self._list)
        self.cards = []
        groups = grouped(self.found)
        for group in groups[: self._shown]:
            made = ConflictCard(group, self._names)
            made.field.set_value(chosen.get(group.one.id))
            made.settled.connect(partial(self.settle, made))
            for act in made.acts:
                allow(act, self.desk.store.role, May.AMEND)
            made.opened.connect(self._open)
            self._list.addWidget(made)
            self.cards.append(made)
        self.more.setVisible(len(groups) > self._shown)
        self._tell(len(self.found))
        if self._go_on and self.cards:
            self.cards[0].field.setFocus()
        self._go_on = False

    def _tell(self, number: int) -> None:
        said = ngettext("{n} thing was written differently at two desks. Nothing is lost: choose what holds.",
                        "{n} things were written differently at two desks. Nothing is lost: choose what holds.",
                        number)  # fmt: skip
        self.head.setText(said if number else "")
        self.head.setVisible(bool(number))
        if not number:
            text = _("When two desks change the same thing before they exchange parcels, both values stand here.")
            self._list.addWidget(Empty("circle-check", _("Nothing contradicts itself"), text))

    def _more(self) -> None:
        self._shown += PAGE
        self._show((self.found, self._names))

    def _open(self, client: str) -> None:
        self.desk.window.show_page("clients", client)

    # -- settling

    def settle(self, made: ConflictCard, together: bool) -> None:
        """Keeps the chosen value, for one or for all that are alike, beside the screen."""
        at = made.field.value()
        if at is None:
            self.trouble.say(_("Choose which value holds."))
            made.field.setFocus()
            return
        self.trouble.say("")
        wanted = made.group.all if together else made.group.all[:1]
        text = made.group.one.values[int(at)].value
        choices = [(one.conflict, text) for one in wanted]
        store = self.desk.store
        for act in made.acts:
            act.setEnabled(False)
        self.desk.jobs.run(lambda _step: settling.settle(store, choices), done=self._settled, failed=self._failed)

    def _settled(self, number: int) -> None:
        self._go_on = True
        self.desk.window.say(ngettext("{n} was settled.", "{n} were settled.", number))
        self.refresh()
        self.settled.emit()

    def _failed(self, trouble: MrcError) -> None:
        self.trouble.say(trouble.text(_))
        self.refresh()

    def first(self) -> QWidget | None:
        """The first choice."""
        return self.cards[0].field if self.cards else None


class ConflictCard(QFrame):
    """Both values with who wrote them, when and at which desk. ``settled``: together or not; ``opened``: a client."""

    settled = Signal(bool)
    opened = Signal(str)

    def __init__(self, group: Group, names: dict[str, str]) -> None:
        super().__init__()
        self.group = group
        one = group.one
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, body = card(margin=16, spacing=10)
        outer.addWidget(frame)
        title = about(one.kind, one.field)
        body.addWidget(heading_row("triangle-alert", title))
        body.addWidget(self._whose(title))
        self.field = SegmentField(
            [(str(at), _value_line(one, at, names)) for at in range(len(one.values))], stacked=True
        )
        self.field.call(" · ".join(filter(None, (title, one.client))))
        body.addWidget(self.field)
        foot = Flow(8)
        self.acts: list[Button] = []
        many = len(group.all)
        if many > 1:
            words = ngettext("Keep it in all {n}", "Keep it in all {n}", many)
            self.acts.append(named(words, title, "main", "check", partial(self.settled.emit, True)))
            self.acts.append(named(_("Only in the first"), title, on=partial(self.settled.emit, False)))
        else:
            self.acts.append(named(_("Keep this value"), title, "main", "check", partial(self.settled.emit, False)))
        holder = QWidget()
        holder.setLayout(foot)
        for act in self.acts:
            foot.addWidget(act)
        body.addWidget(holder)

    def _whose(self, title: str) -> QWidget:
        """The clients it is about; each opens her page."""
        parts: list[QWidget] = []
        numbers: dict[str, str] = {}
        for one in self.group.all:
            if one.client and one.conflict.subject:
                numbers.setdefault(one.conflict.subject, one.client)
        for uuid, number in list(numbers.items())[:NAMED]:
            made = button(ltr(number), "quiet", "user", partial(self.opened.emit, uuid))
            made.setAccessibleName(_("Open {who}", who=number))
            parts.append(made)
        if len(numbers) > NAMED:
            parts.append(label(_("and {n} more", n=len(numbers) - NAMED), "small"))
        if not parts:
            parts.append(label(_("About the centre, not about a client."), "small"))
        return flow_of(*parts)


def _value_line(one: Contradiction, at: int, names: dict[str, str]) -> str:
    """A value, and below it who wrote it, when, and at which desk."""
    said = one.values[at]
    words = value_words(one.kind, one.field, said.value, names)
    who = dots([said.by, instant_words(said.at), said.desk])
    return f"{words}\n{who}"
