"""A file that came from a partner: who she is, what is new, the same or different; nothing is kept unchosen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from mrc_app.exchange import arriving, handovers_taking
from mrc_app.exchange.arriving import Arrived
from mrc_app.exchange.handovers_arriving import NEW, Decisions, Look
from mrc_app.exchange.partners import Partner
from mrc_app.i18n import _, isolate, ltr
from ui.desk import Desk
from ui.page import Heading, Page
from ui.pages.arrival_shown import Choices, likely_words, told_facts
from ui.settings import documents_path
from ui.widgets.controls import Flow, Scroll, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.dialogs import AskText, which_to_open
from ui.widgets.empty import Empty
from ui.widgets.facts import Facts
from ui.widgets.fields import SegmentField
from ui.widgets.text import Banner, card, label
from ui.words import listed

HANDOVER, RECEIPT = "handover", "receipt"


class ArrivalPage(Page):
    """The file is the page's id. Nothing of it is kept before an officer has chosen."""

    shows: ClassVar[frozenset[str]] = frozenset()
    nav: ClassVar[str] = "clients"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=860)
        outer.addWidget(scroll)
        self.pick = button(_("Choose a file"), "", "folder-open", self.choose)
        self.heading = Heading(_("From a partner"), "", self.pick)
        scroll.body.addWidget(self.heading)
        self.trouble = Banner("", "red")
        scroll.body.addWidget(self.trouble)
        self.done = Banner("", "green", "circle-check")
        scroll.body.addWidget(self.done)
        self._body = QVBoxLayout()
        self._body.setSpacing(14)
        scroll.body.addLayout(self._body)
        self.seen: Look | None = None
        self.partner: Partner | None = None
        self.person = ""
        self.choices: Choices | None = None
        self.who: SegmentField | None = None
        self.ok = button(_("Take it in"), "main", "check", self.keep)

    def load(self, id: str) -> None:
        """Looks into a file (its path); without one asks for it."""
        self.id, self.person = id, ""
        self.done.say("")
        self.trouble.say("")
        self._clear()
        if id:
            self.look()
        else:
            text = _("A hand-over or a receipt that a partner sent, on a stick or by mail.")
            self._body.addWidget(Empty("folder-open", _("Choose the file that came"), text))

    def choose(self) -> None:
        """Asks for the file."""
        chosen = which_to_open(self, _("Choose the file that came"), str(documents_path()), "(*)")
        if chosen:
            self.load(chosen)

    def first(self) -> QWidget | None:
        """Where the keyboard begins."""
        return self.pick

    def _clear(self) -> None:
        clear(self._body)
        self.seen, self.choices, self.who = None, None, None

    # -- looking

    def look(self) -> None:
        """Opens the file beside the screen; a hand-over is only looked at, anything else is taken in."""
        desk, path, person = self.desk, Path(self.id), self.person

        def work(_step: Any) -> tuple[Look, Partner] | Arrived:
            if arriving.peek(desk.store, path).kind == HANDOVER:
                return handovers_taking.peek(desk.store, path, Decisions(person=person), desk.today())
            return arriving.arrive(desk.store, path, today=desk.today())

        desk.jobs.run(work, done=self._looked, failed=self._refused)

    def _refused(self, trouble: MrcError) -> None:
        self.trouble.say(trouble.text(_))
        self.ok.setEnabled(self.seen is not None)

    def _looked(self, told: tuple[Look, Partner] | Arrived) -> None:
        self.trouble.say("")
        if isinstance(told, Arrived):
            self._arrived(told)
            return
        look, partner = told
        self._clear()
        self.seen, self.partner = look, partner
        document = look.coming.document
        self.heading.say(
            _("Hand-over from {name}", name=isolate(partner.name)),
            " · ".join((isolate(document.centre_name), screen_date(document.made_on), ltr(document.number))),
        )
        if look.known_before:
            self.done.say(_("This file was taken in before. Nothing is left to do."))
            return
        if document.note:
            self._body.addWidget(Banner(isolate(document.note), "blue", "message-circle"))
        if document.asylum:
            self._body.addWidget(Banner(_("She is not to be sent to the embassy of her own country."), "red"))
        self._who(look)
        facts = Facts()
        facts.tell(told_facts(look), "0")
        self._body.addWidget(facts)
        self._differences(look)
        self._foot()
        self._allow()
        self._go_on()

    def _go_on(self) -> None:
        """The keyboard stands where something is to be chosen next."""
        if self.who is not None and not self.person:
            self.who.setFocus()
        elif self.choices is not None and self.choices.fields:
            next(iter(self.choices.fields.values())).setFocus()
        else:
            self.ok.setFocus()

    def _who(self, look: Look) -> None:
        """The same person? The officer says so; nothing is linked by itself."""
        if not (look.first and look.likely):
            return
        frame, body = card(spacing=10)
        body.addWidget(label(_("Is she one of these people?"), "heading"))
        options = [(one.number, likely_words(one)) for one in look.likely]
        self.who = SegmentField([*options, (NEW, _("No, somebody new"))], stacked=True)
        self.who.call(_("Is she one of these people?"))
        if self.person:
            self.who.set_value(self.person)
        self.who.changed.connect(self._person_chosen)
        body.addWidget(self.who)
        self._body.addWidget(frame)

    def _person_chosen(self) -> None:
        said = self.who.value() if self.who is not None else None
        if said and said != self.person:
            self.person = said
            self.look()

    def _differences(self, look: Look) -> None:
        if not look.plan.conflicts or self.person == NEW:
            return
        frame, body = card(spacing=12)
        body.addWidget(label(_("Where the two records differ"), "heading"))
        body.addWidget(label(_("Nothing is changed before you have chosen."), "small"))
        self.choices = Choices(look.plan.conflicts, self.partner.name if self.partner else "")
        self.choices.changed.connect(self._allow)
        body.addWidget(self.choices)
        self._body.addWidget(frame)

    def _foot(self) -> None:
        foot = Flow(8)
        self.ok = button(_("Take it in"), "main", "check", self.keep)
        foot.addWidget(self.ok)
        foot.addWidget(button(_("Send it back"), "danger", on=self.send_back))
        holder = QWidget()
        holder.setLayout(foot)
        self._body.addWidget(holder)

    def _allow(self) -> None:
        ready = self.seen is not None and not self.seen.asked
        self.ok.setEnabled(ready and (self.choices is None or self.choices.complete()))

    # -- keeping

    def keep(self) -> None:
        """Takes it in as it was chosen."""
        chosen = self.choices.value() if self.choices is not None else {}
        self._decide(Decisions(person=self.person, choices=chosen))

    def send_back(self) -> None:
        """Does not accept it, with the reason."""
        because = AskText(self, _("Send it back"), _("Why is it not accepted?")).answer()
        if because is not None:
            self._decide(Decisions(accept=False, because=because, person=self.person))

    def _decide(self, decisions: Decisions) -> None:
        desk, path = self.desk, Path(self.id)
        self.ok.setEnabled(False)

        def work(_step: Any) -> Arrived:
            return handovers_taking.decided(desk.store, path, decisions, desk.today())

        desk.jobs.run(work, done=self._arrived, failed=self._refused)

    def _arrived(self, told: Arrived) -> None:
        seen = self.seen
        self._clear()
        self.done.say(" ".join(_arrived_words(told)))
        if told.kind == HANDOVER and told.told.get("kept") and seen is not None:
            act = partial(self.desk.window.show_page, "clients", seen.client)
            holder = QWidget()
            row = Flow(8)
            row.addWidget(button(_("Open her record"), "main", on=act))
            holder.setLayout(row)
            self._body.addWidget(holder)


def _arrived_words(told: Arrived) -> list[str]:
    """What was done, in sentences."""
    if told.kind == RECEIPT:
        said = _("{name} acknowledged it on {date}.") if told.told["accepted"] else _("{name} did not accept it.")
        return [said.format(name=isolate(told.told["to"]), date=ltr(told.told["on"])), isolate(told.told["because"])]
    words = []
    if told.kind == HANDOVER:
        words.append(_("Taken in.") if told.told.get("kept") else _("Not accepted."))
    if told.receipt is not None:
        words.append(_("Send this receipt back: {file}", file=ltr(told.receipt.name)))
    words += [gap.text(_) for gap in told.gaps]
    return words or [listed([_("Taken in.")])]
