"""The time limits of a case and of its people, on the page of the case."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from mrc_app.casework import clients, deadline_typed, deadlines, grievances, journeys
from mrc_app.i18n import _, isolate
from ui.desk import Desk
from ui.forms import Form
from ui.panels import deadlines_shown as shown
from ui.panels.deadlines import DeadlinesPanel, Told
from ui.widgets.fields import ChoiceField
from ui.widgets.text import label

MOST = 60
"""People offered by name; a limit for all needs no name."""


class CaseDeadlines(DeadlinesPanel):
    """Time limits of a whole case. ``load`` shows a case (its uuid)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.people: list[tuple[str, str]] = []

    def refresh(self) -> None:
        """Reads and reckons again, beside the screen."""
        if self.client:
            question = partial(case_told, grievance=self.client, today=self.desk.today())
            self.desk.ask(self, question, self._take)

    def _take(self, found: tuple[Told, list[tuple[str, str]]]) -> None:
        told, self.people = found
        self.show_limits(told)

    def nothing(self) -> QWidget:
        """One line: the page has more to show."""
        return label(_("No time limit is followed yet"), "muted")

    def ask_whose(self, form: Form, found: Told) -> None:
        """For the whole case, or for one of its people."""
        form.add("client", _("For whom"), ChoiceField(self.people, empty=_("The whole case")))
        form.show_row("client", len(self.people) > 1)
        if len(self.people) == 1:
            form.fill({"client": self.people[0][0]})

    def whose(self, typed: dict[str, Any]) -> dict[str, Any]:
        """The person, if one was named, and the case."""
        return {"client": typed["client"] or None, "grievance": self.client}


def case_told(session: Any, grievance: str, today: date) -> tuple[Told, list[tuple[str, str]]]:
    """The limits of a case, the rules of its people's corridors and of this desk, and its people by name."""
    people = [one for _row, one in grievances.complainants(session, grievance, limit=MOST)]
    ways = [way for one in people[:20] if (way := journeys.current(session, one.uuid)) is not None]
    rules, corridors = [], sorted({(way.corridor, way.sector.value if way.sector else "") for way in ways})
    for corridor, sector in corridors or [("", "")]:
        rules += deadline_typed.rules(session, corridor, sector or None, today)
    each = list({rule.rule: rule for rule in rules}.values())
    limits = shown.ready(session, deadlines.of_grievance(session, grievance), (grievance,), today)
    named = [(one.uuid, isolate(clients.full_name(one))) for one in people]
    names = dict(named)
    limits = [limit._replace(who=names.get(limit.deadline.client or "", "")) for limit in limits]
    return Told(limits, each, [], corridors[0][0] if corridors else ""), named
