"""The question before a hand-over: for whom, which parts, what stays and why, and whether the digits were compared."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.exchange.handovers_parts import Part, Stays
from mrc_app.exchange.handovers_sending import Offer
from mrc_app.exchange.handovers_snapshots import Line
from mrc_app.i18n import _, isolate, ltr, ngettext
from ui.look import px
from ui.widgets.controls import Flow, button, clear
from ui.widgets.fields import ChoiceField, TextField, TickField
from ui.widgets.text import Banner, chip, label
from ui.words import listed, word

TONES = {Stays.REFUSED: "red", Stays.WITHDRAWN: "red", Stays.EXPIRED: "amber", Stays.OWN_YES: "amber"}


class Asking(QFrame):
    """A card with the partner, the parts and the note. ``partner_chosen`` carries the key, ``asked`` the scope of a
    consent and what it is about, ``sent`` asks for the file, ``left`` puts it away."""

    partner_chosen = Signal(str)
    asked = Signal(str, str)
    sent = Signal()
    left = Signal()

    def __init__(self, known: list[tuple[str, str]]) -> None:
        super().__init__()
        self.offer: Offer | None = None
        self.boxes: dict[Part, QCheckBox] = {}
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(16), px(18), px(18))
        column.setSpacing(px(10))
        column.addWidget(label(_("Hand over"), "heading"))
        self.to = ChoiceField(known, empty=_("Choose the partner"))
        self.to.call(_("For whom?"))
        asked = label(_("For whom?"), "label")
        asked.setBuddy(self.to)
        column.addWidget(asked)
        column.addWidget(self.to)
        self.to.changed.connect(self._partner)
        if not known:
            text = _("No partner's key is trusted yet. Trust it first: compare its digits by phone.")
            column.addWidget(Banner(text, "amber"))
        self._inside = QVBoxLayout()
        self._inside.setSpacing(px(10))
        column.addLayout(self._inside)
        foot = Flow(8)
        self.ok = button(_("Write the file"), "main", "lock", on=self.sent.emit)
        foot.addWidget(self.ok)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.left.emit))
        column.addLayout(foot)
        self.compared = TickField(_("I compared these digits with them by phone"))
        self.words = TextField(limit=200)
        self._allow()

    def first(self) -> QWidget:
        """Where the keyboard begins."""
        return self.to

    def choose(self, recipient: str) -> None:
        """Chooses a partner."""
        self.to.set_value(recipient)
        self._partner()

    def _partner(self) -> None:
        self.offer = None
        clear(self._inside)
        self.boxes = {}
        self._allow()
        if self.to.value():
            self.partner_chosen.emit(self.to.value())

    # -- what leaves and what stays

    def tell(self, offer: Offer) -> None:
        """Shows every part: what may leave can be ticked, what stays says why."""
        if offer.partner.recipient != self.to.value():
            return
        before, written = self.parts(), self.note()
        self.offer = offer
        clear(self._inside)
        self.boxes = {}
        self._digits(offer)
        self._inside.addWidget(label(_("What leaves"), "label"))
        for line in offer.preview.lines:
            if line.stays is not Stays.NOTHING:
                self._inside.addWidget(self._line(line))
        nothing = [_(line.part.label) for line in offer.preview.lines if line.stays is Stays.NOTHING]
        for number, why in offer.preview.cases.items():
            self._inside.addWidget(self._staying(_("Case {number}", number=ltr(number)), "", why, number))
        if nothing:
            self._inside.addWidget(label(_("Nothing is kept of: {parts}.", parts=listed(nothing)), "small"))
        if offer.preview.asylum:
            text = _("That her embassy is not to be told goes along with whatever leaves.")
            self._inside.addWidget(Banner(text, "amber"))
        self._inside.addWidget(
            label(_("Her name and her language go with every part. Notes in free words stay."), "small")
        )
        self._inside.addWidget(label(_("A line for the partner (optional)"), "label"))
        self.words = TextField(limit=200)
        self.words.call(_("A line for the partner"))
        self.words.set_value(written)
        self._inside.addWidget(self.words)
        for part in before:
            if part in self.boxes:
                self.boxes[part].setChecked(True)
        self._allow()

    def _digits(self, offer: Offer) -> None:
        """The key's digits, and the tick that somebody heard them."""
        self._inside.addWidget(label(_("The key of {name}", name=isolate(offer.partner.name)), "label"))
        self._inside.addWidget(label(ltr(offer.partner.fingerprint), "code"))
        self.compared = TickField(_("I compared these digits with them by phone"))
        self.compared.set_value(offer.partner.compared)
        self.compared.changed.connect(self._allow)
        self._inside.addWidget(self.compared)

    def _line(self, line: Line) -> QWidget:
        count = ngettext("{n} record", "{n} records", line.records) if line.records else ""
        if line.stays is not None:
            scope = line.part.value if line.stays is Stays.OWN_YES else self.offer.partner.name if self.offer else ""
            return self._staying(word(line.part), count, line.stays, scope)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        box = QCheckBox(word(line.part))
        box.setAccessibleName(" · ".join(filter(None, (word(line.part), count))))
        box.toggled.connect(self._allow)
        self.boxes[line.part] = box
        row.addWidget(box, 1)
        row.addWidget(label(count, "small", wrap=False))
        row.addWidget(chip(_("may leave"), "green"))
        return holder

    def _staying(self, text: str, count: str, why: Stays, scope: str) -> QWidget:
        """A part that stays, why, and the way to ask her."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addSpacing(px(30))
        row.addWidget(label(text, "muted"), 1)
        row.addWidget(label(count, "small", wrap=False))
        row.addWidget(chip(_("stays: {why}", why=_(why.label)), TONES.get(why, "plain")))
        if why is not Stays.WITHDRAWN:
            ask = button(_("Ask her"), "quiet", on=partial(self.asked.emit, scope, text))
            ask.setAccessibleName(_("Ask her: {what}", what=text))
            row.addWidget(ask)
        return holder

    # -- what was chosen

    def parts(self) -> tuple[Part, ...]:
        """The parts that were ticked."""
        return tuple(part for part in Part if part in self.boxes and self.boxes[part].isChecked())

    def note(self) -> str:
        """The line for the partner."""
        return self.words.value() or ""

    def wait(self, going: bool) -> None:
        """While the file is written nothing is pressed twice."""
        self.ok.setEnabled(not going)
        if not going:
            self._allow()

    def _allow(self) -> None:
        self.ok.setEnabled(self.offer is not None and bool(self.parts()) and bool(self.compared.value()))
