"""The screening sheet: eleven indicators by name, her words, a count, and the sentence that it is no finding."""

from __future__ import annotations

from functools import partial
from typing import Any

from mrc_app.casework.client_words import Answer
from mrc_app.casework.grievance_words import Indicator
from mrc_app.i18n import _
from ui.desk import Desk, Session
from ui.forms import Form
from ui.panels.grievance_asked import CaseTold
from ui.panels.grievance_part import CasePart, row_of
from ui.widgets.controls import button
from ui.widgets.dates import screen_date
from ui.widgets.fields import ChoiceField, LongField, SegmentField
from ui.widgets.text import chip, label
from ui.words import choices, sentence, word


class ScreeningPart(CasePart):
    """The sheets of a case, each with its count, and a new one for one of its people."""

    def __init__(self, desk: Desk) -> None:
        self.add = button(_("New screening"), "", "clipboard-list", self.begin)
        super().__init__(desk, _("Screening for forced labour"), "shield-alert", self.add)

    def tell(self, told: CaseTold) -> None:
        from mrc_app.casework import grievance_screening as rules

        self.lines.addWidget(label(_(rules.NO_FINDING), "strong"))
        if not told.sheets:
            self.empty(_(rules.ONE_IS_ENOUGH))
        for sheet, name in told.sheets:
            count = _(rules.COUNT, n=sheet.ticked, all=sheet.of)
            when = f"{name} · {screen_date(sheet.screening.on)}"
            again = button(_("Go on"), "quiet", on=partial(self.answer, sheet.screening.uuid))
            again.setAccessibleName(f"{_('Go on')}: {name}")
            self.lines.addWidget(row_of(label(when, "strong"), chip(count, "blue"), again))
            for one in sheet.answers:
                if one.answer is Answer.YES:
                    self.lines.addWidget(label(f"{word(one.indicator)}: “{one.words}”"))

    def begin(self) -> None:
        """Asks whose sheet it is."""
        from mrc_app.casework import grievance_screening as rules

        if self.told is None:
            return
        form = Form(columns=1)
        people = [(person.uuid, person.shown_as()) for _one, person in self.told.people]
        form.add("client", _("Whose answers?"), ChoiceField(people, empty=None))
        on, by, case, made = self.desk.today(), self.desk.store.officer, self.case, list[str]()

        def act(session: Session, said: dict[str, Any]) -> object:
            sheet = rules.begin(session, client=said["client"], on=on, by=by, grievance=case)
            made.append(sheet.uuid)
            return sheet

        def then() -> None:
            self.kept.disconnect(then)
            if made:
                self.answer(made[0])

        self.kept.connect(then)
        self.ask(form, "grievance_screening.begin", act, _("Begin"))

    def answer(self, uuid: str) -> None:
        """Asks the indicators one under the other."""
        from mrc_app.casework import grievance_screening as rules

        def question(session: Session) -> tuple[Any, list[Any]]:
            sheet = next(one for one in rules.of_case(session, self.case) if one.screening.uuid == uuid)
            return sheet, list(rules.debt(session, sheet.screening.client, self.desk.today()).facts)

        sheet, debts = self.desk.read(question)
        there = {one.indicator: one for one in sheet.answers}
        form = Form()
        form.add_part(label(f"{_(rules.NO_FINDING)} {_(rules.ONE_IS_ENOUGH)}", "small"))
        for indicator in Indicator:
            known = there.get(indicator)
            chosen = SegmentField(choices([Answer.YES, Answer.NO]))
            form.add(f"{indicator.value}_answer", word(indicator), chosen)
            words = form.add(indicator.value, _("Her words"), LongField(lines=1))
            if known is not None:
                chosen.set_value(None if known.answer is Answer.NOT_ASKED else known.answer.value)
                words.set_value(known.words)
            if indicator is Indicator.DEBT and debts:
                form.add_part(label(_("Her cost ledger says: {facts}", facts=debt_words(debts)), "small"))

        def act(session: Session, said: dict[str, Any]) -> object:
            found = next(one for one in rules.of_case(session, self.case) if one.screening.uuid == uuid)
            answers = {
                one.value: (said[f"{one.value}_answer"], said[one.value])
                for one in Indicator
                if said[f"{one.value}_answer"] or said[one.value]
            }
            return rules.answer(session, found.screening, said=answers)

        self.ask(form, "grievance_screening.answer", act)


def debt_words(facts: list[Any]) -> str:
    """The facts of her debts as the ledger has them."""
    return " ".join(sentence(fact.said.message, fact.said.values) for fact in facts)
