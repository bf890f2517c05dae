"""What is asked before a file leaves for a desk or a ministry, and the card that says what would leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.errors import Invalid, MrcError
from mrc_app.exchange import desk_parcels_making, ministry_exports
from mrc_app.exchange.ministry_export_words import Tier, Withheld
from mrc_app.exchange.partners import Partner
from mrc_app.i18n import _, isolate, ltr
from ui.forms import Form
from ui.pages.exchange_part import KeyCard, compared_chip
from ui.panels.groups import heading_row
from ui.panels.return_parts import flow_of
from ui.widgets.controls import button
from ui.widgets.facts import Facts
from ui.widgets.fields import ChoiceField, SegmentField, TextField, TickField
from ui.widgets.text import Banner, card, label
from ui.words import cap, word

if TYPE_CHECKING:
    from mrc_app.store.centre import Store
    from ui.jobs import Step


class Told(NamedTuple):
    """What would leave, as the card shows it. ``empty``: there is nothing new to send."""

    name: str
    fingerprint: str
    words: str
    recipient: str
    compared: bool
    facts: list[tuple[str, str]]
    note: str
    empty: bool


class Sent(NamedTuple):
    """A file that was written."""

    file: Path
    signature: str
    name: str
    slip: Path | None


class _Offer(QWidget):
    """``asked``: count what would leave; ``touched``: what was counted does not hold any more."""

    asked = Signal()
    touched = Signal()

    def __init__(self, known: list[Partner]) -> None:
        super().__init__()
        self.known = {one.recipient: one for one in known}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.form = Form()
        column.addWidget(self.form)
        names = [(one.recipient, isolate(one.name)) for one in known]
        self.to = ChoiceField(names, _("Choose") if len(names) > 1 else None)
        self.show_button = button(_("Show what would leave"), "main", "eye", self.asked.emit)

    def partner(self) -> Partner | None:
        """Whom it is for."""
        return self.known.get(self.to.value())

    def refused(self, trouble: MrcError) -> bool:
        """Says at its field what was refused; False where it is about no field."""
        if isinstance(trouble, Invalid) and set(trouble.problems) & {"to", "period", "tier"}:
            self.form.show_problem(trouble)
            return True
        return False


class DeskOffer(_Offer):
    """Another desk of the centre: what it has not seen, or everything."""

    def __init__(self, known: list[Partner]) -> None:
        super().__init__(known)
        self.form.add("to", _("Which desk?"), self.to)
        self.whole = TickField(_("Everything again, whatever was sent before"))
        self.form.add("whole", _("How much?"), self.whole, hint=_("For a new desk, or when it asks for it."))
        self.form.changed.connect(self.begin)

    def choose(self, recipient: str) -> None:
        """Chooses a desk."""
        self.to.set_value(recipient)
        self.begin()

    def begin(self) -> None:
        """Counts as soon as a desk is chosen."""
        if self.partner() is not None:
            self.asked.emit()
        else:
            self.touched.emit()

    def count(self, store: Store, _today: date) -> Callable[[Step], Told]:
        """The work that counts."""
        partner, whole = self._chosen(), self.whole.value()

        def work(step: Step) -> Told:
            step(0, 0)
            found = desk_parcels_making.preview(store, partner.recipient, whole=whole)
            facts = [
                (_("Changes"), str(found.changes)), (_("Papers and photos"), str(found.papers)),
                (_("Kept back: nobody there may read them"), str(found.withheld)),
                (_("Sent again, because they may be read now"), str(found.refilled)),
            ]  # fmt: skip
            empty = not (found.changes or found.papers or found.refilled)
            note = _("It has everything already. A file would only say what this desk has.") if empty else ""
            return Told(partner.name, partner.fingerprint, partner.words, partner.recipient, partner.compared, facts,
                        note, empty)  # fmt: skip

        return work

    def write(self, store: Store, folder: Path, today: date) -> Callable[[Step], Sent]:
        """The work that writes."""
        partner, whole = self._chosen(), self.whole.value()

        def work(step: Step) -> Sent:
            made = desk_parcels_making.make(store, partner.recipient, _free(folder, today), whole=whole, step=step)
            return Sent(made.file, made.file.name + ".minisig", made.to, None)

        return work

    def _chosen(self) -> Partner:
        return self.known[self.to.value()]


def _free(folder: Path, today: date) -> Path:
    """A name nobody took, which says nothing of who works here."""
    number = 1
    while (path := folder / f"desk-parcel_{today.isoformat()}_{number:02}.parcel").exists():
        number += 1
    return path


class MinistryOffer(_Offer):
    """A ministry: which days, and how much of it."""

    def __init__(self, known: list[Partner], today: date) -> None:
        super().__init__(known)
        self.form.add("to", _("Which ministry?"), self.to)
        hint = _("2026-11, 2026-Q4, 2026-S2, 2026, et:2019-03, np:2083-08, np:FY2083, or two days with a slash")
        self.form.add("period", _("Period"), TextField(ordered=True), hint=hint)
        tiers = [(one.value, f"{ltr(one.value)} · {word(one)}") for one in Tier]
        self.form.add("tier", _("What leaves?"), SegmentField(tiers, stacked=True), span=2)
        before = date(today.year, today.month, 1).toordinal() - 1
        self.form.fill({"tier": Tier.MIN.value, "period": f"{date.fromordinal(before):%Y-%m}"})
        self.form.changed.connect(self.touched.emit)
        self.form.submitted.connect(self.asked.emit)
        self.form.add_part(flow_of(self.show_button))

    def begin(self) -> None:
        """The keyboard stands at the ministry."""
        self.to.setFocus()

    def asking(self) -> ministry_exports.Asking:
        """What is asked for."""
        said = self.form.values()
        to = (said["to"],) if said["to"] else ()
        return ministry_exports.Asking(said["period"] or "", Tier(said["tier"] or Tier.MIN.value), to)

    def count(self, store: Store, today: date) -> Callable[[Step], Told]:
        """The work that counts."""
        asking, partner = self.asking(), self.partner()
        self.form.clear_problems()

        def work(step: Step) -> Told:
            found = ministry_exports.preview(store, asking, today, step=step)
            peer = found.peers[0]
            left = [(cap(_(Withheld(why).label)), str(n)) for why, n in found.withheld.items() if n]
            facts = [(_("Rows"), str(sum(found.rows.values()))), (_("Tables"), str(len(found.rows))), *left]
            words = partner.words if partner else ""
            note = _("Left out are the people counted under a reason above.") if left else ""
            return Told(peer.name, peer.fingerprint, words, peer.recipient, bool(partner and partner.compared), facts,
                        note, empty=False)  # fmt: skip

        return work

    def write(self, store: Store, folder: Path, today: date) -> Callable[[Step], Sent]:
        """The work that writes."""
        asking, partner = self.asking(), self.partner()

        def work(step: Step) -> Sent:
            made = ministry_exports.export(store, asking, folder, today, step=step)
            signature = made.signature.name if made.signature else ""
            return Sent(made.file, signature, partner.name if partner else "", made.slip)

        return work


class OfferCard(QWidget):
    """What would leave, for whom and under which key."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, self.body = card(margin=20, spacing=12)
        outer.addWidget(frame)
        title = _("For {name}, sealed under this key", name=isolate(told.name))
        self.body.addWidget(heading_row("shield-check", title, compared_chip(told.compared)))
        self.facts = Facts()
        self.facts.tell(told.facts, "0")
        self.body.addWidget(self.facts)
        if told.note:
            self.body.addWidget(label(told.note, "small"))
        self.body.addWidget(KeyCard(told.fingerprint, told.words, told.recipient, size=118, whole=False))
        self.compare = button(_("Compare it now"), "", "phone")
        if not told.compared:
            text = _("Nobody has compared these digits by telephone yet. Do it before names leave.")
            asked = Banner(text, "amber", "phone")
            asked.add(self.compare)
            self.body.addWidget(asked)
