"""What stands between a client and her guide: each missing thing by name, filled in where it is named."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.i18n import _, ngettext
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.panels.asked import Asked
from ui.panels.client_asked import groups
from ui.panels.groups import asked_form
from ui.panels.journey_asked import JOB, ROUTE, SAME
from ui.widgets.controls import Flow, button, clear
from ui.widgets.text import Banner, card, label
from ui.words import cap

FEW = 6
"""How many missing things are named before "Show all"."""


class ReadinessCard(QFrame):
    """Names what is missing and takes it in at once. ``filled`` tells that something was kept."""

    filled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "card")
        self._client: Any = None
        self._journey: Any = None
        self._corridor = ""
        self._all = False
        self._asked = {one.name: (one, "client") for group in groups(desk.today()) for one in group.asked}
        self._asked |= {one.name: (one, "journey") for one in (*ROUTE, *JOB)}
        self._missing: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(14), px(18), px(16))
        column.setSpacing(px(8))
        self.title = label("", "heading")
        self.below = label("", "small")
        column.addWidget(self.title)
        column.addWidget(self.below)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        holder = QWidget()
        self.buttons = Flow(6)
        holder.setLayout(self.buttons)
        column.addWidget(holder)
        self.notes = QVBoxLayout()
        column.addLayout(self.notes)
        self.form: Form | None = None

    def tell(self, found: Any, client: Any, journey: Any, corridor: str = "") -> None:
        """Shows what ``readiness.before_printing`` found about a client, her journey or the corridor she thinks of."""
        self._client, self._journey, self._corridor = client, journey, corridor
        self._missing = dict(found.missing)
        if found.missing:
            n = len(found.missing)
            self.title.setText(ngettext("{n} thing is not known yet", "{n} things are not known yet", n))
            self.below.setText(_("Press what you know now. What stays open is named in the book, never left blank."))
        else:
            self.title.setText(_("Nothing is missing"))
            self.below.setText(_("Her record holds everything this book asks for."))
        self._name_them()
        clear(self.notes)
        for words, tone in notes(found):
            self.notes.addWidget(Banner(words, tone, "info"))

    def _name_them(self) -> None:
        clear(self.buttons)
        names = list(self._missing.items())
        for field, words in names if self._all else names[:FEW]:
            made = button(cap(_(words)), "choice", "plus", partial(self.open, field))
            self.buttons.addWidget(made)
        if len(names) > FEW and not self._all:
            more = button(_("All {n}", n=len(names)), "quiet", on=self._show_all)
            self.buttons.addWidget(more)

    def _show_all(self) -> None:
        self._all = True
        self._name_them()

    def open(self, field: str) -> None:
        """Asks for a missing thing right here."""
        name = SAME.get(field, field)
        found = self._asked.get(name)
        if found is None:
            self.desk.window.show_page("clients", self._client.uuid)
            return
        self._put(found[0], found[1])
        if found[1] == "journey" and self._journey is None and self.form is not None:
            self.form.fill(self._route())

    def _put(self, asked: Asked, whose: str) -> None:
        self.close_form()
        together = self._with_company(asked)
        self.form = asked_form(together, self._client if whose == "client" else self._journey)
        self.form.submitted.connect(partial(self.keep, whose))
        frame, body = card("sunken", margin=12)
        body.addWidget(self.form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        self.ok = button(_("Keep"), "main", on=partial(self.keep, whose))
        foot.addWidget(self.ok)
        body.addLayout(foot)
        self._place.addWidget(frame)
        self.form[asked.name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _with_company(self, asked: Asked) -> list[Asked]:
        """What is always asked together."""
        company = {
            "wage": ("wage_per",), "emergency_name": ("emergency_phone",), "phone": ("may_call", "cover_text"),
            "hours_per_day": ("days_per_week",), "rest_day": ("rest_hours",), "destination": ("origin",),
        }  # fmt: skip
        return [asked, *(self._asked[name][0] for name in company.get(asked.name, ()))]

    def keep(self, whose: str) -> None:
        """Keeps what was typed; trouble is said under its field."""
        if self.form is None:
            return
        typed = self.form.values()
        if self.form.submit(lambda: self._amend(whose, typed)) is not None:
            self.close_form()
            self.filled.emit()

    def _route(self) -> dict[str, str]:
        origin, _line, destination = self._corridor.partition("-")
        return {"origin": origin, "destination": destination}

    def _amend(self, whose: str, typed: dict[str, Any]) -> bool:
        if whose == "journey" and self._journey is None:
            return self._plan({**self._route(), **typed})
        from mrc_app.casework import clients, journeys

        today, home = self.desk.today(), self.desk.store.centre().country

        def act(session: Any) -> bool:
            client = clients.by_uuid(session, self._client.uuid)
            if whose == "client":
                clients.amend(session, client, changes=typed, on=today, home=home)
            else:
                mine = journeys.of_client(session, client.uuid)
                journeys.amend(session, next(one for one in mine if one.uuid == self._journey.uuid), changes=typed)
            return True

        return self.desk.change(f"{whose}s.amend", act)

    def _plan(self, typed: dict[str, Any]) -> bool:
        """What is told of a job before any journey begins one, on the corridor the guide is made for."""
        from mrc_app.casework import journeys

        client, by, today = self._client.uuid, self.desk.store.officer, self.desk.today()

        def act(session: Any) -> bool:
            journeys.plan(session, client=client, on=today, by=by, **typed)
            return True

        return self.desk.change("journeys.plan", act)

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = None
        clear(self._place)


def notes(found: Any) -> list[tuple[str, str]]:
    """What the officer should know before printing, in sentences with a tone."""
    said = [(problem.text(_), "amber") for problem in found.warnings]
    if found.untranslated:
        words = ngettext(
            "{n} line of {all} is not in her language yet; it is marked.",
            "{n} lines of {all} are not in her language yet; each is marked.",
            found.untranslated, all=found.lines,
        )  # fmt: skip
        said.append((words, "amber"))
    if found.unknown:
        words = ngettext(
            "In {n} section something is not known here.",
            "In {n} sections something is not known here.",
            len(found.unknown),
        )
        said.append((words, "blue"))
    return said
