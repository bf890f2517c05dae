"""What will leave: for whom, under which key, how much, and where to; nothing is written before it was seen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.errors import Cancelled, MrcError
from mrc_app.exchange import desk_keys, partners
from mrc_app.exchange.partners import Partner, PartnerKind
from mrc_app.i18n import _, isolate, ltr
from mrc_app.store.roles import May, may
from ui.desk import Desk, Session
from ui.pages.exchange_history import History
from ui.pages.exchange_offer import DeskOffer, MinistryOffer, OfferCard, Sent
from ui.pages.exchange_outbox import OutboxCard
from ui.pages.exchange_part import ExchangePart, allow, print_pdf, why_not
from ui.panels.return_parts import flow_of, line_row
from ui.settings import documents_path
from ui.widgets.controls import Flow, button, clear
from ui.widgets.dialogs import which_folder
from ui.widgets.empty import Empty
from ui.widgets.fields import SegmentField
from ui.widgets.progress import Progress
from ui.widgets.text import Banner, card, label

DESK, PARTNER, MINISTRY = "desk", "partner", "ministry"
RIGHTS = {DESK: May.EXCHANGE, PARTNER: May.HAND_OVER, MINISTRY: May.EXPORT}


class LeavingPart(ExchangePart):
    """One question below the other; the last one writes the file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        frame, body = card(margin=20, spacing=12)
        body.addWidget(label(_("For whom is it?"), "heading"))
        self.what = SegmentField([
            (DESK, _("Another desk of this centre")),
            (PARTNER, _("A partner: one client's case")),
            (MINISTRY, _("A ministry: figures")),
        ])  # fmt: skip
        self.what.call(_("For whom is it?"))
        self.what.changed.connect(self._ask)
        body.addWidget(self.what)
        self._place = QVBoxLayout()
        body.addLayout(self._place)
        self.column.addWidget(frame)
        self.trouble = Banner("", "red")
        self.column.addWidget(self.trouble)
        self.progress = Progress(desk.jobs)
        self.column.addWidget(self.progress)
        self._result = QVBoxLayout()
        self.column.addLayout(self._result)
        self.outbox = OutboxCard(desk)
        self.column.addWidget(self.outbox)
        empty = (_("Nothing has left yet"), _("What you write for somebody is listed here, with what became of it."))
        self.history = History(desk, "out", _("What left lately"), empty)
        self.column.addWidget(self.history)
        clients = button(_("Choose the client"), "quiet", "users", partial(desk.window.show_page, "clients"))
        text = _("Everything that ever left about one client stands on her page, under “Hand-over”.")
        sees = may(desk.store.role, May.SEE_NAMES)
        self.column.addWidget(line_row(text, "", *([clients] if sees else []), role="small"))
        self.folder = documents_path()
        self.known: list[Partner] = []
        self.offer: DeskOffer | MinistryOffer | None = None
        self.card: OfferCard | None = None
        self._asked_for = ""

    # -- whom for

    def load(self, about: str) -> None:
        """``about`` is the recipient of a desk a parcel is wanted for."""
        self._wanted = about
        self.refresh()

    def refresh(self) -> None:
        """Reads the trusted keys and the history again; what was begun stays."""
        store = self.desk.store

        def question(session: Session) -> list[Partner]:
            mine = desk_keys.own(store).recipient
            return [one for one in partners.partners(session) if one.recipient != mine]

        self.desk.ask(self, question, self._read)
        self.outbox.refresh()
        self.history.refresh()

    def _read(self, known: list[Partner]) -> None:
        self.known = known
        wanted = next((one for one in known if one.recipient == getattr(self, "_wanted", "")), None)
        self._wanted = ""
        if wanted is not None and wanted.kind is PartnerKind.DESK:
            self._asked_for = ""
            self.what.set_value(DESK)
            self._ask()
        if wanted is not None and isinstance(self.offer, DeskOffer):
            self.offer.choose(wanted.recipient)

    def _ask(self) -> None:
        """Asks for what belongs to the kind that was chosen."""
        what = str(self.what.value() or "")
        if what == self._asked_for:
            return
        self._asked_for, self.offer = what, None
        self.forget()
        clear(self._place)
        reason = why_not(self.desk.store.role, RIGHTS[what]) if what else ""
        if reason:
            self._place.addWidget(Banner(reason, "amber", "info"))
        elif what == PARTNER:
            self._partner()
        elif what:
            self._offer(what)

    def _partner(self) -> None:
        text = _("A hand-over begins on the client's page, under “Hand-over”: there she says what may leave.")
        self._place.addWidget(label(text))
        go = button(_("Choose the client"), "main", "users", partial(self.desk.window.show_page, "clients"))
        self._place.addWidget(flow_of(go))

    def _offer(self, what: str) -> None:
        kind = PartnerKind.DESK if what == DESK else PartnerKind.MINISTRY
        mine = [one for one in self.known if one.kind is kind]
        if not mine:
            go = button(_("Keys and partners"), "main", "shield-check", self._to_keys)
            said = {
                DESK: (_("No other desk is known here"), _("Trust the key of the other desk first.")),
                MINISTRY: (_("No ministry is known here"), _("Trust the key the ministry gave you first.")),
            }[what]
            self._place.addWidget(Empty("shield-check", *said, go))
            return
        self.offer = DeskOffer(mine) if what == DESK else MinistryOffer(mine, self.desk.today())
        self.offer.asked.connect(self.look)
        self.offer.touched.connect(self.forget)
        self._place.addWidget(self.offer)
        self.offer.begin()

    def _to_keys(self) -> None:
        self.desk.window.show_page("exchange", "keys")

    # -- how much

    def forget(self) -> None:
        """What was counted is not what is asked for any more."""
        self.trouble.say("")
        clear(self._result)
        self.card = None

    def look(self) -> None:
        """Counts what would leave, beside the screen."""
        offer, desk = self.offer, self.desk
        if offer is None:
            return
        self.forget()
        self.progress.run(_("Counting what would leave …"), offer.count(desk.store, desk.today()), self._counted,
                          self._failed)  # fmt: skip

    def _counted(self, told: Any) -> None:
        if self.offer is None:
            return
        self.forget()
        self.card = made = OfferCard(told)
        if not told.compared:
            made.compare.clicked.connect(lambda *_args: self._to_keys())
        self._where = label("", "small")
        self.choose = button(_("Choose another place"), "", "folder-open", self._choose)
        self.go = button(_("Write the file"), "main", "save", self.write)
        allow(self.go, self.desk.store.role, RIGHTS[self._asked_for])
        made.body.addWidget(self._where)
        foot = Flow(8)
        foot.addWidget(self.go)
        foot.addWidget(self.choose)
        holder = QWidget()
        holder.setLayout(foot)
        made.body.addWidget(holder)
        self._result.addWidget(made)
        self._tell_where()
        self.go.setFocus()

    def _tell_where(self) -> None:
        self._where.setText(_("It will be written into: {place}", place=ltr(str(self.folder))))

    def _choose(self) -> None:
        chosen = which_folder(self, _("Choose a folder or a stick"), str(self.folder))
        if chosen:
            self.folder = Path(chosen)
            self._tell_where()

    # -- writing

    def write(self) -> None:
        """Writes the file beside the screen; Stop leaves nothing half written."""
        if self.offer is None or self.progress.busy:
            return
        self.trouble.say("")
        work = self.offer.write(self.desk.store, self.folder, self.desk.today())
        if self.progress.run(_("Writing the file …"), work, self._written, self._failed):
            self.go.setEnabled(False)

    def _written(self, sent: Sent) -> None:
        self.forget()
        frame, body = card(margin=20, spacing=10)
        done = Banner(_("Written: {file}", file=ltr(sent.file.name)), "green", "circle-check")
        body.addWidget(done)
        body.addWidget(label(_("It lies in {place}. Take it there, or send it: only {name} can open it.",
                               place=ltr(str(sent.file.parent)), name=isolate(sent.name))))  # fmt: skip
        beside = _("Give the file “{file}” along: it proves that it came from here.", file=ltr(sent.signature))
        body.addWidget(label(beside, "small"))
        send = self.outbox.chooser(sent.file)
        if send is not None:
            body.addWidget(send)
        acts = Flow(8)
        if sent.slip is not None:
            slip = sent.slip
            body.addWidget(label(_("The slip with count and checksum goes along on paper."), "small"))
            self.slip = button(_("Print the slip"), "", "printer", partial(self._print, slip))
            acts.addWidget(self.slip)
        acts.addWidget(button(_("Another one"), "", "plus", self._again))
        body.addLayout(acts)
        self._result.addWidget(frame)
        self.history.refresh()

    def _print(self, slip: Path) -> None:
        try:
            print_pdf(self, self.desk, slip.read_bytes())
        except OSError:
            self.trouble.say(_("“{file}” cannot be read any more.", file=ltr(slip.name)))

    def _again(self) -> None:
        self.forget()
        self._asked_for = ""
        self.what.set_value(None)
        clear(self._place)
        self.offer = None
        self.what.setFocus()

    def _failed(self, trouble: MrcError) -> None:
        if self.card is not None:
            self.go.setEnabled(may(self.desk.store.role, RIGHTS[self._asked_for]))
        if isinstance(trouble, Cancelled):
            self.trouble.say(_("Stopped. Nothing was written."))
        elif self.offer is None or not self.offer.refused(trouble):
            self.trouble.say(trouble.text(_))

    # -- a part

    def first(self) -> QWidget | None:
        """What it is for."""
        return self.what

    def kept(self) -> dict[str, Any]:
        """What was chosen."""
        return {"what": self.what.value(), "folder": str(self.folder)}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        if kept.get("folder"):
            self.folder = Path(kept["folder"])
