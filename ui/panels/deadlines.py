"""Time limits: the last days that save or lose a claim, each with its start, its rule and who stands behind it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, ClassVar, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import agenda_deadlines, deadline_typed, deadlines, grievances, journeys
from mrc_app.casework.deadline_rules import KnownRule
from mrc_app.casework.deadline_words import Event, Other, Purpose, RestDay, RuleSide, Unit
from mrc_app.casework.deadlines import Deadline
from mrc_app.casework.grievances import Grievance
from mrc_app.i18n import _, isolate
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.panels import deadlines_shown as shown
from ui.panels.groups import heading_row
from ui.panels.panel import Panel
from ui.widgets.controls import button, clear
from ui.widgets.dates import DualDateEdit
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField, ChoicesField, LongField, NumberField, TextField
from ui.widgets.text import card, label
from ui.words import choices, word

NAMED, WRITE = "named", "write"
"""The two choices beside the known rules: a day that was named, and a rule to write down."""


class Told(NamedTuple):
    """What was read for one client."""

    limits: list[shown.Limit]
    rules: list[KnownRule]
    cases: list[Grievance]
    corridor: str


class DeadlinesPanel(Panel):
    """A client's time limits, the unknown ones first, then by day."""

    shows: ClassVar[frozenset[str]] = frozenset({"deadline", "deadlinerule", "hearing", "journey", "complainant"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.told: Told | None = None
        self.form: Form | None = None
        frame, self._head = card(spacing=8)
        self.follow = button(_("Follow a time limit"), "main", "plus", self.ask)
        self._head.addWidget(heading_row("bell", _("Time limits"), self.follow))
        why = _("The day of the event is not counted. No day is moved because of a weekend or a holiday.")
        self._head.addWidget(label(why, "small"))
        self.column.addWidget(frame)
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(12))
        self.column.addLayout(self._list)
        self.column.addStretch(1)

    def load(self, client: str) -> None:
        """Shows another client's time limits."""
        if client != self.client:
            self.close_form()
        super().load(client)

    def refresh(self) -> None:
        """Reads and reckons again, beside the screen."""
        self.desk.ask(self, partial(told_of, client=self.client, today=self.desk.today()), self.show_limits)

    def show_limits(self, found: Told) -> None:
        """Shows what was read."""
        self.told = found
        clear(self._list)
        for limit in found.limits:
            self._list.addWidget(self._card(limit))
        if not found.limits:
            self._list.addWidget(self.nothing())

    def nothing(self) -> QWidget:
        """What stands where nothing is followed."""
        text = _("Leaving the country, claiming wages, appealing: each has a last day. Follow it here.")
        return Empty("bell", _("No time limit is followed yet"), text)

    def _card(self, limit: shown.Limit) -> Any:
        if not deadlines.is_open(limit.deadline):
            return shown.limit_card(limit)
        about = word(limit.deadline.purpose)
        acts = []
        if limit.stale:
            looked = button(_("I read the source: it still says so"), on=partial(self._check, limit))
            looked.setAccessibleName(f"{looked.accessibleName()}: {about}")
            acts.append(looked)
        for text, kind, act in (
            (_("Fill in the days"), "main" if limit.standing.asks else "", self.ask_days),
            (_("It was done"), "", self.ask_done),
            (_("No longer follow"), "quiet", self.ask_drop),
        ):
            made = button(text, kind, on=partial(act, limit))
            made.setAccessibleName(f"{text}: {about}")
            acts.append(made)
        return shown.limit_card(limit, *acts)

    # -- forms

    def ask(self) -> None:
        """Which rule, and from which day."""
        found = self.told
        if found is None:
            return
        listed = [(rule.rule, self._rule_words(rule)) for rule in found.rules]
        listed += [(NAMED, _("A day named in a stamp or letter")), (WRITE, _("Another rule: write it down"))]
        form = Form()
        chosen = form.add("rule", _("Which time limit?"), ChoiceField(listed, empty=None), span=2)
        self.ask_whose(form, found)
        form.add("what", _("What must be done"), TextField(limit=120), optional=True)
        form.add("started_on", _("It counts from"), DualDateEdit(), hint=_("Not known? Leave it empty: a task asks."))
        form.add("other_on", _("She may stay until"), DualDateEdit(), hint=_("As the visa or the stamp says."))
        form.add("purpose", _("What must be done by then"), ChoiceField(choices(Purpose), empty=None))
        form.add("source", _("Where it stands, or who said it"), LongField(lines=2))
        form.add("event", _("It counts from the day"), ChoiceField(choices(Event), empty=None))
        form.add("number", _("How many"), NumberField())
        form.add("unit", _("Days, weeks, months"), ChoiceField(choices(Unit)))
        form.add("rest_days", _("Weekly rest days of the office"), ChoicesField(choices(RestDay)))
        form.add("side", _("Whose rule it is"), ChoiceField(choices(RuleSide), empty=None))
        form.add("other", _("Whichever is earlier"), ChoiceField(choices(Other), empty=_("No second limit")))
        form.add("forum", _("Office or court"), TextField(limit=120), optional=True)
        form.add("checked_on", _("Source read on"), DualDateEdit(), optional=True)
        chosen.changed.connect(partial(self._turn, form))
        self._turn(form)
        self._open(form, _("Follow a time limit"), _("Follow it"), self._begin)
        form["rule"].setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_whose(self, form: Form, found: Told) -> None:
        """For which of her cases the limit is followed."""
        cases = [(case.uuid, isolate(grievances.shown_title(case))) for case in found.cases]
        form.add("grievance", _("Case"), ChoiceField(cases, empty=_("No case")))
        form.show_row("grievance", bool(cases))
        form.fill({"grievance": cases[0][0] if cases else None})

    def whose(self, typed: dict[str, Any]) -> dict[str, Any]:
        """The client and the case a new limit belongs to."""
        return {"client": self.client, "grievance": typed["grievance"] or None}

    def _turn(self, form: Form) -> None:
        """Only what the chosen rule leaves open is asked."""
        chosen = form["rule"].value()
        rule = self._chosen(chosen)
        named, write = chosen == NAMED, chosen == WRITE
        for name in ("event", "number", "unit", "rest_days", "side", "other", "forum", "checked_on"):
            form.show_row(name, write)
        for name in ("purpose", "source"):
            form.show_row(name, write or named)
        form.show_row("other_on", write or (rule is not None and rule.other is not None))

    def _chosen(self, rule: str) -> KnownRule | None:
        return next((one for one in (self.told.rules if self.told else ()) if one.rule == rule), None)

    def _rule_words(self, rule: KnownRule) -> str:
        said = Deadline(number=rule.number, unit=rule.unit, event=rule.event, kept_on=self.desk.today(), kept_by="")
        return f"{word(rule.purpose)}: {shown.length_words(said)} ({_(rule.side.label)})"

    def ask_days(self, limit: shown.Limit) -> None:
        """The days that were missing."""
        form = Form()
        form.add("started_on", _("It counts from"), DualDateEdit())
        form.add("other_on", _("She may stay until"), DualDateEdit())
        form.show_row("other_on", limit.deadline.other is not None)
        form.add("what", _("What must be done"), TextField(limit=120), optional=True)
        form.fill({name: getattr(limit.deadline, name) for name in ("started_on", "other_on", "what")})
        self._open(form, word(limit.deadline.purpose), _("Keep"), partial(self._tell, limit))
        form["started_on"].setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_done(self, limit: shown.Limit) -> None:
        """What was done."""
        form = Form(1)
        form.add("note", _("What was done?"), TextField(limit=400), optional=True)
        self._open(form, word(limit.deadline.purpose), _("It was done"), partial(self._end, limit, "done"))
        form["note"].setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_drop(self, limit: shown.Limit) -> None:
        """Why it is no longer followed."""
        form = Form(1)
        form.add("because", _("Why?"), TextField(limit=400))
        self._open(form, word(limit.deadline.purpose), _("No longer follow"), partial(self._end, limit, "drop"))
        form["because"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, form: Form, title: str, words: str, act: Any) -> None:
        self.close_form()
        self.form = form
        form.submitted.connect(act)
        frame, body = card(spacing=12)
        body.addWidget(label(title, "heading"))
        if self.told and not self.told.rules and "rule" in form:
            no = _("No time limit of this corridor is known here. Ask a lawyer, and write down what she or he says.")
            body.addWidget(
                label(no if self.told.corridor else _("There is no journey yet to take rules from."), "small")
            )
        body.addWidget(form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        self.ok = button(words, "main", on=act)
        foot.addWidget(self.ok)
        body.addLayout(foot)
        self._place.addWidget(frame)

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = None
        clear(self._place)

    # -- actions

    def _do(self, do: str, act: Any, known: list[Any] | None = None) -> None:
        if self.form is not None and self.form.submit(lambda: (self.desk.change(do, act, known), True)) is not None:
            self.close_form()
            self.refresh()

    def _mine(self) -> dict[str, Any]:
        return {"on": self.desk.today(), "by": self.desk.store.officer}

    def _values(self, *names: str) -> dict[str, Any]:
        assert self.form is not None
        return {name: "" if value is None else value for name, value in self.form.values(*names).items()}

    def _begin(self) -> None:
        typed, mine = self._values(), self._mine()
        days: dict[str, Any] = {name: typed[name] for name in ("started_on", "other_on", "what")}
        where = self.whose(typed)
        corridor = self.told.corridor if self.told else ""
        known = self._chosen(typed["rule"])

        def act(session: Any) -> Deadline:
            rule = known
            if typed["rule"] == NAMED:
                rule = deadline_typed.named_day(purpose=typed["purpose"], source=typed["source"], typed_by=mine["by"])
            elif rule is None:
                kept = {name: typed[name] for name in deadline_typed.RULE if name in typed}
                rule = deadline_typed.as_known(deadline_typed.write_rule(session, **mine, **kept, corridor=corridor))
            task = _("Find out the last day: {what}", what=days["what"] or _(rule.purpose.label))
            return agenda_deadlines.begin(session, rule, **where, **mine, **days, task=task)

        self._do("deadlines.start", act)

    def _tell(self, limit: shown.Limit) -> None:
        typed, mine, uuid = self._values(), self._mine(), limit.deadline.uuid

        def act(session: Any) -> Deadline:
            return agenda_deadlines.tell(session, deadlines.by_uuid(session, uuid), **mine, **typed)

        self._do("deadlines.tell", act, [limit.known])

    def _check(self, limit: shown.Limit) -> None:
        """The source was read again."""
        mine, uuid = self._mine(), limit.deadline.uuid

        def act(session: Any) -> Deadline:
            for rule in deadline_typed.typed_rules(session):
                if rule.uuid == limit.deadline.rule:
                    deadline_typed.check_rule(session, rule, **mine)
            return deadlines.check(session, deadlines.by_uuid(session, uuid), **mine)

        self.desk.change("deadlines.check", act, [limit.known])
        self.refresh()

    def _end(self, limit: shown.Limit, how: str) -> None:
        typed, mine, uuid = self._values(), self._mine(), limit.deadline.uuid
        action = agenda_deadlines.done if how == "done" else agenda_deadlines.drop

        def act(session: Any) -> Deadline:
            return action(session, deadlines.by_uuid(session, uuid), **mine, **typed)

        self._do(f"deadlines.{how}", act, [limit.known])


def told_of(session: Any, client: str, today: date) -> Told:
    """A client's time limits, the rules of her corridor and this desk, and her cases."""
    way = journeys.current(session, client)
    corridor = way.corridor if way else ""
    sector = way.sector.value if way and way.sector else None
    rules = deadline_typed.rules(session, corridor, sector, today)
    return Told(shown.limits(session, client, today), rules, grievances.of_client(session, client), corridor)
