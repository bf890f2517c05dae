"""The steps of a registration: is she safe, and who is she."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.casework.client_words import Answer, Kind, Reading, Sex
from mrc_app.i18n import _
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.panels.likely import LikelyPeople
from ui.widgets.choosers import CountryField, LanguageField
from ui.widgets.controls import button
from ui.widgets.dates import BirthField
from ui.widgets.fields import ChoiceField, SegmentField, TextField
from ui.widgets.text import Banner, card, label
from ui.words import choices

if TYPE_CHECKING:
    from mrc_app.store import CentreFacts


class SafetyStep(QWidget):
    """Two questions on their own calm screen."""

    ready = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        yes_no = [
            (Answer.YES.value, _("Yes")),
            (Answer.NO.value, _("No")),
            (Answer.NOT_ASKED.value, _("I cannot ask now")),
        ]
        self.danger, self.safe_to_talk = SegmentField(yes_no), SegmentField(yes_no)
        self.help = Banner("", "red")
        self.stop = Banner("", "amber")
        self._ask(column, _("Is she in danger now?"), self.danger)
        column.addWidget(self.help)
        self._ask(column, _("Is it safe to talk here and now?"), self.safe_to_talk)
        column.addWidget(self.stop)
        for field in (self.danger, self.safe_to_talk):
            field.changed.connect(self._answered)

    def _ask(self, column: QVBoxLayout, question: str, field: SegmentField) -> None:
        frame, body = card(margin=24, spacing=14)
        body.addWidget(label(question, "question"))
        body.addWidget(field)
        field.call(question)
        column.addWidget(frame)

    def _answered(self) -> None:
        danger, safe = self.danger.value(), self.safe_to_talk.value()
        self.help.say(
            _("Help first, write later: stay with her, find a safe room, and call for help if she agrees.")
            if danger == Answer.YES else ""
        )  # fmt: skip
        self.stop.say(
            _("Stop here. Offer another room, another day, or a call to a number that is safe. Nothing has been kept.")
            if safe == Answer.NO else ""
        )  # fmt: skip
        self.changed.emit()

    def values(self) -> dict[str, Answer]:
        """Both answers; a question left open was not asked."""
        return {
            "danger": Answer(self.danger.value() or Answer.NOT_ASKED),
            "safe_to_talk": Answer(self.safe_to_talk.value() or Answer.NOT_ASKED),
        }

    def fill(self, said: dict[str, Any]) -> None:
        """Puts answers back; an empty mapping clears both."""
        self.danger.set_value(said.get("danger"))
        self.safe_to_talk.set_value(said.get("safe_to_talk"))

    def first(self) -> QWidget:
        """The first question."""
        return self.danger


class PersonStep(QWidget):
    """A name to call her by, her language, two answers; everything else only when she wants."""

    changed = Signal()
    refused = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        frame, body = card(margin=24)
        self.form = Form()
        self.likely = LikelyPeople(desk)
        self._must()
        self._rest()
        self.no = Banner("", "blue", "hand-heart")
        body.addWidget(self.form)
        column.addWidget(self.no)
        column.addWidget(frame)
        self.more = button(_("Add more now"), "quiet", "plus", lambda: self.open(True))
        body.addWidget(self.more)
        self.form.changed.connect(self._changed)
        self.likely.follow(self.form, self.form.values)
        self.open(False)

    def _must(self) -> None:
        form = self.form
        given = [("given", _("Yes")), ("refused", _("No"))]
        hows = [
            ("signed", _("Signed")), ("thumb", _("Thumb-print")), ("audio", _("Recorded voice")),
            ("verbal", _("Spoken, I heard it")),
        ]  # fmt: skip
        form.add("call_name", _("Name to call her by"), TextField(), hint=_("It need not be her real name."))
        form.add("language", _("Her language"), LanguageField(), hint=_("The language of her guide."))
        form.add("record", _("May we keep a record about you here?"), SegmentField(given))
        form.add("statistics", _("May we count you without your name?"), SegmentField(given))
        self.how: SegmentField = form.add("how", _("How did she answer?"), SegmentField(hows), span=2)

    def _rest(self) -> None:
        form = self.form
        answers = choices(Answer)
        self._optional = {
            "given": (_("First name"), TextField(), 1), "father": (_("Father's name"), TextField(), 1),
            "grandfather": (_("Grandfather's or family name"), TextField(), 1),
            "native": (_("Name in her own script"), TextField(), 1),
            "sex": (_("Sex"), ChoiceField(choices(Sex), None), 1),
            "kind": (_("She is"), ChoiceField(choices(Kind), None), 1),
            "birth": (_("Birth"), BirthField(), 2),
            "phone": (_("Phone"), TextField(ordered=True), 1), "phone_whose": (_("Whose phone is it?"), TextField(), 1),
            "may_call": (_("May we call?"), ChoiceField(answers, None), 1),
            "may_message": (_("May we write?"), ChoiceField(answers, None), 1),
            "safe_hours": (_("Safe hours"), TextField(), 1),
            "cover_text": (_("What to say when somebody else answers"), TextField(), 1),
            "phone_private": (_("Is the phone hers alone?"), ChoiceField(answers, None), 1),
            "can_read": (_("Can she read?"), ChoiceField(choices(Reading), None), 1),
            "origin_country": (_("Country of origin"), CountryField(), 1),
            "district": (_("District"), TextField(), 1),
        }  # fmt: skip
        hints = {
            "given": _("As her passport spells it, in Latin letters."),
            "native": _("Write the passport's Latin spelling beside it."),
        }
        for name, (text, field, span) in self._optional.items():
            form.add(name, text, field, span=span, hint=hints.get(name, ""))
            if name == "native":
                form.add_part(self.likely)
        self._defaults = {"sex": Sex.NOT_STATED, "kind": Kind.NOT_STATED, "can_read": Reading.NOT_ASKED}
        self._defaults |= dict.fromkeys(("may_call", "may_message", "phone_private"), Answer.NOT_ASKED)

    def open(self, wide: bool) -> None:
        """Shows or hides what may wait."""
        for name in self._optional:
            self.form.show_row(name, wide)
        self.more.setVisible(not wide)
        if wide and self.isVisible():
            self.form["given"].setFocus()

    def _changed(self) -> None:
        no = self.form["record"].value() == "refused"
        self.no.say(_("Then nothing is kept. Help her all the same: choose “She wants no record”.") if no else "")
        self.changed.emit()

    def clear(self, centre: CentreFacts) -> None:
        """An empty form in the centre's first language."""
        self.form.clear_problems()
        self.form.fill(dict.fromkeys(self.form.values()) | self._defaults)
        self.form.fill({"language": centre.languages[0] if centre.languages else None})
        self.form.fill({"origin_country": centre.country})
        self._empty = self.form.values()
        self.likely.clear()
        self.open(False)

    def fill(self, typed: dict[str, Any]) -> None:
        """Puts back what was typed; opens the rest where something of it was."""
        self.form.fill(typed)
        self.open(any(typed.get(name) != self._empty.get(name) for name in self._optional))

    def touched(self) -> bool:
        """Whether anything was typed."""
        return self.form.values() != self._empty

    def values(self, officer: str) -> dict[str, Any]:
        """The keywords of ``clients.register``."""
        from mrc_app.casework.consents import How, Said, State

        said = self.form.values()
        how = How(said["how"]) if said["how"] else None
        certified = officer if how is How.VERBAL else None

        def answer(name: str) -> Said:
            state = State(said[name] or "refused")
            given = state is State.GIVEN
            return Said(
                state, how if given else None, said["language"] or "", certified_by=certified if given else None
            )

        rest = {name: said[name] or "" for name in self._optional if name != "birth"}
        needed = {"call_name": said["call_name"] or "", "language": said["language"] or ""}
        self._check(said)
        return {
            **needed,
            **rest,
            "birth": said["birth"],
            "record": answer("record"),
            "statistics": answer("statistics"),
        }

    def _check(self, said: dict[str, Any]) -> None:
        from mrc_app.errors import Invalid, Problem
        from mrc_app.i18n import N_

        wrong = {}
        if not said["call_name"]:
            wrong["call_name"] = Problem(N_("A name to call her by is needed. It need not be her real name."))
        if not said["record"]:
            wrong["record"] = Problem(N_("Ask her, and choose what she answered."))
        if not said["statistics"]:
            wrong["statistics"] = Problem(N_("Ask her, and choose what she answered."))
        if "given" in (said["record"], said["statistics"]) and not said["how"]:
            wrong["how"] = Problem(N_("Say how the consent was given: signed, thumb-print, recorded or spoken."))
        if wrong:
            raise Invalid(**wrong)

    def first(self) -> QWidget:
        """The name."""
        return self.form["call_name"]
