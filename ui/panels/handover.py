"""Handing her case over to a partner along the corridor: what leaves, what stays, for whom; and all that ever left."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import consents
from mrc_app.casework.consents import Purpose
from mrc_app.errors import MrcError
from mrc_app.exchange import handovers, handovers_sending, partners
from mrc_app.exchange.handovers import Left, Owner, Sent
from mrc_app.exchange.handovers_parts import Part
from mrc_app.exchange.handovers_sending import HandedOver, Offer
from mrc_app.exchange.partners import Partner, PartnerKind
from mrc_app.i18n import _, isolate, ltr
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.pages.recruiter_forms import FormPlace
from ui.panels.groups import heading_row
from ui.panels.handover_asked import Asking
from ui.panels.panel import Panel
from ui.panels.referral_asked import ask_yes, said
from ui.settings import documents_path
from ui.widgets.controls import button, clear
from ui.widgets.dates import screen_date
from ui.widgets.dialogs import where_to_save, which_to_open
from ui.widgets.empty import Empty
from ui.widgets.text import Banner, card, chip, label
from ui.words import cap, listed, shown, word

ENDING = ".handover"
KINDS = (PartnerKind.CENTRE, PartnerKind.HEADQUARTERS, PartnerKind.DESK)
TONES = {Sent.SENT: "amber", Sent.ACCEPTED: "green", Sent.REJECTED: "red", Sent.STOPPED: "red"}
Told = tuple[list[Left], Owner, list[Partner]]


class HandoverPanel(Panel):
    """Who has her case, the way to hand it over, and everything that ever left about her."""

    shows: ClassVar[frozenset[str]] = frozenset(
        {"handover", "received", "share", "partner", "consent", "referralevent"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.known: list[Partner] = []
        frame, head = card(spacing=8)
        self.begin = button(_("Hand over"), "main", "route", self.ask)
        head.addWidget(heading_row("route", _("Partner along the corridor"), self.begin))
        self.owner = label("", "strong")
        head.addWidget(self.owner)
        why = _(
            "Only the parts she agreed to leave, sealed for one partner. Until the receipt comes the case is yours."
        )
        head.addWidget(label(why, "small"))
        self.came = button(_("A file came from a partner"), "quiet", "folder-open", self.choose)
        row = QHBoxLayout()
        row.addWidget(self.came)
        row.addStretch(1)
        head.addLayout(row)
        self.column.addWidget(frame)
        self.trouble = Banner("", "red")
        self.column.addWidget(self.trouble)
        self.done = Banner("", "green", "circle-check")
        self.column.addWidget(self.done)
        self.place = FormPlace()
        self.column.addWidget(self.place)
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        frame, body = card(spacing=10)
        body.addWidget(heading_row("list-checks", _("Everything that ever left")))
        self._list = QVBoxLayout()
        self._list.setSpacing(px(10))
        body.addLayout(self._list)
        self.column.addWidget(frame)
        self.column.addStretch(1)
        self.asking: Asking | None = None

    def load(self, client: str) -> None:
        """Shows another client; what was open for the one before is closed."""
        if client != self.client:
            self.close_form()
            self.trouble.say("")
            self.done.say("")
        super().load(client)

    def refresh(self) -> None:
        """Reads again, beside the screen."""
        client = self.client

        def question(session: Session) -> Told:
            known = [one for one in partners.partners(session) if one.kind in KINDS]
            return handovers.left(session, client), handovers.owner(session, client), known

        self.desk.ask(self, question, self._show)

    def _show(self, told: Told) -> None:
        rows, owner, self.known = told
        self.owner.setText(owner_words(owner))
        clear(self._list)
        for one in rows:
            self._list.addWidget(left_row(one))
        if not rows:
            text = _("Letters, referrals and hand-overs are listed here with their day, and for whom.")
            self._list.addWidget(Empty("folder-open", _("Nothing has left"), text))

    # -- handing over

    def ask(self) -> None:
        """What leaves and what stays, before anything is written."""
        self.close_form()
        self.trouble.say("")
        self.done.say("")
        self.asking = Asking([(one.recipient, one.name) for one in self.known])
        self.asking.partner_chosen.connect(self._look)
        self.asking.asked.connect(self.ask_her)
        self.asking.left.connect(self.close_form)
        self.asking.sent.connect(self.write)
        self._place.addWidget(self.asking)
        self.asking.first().setFocus()
        if len(self.known) == 1:
            self.asking.choose(self.known[0].recipient)

    def _look(self, recipient: str) -> None:
        desk, client = self.desk, self.client

        def work(_step: Any) -> Offer:
            return handovers_sending.offer(
                desk.store, client, to=recipient, parts=tuple(Part), today=desk.today(), any_answer=True
            )

        desk.jobs.run(work, done=self._looked, failed=self._refused)

    def _looked(self, offer: Offer) -> None:
        if self.asking is not None:
            self.asking.tell(offer)

    def ask_her(self, scope: str, about: str) -> None:
        """Her answer to just this part, case or partner; then what may leave is looked at again."""
        form = Form()
        name = self.asking.offer.partner.name if self.asking and self.asking.offer else ""
        question = _(
            "May this go to {name}: {what}?", name=isolate(name), what=about if scope != name else _("her case")
        )
        ask_yes(form, question)

        def act(typed: dict[str, Any]) -> object:
            answer, on, by = said(typed, self.desk.store.officer), self.desk.today(), self.desk.store.officer

            def action(session: Session) -> object:
                return consents.ask(
                    session, client=self.client, purpose=Purpose.HAND_OVER, said=answer, by=by, on=on, scope=scope
                )

            return self.desk.change("consents.ask", action)

        self.place.open("ask", form, _("Ask her"), act, self._again)

    def _again(self) -> None:
        if self.asking is not None and self.asking.offer is not None:
            self._look(self.asking.offer.partner.recipient)

    def _refused(self, trouble: MrcError) -> None:
        self.trouble.say(trouble.text(_))
        if self.asking is not None:
            self.asking.wait(False)

    def write(self) -> None:
        """Asks where the file goes and writes it."""
        asking = self.asking
        if asking is None or asking.offer is None:
            return
        proposed = f"{asking.offer.document.number}-{asking.offer.document.revision}{ENDING}"
        chosen = where_to_save(self, _("Write the hand-over"), str(documents_path() / proposed), f"(*{ENDING})")
        if chosen:
            self.write_to(Path(chosen))

    def write_to(self, out: Path) -> None:
        """Writes the file beside the screen."""
        asking, desk, client = self.asking, self.desk, self.client
        if asking is None or asking.offer is None:
            return
        to, parts, note = asking.offer.partner.recipient, asking.parts(), asking.note()
        asking.wait(True)

        def work(_step: Any) -> HandedOver:
            return handovers_sending.hand_over(
                desk.store, client, to=to, parts=parts, out=out, today=desk.today(), note=note
            )

        desk.jobs.run(work, done=self._written, failed=self._refused)

    def _written(self, made: HandedOver) -> None:
        self.close_form()
        told = _("Written: {file}. Send it with the small file beside it (.minisig).", file=ltr(made.file.name))
        if made.missing:
            told += " " + _("Papers that are not on this computer did not go.")
        self.done.say(told)
        self.refresh()

    def close_form(self) -> None:
        """Puts the question away."""
        self.asking = None
        self.place.close_form()
        clear(self._place)

    # -- what came

    def choose(self) -> None:
        """Takes a file in that a partner sent."""
        chosen = which_to_open(self, _("A file came from a partner"), str(documents_path()), "(*)")
        if chosen:
            self.desk.window.show_page("arrival", chosen)

    def first(self) -> QWidget | None:
        """Where the keyboard begins."""
        return self.begin


def owner_words(owner: Owner) -> str:
    """Who has the case, in a sentence."""
    if not owner.name or owner.since is None:
        return _("This desk has her case.")
    return _("{name} has her case since {date}.", name=isolate(owner.name), date=screen_date(owner.since))


def left_row(one: Left) -> QWidget:
    """One thing that left: day, for whom, which parts, and what was answered."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(12))
    words = QVBoxLayout()
    words.setSpacing(px(2))
    words.addWidget(label(f"{screen_date(one.on)} · {isolate(one.to)}", "strong"))
    named = [_(Part(part).label) if part in list(Part) else shown(part) for part in one.parts]
    about = "" if one.purpose is Purpose.HAND_OVER else word(one.purpose)
    words.addWidget(label(cap(" · ".join(filter(None, (about, listed(named))))), "small"))
    if one.because:
        words.addWidget(label(isolate(one.because), "small"))
    row.addLayout(words, 1)
    if one.state is not None:
        row.addWidget(chip(answer_words(one), TONES[one.state]))
    return holder


def answer_words(one: Left) -> str:
    """What the partner answered, with the day."""
    if one.state is None or one.answered_on is None:
        return word(one.state)
    return _("{state} {date}", state=word(one.state), date=screen_date(one.answered_on))
