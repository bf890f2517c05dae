"""Who works with a client: the officer in charge, and, where she asked for it, the only officers who see her record."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import caseload, clients
from mrc_app.errors import Invalid, MrcError
from mrc_app.i18n import _
from mrc_app.store import officers, restrictions
from mrc_app.store.roles import May, may
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.widgets.controls import button
from ui.widgets.fields import ChoiceField, ChoicesField, SegmentField

EVERYBODY, NAMED = "everybody", "named"


class WhoWorksWithHer(QDialog):
    """The title says nothing of why somebody is restricted: it may be read over a shoulder."""

    def __init__(self, desk: Desk, client: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.client = desk, client
        self.setWindowTitle(_("Who works with her"))
        self.setMinimumWidth(px(440))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(14))
        self.charge, self.standing, people = desk.read(self._ask)
        listed = [(one.uuid, one.name) for one in people]
        self.form = form = Form(columns=1)
        form.add("charge", _("In charge"), ChoiceField(listed))
        form.add("who", _("Who sees her record"), SegmentField(
            [(EVERYBODY, _("Everybody who works with clients")), (NAMED, _("Only officers named here"))], stacked=True
        ), hint=_("For everybody else she is in no list, no search, no count and no journal."))  # fmt: skip
        form.add("officers", _("Named officers"), ChoicesField(listed))
        charge = self.charge if self.charge in dict(listed) else None
        form.fill({
            "charge": charge, "who": NAMED if self.standing else EVERYBODY,
            "officers": sorted(self.standing) if self.standing else [desk.store.officer],
        })  # fmt: skip
        form.changed.connect(self._tell)
        column.addWidget(form)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Cancel"), on=self.reject))
        self.ok = button(_("Keep"), "main", on=self.keep)
        row.addWidget(self.ok)
        column.addLayout(row)
        self._tell()

    def _ask(self, session: Session) -> tuple[str, frozenset[str], list[Any]]:
        client = clients.by_uuid(session, self.client)
        standing = restrictions.standing(session, self.client)
        named = frozenset.intersection(*(frozenset(one.officers) for one in standing)) if standing else frozenset[str]()
        people = [one for one in officers.officers(session) if one.active and may(one.role, May.SEE_NAMES)]
        return caseload.officer_of(session, client), named, people

    def _tell(self) -> None:
        self.form.show_row("officers", self.form["who"].value() == NAMED)

    def keep(self) -> None:
        """Keeps who is in charge and who sees her; closes when that was possible."""

        def act() -> bool:
            self.desk.change("clients.who_works_with_her", self._change)
            return True

        if self.form.submit(act):
            self.accept()

    def _change(self, session: Session) -> None:
        said = self.form.values()
        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        wanted = frozenset(said["officers"] or ()) if said["who"] == NAMED else frozenset[str]()
        if said["who"] == NAMED and not wanted:
            raise Invalid(officers=restrictions.NOBODY)
        if said["charge"] and said["charge"] != self.charge:
            caseload.put_in_charge(session, client=self.client, officer=said["charge"], on=self.desk.today())
        if wanted == self.standing:
            return
        if self.standing:
            restrictions.lift(session, client=self.client, at=now)
        if wanted:
            restrictions.restrict(session, client=self.client, officers=sorted(wanted), since=now)


def ask(desk: Desk, client: str, parent: QWidget) -> bool:
    """Opens the question; whether something was kept."""
    try:
        return bool(WhoWorksWithHer(desk, client, parent).exec())
    except MrcError as trouble:
        desk.window.say(trouble.text(_))
        return False
