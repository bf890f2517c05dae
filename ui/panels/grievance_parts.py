"""The parts of the page of a case: its steps, its people, hearings and checklists."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from mrc_app.casework.grievance_words import Because, Held, Mark, Outcome, State
from mrc_app.i18n import _, isolate, ltr, ngettext
from ui.desk import Desk, Session
from ui.forms import Form
from ui.panels import grievance_asked as asked
from ui.panels.grievance_asked import CaseTold
from ui.panels.grievance_part import CasePart, row_of
from ui.widgets.controls import Flow, button
from ui.widgets.dates import DualDateEdit, screen_date
from ui.widgets.fields import ChoiceField, LongField
from ui.widgets.text import chip, label
from ui.words import choices, word

TONES = {
    State.SETTLED: "green", State.PAID: "green", State.AWARDED: "green", State.PAID_PART: "amber", State.UNPAID: "red",
    State.FAILED: "amber", State.CLOSED: "plain", State.WITHDRAWN: "plain", State.LAPSED: "plain",
    State.REJECTED: "plain", State.TRANSFERRED: "plain",
}  # fmt: skip
OUTCOMES = {Outcome.OPEN: "blue", Outcome.SETTLED: "green", Outcome.AWARDED: "green", Outcome.NOT_SETTLED: "amber"}


class StepsPart(CasePart):
    """The dated events of a case, the last below, and the steps that may follow."""

    def __init__(self, desk: Desk) -> None:
        self.next = button(_("Next step"), "main", "chevron-right", self.begin)
        super().__init__(desk, _("How far it has come"), "route", self.next)

    def tell(self, told: CaseTold) -> None:
        for event in told.events:
            parts = [word(event.because), event.note, told.officers.get(event.by, "")]
            below = " · ".join(isolate(part) for part in parts if part)
            day = label(screen_date(event.on), "small", wrap=False)
            line = row_of(
                day, chip(word(event.state), TONES.get(event.state, "blue")), label(below, "small"), stretch=2
            )
            self.lines.addWidget(line)

    def begin(self) -> None:
        """Asks which step follows, and when."""
        from mrc_app.casework import grievance_events, grievances

        if self.told is None:
            return
        form = Form()
        form.add("state", _("It is now"), ChoiceField(choices(grievance_events.following(self.told.state)), empty=None))
        form.add("because", _("Why, if it was withdrawn"), ChoiceField(choices(Because)), optional=True)
        form.add("on", _("On which day?"), DualDateEdit(), span=2)
        form.add("note", _("Reason or note"), LongField(lines=2), optional=True, span=2)
        form.fill({"on": self.desk.today()})
        today, by, case = self.desk.today(), self.desk.store.officer, self.case

        def act(session: Session, said: dict[str, Any]) -> object:
            found = grievances.by_uuid(session, case)
            return grievance_events.move(session, found, by=by, today=today, **said)

        self.ask(form, "grievance_events.move", act)


class PeoplePart(CasePart):
    """The people of a case, a page of them; an outcome for those who are ticked."""

    def __init__(self, desk: Desk) -> None:
        self.add = button(_("Add people"), "", "user-plus", self.begin_add)
        self.decide = button(_("Outcome for the ticked"), "", "circle-check", self.begin_outcome)
        super().__init__(desk, _("People of this case"), "users", self.decide, self.add)
        self.shown = asked.PEOPLE_PAGE
        self.boxes: dict[str, QCheckBox] = {}

    def tell(self, told: CaseTold) -> None:
        ticked = self.ticked()
        self.boxes = {}
        counted = [f"{word(outcome)}: {number}" for outcome, number in told.tally.items()]
        total = sum(told.tally.values())
        words = ngettext("{n} person", "{n} people", total)
        everybody = button(_("Tick everybody shown"), "quiet", on=self.tick_all)
        self.lines.addWidget(row_of(label(" · ".join([words, *counted]), "small"), everybody))
        for one, person in told.people:
            box = QCheckBox(isolate(person.shown_as()).replace("&", "&&"))
            box.setChecked(one.uuid in ticked)
            self.boxes[one.uuid] = box
            when = screen_date(one.outcome_on) if one.outcome_on else ""
            opened = button(ltr(person.number), "quiet", on=partial(self.desk.window.show_page, "clients", person.uuid))
            opened.setAccessibleName(_("Open the record of {name}", name=person.shown_as()))
            state = chip(word(one.outcome), OUTCOMES.get(one.outcome, "plain"))
            self.lines.addWidget(row_of(box, label(when, "small", wrap=False), state, opened))
        if told.more:
            further = button(_("Show more"), "quiet", "chevron-down", self.more)
            self.lines.addWidget(further, 0, Qt.AlignmentFlag.AlignLeading)
        for one in told.respondents:
            self.lines.addWidget(row_of(label(_("Against: {name}", name=one.name)), chip(word(one.against))))
        against = button(_("Add somebody it is against"), "quiet", "plus", self.begin_respondent)
        self.lines.addWidget(against, 0, Qt.AlignmentFlag.AlignLeading)

    def ticked(self) -> list[str]:
        """Who is ticked."""
        return [uuid for uuid, box in self.boxes.items() if box.isChecked()]

    def tick_all(self) -> None:
        """Ticks everybody who is shown."""
        for box in self.boxes.values():
            box.setChecked(True)

    def more(self) -> None:
        """Shows another page of people."""
        self.shown += 2 * asked.PEOPLE_PAGE
        self.kept.emit()

    def begin_outcome(self) -> None:
        """Asks what came of it for those who are ticked."""
        from mrc_app.casework import grievance_people

        form = asked.outcome_form()
        form.fill({"on": self.desk.today()})
        today, by, case = self.desk.today(), self.desk.store.officer, self.case

        def act(session: Session, said: dict[str, Any]) -> object:
            people = grievance_people.chosen(session, case, self.ticked())
            return grievance_people.decide(session, people, by=by, today=today, **said)

        self.ask(form, "grievance_people.decide", act)

    def begin_add(self) -> None:
        """Asks for the numbers of clients, one a line."""
        from mrc_app.casework import clients, grievance_people, grievances

        form = Form(columns=1)
        form.add("people", _("Their numbers, one a line"), LongField(lines=4))
        today, case = self.desk.today(), self.case

        def act(session: Session, said: dict[str, Any]) -> object:
            found = [clients.by_number(session, number).uuid for number in said["people"].split()]
            return grievance_people.join(session, grievances.by_uuid(session, case), people=found, on=today)

        self.ask(form, "grievance_people.join", act)

    def begin_respondent(self) -> None:
        """Asks whom the case is against."""
        from mrc_app.casework import grievance_people, grievances

        case = self.case
        self.ask(
            asked.respondent_form(),
            "grievance_people.against",
            lambda session, said: grievance_people.against(session, grievances.by_uuid(session, case), **said),
        )


class HearingsPart(CasePart):
    """Hearings that were and that come."""

    def __init__(self, desk: Desk) -> None:
        self.add = button(_("Add a hearing"), "", "calendar", self.begin)
        super().__init__(desk, _("Hearings"), "calendar", self.add)

    def tell(self, told: CaseTold) -> None:
        for one in told.hearings:
            place = " · ".join(isolate(part) for part in (one.forum, one.place, one.at, one.result) if part)
            tone = "amber" if one.held is Held.PLANNED and one.on < self.desk.today() else "blue"
            parts: list[QWidget] = [
                label(screen_date(one.on), "strong", wrap=False),
                label(place, "small"),
                chip(word(one.held), tone),
            ]
            if one.held is Held.PLANNED:
                parts.append(button(_("How did it go?"), "quiet", on=partial(self.begin_result, one.uuid)))
            self.lines.addWidget(row_of(*parts, stretch=1))
        if not told.hearings:
            self.empty(_("No hearing is planned."))

    def begin(self) -> None:
        """Asks for a hearing."""
        from mrc_app.casework import grievance_cases, grievances

        by, case = self.desk.store.officer, self.case
        self.ask(
            asked.hearing_form(),
            "grievance_cases.plan_hearing",
            lambda session, said: grievance_cases.plan_hearing(
                session, grievances.by_uuid(session, case), by=by, **said
            ),
        )

    def begin_result(self, uuid: str) -> None:
        """Asks how a hearing went."""
        from mrc_app.casework import grievance_cases

        today, by, case = self.desk.today(), self.desk.store.officer, self.case

        def act(session: Session, said: dict[str, Any]) -> object:
            found = next(one for one in grievance_cases.hearings(session, case) if one.uuid == uuid)
            return grievance_cases.note_hearing(session, found, on=today, by=by, **said)

        self.ask(asked.held_form(), "grievance_cases.note_hearing", act)


class ChecklistsPart(CasePart):
    """The checklists for emergencies: one is opened by name, each item has its mark."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Checklists"), "list-checks")
        self.open = ""

    def tell(self, told: CaseTold) -> None:
        from mrc_app.casework import grievance_checklists
        from mrc_app.corridors import case_checklists

        lists = case_checklists.checklists()
        used = {one.checklist for one in told.marks}
        row = Flow(8)
        for one in lists:
            made = button(_(one.name), "choice", on=partial(self.turn, one.id))
            made.setCheckable(True)
            made.setChecked(one.id == self.open)
            row.addWidget(made)
        self.lines.addLayout(row)
        for one in lists:
            if one.id != self.open and (self.open or one.id not in used):
                continue
            self.lines.addWidget(label(_(one.name), "strong"))
            self.lines.addWidget(label(f"{word(one.basis)}. {_(one.note)}", "small"))
            for item in grievance_checklists.marked(one, told.marks):
                self._item(one.id, item)

    def _item(self, checklist: str, item: Any) -> None:
        field = ChoiceField(choices(Mark), empty=None)
        field.call(_(item.name))
        field.set_value(item.mark.value)
        field.changed.connect(lambda: self.mark(checklist, item.id, field.value()))
        when = screen_date(item.on) if item.on else ""
        self.lines.addWidget(row_of(label(_(item.name)), label(when, "small", wrap=False), field))

    def turn(self, checklist: str) -> None:
        """Opens a list, or closes it."""
        self.open = "" if self.open == checklist else checklist
        if self.told is not None:
            self.show_case(self.told)

    def mark(self, checklist: str, item: str, mark: str) -> None:
        """Keeps a mark at once."""
        from mrc_app.casework import grievance_checklists, grievances

        on, by, case = self.desk.today(), self.desk.store.officer, self.case
        self.desk.change(
            "grievance_checklists.tick",
            lambda session: grievance_checklists.tick(
                session, grievances.by_uuid(session, case), checklist=checklist, item=item, mark=mark, on=on, by=by
            ),
        )
        self.kept.emit()
