"""Consents: each purpose with what she answered, how and when; asked again or withdrawn where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import consents, duplicates, referral_withdrawals
from mrc_app.casework.consents import Consent, How, Purpose, Standing, State
from mrc_app.casework.provider_words import ProviderKind
from mrc_app.exchange import outbox, withdrawing
from mrc_app.i18n import _, ltr
from mrc_app.store import seen
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.panels.panel import Panel
from ui.panels.referral_shown import left_words, scope_words
from ui.widgets.choosers import LanguageField
from ui.widgets.controls import button, clear
from ui.widgets.dates import DualDateEdit, screen_date
from ui.widgets.fields import ChoiceField, SegmentField, TextField
from ui.widgets.text import Banner, card, chip, label
from ui.words import choices, language_name, word

TONES = {
    Standing.GIVEN: "green",
    Standing.REFUSED: "amber",
    Standing.WITHDRAWN: "red",
    Standing.EXPIRED: "amber",
    Standing.NOT_ASKED: "plain",
}


class ConsentsPanel(Panel):
    """The eight purposes. Refusing one never closes a door here."""

    shows: ClassVar[frozenset[str]] = frozenset({"consent", "handout", "referral", "unionmembership"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.stopped = Banner("", "red")
        self.column.addWidget(self.stopped)
        self.went = Banner("", "amber")
        self.column.addWidget(self.went)
        self.several = Banner("", "blue", "users")
        self.numbers: dict[str, str] = {}
        self.scopes: dict[str, str] = {}
        self.column.addWidget(self.several)
        self.column.addWidget(label(_("A no to any of these changes nothing about the help she gets."), "muted"))
        frame, self._list = card(spacing=0, margin=8)
        self.column.addWidget(frame)
        self.column.addStretch(1)
        self.rows: dict[Purpose, PurposeRow] = {}
        for purpose in Purpose:
            self.rows[purpose] = PurposeRow(self, purpose)
            self._list.addWidget(self.rows[purpose])

    def load(self, client: str) -> None:
        """Shows another client; a form left open for the one before is closed."""
        if client != self.client:
            self.went.say("")
            for row in self.rows.values():
                row.close_form()
        super().load(client)

    def refresh(self) -> None:
        """Reads her answers again."""
        client, today = self.client, self.desk.today()

        def read(session: Any) -> tuple[list[Consent], Any, dict[str, Any]]:
            answers = duplicates.consents_of(session, client)
            known = {answer.uuid: seen(session, answer) for answer in answers}
            self.numbers = {one.uuid: one.number for one in duplicates.records(session, client)}
            self.scopes = scope_words(session, client)
            return answers, duplicates.matrix(session, client, today), known

        answers, matrix, known = self.desk.read(read)
        several = _("She has several records here: the strictest answer of them all holds.")
        self.several.say(several if len(self.numbers) > 1 else "")
        for purpose, row in self.rows.items():
            mine = [answer for answer in answers if answer.purpose is purpose]
            row.tell(matrix[purpose], standing_now(mine), known)
        stop = _("She no longer wants her record kept. Nothing about her leaves this desk.")
        self.stopped.say(stop if matrix[Purpose.RECORD] is Standing.WITHDRAWN else "")

    def keep(self, purpose: Purpose, said: consents.Said, scope: str) -> None:
        """Keeps an answer to a purpose."""
        desk, today = self.desk, self.desk.today()
        by, client = desk.store.officer, self.client
        desk.change(
            "consents.ask",
            lambda session: consents.ask(
                session, client=client, purpose=purpose, said=said, by=by, on=today, scope=scope
            ),
        )

    def withdraw(self, consent: Consent, known: Any, reason: str) -> None:
        """Withdraws an answer from today on, shows what had gone out under it, and stops the rest."""
        desk, today = self.desk, self.desk.today()
        by = desk.store.officer

        def act(session: Any) -> tuple[referral_withdrawals.Withdrawn, withdrawing.Stopped]:
            found = next(each for each in consents.of_client(session, consent.client) if each.uuid == consent.uuid)
            done = referral_withdrawals.withdraw_one(session, found, on=today, by=by, reason=reason)
            return done, withdrawing.stop(session, consent.client, done.consents)

        done, stopped = desk.change("consents.withdraw", act, [known])
        outbox.tidy(desk.store)
        self.went.say(left_words(done.left, len(done.stopped), stopped))

    def first(self) -> QWidget | None:
        """The first purpose."""
        return self.rows[Purpose.RECORD].ask


def standing_now(answers: Iterable[Consent]) -> list[Consent]:
    """The answers no later one replaced, the latest first."""
    kept = list(answers)
    replaced = {uuid for answer in kept for uuid in answer.replaces}
    return [answer for answer in reversed(kept) if answer.uuid not in replaced]


def told(answer: Consent, scopes: Mapping[str, str]) -> str:
    """One answer in a line: what for, how, in which language, with whose help, when, until when."""
    parts = [
        scopes.get(answer.scope, answer.scope),
        word(answer.state) if answer.scope and answer.state is State.REFUSED else "",
        word(answer.how),
        language_name(answer.language) if answer.language else "",
    ]
    if answer.interpreter:
        parts.append(_("interpreter: {name}", name=answer.interpreter))
    parts.append(screen_date(answer.given_on))
    if answer.expires_on:
        parts.append(_("until {date}", date=screen_date(answer.expires_on)))
    if answer.withdrawn_on:
        parts.append(_("withdrawn on {date}", date=screen_date(answer.withdrawn_on)))
    parts.append(answer.reason)
    return " · ".join(part for part in parts if part)


class PurposeRow(QFrame):
    """One purpose: its letter, its words, what stands, and what can be done."""

    def __init__(self, panel: ConsentsPanel, purpose: Purpose) -> None:
        super().__init__()
        self.panel, self.purpose = panel, purpose
        self.answers: list[Consent] = []
        self._known: dict[str, Any] = {}
        self.form: Form | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(12), px(9), px(12), px(9))
        self._column.setSpacing(px(8))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(chip(purpose.code))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(label(word(purpose), "strong"))
        self.told = label("", "small")
        words.addWidget(self.told)
        row.addLayout(words, 1)
        self._state = QHBoxLayout()
        row.addLayout(self._state)
        self.take_back = button(_("Withdraw"), "quiet", on=self.open_withdrawal)
        self.ask = button(_("Ask"), "quiet", on=self.open_asking)
        for part in (self.take_back, self.ask):
            part.setAccessibleName(f"{part.text()}: {word(purpose)}")
            row.addWidget(part)
        self._column.addLayout(row)
        self._place = QVBoxLayout()
        self._column.addLayout(self._place)

    def tell(self, standing: Standing, answers: list[Consent], known: dict[str, Any]) -> None:
        """Shows what stands."""
        self.answers, self._known = answers, known
        clear(self._state)
        self._state.addWidget(chip(word(standing), TONES[standing]))
        self.told.setText("\n".join(self._line(answer) for answer in answers))
        self.told.setVisible(bool(answers))
        self.ask.setText(_("Ask again") if answers and self.purpose is not Purpose.REFERRAL else _("Ask"))
        self.ask.setAccessibleName(f"{self.ask.text()}: {word(self.purpose)}")
        self.take_back.setVisible(any(answer.state is State.GIVEN for answer in answers))

    def _line(self, answer: Consent) -> str:
        """One answer, with the number of its record where the person has several."""
        number = self.panel.numbers.get(answer.client, "")
        line = told(answer, self.panel.scopes)
        return f"{ltr(number)} · {line}" if number and len(self.panel.numbers) > 1 else line

    def open_asking(self) -> None:
        """The questions that belong to an answer."""
        form = Form()
        form.add("state", _("Her answer"), SegmentField([("given", _("Yes")), ("refused", _("No"))]))
        form.add("how", _("How she gave it"), ChoiceField(choices(How)))
        form.add("language", _("Language it was asked in"), LanguageField(), optional=True)
        form.add("interpreter", _("Interpreter"), TextField(limit=120), optional=True)
        if self.purpose is Purpose.REFERRAL:
            kinds = choices(ProviderKind)
            form.add(
                "scope",
                _("Which kind of service?"),
                ChoiceField(kinds, empty=""),
                hint=_("A no closes every service of this kind. A yes is asked for each referral."),
            )
        form.add("expires_on", _("Until"), DualDateEdit(), optional=True, span=2)
        form["state"].changed.connect(lambda: form.show_row("how", form["state"].value() != "refused"))
        self._open(form, _("Keep this answer"), self.keep)
        form["state"].setFocus(Qt.FocusReason.OtherFocusReason)

    def open_withdrawal(self) -> None:
        """Which answer, and her reason if she gives one."""
        form = Form()
        given = [answer for answer in self.answers if answer.state is State.GIVEN]
        which = ChoiceField([(one.uuid, self._line(one)) for one in given], empty=None)
        form.add("which", _("Which consent?"), which, span=2)
        form.show_row("which", len(given) > 1)
        form.add(
            "reason", _("Her reason"), TextField(limit=200), optional=True, span=2,
            hint=_("She need not give one. What left before stays where it went; nothing more leaves."),
        )  # fmt: skip
        self._open(form, _("Withdraw from today"), self.withdraw)
        form["reason"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, form: Form, words: str, act: Any) -> None:
        self.close_form()
        self.form = form
        form.submitted.connect(act)
        frame, body = card("sunken", margin=14)
        body.addWidget(form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        self.ok = button(words, "main", on=act)
        foot.addWidget(self.ok)
        body.addLayout(foot)
        self._place.addWidget(frame)

    def keep(self) -> None:
        """Keeps the answer; what is missing is said under its field."""
        if self.form is None:
            return

        def act() -> bool:
            self.panel.keep(self.purpose, self._said(), self._scope())
            return True

        if self.form.submit(act) is not None:
            self.close_form()

    def _said(self) -> consents.Said:
        assert self.form is not None
        typed = self.form.values()
        if typed["state"] is None:
            from mrc_app.errors import Invalid
            from mrc_app.i18n import N_

            raise Invalid(state=N_("Choose her answer."))
        given = typed["state"] == "given"
        how = How(typed["how"]) if given and typed["how"] else None
        certified = self.panel.desk.store.officer if how is How.VERBAL else None
        until: date | None = typed["expires_on"] if isinstance(typed["expires_on"], date) else None
        return consents.Said(
            State(typed["state"]), how, typed["language"] or "", typed["interpreter"] or "", certified, until
        )

    def _scope(self) -> str:
        return (self.form["scope"].value() or "") if self.form is not None and "scope" in self.form else ""

    def withdraw(self) -> None:
        """Withdraws the chosen answer."""
        if self.form is None:
            return
        typed = self.form.values()
        chosen = next(answer for answer in self.answers if answer.uuid == typed["which"])

        def act() -> bool:
            self.panel.withdraw(chosen, self._known[chosen.uuid], typed["reason"] or "")
            return True

        if self.form.submit(act) is not None:
            self.close_form()
            self.panel.desk.window.say(_("Withdrawn. Nothing more leaves under this consent."))

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = None
        clear(self._place)
