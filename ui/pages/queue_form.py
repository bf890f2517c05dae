"""The four-minute form of a clinic table: what is asked of one person of the queue, and how it is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.casework.client_words import Answer
from mrc_app.casework.counselling_words import Mode, Topic
from mrc_app.casework.queues import Place
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_, _
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.panels.likely import LikelyPeople
from ui.widgets.chips import ChipsField
from ui.widgets.choosers import CountryField, LanguageField
from ui.widgets.dates import DualDateEdit
from ui.widgets.fields import ChoiceField, LongField, SegmentField, TextField
from ui.widgets.text import Banner
from ui.words import choices

REFUSED = "refused"
ABOUT_HER = (
    "statistics", "call_name", "nationality", "language", "phone", "may_call", "safe_hours", "cover_text", "result",
    "follow_up_on",
)  # fmt: skip
"""Not asked of somebody who wants no record."""
REGISTERED = ("nationality", "language", "phone", "may_call", "safe_hours", "cover_text")
SPOKEN_OF = ("mode", "topics", "result", "follow_up_on")


class MiniForm(QWidget):
    """Danger first; then the two answers, a name or none, how to reach her safely, and what was said."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self.alarm = Banner("", "red", "shield-alert")
        self.no = Banner("", "blue", "hand-heart")
        self.form, self.likely = Form(), LikelyPeople(desk)
        column.addWidget(self.alarm)
        column.addWidget(self.no)
        column.addWidget(self.form)
        self._ask_first()
        self._ask_rest()
        self.likely.follow(self.form, self.form.values)
        self.form.changed.connect(self._answered)
        self.form.submitted.connect(self.submitted)

    def _ask_first(self) -> None:
        form = self.form
        yes_no = [(Answer.YES.value, _("Yes")), (Answer.NO.value, _("No"))]
        given = [("given", _("Yes")), (REFUSED, _("No"))]
        form.add("danger", _("Is she in danger now?"), SegmentField(yes_no))
        form.add("safe_to_talk", _("Is it safe to talk here?"), SegmentField(yes_no))
        form.add("record", _("May we keep a record about you here?"), SegmentField(given))
        form.add("statistics", _("May we count you without your name?"), SegmentField(given))

    def _ask_rest(self) -> None:
        form = self.form
        hint = _("It need not be her real name. Left empty, she is called by her ticket.")
        form.add("call_name", _("Name to call her by"), TextField(), optional=True, hint=hint)
        form.add("language", _("Her language"), LanguageField(), optional=True)
        form.add_part(self.likely)
        form.add("nationality", _("Nationality"), CountryField(), optional=True)
        form.add("phone", _("Phone"), TextField(ordered=True), optional=True)
        form.add("may_call", _("May we call?"), ChoiceField(choices(Answer), None))
        form.add("safe_hours", _("Safe hours"), TextField(), optional=True)
        form.add("cover_text", _("What to say when somebody else answers"), TextField(), optional=True, span=2)
        form.add("topics", _("Talked about"), ChipsField(choices(Topic)), span=2)
        form["topics"].explain(_("Space chooses, arrows move, a letter jumps."))
        form.add("result", _("What was said"), LongField(lines=2), optional=True, span=2)
        form.add("mode", _("How you met"), ChoiceField(choices(Mode), empty=None))
        form.add("follow_up_on", _("See or call her again on"), DualDateEdit(), optional=True, span=2)

    def begin(self, place: Place) -> None:
        """The form of one person: what she said in the queue, or what was typed before."""
        self.form.clear_problems()
        self.likely.clear()
        self.form.fill(dict.fromkeys(self.form.values()) | {"mode": Mode.OUTREACH.value, "topics": []})
        said = {"call_name": place.name, "nationality": place.nationality, "language": place.language}
        self.form.fill({"may_call": Answer.NOT_ASKED.value} | said | dict(place.typed))
        self._answered()

    def typed(self) -> dict[str, Any]:
        """What stands in the form, as a draft keeps it; nothing about her where she wants no record."""
        found = self.form.values()
        if self.refused():
            found |= dict.fromkeys(ABOUT_HER)
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}

    def refused(self) -> bool:
        """Whether she wants no record."""
        return bool(self.form["record"].value() == REFUSED)

    def _answered(self) -> None:
        no = self.refused()
        for name in (*ABOUT_HER, "danger", "safe_to_talk"):
            self.form.show_row(name, not (no and name in ABOUT_HER))
        self.no.say(_("Nothing typed about her is kept. Help her; the visit is counted without a name.") if no else "")
        self.alarm.say(self._alarm())
        self.changed.emit()

    def _alarm(self) -> str:
        if self.form["danger"].value() == Answer.YES.value:
            return _(
                "Danger first: what does she need within the hour? "
                "A safe place, a doctor, somebody to call. Write later."
            )
        if self.form["safe_to_talk"].value() == Answer.NO.value:
            return _("Move to a place where nobody listens, or agree on another time. Ask nothing private here.")
        return ""

    def keep(self, ticket_name: str) -> bool:
        """Registers her and notes the contact, or counts the visit without a name. False when something is wrong."""
        return self.form.submit(lambda: self._count() if self.refused() else self._register(ticket_name)) is not None

    def _count(self) -> object:
        from mrc_app.casework import counselling

        officer, on, said = self.desk.store.officer, self.desk.today(), self.form.values("mode", "topics")
        return self.desk.change(
            "counselling.tally", lambda session: counselling.tally(session, on=on, officer=officer, **said)
        )

    def _register(self, ticket_name: str) -> str:
        from mrc_app.casework import agenda, clients, counselling

        store, on, said = self.desk.store, self.desk.today(), self.form.values()
        officer, answers = store.officer, self._answers(said)
        person: dict[str, Any] = {name: said[name] or "" for name in REGISTERED}
        spoken = {name: said[name] for name in SPOKEN_OF}
        spoken |= {name: said[name] or Answer.NOT_ASKED.value for name in ("danger", "safe_to_talk")}

        def action(session: Session) -> str:
            client = clients.register(
                session, desk_code=store.desk_code, by=officer, on=on, home=store.centre().country,
                call_name=said["call_name"] or ticket_name, **answers, **person,
            )  # fmt: skip
            contact = counselling.record(
                session, client=client.uuid, on=on, officer=officer, language=person["language"], **spoken
            )
            agenda.follow_up(session, contact, by=officer, call=said["may_call"] == Answer.YES.value)
            return client.uuid

        return self.desk.change("clients.register", action)

    def _answers(self, said: dict[str, Any]) -> dict[str, Any]:
        """The spoken answers, certified by the officer who heard them."""
        from mrc_app.casework.consents import How, Said, State

        wrong = {}
        if not said["record"]:
            wrong["record"] = Problem(N_("Ask her, and choose what she answered."))
        if said["phone"] and said["may_call"] == Answer.NOT_ASKED.value:
            wrong["may_call"] = Problem(N_("Ask her whether it is safe to call this number."))
        if wrong:
            raise Invalid(**wrong)
        language = said["language"] or ""
        yes = Said(State.GIVEN, How.VERBAL, language, certified_by=self.desk.store.officer)
        told = {"given": yes, REFUSED: Said(State.REFUSED, language=language), None: None}
        return {"record": yes, "statistics": told[said["statistics"]]}
