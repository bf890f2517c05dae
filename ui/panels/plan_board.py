"""The plan as a board: needs first, then what is agreed, and clearly apart from it what is not promised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from mrc_app.calendars.days import months_after
from mrc_app.casework import assessments, clients, follow_ups, reintegration, reintegration_kept, returns
from mrc_app.casework.instrument_words import Kind
from mrc_app.casework.reintegration import Plan, PlanLine, SupportInstalment
from mrc_app.casework.reintegration_words import Dimension, LineState, Promise
from mrc_app.errors import Invalid
from mrc_app.i18n import N_, _, isolate, ngettext
from mrc_app.store import seen
from ui.desk import Desk
from ui.look import px
from ui.panels import assessment_shown, plan_asked
from ui.panels.assessment_shown import Told as Sheet
from ui.panels.costs_asked import told
from ui.panels.groups import heading_row
from ui.panels.plan_cards import LineCard, instalment_row
from ui.panels.return_parts import Part, dots, flow_of
from ui.widgets.controls import button, clear
from ui.widgets.empty import Empty
from ui.widgets.text import Banner, card, chip, label
from ui.words import word

BESIDE = 720


class Read(NamedTuple):
    """What was read for one client."""

    plan: Plan | None
    closed: list[Plan]
    lines: list[PlanLine]
    parts: list[SupportInstalment]
    known: dict[str, Any]
    sheet: Sheet | None
    contact: date | None
    diary: bool


class PlanPart(Part):
    """The plan of one client."""

    shows: ClassVar[frozenset[str]] = frozenset({"plan", "planline", "supportinstalment", "assessment"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.told: Read | None = None
        self.cards: dict[str, LineCard] = {}
        self._focus = ""
        frame, self._head = card(spacing=8)
        self.column.addWidget(frame)
        self.needs, self._needs = card(spacing=6)
        self.column.addWidget(self.needs)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(12))
        self.agreed, self._agreed = card(spacing=8)
        self.apart, self._apart = card(spacing=8)
        self._columns.addWidget(self.agreed, 3)
        self._columns.addWidget(self.apart, 2)
        self.column.addLayout(self._columns)
        self.dropped, self._dropped = card(spacing=6)
        self.column.addWidget(self.dropped)

    def refresh(self) -> None:
        """Reads again, beside the screen."""
        client = self.client

        def question(session: Any) -> Read:
            every = reintegration_kept.of_client(session, client)
            plan = next((one for one in every if one.closed_on is None), None)
            lines = reintegration_kept.lines(session, plan) if plan else []
            own = {line.uuid for line in lines}
            parts = [one for one in reintegration_kept.instalments(session, client) if one.line in own]
            rows = [*([plan] if plan else []), *lines, *parts]
            came = returns.of_client(session, client)
            contact = clients.by_uuid(session, client).registered_on
            day = next((one.returned_on for one in came if one.returned_on), None)
            contact = max(contact, day) if day else contact
            closed = [one for one in every if one.closed_on is not None]
            diary = bool(follow_ups.of_client(session, client))
            known = {one.uuid: seen(session, one) for one in rows}
            sheet = self._sheet(session, client, plan.made_on if plan else None)
            return Read(plan, closed, lines, parts, known, sheet, contact, diary)

        self.desk.ask(self, question, self._show)

    @staticmethod
    def _sheet(session: Any, client: str, by: date | None) -> Sheet | None:
        """Her latest answers to an index, up to the day of a plan: it begins with them."""
        for one in reversed(assessments.of_client(session, client)):
            if by is not None and one.on > by:
                continue
            try:
                asked = assessments.instrument_of(session, one.instrument, one.version)
            except Invalid:
                continue
            if asked.kind is Kind.INDEX:
                return Sheet(one, asked)
        return None

    def _show(self, found: Read) -> None:
        self.told = found
        self.cards = {}
        self._show_head(found)
        kinds = reintegration.apart(found.lines)
        bare = [line for line in kinds[Promise.AGREED] if line.need and not line.action]
        self._show_needs(bare)
        has = found.plan is not None
        self._column(self._agreed, _("Agreed"), "green", [one for one in kinds[Promise.AGREED] if one not in bare])
        self._column(self._apart, _("NOT PROMISED"), "amber", kinds[Promise.NOT_PROMISED])
        self.agreed.setVisible(has)
        self.apart.setVisible(has)
        gone = [line for line in found.lines if line.state is LineState.DROPPED]
        clear(self._dropped)
        self.dropped.setVisible(bool(gone))
        self._dropped.addWidget(label(_("Given up"), "label"))
        for line in gone:
            words = line.action or self.need_words(line)
            self._dropped.addWidget(label(dots([words, line.result]), "small"))
        if self._focus in self.cards:
            self.cards[self._focus].setFocus(Qt.FocusReason.OtherFocusReason)
            self._focus = ""

    # -- the head

    def _show_head(self, found: Read) -> None:
        clear(self._head)
        if found.plan is None:
            self._no_plan(found)
        else:
            self._plan_head(found, found.plan)
        for plan in found.closed:
            words = _("Plan of {day}, closed on {closed}: {why}", day=self.both(plan.made_on),
                      closed=self.both(plan.closed_on), why=word(plan.closure))  # fmt: skip
            self._head.addWidget(label(words, "small"))

    def _no_plan(self, found: Read) -> None:
        self.make_button = button(_("Make the plan"), "main", "plus", self.ask_plan)
        low = assessment_shown.needs(found.sheet) if found.sheet else []
        if low:
            text = ngettext("It begins with {n} need from her answers.", "It begins with {n} needs from her answers.",
                            len(low))  # fmt: skip
        else:
            text = _("Ask the questions first: the plan begins with her needs. It can also begin empty.")
        self._head.addWidget(Empty("list-checks", _("No plan yet"), text, self.make_button))

    def _plan_head(self, found: Read, plan: Plan) -> None:
        self.add_button = button(_("Add a line"), "main", "plus", self.ask_line)
        self._head.addWidget(
            heading_row("list-checks", _("Plan of {day}", day=self.both(plan.made_on)), self.add_button)
        )
        self._head.addWidget(label(within_words(plan), "strong"))
        state = chip(_("She agrees: {answer}", answer=word(plan.agreed)), "green" if plan.agreed == "yes" else "plain")
        parts: list[QWidget] = [state]
        if plan.agreed.value != "yes":
            parts.append(button(_("She agrees now"), "", "check", self.agree))
        if not found.diary:
            parts.append(button(_("Write the year into the diary"), "", "calendar", self.plan_year))
        self.close_button = button(_("Close the plan"), "quiet", on=self.ask_close)
        self._head.addWidget(flow_of(*parts, self.close_button))
        for sums in reintegration.totals(found.parts).values():
            said = _("{agreed} agreed, {paid} paid, {open} still to be paid",
                     agreed=told(sums.agreed), paid=told(sums.paid), open=told(sums.open))  # fmt: skip
            self._head.addWidget(label(said, "small"))
        self._head.addWidget(label(_("On a card: 1 to be done, 2 begun, 3 done, 4 given up."), "small"))

    # -- the board

    def need_words(self, line: PlanLine) -> str:
        """The need behind a line, in the screen's language where the question has it."""
        sheet = self.told.sheet if self.told else None
        if line.question and sheet is not None and sheet.asked is not None:
            for _dimension, question in sheet.asked.questions():
                if question.id == line.question and question.text.get("en") == line.need:
                    return assessment_shown.here(question.text)
        return line.need

    def answer_words(self, line: PlanLine) -> str:
        """What she answered to the question a line came from."""
        low = assessment_shown.needs(self.told.sheet) if line.question and self.told and self.told.sheet else []
        return next((answer for question, answer in low if question.id == line.question), "")

    def _show_needs(self, bare: Sequence[PlanLine]) -> None:
        clear(self._needs)
        self.needs.setVisible(bool(bare))
        title = ngettext("{n} need without an answer yet", "{n} needs without an answer yet", len(bare))
        self._needs.addWidget(heading_row("hand", title))
        why = _("Her answers at the two lowest values. For each: what is done about it, or why nothing can be.")
        self._needs.addWidget(label(why, "small"))
        for line in bare:
            self._add(self._needs, line)

    def _column(self, column: QVBoxLayout, title: str, tone: str, lines: Sequence[PlanLine]) -> None:
        clear(column)
        column.addWidget(Banner(title, tone, "circle-check" if tone == "green" else "hand"))
        if tone == "amber":
            column.addWidget(label(_("Nobody has said that this will happen. Say it to her in these words."), "small"))
        if not lines:
            column.addWidget(label(_("Nothing stands here."), "muted"))
        for dimension in Dimension:
            own = [line for line in lines if line.dimension is dimension]
            if own:
                column.addWidget(label(word(dimension), "overline"))
            for line in own:
                self._add(column, line)
        column.addStretch(1)

    def _add(self, column: QVBoxLayout, line: PlanLine) -> None:
        made = LineCard(line, self.need_words(line), self.both(line.due), self.answer_words(line))
        made.moved.connect(partial(self.move_line, line))
        made.changed.connect(partial(self.ask_line, line))
        made.parted.connect(partial(self.ask_instalments, line))
        today = self.desk.today()
        for part in self.told.parts if self.told else ():
            if part.line == line.uuid:
                made.add(instalment_row(part, self.both, today, partial(self.ask_paid, part)))
        self.cards[line.uuid] = made
        column.addWidget(made)

    # -- what can be done

    def ask_plan(self) -> None:
        """When the plan is made, and when she first came."""
        contact = self.told.contact if self.told else None
        self.open_form(plan_asked.planning(contact, self.desk.today()), _("Make the plan"), _("Make the plan"),
                       self.keep_plan, "contact_on")  # fmt: skip

    def keep_plan(self) -> None:
        """Makes the plan with a line for each need, and writes the year into the diary."""
        typed, client, by = self.typed(), self.client, self.desk.store.officer
        sheet = self.told.sheet if self.told else None
        on = typed["on"] if isinstance(typed["on"], date) else self.desk.today()
        contact = typed["contact_on"] if isinstance(typed["contact_on"], date) else None

        def act(session: Any) -> None:
            came = returns.of_client(session, client)
            made = reintegration.plan(
                session, client=client, on=on, by=by, contact_on=contact, homecoming=came[0].uuid if came else None,
                agreed=typed["agreed"], assessment=sheet.sheet if sheet else None,
                instrument=sheet.asked if sheet else None,
            )  # fmt: skip
            follow_ups.plan_year(session, client=client, start=on, plan=made.uuid)

        self.do("reintegration.plan", act)

    def plan_year(self) -> None:
        """Writes calls and surveys of the year into the diary."""
        plan = self._plan()
        start, uuid, client = plan.made_on, plan.uuid, self.client
        self.do("follow_ups.plan_year",
                lambda session: follow_ups.plan_year(session, client=client, start=start, plan=uuid))  # fmt: skip

    def agree(self) -> None:
        """She agrees with the plan."""
        self._with_plan("reintegration.agree", lambda session, plan: reintegration.agree(session, plan, agreed="yes"))

    def ask_line(self, line: PlanLine | None = None) -> None:
        """A new line, or what changes on one."""
        title = _("Add a line") if line is None else isolate(line.action or self.need_words(line))
        self.open_form(plan_asked.lining(line), title, _("Keep"), partial(self.keep_line, line), "action")

    def keep_line(self, line: PlanLine | None) -> None:
        """Keeps the line."""
        typed = plan_asked.a_line(self.typed())
        if line is None:
            self._with_plan("reintegration.add_line",
                            lambda session, plan: reintegration.add_line(session, plan, **typed))  # fmt: skip
            return
        self._with_line("reintegration.amend_line", line,
                        lambda session, kept: reintegration.amend_line(session, kept, changes=typed))  # fmt: skip

    def move_line(self, line: PlanLine, state: str) -> None:
        """How far a line has come; giving it up asks why."""
        self._focus = line.uuid
        if state == LineState.DROPPED.value:
            self.open_form(plan_asked.dropping(), isolate(line.action or line.need), _("Give it up"),
                           partial(self._move, line, state), "result")  # fmt: skip
            return
        self.close_form()
        self._move(line, state)

    def _move(self, line: PlanLine, state: str) -> None:
        result = self.typed()["result"] if self.form is not None else ""
        on = self.desk.today()
        self._with_line(
            "reintegration.move_line", line,
            lambda session, kept: reintegration.move_line(session, kept, state=state, on=on, result=result),
        )  # fmt: skip

    def ask_instalments(self, line: PlanLine) -> None:
        """Money in parts."""
        self.open_form(plan_asked.instalments(line, self.desk.today()), _("Instalments"), _("Keep"),
                       partial(self.keep_instalments, line), "number")  # fmt: skip

    def keep_instalments(self, line: PlanLine) -> None:
        """Keeps so many equal parts, a month apart."""
        typed = self.typed()
        number = typed["number"] if isinstance(typed["number"], int) else 0

        def act(session: Any, kept: PlanLine) -> None:
            if not 1 <= number <= 36:
                raise Invalid(number=N_("Write a number from 1 to 36."))
            for place in range(number):
                first = typed["first"]
                due = months_after(first, place) if isinstance(first, date) else first
                reintegration.instalment(session, kept, amount=typed["amount"], due=due)

        self._with_line("reintegration.instalment", line, act)

    def ask_paid(self, part: SupportInstalment) -> None:
        """An instalment was paid."""
        self.open_form(plan_asked.paying(self.desk.today()), _("Instalment paid"), _("Paid"),
                       partial(self.keep_paid, part), "receipt")  # fmt: skip

    def keep_paid(self, part: SupportInstalment) -> None:
        """Keeps the payment with its receipt."""
        typed, by = self.typed(), self.desk.store.officer
        on = typed["paid_on"] if isinstance(typed["paid_on"], date) else self.desk.today()

        def act(session: Any) -> None:
            kept = reintegration_kept.by_uuid(session, SupportInstalment, part.uuid)
            reintegration.pay(session, kept, on=on, by=by, receipt=typed["receipt"])

        self.do("reintegration.pay", act, self._known(part))

    def ask_close(self) -> None:
        """Why the plan is closed."""
        self.open_form(plan_asked.closing(), _("Close the plan"), _("Close the plan"), self.keep_close, "closure")

    def keep_close(self) -> None:
        """Closes the plan with its reason."""
        typed, mine = self.typed(), self.mine()
        self._with_plan("reintegration.close",
                        lambda session, plan: reintegration.close(session, plan, **mine, **typed))  # fmt: skip

    def _plan(self) -> Plan:
        assert self.told is not None and self.told.plan is not None
        return self.told.plan

    def _with_plan(self, name: str, act: Any) -> None:
        plan = self._plan()
        self.do(name, lambda session: act(session, reintegration_kept.by_uuid(session, Plan, plan.uuid)),
                self._known(plan))  # fmt: skip

    def _with_line(self, name: str, line: PlanLine, act: Any) -> None:
        self.do(name, lambda session: act(session, reintegration_kept.by_uuid(session, PlanLine, line.uuid)),
                self._known(line))  # fmt: skip

    def _known(self, record: Any) -> list[Any] | None:
        return [self.told.known[record.uuid]] if self.told and record.uuid in self.told.known else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Agreed and not promised beside each other, or one under the other."""
        super().resizeEvent(event)
        wide = self.width() >= px(BESIDE)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


def within_words(plan: Plan) -> str:
    """Whether the plan came within thirty days of the first contact."""
    days, held = reintegration.days_to_plan(plan), reintegration.in_time(plan)
    if days is None:
        return _("Plan within 30 days: the first contact is not known")
    answer = _("yes") if held else _("no")
    return _("Plan within 30 days: {days}, {answer}", days=ngettext("{n} day", "{n} days", days), answer=answer)
