"""The evening of a clinic day: how many came, counted from what was kept today; and the words for outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import queues
from mrc_app.i18n import FSI, PDI, _
from ui.desk import Desk, Session
from ui.look import px
from ui.pages.today import Count
from ui.widgets.choosers import name_of_country
from ui.widgets.controls import button
from ui.widgets.dates import screen_date
from ui.widgets.text import card, label


@dataclass(frozen=True)
class Figures:
    """Counts of one day, no name among them."""

    contacts: int = 0
    people: Mapping[str, int] = field(default_factory=dict)
    cases: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Evening:
    """Everything for the officer; ``agreed`` counts only who agreed to be counted, and visits without a name."""

    all: Figures = field(default_factory=Figures)
    agreed: Figures = field(default_factory=Figures)


def evening(session: Session, today: date) -> Evening:
    """Counts the day. A case counts once, under the nationality of the first of its people met today."""
    from mrc_app.casework import clients, consents, counselling, grievances

    contacts = counselling.on_day(session, today)
    nameless = len(counselling.tallies(session, today, today))
    nations = {uuid: clients.by_uuid(session, uuid).nationality for uuid in {one.client for one in contacts}}
    count_me = consents.Purpose.STATISTICS
    agreed = {uuid for uuid in nations if consents.allows(session, uuid, count_me, today=today)}
    cases: dict[str, str] = {}
    for uuid in nations:
        for case in grievances.of_client(session, uuid):
            if case.lodged_on == today:
                cases.setdefault(case.uuid, uuid)

    def figures(people: set[str]) -> Figures:
        return Figures(
            contacts=sum(one.client in people for one in contacts) + nameless,
            people=queues.by_nationality([nations[uuid] for uuid in people] + [queues.REST] * nameless),
            cases=queues.by_nationality(nations[uuid] for uuid in cases.values() if uuid in people),
        )

    return Evening(figures(set(nations)), figures(agreed))


class EveningCard(QWidget):
    """Three numbers, nationalities for the officer, and a text in which small numbers are merged."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self._evening = desk, Evening()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(label(_("This evening"), "heading"))
        row = QHBoxLayout()
        row.setSpacing(px(14))
        self.people = Count("users", "green", _("People met"))
        self.contacts = Count("message-circle", "blue", _("Contacts"))
        self.cases = Count("folder-open", "amber", _("New cases"))
        for part in (self.people, self.contacts, self.cases):
            row.addWidget(part, 1)
        column.addLayout(row)
        frame, body = card(margin=18, spacing=8)
        self.inside = label("", "")
        body.addWidget(self.inside)
        body.addWidget(label(_("Only for the centre: small numbers can tell who came."), "small"))
        foot = QHBoxLayout()
        self.copy = button(_("Copy for outside"), "", "clipboard-list", self.copy_for_outside)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        body.addLayout(foot)
        column.addWidget(frame)

    def tell(self, evening: Evening) -> None:
        """Shows other figures."""
        self._evening = evening
        shown = evening.all
        self.people.tell(sum(shown.people.values()))
        self.contacts.tell(shown.contacts)
        self.cases.tell(sum(shown.cases.values()))
        lines = [
            _("People by nationality: {list}", list=_listed(shown.people, _("not stated"))),
            _("New cases by nationality: {list}", list=_listed(shown.cases, _("not stated"))),
        ]
        self.inside.setText("\n".join(lines))

    def outside_text(self) -> str:
        """Counts only; fewer than five of a nationality stand in "other", and of a whole as "fewer than 5"."""
        told = self._evening.agreed
        people, cases = sum(told.people.values()), sum(told.cases.values())
        lines = [
            " · ".join((self.desk.store.centre().name, screen_date(self.desk.today()))),
            _("People met: {n}", n=_number(people)),
            _("Contacts: {n}", n=_number(told.contacts)),
            _("New cases: {n}", n=_number(cases)),
            _("People by nationality: {list}", list=_listed(queues.for_outside(told.people), _("other"))),
            _("New cases by nationality: {list}", list=_listed(queues.for_outside(told.cases), _("other"))),
            _("Small numbers are merged. Only people who agreed to be counted, and visits without a name."),
        ]
        return "\n".join(lines).replace(FSI, "").replace(PDI, "")

    def copy_for_outside(self) -> None:
        """Puts the text for outside on the clipboard."""
        QGuiApplication.clipboard().setText(self.outside_text())
        self.desk.window.say(_("Copied. Small numbers are merged into “other”."))


def _number(number: int) -> str:
    return _("fewer than 5") if queues.too_few(number) else str(number)


def _listed(counts: Mapping[str, int], rest: str) -> str:
    named = [(name_of_country(code) if code else rest, n) for code, n in counts.items()]
    return ", ".join(_("{what} {n}", what=what, n=n) for what, n in named) or "–"
