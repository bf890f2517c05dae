"""What was reached besides money: which remedy, for whom, on which day."""

from __future__ import annotations

from typing import Any

from mrc_app.casework.grievance_words import Good
from mrc_app.i18n import _, isolate
from ui.desk import Desk, Session
from ui.forms import Form
from ui.panels.grievance_asked import CaseTold
from ui.panels.grievance_part import CasePart, row_of
from ui.widgets.controls import button
from ui.widgets.dates import DualDateEdit, screen_date
from ui.widgets.fields import ChoiceField, LongField
from ui.widgets.text import chip, label
from ui.words import choices, word


def remedy_form(people: list[tuple[str, str]]) -> Form:
    """A remedy, for one of ``people`` or for all."""
    form = Form()
    form.add("good", _("Which remedy?"), ChoiceField(choices(Good)))
    form.add("client", _("For whom?"), ChoiceField(people, empty=_("For everybody in the case")))
    form.add("on", _("On which day?"), DualDateEdit(), span=2)
    form.add("note", _("Note"), LongField(lines=2), optional=True, span=2)
    return form


class RemediesPart(CasePart):
    """Papers given back, a release, medical care: by day."""

    def __init__(self, desk: Desk) -> None:
        self.add = button(_("Add a remedy"), "", "plus", self.begin)
        super().__init__(desk, _("Reached besides money"), "circle-check", self.add)

    def tell(self, told: CaseTold) -> None:
        for one in told.remedies:
            whose = told.names.get(one.client, "") if one.client else _("For everybody in the case")
            below = " · ".join(isolate(part) for part in (whose, one.note, told.officers.get(one.by, "")) if part)
            day = label(screen_date(one.on), "small", wrap=False)
            self.lines.addWidget(row_of(day, chip(word(one.good), "green"), label(below, "small"), stretch=2))
        if not told.remedies:
            self.empty(_("Nothing was reached besides money yet."))

    def begin(self) -> None:
        """Asks for a remedy; its day is today unless another one is typed."""
        from mrc_app.casework import grievance_cases, grievances

        if self.told is None:
            return
        people = [(person.uuid, person.shown_as()) for _one, person in self.told.people]
        today, by, case = self.desk.today(), self.desk.store.officer, self.case
        form = remedy_form(people)
        form.fill({"on": today})

        def act(session: Session, said: dict[str, Any]) -> object:
            return grievance_cases.remedy(session, grievances.by_uuid(session, case), by=by, today=today, **said)

        self.ask(form, "grievance_cases.remedy", act)
