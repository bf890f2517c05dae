"""The diary of the year: calls and surveys in both calendars, every attempt, and what was found.

Who is not reached stays in the count as "not reached". Her business and a new journey are written down from here.
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, NamedTuple

from PySide6.QtWidgets import QWidget

from mrc_app.casework import fields, follow_ups, reintegration_kept, skills
from mrc_app.casework.client_words import Answer
from mrc_app.casework.counselling_words import Mode
from mrc_app.casework.follow_up_words import FollowUpKind, Standing, Working
from mrc_app.casework.follow_ups import Attempt, Enterprise, FollowUp
from mrc_app.casework.reintegration_words import EnterpriseKind
from mrc_app.i18n import N_, _, isolate, ngettext
from mrc_app.money import Money
from mrc_app.store import seen
from ui.desk import Desk
from ui.forms import Form
from ui.panels.asked import Asked, day, long, number, text, word
from ui.panels.costs_asked import told
from ui.panels.groups import asked_form, heading_row
from ui.panels.return_asked import money, must
from ui.panels.return_parts import Part, dots, flow_of, line_row, named
from ui.widgets.controls import button, clear
from ui.widgets.dates import DualDateEdit
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField, LongField, TextField
from ui.widgets.occupations import OccupationField, occupation_words
from ui.widgets.text import card, chip, label
from ui.words import choices, sentence
from ui.words import word as say

TONES = {Standing.PLANNED: "plain", Standing.DUE: "amber", Standing.REACHED: "green", Standing.NOT_REACHED: "blue"}
SURVEYS = (FollowUpKind.SURVEY_6, FollowUpKind.SURVEY_12, FollowUpKind.SURVEY_LATER)


def _value(one: Enterprise) -> Money | None:
    return None if one.value_minor is None else Money(one.value_minor, one.value_currency)


ENTERPRISE: tuple[Asked, ...] = (
    must("kind", N_("Kind of business"), EnterpriseKind),
    text("name", N_("Name of the business")),
    text("sector", N_("What it does")),
    number("members", N_("How many members")),
    word("registered", N_("Is it registered?"), Answer),
    day("registered_on", N_("Registered on")),
    day("started_on", N_("Began on")),
    money("value", N_("With what it began"), _value),
    long("note", N_("Note")),
)


class Read(NamedTuple):
    """What was read for one client."""

    listed: list[FollowUp]
    attempts: dict[str, list[Attempt]]
    businesses: list[Enterprise]
    held: list[str]
    plan: str | None
    known: dict[str, Any]


class DiaryPart(Part):
    """The diary of one client."""

    shows: ClassVar[frozenset[str]] = frozenset({"followup", "attempt", "enterprise"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.told: Read | None = None
        frame, self._list = card(spacing=6)
        self.column.addWidget(frame)
        frame, self._businesses = card(spacing=6)
        self.column.addWidget(frame)

    def refresh(self) -> None:
        """Reads again, beside the screen."""
        client = self.client

        def question(session: Any) -> Read:
            listed = follow_ups.of_client(session, client)
            businesses = follow_ups.enterprises(session, client)
            held = skills.held_codes(skills.of_client(session, client), skills.recognitions(session, client))
            plan = reintegration_kept.current(session, client)
            tried = {one.uuid: follow_ups.attempts(session, one) for one in listed}
            known = {one.uuid: seen(session, one) for one in (*listed, *businesses)}
            return Read(listed, tried, businesses, held, plan.uuid if plan else None, known)

        self.desk.ask(self, question, self._show)

    def _show(self, found: Read) -> None:
        self.told = found
        clear(self._list)
        self.onward = button(_("She leaves again: new journey"), "", "plane-takeoff", self.go_on)
        self.add_button = button(_("Another follow-up"), "", "plus", self.ask_more)
        self._list.addWidget(heading_row("calendar", _("Diary of the year")))
        self._list.addWidget(flow_of(self.add_button, self.onward))
        if not found.listed:
            self.year_button = button(_("Write the year into the diary"), "main", "calendar", self.ask_year)
            text = _("Calls after 1 and 3 months, surveys after 6 and 12 months.")
            self._list.addWidget(Empty("calendar", _("Nothing is in the diary"), text, self.year_button))
        else:
            reached, due = follow_ups.reach_rate(found.listed, self.desk.today())
            said = _("Reached: {n} of {all} that were due. Who was not reached stays in the count.", n=reached, all=due)
            self._list.addWidget(label(said, "small"))
        for one in found.listed:
            self._entry(one)
        self._show_businesses(found)

    def _entry(self, one: FollowUp) -> None:
        standing = follow_ups.standing(one, self.desk.today())
        title = dots([say(one.kind), self.both(one.planned_on)])
        ends: list[QWidget] = [chip(say(standing), TONES[standing])]
        if one.reached_on is None:
            ends.append(named(_("Reached"), title, "", "phone", partial(self.ask_tried, one, True)))
            ends.append(named(_("Not reached this time"), title, "quiet", on=partial(self.ask_tried, one, False)))
            ends.append(named(_("Other day"), title, "quiet", on=partial(self.ask_day, one)))
            if one.given_up_on is None and standing is Standing.DUE:
                ends.append(named(_("Nobody reaches her"), title, "quiet", on=partial(self.give_up, one)))
        self._list.addWidget(line_row(title, "", *ends[:1]))
        if len(ends) > 1:
            self._list.addWidget(flow_of(*ends[1:]))
        for words in self._found(one):
            self._list.addWidget(label(words, "small"))

    def _found(self, one: FollowUp) -> list[str]:
        rows = []
        for place, attempt in enumerate(self.told.attempts[one.uuid] if self.told else (), 1):
            parts = [
                _("Attempt {n}", n=place), self.both(attempt.on), say(attempt.mode),
                _("reached") if attempt.reached else _("not reached"), isolate(attempt.note) if attempt.note else "",
            ]  # fmt: skip
            rows.append(dots(parts))
        if one.reached_on is not None:
            work = isolate(one.work_title) if one.work_title else ""
            code = occupation_words(one.work_isco) if one.work_isco else ""
            again = _("went abroad again") if one.went_again is Answer.YES else ""
            regular = {Answer.YES: _("by a regular way"), Answer.NO: _("not by a regular way")}.get(one.regular, "")
            same = {Answer.YES: _("the job is as in the contract"), Answer.NO: _("the job is not as in the contract")}
            job = same.get(one.as_contracted, "")
            told_now = [say(one.working), work, code, again, regular, job, isolate(one.note) if one.note else ""]
            rows.append(_("Found: {what}", what=dots(told_now)))
        hint = skills.below_her_skill(one.work_isco, self.told.held if self.told else ())
        if hint is not None:
            rows.append(sentence(hint.message, hint.values))
        return rows

    # -- follow-ups

    def ask_year(self) -> None:
        """From which day the year is counted."""
        form = Form(1)
        form.add("start", _("The year begins on"), DualDateEdit())
        form.fill({"start": self.desk.today()})
        self.open_form(form, _("Write the year into the diary"), _("Keep"), self.keep_year, "start")

    def keep_year(self) -> None:
        """Writes calls and surveys down."""
        start, client = self.typed()["start"] or self.desk.today(), self.client
        plan = self.told.plan if self.told else None

        def act(session: Any) -> None:
            begin = fields.day("start", start) or self.desk.today()
            follow_ups.plan_year(session, client=client, start=begin, plan=plan)

        self.do("follow_ups.plan_year", act)

    def ask_more(self) -> None:
        """One more follow-up."""
        form = Form()
        form.add("kind", _("What"), ChoiceField(choices(reversed(FollowUpKind)), empty=None))
        form.add("planned_on", _("On"), DualDateEdit())
        self.open_form(form, _("Another follow-up"), _("Keep"), self.keep_more, "planned_on")

    def keep_more(self) -> None:
        """Keeps it."""
        typed, client = self.typed(), self.client
        plan = self.told.plan if self.told else None
        self.do("follow_ups.add", lambda session: follow_ups.add(session, client=client, plan=plan, **typed))

    def ask_day(self, one: FollowUp) -> None:
        """Another day."""
        form = Form(1)
        form.add("planned_on", _("On"), DualDateEdit())
        form.fill({"planned_on": one.planned_on})
        self.open_form(form, say(one.kind), _("Keep"), partial(self.keep_day, one), "planned_on")

    def keep_day(self, one: FollowUp) -> None:
        """Moves it."""
        typed = self.typed()

        def act(session: Any, kept: FollowUp) -> None:
            day = fields.day("planned_on", typed["planned_on"])
            follow_ups.move(session, kept, planned_on=day or kept.planned_on)

        self._with("follow_ups.move", one, act)

    def ask_tried(self, one: FollowUp, reached: bool) -> None:
        """An attempt; reached, what was found."""
        form = Form()
        form.add("on", _("On"), DualDateEdit())
        form.add("mode", _("How"), ChoiceField(choices(Mode), empty=None))
        if reached:
            form.add("working", _("What she lives from"), ChoiceField(choices(Working), empty=None))
            form.add("went_again", _("Did she go abroad again?"), ChoiceField(choices(Answer), empty=None))
            form.add("regular", _("Did she go by a regular way?"), ChoiceField(choices(Answer), empty=None))
            same = _("Is the job the one in her contract?")
            form.add("as_contracted", same, ChoiceField(choices(Answer), empty=None))
            self._only_abroad(form)
            form.add("work_isco", _("Her work"), OccupationField(), optional=True)
            form.add("work_title", _("Her work in her words"), TextField(limit=120), optional=True)
            unasked = dict.fromkeys(("went_again", *follow_ups.TRACER), Answer.NOT_ASKED.value)
            form.fill({"working": Working.NOT_ASKED.value} | unasked)
        form.add("note", _("Note"), LongField(lines=2), optional=True, span=2)
        form.fill({"on": self.desk.today(), "mode": Mode.PHONE.value})
        title = f"{say(one.kind)}: {_('reached') if reached else _('not reached')}"
        self.open_form(form, title, _("Keep"), partial(self.keep_tried, one, reached), "on")

    def _only_abroad(self, form: Form) -> None:
        """The two questions about the job abroad are asked only of who went."""

        def look() -> None:
            gone = form["went_again"].value() == Answer.YES.value
            for name in follow_ups.TRACER:
                form.show_row(name, gone)
                if not gone and form[name].value() != Answer.NOT_ASKED.value:
                    form[name].set_value(Answer.NOT_ASKED.value)

        form["went_again"].changed.connect(look)
        look()

    def keep_tried(self, one: FollowUp, reached: bool) -> None:
        """Keeps the attempt."""
        typed, by = self.typed(), self.desk.store.officer

        def act(session: Any, kept: FollowUp) -> None:
            said = dict(typed)
            on = fields.day("on", said.pop("on")) or self.desk.today()
            follow_ups.tried(session, kept, on=on, by=by, reached=reached, **said)

        if self._with("follow_ups.tried", one, act) and reached and one.kind in SURVEYS:
            self.desk.window.say(_("Reached. The questions are asked under “Questions and scores”."))

    def give_up(self, one: FollowUp) -> None:
        """Nobody reaches her: she stays in every count as not reached."""
        today = self.desk.today()
        self._with("follow_ups.give_up", one, lambda session, kept: follow_ups.give_up(session, kept, on=today))

    def _with(self, name: str, one: FollowUp, act: Any) -> bool:
        known = [self.told.known[one.uuid]] if self.told and one.uuid in self.told.known else None
        return self.do(name, lambda session: act(session, follow_ups.by_uuid(session, one.uuid)), known)

    def go_on(self) -> None:
        """Opens a new journey for her."""
        from ui.panels.client import ClientPanel

        above = self.parentWidget()
        while above is not None and not isinstance(above, ClientPanel):
            above = above.parentWidget()
        if isinstance(above, ClientPanel):
            above.turn("journey")
            journey: Any = above._panels["journey"]
            journey.begin()

    # -- businesses

    def _show_businesses(self, found: Read) -> None:
        clear(self._businesses)
        self.add_business = button(_("Add a business"), "", "plus", self.ask_business)
        self._businesses.addWidget(heading_row("users", _("Business or cooperative"), self.add_business))
        if not found.businesses:
            self._businesses.addWidget(label(_("None is written down."), "muted"))
        for one in found.businesses:
            value = _value(one)
            parts = [
                say(one.kind), isolate(one.sector) if one.sector else "",
                ngettext("{n} member", "{n} members", one.members) if one.members else "",
                told(value) if value else "", _("registered") if one.registered is Answer.YES else "",
                self.both(one.started_on),
            ]  # fmt: skip
            name = one.name or say(one.kind)
            change = named(_("Change"), name, "quiet", "pencil", partial(self.ask_business, one))
            self._businesses.addWidget(line_row(isolate(name), dots(parts), change))

    def ask_business(self, one: Enterprise | None = None) -> None:
        """A business, or what changed about it."""
        form = asked_form(ENTERPRISE, one)
        if one is None:
            form.fill({"registered": Answer.NOT_ASKED.value})
        self.open_form(form, _("Business or cooperative"), _("Keep"), partial(self.keep_business, one), "name")

    def keep_business(self, one: Enterprise | None) -> None:
        """Keeps it."""
        typed, client = self.typed(), self.client

        def act(session: Any) -> None:
            if one is None:
                follow_ups.start_enterprise(session, client=client, **typed)
            else:
                kept = next(row for row in follow_ups.enterprises(session, client) if row.uuid == one.uuid)
                follow_ups.amend_enterprise(session, kept, changes=typed)

        known = [self.told.known[one.uuid]] if one is not None and self.told else None
        self.do("follow_ups.start_enterprise" if one is None else "follow_ups.amend_enterprise", act, known)
