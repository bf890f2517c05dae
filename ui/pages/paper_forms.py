"""Paper forms: print numbered blank ones for the hours without power, and see which are still out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import paper_forms
from mrc_app.casework.paper_forms import FormKind, FormState, PaperForm
from mrc_app.errors import Invalid, MrcError
from mrc_app.i18n import _, language, ltr, ngettext
from mrc_app.store.roles import May, may
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.page import Heading, Page
from ui.widgets.choosers import LanguageField
from ui.widgets.controls import Flow, Scroll, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.dialogs import AskText, where_to_save
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField, NumberField, TextField
from ui.widgets.text import Banner, card, chip, label
from ui.words import choices, word

if TYPE_CHECKING:
    from mrc_app.guides.paper_forms_printing import Numbered
    from ui.jobs import Step

TYPED_IN_ON = {
    FormKind.REGISTRATION: "register",
    FormKind.COUNSELLING: "clients",
    FormKind.GRIEVANCE: "clients",
    FormKind.EVENT: "events",
    FormKind.SIGN_IN: "events",
    FormKind.VILLAGE: "events",
}
"""The page on which a form is typed in; a talk and a complaint begin with finding the client."""
SHOWN = 100


class PaperFormsPage(Page):
    """Printing, typing a number in, and the forms that are out."""

    shows: ClassVar[frozenset[str]] = frozenset({"paperform"})
    nav: ClassVar[str] = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=900)
        outer.addWidget(scroll)
        self.body = scroll.body
        back = button(_("Events and outreach"), "quiet", "chevron-left", partial(desk.window.show_page, "events"))
        below = _("For the hours without power and for the road. Each form has a number, so that none is lost.")
        scroll.body.addWidget(Heading(_("Paper forms"), below, back))
        self.trouble = Banner("", "red")
        self.trouble.hide()
        scroll.body.addWidget(self.trouble)
        allowed = may(desk.store.role, May.TALLY)
        self._came_back(allowed)
        self._printing(allowed)
        self._out = QVBoxLayout()
        self._out.setSpacing(px(8))
        scroll.body.addLayout(self._out)

    def _came_back(self, allowed: bool) -> None:
        frame, body = card(margin=20, spacing=10)
        self.back_form = Form()
        self.back_form.add("number", _("Number on the paper"), TextField(limit=40))
        body.addWidget(label(_("A form came back"), "heading"))
        body.addWidget(self.back_form)
        row = Flow(8)
        self.typed = button(_("Typed in"), "main", "check", self.typed_in)
        self.spoiled = button(_("Spoiled or not used"), "", on=self.was_spoiled)
        for one in (self.typed, self.spoiled):
            one.setEnabled(allowed)
            row.addWidget(one)
        body.addLayout(row)
        self.back_form.submitted.connect(self.typed_in)
        self.body.addWidget(frame)

    def _printing(self, allowed: bool) -> None:
        frame, body = card(margin=20, spacing=10)
        body.addWidget(label(_("Print blank forms"), "heading"))
        self.form = Form()
        self.form.add("kind", _("What for?"), ChoiceField(choices(FormKind), empty=None))
        self.form.add("count", _("How many?"), NumberField())
        self.form.add("language", _("Language"), LanguageField())
        body.addWidget(self.form)
        self.print_button = button(_("Print to a file"), "", "printer", self.print_them)
        self.print_button.setEnabled(allowed)
        row = Flow(8)
        row.addWidget(self.print_button)
        body.addLayout(row)
        first = next(iter(self.desk.store.centre().languages), "en")
        self.form.fill({"kind": FormKind.SIGN_IN.value, "count": "1", "language": first})
        self.body.addWidget(frame)

    def first(self) -> QWidget | None:
        """The number of a form that came back."""
        return self.back_form["number"]

    # -- what came back

    def typed_in(self) -> None:
        """Says that a form was typed in."""
        self._settle(FormState.ENTERED)

    def was_spoiled(self) -> None:
        """Says that a form was spoiled or never used."""
        self._settle(FormState.SPOILED)

    def _settle(self, state: FormState) -> None:
        typed, by, on = self.back_form.values()["number"] or "", self.desk.store.officer, self.desk.today()

        def act(session: Session) -> str:
            form = paper_forms.by_number(session, typed)
            return paper_forms.settle(session, form, state=state, on=on, by=by).number

        number = self.back_form.submit(lambda: self.desk.change("paper_forms.settle", act))
        if number is not None:
            self.back_form.fill({"number": ""})
            self.desk.window.say(_("{number}: {state}.", number=number, state=word(state)))
            self.refresh()

    def lost(self, number: str) -> None:
        """Says that a form is lost; what is known about it is asked for."""
        note = AskText(self, _("Lost"), _("Who had form {number}, and since when?", number=ltr(number))).answer()
        if note is None:
            return
        by, on = self.desk.store.officer, self.desk.today()

        def act(session: Session) -> object:
            form = paper_forms.by_number(session, number)
            return paper_forms.settle(session, form, state=FormState.LOST, on=on, by=by, note=note)

        try:
            self.desk.change("paper_forms.settle", act)
        except Invalid as wrong:
            self.desk.window.say(next(iter(wrong.problems.values())).text(_))
        self.refresh()

    # -- printing

    def print_them(self) -> None:
        """Asks where, and writes numbered forms as a PDF."""
        said = self.form.values()
        self.form.clear_problems()
        count = str(said["count"] or "")
        path = where_to_save(self, _("Print blank forms"), f"{said['kind']}.pdf", _("PDF files (*.pdf)"))
        if path:
            self.print_to(Path(path), said["kind"], int(count) if count.isdecimal() else 0, said["language"] or "en")

    def print_to(self, path: Path, kind: str, count: int, spoken: str) -> None:
        """Writes forms to a file."""
        from mrc_app.guides import paper_forms_printing

        store, on = self.desk.store, self.desk.today()
        self.trouble.hide()

        def work(_step: Step) -> Numbered:
            return paper_forms_printing.print_forms(store, kind=kind, count=count, language=spoken, on=on, out=path)

        self.desk.jobs.run(work, done=self._printed, failed=self._failed)

    def _printed(self, made: Numbered) -> None:
        said = ngettext("{n} form was written.", "{n} forms were written.", len(made.numbers))
        self.desk.window.say(said)
        self.refresh()

    def _failed(self, trouble: MrcError) -> None:
        if isinstance(trouble, Invalid):
            self.form.show_problem(trouble)
            return
        self.trouble.say(trouble.text(_))
        self.trouble.show()

    # -- what is out

    def refresh(self) -> None:
        """Reads which forms are out."""

        def question(session: Session) -> tuple[list[PaperForm], dict[FormState, int]]:
            return paper_forms.of_state(session, FormState.OUT, SHOWN), paper_forms.tally(session)

        self.desk.ask(self, question, self._show)

    def _show(self, found: tuple[list[PaperForm], dict[FormState, int]]) -> None:
        forms, counts = found
        clear(self._out)
        self._out.addWidget(label(_("Still out"), "heading"))
        chips = Flow(8)
        for state, n in counts.items():
            chips.addWidget(chip(f"{word(state)}: {n}", "amber" if state is FormState.OUT else "plain"))
        holder = QWidget()
        holder.setLayout(chips)
        self._out.addWidget(holder)
        if not forms:
            self._out.addWidget(Empty("printer", _("No form is out"), _("Every printed form came back.")))
        for form in forms:
            self._out.addWidget(self._line(form))
        if counts.get(FormState.OUT, 0) > len(forms):
            self._out.addWidget(label(_("and {n} more", n=counts[FormState.OUT] - len(forms)), "small"))

    def _line(self, form: PaperForm) -> QWidget:
        frame, body = card(margin=12, spacing=2)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        spoken = language(form.language).autonym if form.language else ""
        told = " · ".join(filter(None, (word(form.kind), spoken, screen_date(form.printed_on))))
        row.addWidget(label(ltr(form.number), "strong", wrap=False))
        row.addWidget(label(told, "small"), 1)
        for text, act in (
            (_("Type it in"), partial(self._open, form.number, form.kind)),
            (_("Lost"), partial(self.lost, form.number)),
        ):
            one = button(text, "quiet", on=act)
            one.setAccessibleName(f"{text}: {form.number}")
            one.setEnabled(may(self.desk.store.role, May.TALLY))
            row.addWidget(one)
        body.addLayout(row)
        return frame

    def _open(self, number: str, kind: FormKind) -> None:
        """Takes its number over and turns to the page on which it is typed in."""
        page = TYPED_IN_ON[kind]
        self.back_form.fill({"number": number})
        self.desk.window.show_page(page, number if page == "events" else "")
