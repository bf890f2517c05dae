"""The money of one case: the table of the four kinds, and the forms that add to it. It stands on the page of the case
and on the client's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.calendars.days import months_after
from mrc_app.casework import claim_costs, claim_instalments, claim_sheet, claims, clients, grievances, journeys
from mrc_app.casework.claim_instalments import Part
from mrc_app.casework.claim_rules import Head
from mrc_app.casework.claim_sheet import Sheet
from mrc_app.casework.claims import Line
from mrc_app.casework.journey_words import Per
from mrc_app.casework.journeys import Journey
from mrc_app.errors import Invalid
from mrc_app.i18n import _, isolate
from mrc_app.money import Money
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.panels import claims_asked as asked
from ui.panels import claims_shown as shown
from ui.panels.costs_asked import told
from ui.panels.groups import heading_row
from ui.panels.journey import currency_of
from ui.widgets.controls import Flow, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.facts import Facts
from ui.widgets.fields import ChoiceField
from ui.widgets.text import Banner, card, chip, label


class Told(NamedTuple):
    """What was read of a case."""

    sheet: Sheet
    people: dict[str, str]
    ways: dict[str, Journey]

    @property
    def lines(self) -> list[Line]:
        """Every claim of the case, person by person."""
        return [line for person in self.sheet.persons for line in person.lines]


class CaseMoney(QWidget):
    """Claims, offers, awards and payments of a case. ``load`` shows a case (its uuid)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.grievance = desk, ""
        self.told: Told | None = None
        self.form: Form | None = None
        self.months: asked.MonthsForm | None = None
        self._all = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        frame, body = card(spacing=10)
        body.addWidget(heading_row("calculator", _("Claims and money")))
        self.facts = Facts(3, 170)
        self.facts.setProperty("role", "plain")
        self.facts.grid.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.facts)
        self.table = shown.MoneyTable()
        body.addWidget(self.table)
        self.empty = label(_("Nothing is claimed yet."), "muted")
        body.addWidget(self.empty)
        self.more = button(_("Show all lines"), "quiet", on=self._show_all)
        body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        body.addWidget(self._buttons())
        column.addWidget(frame)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self.beside, self._beside = card(spacing=6)
        column.addWidget(self.beside)

    def _buttons(self) -> QWidget:
        self.add = button(_("Add a claim"), "main", "plus", self.ask_claim)
        self.give = button(_("Offer, award or payment"), "", "plus", self.ask_amount)
        self.table_of = button(_("Month table"), "", "calendar", self.ask_months)
        self.cost = button(_("Cost of the case"), "", "plus", self.ask_cost)
        self.parts = button(_("Instalments"), "", "list-checks", self.ask_parts)
        holder = QWidget()
        row = Flow(8)
        holder.setLayout(row)
        for part in (self.add, self.give, self.table_of, self.cost, self.parts):
            row.addWidget(part)
        return holder

    def load(self, grievance: str) -> None:
        """Shows this case; what was open for the one before is closed."""
        if grievance != self.grievance:
            self.close_form()
            self._all = False
        self.grievance = grievance
        self.refresh()

    def refresh(self) -> None:
        """Reads and reckons again, beside the screen."""
        grievance = self.grievance

        def question(session: Any) -> Told:
            people = {
                one.uuid: isolate(clients.full_name(one)) for _row, one in grievances.complainants(session, grievance)
            }
            ways = {uuid: way for uuid in list(people)[:20] if (way := journeys.current(session, uuid)) is not None}
            return Told(claim_sheet.of_grievance(session, grievance), people, ways)

        if grievance:
            self.desk.ask(self, question, self._show)

    def _show(self, found: Told) -> None:
        self.told = found
        lines = bool(found.lines)
        hidden = self.table.tell(found.sheet, self._all)
        self.facts.tell(shown.figures(found.sheet), _("Nothing"))
        for part in (self.table, self.facts, self.give, self.table_of, self.parts):
            part.setVisible(lines)
        self.empty.setVisible(not lines)
        self.more.setVisible(hidden > 0)
        clear(self._beside)
        self.beside.setVisible(bool(found.sheet.costs or found.sheet.instalments))
        if found.sheet.instalments:
            self._beside.addWidget(label(_("Instalments"), "heading"))
        for one in found.sheet.instalments:
            self._beside.addWidget(self._part(one))
        if found.sheet.costs:
            self._beside.addWidget(label(_("What the case cost"), "heading"))
        for cost in found.sheet.costs:
            self._beside.addWidget(label(shown.cost_words(cost)))

    def _part(self, part: Part) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        who = self.told.people.get(part.instalment.client, "") if self.told and len(self.told.people) > 1 else ""
        words = _("{paid} of {due} paid", paid=told(part.paid), due=told(part.due))
        text = " · ".join(one for one in (screen_date(part.instalment.due_on), who, words) if one)
        row.addWidget(label(text), 1)
        if part.late(self.desk.today()):
            row.addWidget(chip(_("late"), "red"))
        if part.paid < part.due:
            came = button(_("Money came"), "quiet", on=partial(self.ask_coming, part))
            came.setAccessibleName(f"{_('Money came')}: {text}")
            row.addWidget(came)
        return made

    def _show_all(self) -> None:
        self._all = True
        self.refresh()

    # -- forms

    def ask_claim(self) -> None:
        """What one person claims."""
        if self.told:
            self._open(asked.claiming(self._people(), self._currency()), _("A claim"), self._claim, "head")

    def ask_amount(self) -> None:
        """An offer, award, settlement or payment, with the preview of how it is shared."""
        found = self.told
        if not found:
            return
        names = asked.names_of(found.lines, found.people)
        form = asked.giving(list(names.items()), self._currency(), self.desk.today())
        self._open(form, _("Offer, award or payment"), self._give, "form")
        told_so = label("", "small")
        form.add_part(told_so)
        form.changed.connect(lambda: told_so.setText(asked.preview(form, found.lines, names)))

    def ask_months(self) -> None:
        """The month table of the first wage claim that is not yet one of several, else of the one that is chosen."""
        found = self.told
        wages = [line for line in found.lines if line.claim.head is Head.WAGE] if found else []
        if not found or not wages:
            self.desk.window.say(_("Add a claim for wages first."))
            return
        if len(wages) == 1:
            self._months_of(wages[0])
            return
        form = Form(1)
        names = asked.names_of(wages, found.people)
        form.add("claim", _("Whose wages"), ChoiceField(list(names.items()), empty=None))

        def chosen() -> None:
            self._months_of(next(line for line in wages if line.claim.uuid == form["claim"].value()))

        self._open(form, _("Month table"), chosen, "claim", _("Go on"))

    def _months_of(self, line: Line) -> None:
        self.close_form()
        way = self.told.ways.get(line.claim.client) if self.told else None
        wage = journeys.wage(way) if way and way.wage_per is Per.MONTH else None
        first = line.months[0].first if line.months else way.starts_on if way else None
        self.months = form = asked.MonthsForm(line, first, wage)
        frame, body = card(spacing=12)
        body.addWidget(label(_("Month table"), "heading"))
        body.addWidget(form)
        self.trouble = Banner("", "red")
        body.addWidget(self.trouble)
        self.make = button(_("Make the table"), "", "calendar", form.make)
        form.form.submitted.connect(form.make)
        body.addLayout(self._foot(self.make, partial(self._write_months, line), _("Keep and claim what is owed")))
        self._place.addWidget(frame)
        form.submitted.connect(partial(self.ok.setFocus, Qt.FocusReason.TabFocusReason))
        form.form["first"].setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_cost(self) -> None:
        """What pursuing the case cost."""
        if self.told:
            form = asked.costing(self._people(), self._currency(), self.desk.today())
            self._open(form, _("Cost of the case"), self._cost, "kind")

    def ask_parts(self) -> None:
        """Instalments of what was agreed."""
        if self.told:
            form = asked.parting(self._people(), self._currency(), self.desk.today())
            self._open(form, _("Instalments"), self._plan, "number")

    def ask_coming(self, part: Part) -> None:
        """Money that came on an instalment."""
        form = asked.coming(part.due - part.paid, self.desk.today())
        self._open(form, _("Money came"), partial(self._receive, part), "amount")

    def _open(self, form: Form, title: str, act: Callable[[], object], first: str, words: str = "") -> None:
        self.close_form()
        self.form = form
        form.submitted.connect(act)
        frame, body = card(spacing=12)
        body.addWidget(label(title, "heading"))
        body.addWidget(form)
        body.addLayout(self._foot(None, act, words or _("Keep")))
        self._place.addWidget(frame)
        form[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def _foot(self, before: QWidget | None, act: Callable[[], object], words: str) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        if before is not None:
            foot.addWidget(before)
        self.ok = button(words, "main", on=act)
        foot.addWidget(self.ok)
        return foot

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = self.months = None
        clear(self._place)

    def _people(self) -> asked.Pairs:
        return list(self.told.people.items()) if self.told else []

    def _currency(self) -> str:
        found = self.told
        if found is None or found.lines:
            return asked.first_currency(found.lines if found else [])
        return next((currency_of(way.destination) for way in found.ways.values()), "")

    # -- actions

    def _do(self, do: str, act: Callable[[Any], object]) -> None:
        if self.form is not None and self.form.submit(lambda: (self.desk.change(do, act), True)) is not None:
            self.close_form()
            self.refresh()

    def _typed(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What was typed, and who does it when."""
        assert self.form is not None
        typed = {name: "" if value is None else value for name, value in self.form.values().items()}
        return typed, {"by": self.desk.store.officer, "today": self.desk.today()}

    def _claim(self) -> None:
        typed, mine = self._typed()
        who = {"grievance": self.grievance, "on": mine["today"], "by": mine["by"]}
        self._do("claims.add", lambda session: claims.add(session, **who, **typed))

    def _give(self) -> None:
        typed, mine = self._typed()
        chosen, on = typed.pop("claims"), typed.pop("on")

        def act(session: Any) -> object:
            day = claims.needed_day(on)
            found = [claims.by_uuid(session, uuid) for uuid in chosen]
            if not found:
                raise Invalid(claims=_("Choose at least one claim."))
            if len(found) == 1:
                return claims.put(session, found[0], on=day, **typed, **mine)
            return claims.put_shared(session, found, on=day, **typed, **mine)

        self._do("claims.put", act)

    def _write_months(self, line: Line) -> None:
        form, on, by = self.months, self.desk.today(), self.desk.store.officer
        if form is None:
            return
        try:
            rows = form.typed()
            self.desk.change(
                "claims.write_months",
                lambda session: claims.write_months(
                    session, claims.by_uuid(session, line.claim.uuid), rows, on=on, by=by
                ),
            )
        except Invalid as trouble:
            self.trouble.say(trouble.text(_))
            return
        self.close_form()
        self.refresh()

    def _cost(self) -> None:
        typed, mine = self._typed()
        typed["on"] = typed["on"] or mine["today"]
        act = partial(claim_costs.note, grievance=self.grievance, **typed, **mine)
        self._do("claim_costs.note", act)

    def _plan(self) -> None:
        typed, mine = self._typed()

        def act(session: Any) -> object:
            first, number = claims.needed_day(typed["first"], "first"), typed["number"]
            if not isinstance(number, int) or not 1 <= number <= 120:
                raise Invalid(number=_("How many instalments are there, from 1 to 120?"))
            parts: list[tuple[Any, Money]] = [(months_after(first, place), typed["amount"]) for place in range(number)]
            return claim_instalments.plan(
                session, client=typed["client"], grievance=self.grievance, parts=parts, on=mine["today"], by=mine["by"]
            )

        self._do("claim_instalments.plan", act)

    def _receive(self, part: Part) -> None:
        typed, mine = self._typed()

        def act(session: Any) -> object:
            typed["on"] = claims.needed_day(typed["on"])
            found = claim_instalments.by_uuid(session, part.instalment.uuid)
            return claim_instalments.receive(session, found, **typed, **mine)

        self._do("claim_instalments.receive", act)
