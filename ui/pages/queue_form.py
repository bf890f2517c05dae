"""The four-minute form of a clinic table: what is asked of one person of the queue, and how it is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from mrc_app.casework.client_words import Answer
from mrc_app.casework.counselling_words import Mode, Topic
from mrc_app.casework.queues import Place
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_, _, isolate, language, languages, screen_language, speaking, speaks
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.panels.likely import LikelyPeople
from ui.widgets.chips import ChipsField
from ui.widgets.choosers import CountryField, LanguageField
from ui.widgets.controls import button
from ui.widgets.dates import DualDateEdit
from ui.widgets.fields import ChoiceField, Field, LongField, SegmentField, TextField
from ui.widgets.text import Banner, label
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
    """Danger first; then the two answers, a name or none, how to reach her safely, and what was said. What she reads
    and is asked stands in her language; what the officer is told, in the screen's."""

    changed = Signal()
    submitted = Signal()
    hers = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.wanted, self.spoken = desk, "", ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self.alarm = Banner("", "red", "shield-alert")
        self.no = Banner("", "blue", "hand-heart")
        self.note = label("", "small")
        self.turn = button("", "quiet", "languages", self.turn_over)
        row = QHBoxLayout()
        row.addWidget(self.note, 9)
        row.addWidget(self.turn)
        row.addStretch(1)
        column.addWidget(self.alarm)
        column.addWidget(self.no)
        column.addLayout(row)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self._build("")

    # -- the language of who sits here

    def _build(self, code: str) -> None:
        """The questions, in a language; "" for the screen's."""
        self.form, self.likely = Form(), LikelyPeople(self.desk)
        self.likely.setLayoutDirection(self.layoutDirection())
        self.likely.hers.connect(self.hers)
        self.spoken, self._missing = code, 0
        if code:
            with speaking(code) as spoken:
                self._ask_first()
                self._ask_rest()
            self._missing = spoken.missing
            _turn(self.form, self.likely, language(code).right_to_left)
        else:
            self._ask_first()
            self._ask_rest()
        self.likely.follow(self.form, self.form.values)
        self.form.changed.connect(self._answered)
        self.form.submitted.connect(self.submitted)
        self._place.addWidget(self.form)
        self._tell_language()

    def _tell_language(self) -> None:
        hers, screen = self.wanted, screen_language()
        other = bool(hers) and language(hers).code != screen.code
        known = other and speaks(hers)
        said = ""
        if other and not known:
            words = _("The screen does not speak {language} yet: the questions stay in {screen}. Say them to her.")
            said = words.format(language=isolate(language(hers).autonym), screen=isolate(screen.autonym))
        elif self._missing:
            said = _("Some of these words are not in {language} yet.", language=language(hers).autonym)
        self.note.setText(said)
        self.note.setVisible(bool(said))
        self.turn.setVisible(known)
        if known:
            text = _("Show in {language}", language=screen.autonym if self.spoken else language(hers).autonym)
            self.turn.setText(text)
            self.turn.setAccessibleName(text)

    def speak(self, code: str) -> None:
        """Asks in another language from now on; what was typed stays."""
        self.wanted = code if code in languages() else ""
        self._rebuild(code if self.wanted and code != screen_language().code and speaks(code) else "")

    def turn_over(self) -> None:
        """Her language, or the screen's."""
        QTimer.singleShot(0, self, lambda: self._rebuild("" if self.spoken else self.wanted))

    def _rebuild(self, code: str) -> None:
        if code == self.spoken:
            self._tell_language()
            return
        typed, at = self.form.values(), self._focused()
        self.form.hide()
        self.form.deleteLater()
        self._build(code)
        self.form.fill(typed)
        self._answered()
        if at:
            self.form[at].setFocus()

    def _focused(self) -> str:
        held = QApplication.focusWidget()
        return next((name for name in self.form.values() if held in self.form[name].controls()), "")

    def _follow(self) -> None:
        """Her language was chosen in the form: it is asked in that from now on."""
        chosen = self.form["language"].value() or ""
        if chosen != self.wanted and (chosen in languages() or not chosen):
            self.speak(chosen)

    def rest(self) -> None:
        """Nobody sits here: empty, and in the screen's language."""
        self.form.fill(dict.fromkeys(self.form.values()) | {"topics": []})
        self.likely.clear()
        self.speak("")

    # -- what is asked

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
        self.speak(str(dict(place.typed).get("language") or place.language))
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
        if _chosen(self.form["language"]) and (self.form["language"].value() or "") != self.wanted:
            QTimer.singleShot(0, self, self._follow)

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


def _chosen(field: Field) -> bool:
    """Whether a language was chosen from the list, or taken away: not while its name is still being typed."""
    (line,) = field.controls()
    return isinstance(line, QLineEdit) and (not line.text() or line.text() != field.value())


def _turn(form: QWidget, apart: QWidget, right_to_left: bool) -> None:
    """Puts the lines of a form where they begin in another language; one part of it stays as it is."""
    sides = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    form.setLayoutDirection(sides)
    begin = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
    parts: list[QLabel | QLineEdit] = [*form.findChildren(QLabel), *form.findChildren(QLineEdit)]
    for part in parts:
        if part.alignment() & Qt.AlignmentFlag.AlignAbsolute and not apart.isAncestorOf(part):
            part.setAlignment(begin | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
