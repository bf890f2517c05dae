"""Referrals: to whom she was sent, under which yes, how far it has come; and her union, told to nobody unasked."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.casework import grievance_referrals, providers, referrals, unions
from mrc_app.casework.consents import State
from mrc_app.casework.providers import Provider
from mrc_app.casework.referral_lists import Told
from mrc_app.casework.referral_words import ReferralState
from mrc_app.i18n import _, isolate
from mrc_app.store.roles import May, may
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.pages.recruiter_forms import FormPlace
from ui.panels import referral_asked as asked
from ui.panels import referral_shown as shown
from ui.panels.groups import heading_row
from ui.panels.panel import Panel
from ui.panels.referral_choose import Chooser
from ui.widgets.controls import Button, Flow, button, clear
from ui.widgets.empty import Empty
from ui.widgets.text import card, label

SHOWN = 10


class ReferralsPanel(Panel):
    """Her referrals, the latest first, and her unions."""

    shows: ClassVar[frozenset[str]] = frozenset(
        {"referral", "referralevent", "provider", "consent", "unionmembership", "unionevent", "grievance", "client"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.told: shown.Read | None = None
        self.many = SHOWN
        self.supervisor = may(desk.store.role, May.DECIDE_REQUEST)
        frame, head = card(spacing=8)
        self.refer = button(_("Refer to a service"), "main", "plus", self.choose)
        head.addWidget(heading_row("hand-heart", _("Referrals"), self.refer))
        why = _("Each referral needs her own yes. A no changes nothing about the help she gets here.")
        head.addWidget(label(why, "small"))
        self.column.addWidget(frame)
        self._choosing = QVBoxLayout()
        self.column.addLayout(self._choosing)
        self.chooser: Chooser | None = None
        self.place = FormPlace()
        self.column.addWidget(self.place)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(12))
        self.column.addLayout(self._list)
        self.more = button(_("Show more"), "", on=self._more)
        self.more.hide()
        self.column.addWidget(self.more)
        frame, body = card(spacing=8)
        self.join = button(_("Note a union"), "", "plus", self.begin_union)
        body.addWidget(heading_row("users", _("Union"), self.join))
        self._unions = QVBoxLayout()
        body.addLayout(self._unions)
        self.column.addWidget(frame)
        self.column.addStretch(1)

    def load(self, client: str) -> None:
        """Shows another client; what was open for the one before is closed."""
        if client != self.client:
            self.many = SHOWN
            self.close_form()
        super().load(client)

    def refresh(self) -> None:
        """Reads her referrals again, beside the screen."""
        client, today = self.client, self.desk.today()
        self.desk.ask(self, lambda session: shown.read(session, client, today), self._show)

    def _more(self) -> None:
        self.many += SHOWN
        self.refresh()

    def _show(self, found: shown.Read) -> None:
        self.told = found
        clear(self._list)
        for told in found.referrals[: self.many]:
            yes = found.yes.get(told.referral.consent or "")
            stale = providers.confirmed(told.provider, self.desk.today())
            self._list.addWidget(shown.referral_card(told, yes, found, stale, *self._acts(told)))
        self.more.setVisible(len(found.referrals) > self.many)
        if not found.referrals:
            text = _("Legal help, a shelter, a doctor, a course: where could somebody help her better than we can?")
            self._list.addWidget(Empty("hand-heart", _("Not referred to anybody yet"), text))
        clear(self._unions)
        for held in found.unions:
            self._unions.addWidget(self._union(held))
        if not found.unions:
            self._unions.addWidget(label(_("Nothing is noted. Her union is never shown to others unasked."), "small"))

    def _acts(self, told: Told) -> list[Button]:
        made = []
        if told.state is ReferralState.MADE:
            made.append(button(_("It was sent"), "main", on=partial(self.ask_sent, told)))
        elif set(referrals.NEXT[told.state]) - {ReferralState.STOPPED}:
            made.append(button(_("Next step"), "main", on=partial(self.ask_step, told)))
        if told.state in referrals.OPEN:
            made.append(button(_("Stop it"), "quiet", on=partial(self.ask_stop, told)))
        for one in made:
            one.setAccessibleName(f"{one.text()}: {told.provider.name}")
        return made

    def _union(self, held: shown.Union) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, px(4), 0, px(4))
        column.setSpacing(px(2))
        column.addWidget(label(isolate(held.one.union), "strong"))
        for line in shown.union_lines(held):
            column.addWidget(label(line, "small"))
        row = Flow(8)
        for text, act in ((_("Next step"), self.ask_union_step), (_("May others be told?"), self.ask_telling)):
            made = button(text, "quiet", on=partial(act, held.one.uuid))
            made.setAccessibleName(f"{text}: {held.one.union}")
            row.addWidget(made)
        column.addLayout(row)
        return holder

    # -- forms

    def choose(self) -> None:
        """Which service: what her answers say stands beside each."""
        self.close_form()
        self.chooser = Chooser(self.desk, supervisor=self.supervisor)
        self.chooser.chosen.connect(self.begin)
        self.chooser.asked.connect(self.ask_again)
        self.chooser.left.connect(self.close_form)
        self._choosing.addWidget(self.chooser)
        self.chooser.load(self.client)
        self.chooser.sought.setFocus()

    def begin(self, provider: Provider) -> None:
        """What is asked and told, and her yes to just this."""
        cases = self.told.cases if self.told else []
        form = asked.refer_form(cases, supervisor=self.supervisor)
        title = _("Referral to {name}", name=isolate(provider.name))
        self._open("refer", form, title, partial(self._make, provider.uuid))

    def ask_again(self, provider: Provider) -> None:
        """Her answer about a service that she refused before."""
        form = Form()
        asked.ask_yes(form, _("May she be referred to {name}?", name=isolate(provider.name)))
        self._open("answer", form, isolate(provider.name), partial(self._answer, provider.uuid))

    def ask_sent(self, told: Told) -> None:
        """When and how it went."""
        self._open("sent", asked.sent_form(), isolate(told.provider.name), partial(self._send, told.referral.uuid))

    def ask_step(self, told: Told) -> None:
        """What happened since."""
        form = asked.step_form(told.state)
        self._open("step", form, isolate(told.provider.name), partial(self._step, told.referral.uuid))

    def ask_stop(self, told: Told) -> None:
        """Why it goes no further."""
        self._open("stop", asked.stop_form(), isolate(told.provider.name), partial(self._stop, told.referral.uuid))

    def begin_union(self) -> None:
        """Which union, and how far."""
        self._open("union", asked.union_form(new=True), _("Union"), self._begin_union)

    def ask_union_step(self, membership: str) -> None:
        """The next step in a union."""
        self._open("union_step", asked.union_form(new=False), _("Union"), partial(self._union_step, membership))

    def ask_telling(self, membership: str) -> None:
        """Its own consent."""
        form = Form()
        asked.ask_yes(form, _("May we tell others that she is, or wants to be, in this union?"))
        self._open("telling", form, _("Union"), partial(self._tell, membership))

    def _open(self, name: str, form: Form, title: str, act: Any) -> None:
        self.close_form()
        self.place.open(name, form, title, act, self.refresh)

    def close_form(self) -> None:
        """Puts forms and the choice away."""
        self.chooser = None
        clear(self._choosing)
        self.place.close_form()

    # -- actions

    def _mine(self) -> tuple[Any, str]:
        return self.desk.today(), self.desk.store.officer

    def _make(self, provider: str, typed: dict[str, Any]) -> None:
        on, by = self._mine()
        kept: dict[str, Any] = {
            "client": self.client, "provider": provider, "on": on, "by": by, "grievance": typed["grievance"] or None,
            "service": typed["service"] or "", "purpose": typed["purpose"] or "", "parts": typed["parts"],
        }  # fmt: skip
        if typed["without"]:
            kept |= {"because": typed["without"], "reason": typed["reason"] or ""}
            self.desk.change(
                "referrals.make_without", lambda session: grievance_referrals.make_without(session, **kept)
            )
            return
        said = asked.said(typed, by)
        if said.state is State.REFUSED:
            self._answer(provider, typed)
            self.desk.window.say(_("Her no is kept. Nothing goes there."))
            return
        self.desk.change("referrals.make", lambda session: grievance_referrals.make(session, said=said, **kept))

    def _answer(self, provider: str, typed: dict[str, Any]) -> None:
        on, by = self._mine()
        said, client = asked.said(typed, by), self.client
        self.desk.change(
            "referrals.ask",
            lambda session: referrals.ask(session, client=client, provider=provider, said=said, on=on, by=by),
        )

    def _send(self, uuid: str, typed: dict[str, Any]) -> None:
        today, by = self._mine()
        kept = {**typed, "note": typed["note"] or ""}
        self.desk.change(
            "referrals.send",
            lambda session: grievance_referrals.send(
                session, referrals.by_uuid(session, uuid), today=today, by=by, **kept
            ),
        )

    def _step(self, uuid: str, typed: dict[str, Any]) -> None:
        today, by = self._mine()
        kept = {name: value or "" for name, value in typed.items()}
        self.desk.change(
            "referrals.step",
            lambda session: referrals.step(session, referrals.by_uuid(session, uuid), today=today, by=by, **kept),
        )

    def _stop(self, uuid: str, typed: dict[str, Any]) -> None:
        today, by = self._mine()
        kept = {"because": typed["because"], "note": typed["note"] or ""}
        self.desk.change(
            "referrals.stop",
            lambda session: referrals.stop(session, referrals.by_uuid(session, uuid), today=today, by=by, **kept),
        )

    def _begin_union(self, typed: dict[str, Any]) -> None:
        today, by = self._mine()
        kept, client = {name: value or "" for name, value in typed.items()}, self.client
        self.desk.change(
            "unions.begin", lambda session: unions.begin(session, client=client, today=today, by=by, **kept)
        )

    def _union_step(self, membership: str, typed: dict[str, Any]) -> None:
        today, by = self._mine()
        kept = {name: value or "" for name, value in typed.items()}
        self.desk.change(
            "unions.step",
            lambda session: unions.step(session, unions.by_uuid(session, membership), today=today, by=by, **kept),
        )

    def _tell(self, membership: str, typed: dict[str, Any]) -> None:
        on, by = self._mine()
        said = asked.said(typed, by)
        self.desk.change(
            "unions.ask_to_tell",
            lambda session: unions.ask_to_tell(session, unions.by_uuid(session, membership), said=said, on=on, by=by),
        )

    def first(self) -> QWidget | None:
        """A new referral."""
        return self.refer
