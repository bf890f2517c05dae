"""Details: what is known about a client, group by group, changed in place with what stood on the screen."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from mrc_app.casework import clients, duplicates
from mrc_app.i18n import _
from mrc_app.store import seen
from ui.desk import Desk
from ui.forms import Form
from ui.panels.client_asked import groups
from ui.panels.groups import GroupCard
from ui.panels.likely import ASKED, LikelyPeople
from ui.panels.panel import Panel


class DetailsPanel(Panel):
    """Everything of form F1."""

    shows: ClassVar[frozenset[str]] = frozenset({"client"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.cards: list[GroupCard] = []
        self.own: list[str] = []
        self.record: Any = None
        for group in groups(desk.today()):
            note = _(group.note) if group.note else ""
            card = GroupCard(_(group.title), group.asked, self._save, note=note, folded=group.folded)
            card.saved.connect(self.refresh)
            card.opened.connect(partial(self._look_out, card))
            self.column.addWidget(card)
            self.cards.append(card)
        self.column.addStretch(1)

    def load(self, client: str) -> None:
        """Shows another client; a form left open for the one before is closed."""
        if client != self.client:
            for card in self.cards:
                card.close_form()
        super().load(client)

    def refresh(self) -> None:
        """Reads the client again; a group that is being changed stays as it is."""

        def read(session: Any) -> tuple[Any, Any]:
            client = clients.by_uuid(session, self.client)
            self.own = duplicates.members(session, self.client)
            return client, seen(session, client)

        found = self.desk.read(read)
        self.record = found[0]
        for card in self.cards:
            card.show_record(*found)

    def _look_out(self, card: GroupCard) -> None:
        """Where a group tells who she is, others who may be her are shown while it is changed."""
        form = card.form
        if form is None or not any(one.name in ASKED for one in card.asked):
            return
        people = LikelyPeople(self.desk, _("Compare"))
        people.own = self.own
        people.hers.connect(self.same_person)
        people.follow(form, partial(self._typed, form))
        form.add_part(people)

    def _typed(self, form: Form) -> dict[str, Any]:
        """Her record as it would be with what stands in a form."""
        kept = {one.name: one.read(self.record) for card in self.cards for one in card.asked if one.name in ASKED}
        return kept | {name: value for name, value in form.values().items() if name in ASKED}

    def _save(self, changes: dict[str, Any], known: Any) -> None:
        changes = self._with_basis(dict(changes))
        home, today = self.desk.store.centre().country, self.desk.today()

        def amend(session: Any) -> None:
            client = clients.by_uuid(session, self.client)
            clients.amend(session, client, changes=changes, on=today, home=home)

        self.desk.change("clients.amend", amend, [known])

    def _with_basis(self, changes: dict[str, Any]) -> dict[str, Any]:
        """A birth is kept together with what it rests on."""
        card = next(card for card in self.cards if any(one.name == "birth" for one in card.asked))
        if card.form is not None and {"birth", "birth_basis"} & set(changes):
            typed = card.form.values("birth", "birth_basis")
            changes.pop("birth_basis", None)
            changes["birth"] = {**typed["birth"], "basis": typed["birth_basis"]} if typed["birth"] else None
        return changes

    def open(self, field: str) -> bool:
        """Opens the group with a field."""
        for card in self.cards:
            if any(one.name == field for one in card.asked):
                card.edit(field)
                return True
        return False

    def first(self) -> QWidget | None:
        """The first group's Change."""
        return self.cards[0].change
