"""Keys: this desk's own to be read aloud or printed, whose keys are trusted, a new one, and how a new desk begins."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from mrc_app.exchange import desk_keys, key_sheet, partners
from mrc_app.exchange.desk_keys import Own
from mrc_app.exchange.partners import Partner
from mrc_app.i18n import N_, _, isolate, ltr, screen_language
from mrc_app.store.roles import May, may
from ui.desk import Desk, Session
from ui.pages.exchange_part import PAGE, ExchangePart, KeyCard, compared_chip, copy_button, print_pdf, why_not
from ui.pages.exchange_trusting import TrustForm
from ui.panels.groups import heading_row
from ui.panels.return_parts import dots, flow_of, line_row, named
from ui.settings import documents_path
from ui.widgets.controls import button, clear
from ui.widgets.dates import screen_date
from ui.widgets.dialogs import where_to_save
from ui.widgets.empty import Empty
from ui.widgets.text import Banner, card, label
from ui.words import word

STEPS = (
    N_("1. On the new computer choose to join a centre, and type the key of this desk. It shows a key of its own."),
    N_("2. Here trust that key as a desk of this centre, and compare its digits by telephone."),
    N_("3. Here write it a parcel with everything in it; there take it in. From then on both desks exchange parcels."),
)


class KeysPart(ExchangePart):
    """The own key, the trusted ones, the form for another, the three steps of a new desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.trouble = Banner("", "red")
        self.column.addWidget(self.trouble)
        frame, self._own = card(margin=20, spacing=12)
        self.column.addWidget(frame)
        frame, body = card(margin=20, spacing=8)
        self.add = button(_("Trust another key"), "", "plus", self.ask)
        body.addWidget(heading_row("users", _("Whose keys are trusted here"), self.add))
        self._place = QVBoxLayout()
        body.addLayout(self._place)
        self._list = QVBoxLayout()
        body.addLayout(self._list)
        self.more = button(_("Show more"), "quiet", on=self._more)
        self.more.hide()
        body.addWidget(self.more)
        self.column.addWidget(frame)
        frame, body = card(margin=20, spacing=6)
        body.addWidget(heading_row("plus", _("A new desk of this centre, in three steps")))
        for text in STEPS:
            body.addWidget(label(_(text)))
        self.column.addWidget(frame)
        self.form: TrustForm | None = None
        self.own: Own | None = None
        self.known: list[Partner] = []
        self._shown = PAGE
        self._reason = why_not(desk.store.role, May.KEEP_PEOPLE)
        self.add.setEnabled(not self._reason)
        self.add.setToolTip(self._reason)
        self.add.setAccessibleDescription(self._reason)
        if self._reason:
            self._place.addWidget(label(self._reason, "small"))

    def load(self, about: str) -> None:
        """``about`` is a key to be looked at and perhaps trusted."""
        self.refresh()
        if about and not self._reason:
            self.ask(about)

    def refresh(self) -> None:
        """Reads the keys, beside the screen."""
        store = self.desk.store

        def question(session: Session) -> tuple[Own, list[Partner]]:
            own = desk_keys.own(store)
            known = partners.partners(session, revoked=True)
            return own, [one for one in known if one.recipient != own.recipient]

        self.desk.ask(self, question, self._show)

    def _show(self, told: tuple[Own, list[Partner]]) -> None:
        fresh = self.own is None
        self.own, self.known = told
        if fresh:
            self._show_own(self.own)
        clear(self._list)
        for one in sorted(self.known, key=lambda each: each.revoked)[: self._shown]:
            self._list.addWidget(self._row(one))
        self.more.setVisible(len(self.known) > self._shown)
        if not self.known:
            text = _("Ask for the key of the other desk, the partner or the ministry, on paper, by file or by mail.")
            self._list.addWidget(Empty("shield-check", _("No key is trusted yet"), text))

    def _more(self) -> None:
        self._shown += PAGE
        if self.own is not None:
            self._show((self.own, self.known))

    # -- our own

    def _show_own(self, own: Own) -> None:
        self._own.addWidget(heading_row("shield-check", _("The key of this desk")))
        text = _("Give it to whoever is to send you files. It is no secret; what matters is that nobody swaps it.")
        self._own.addWidget(label(text, "small"))
        self._own.addWidget(KeyCard(own.fingerprint, own.words, own.recipient))
        self.sheet = button(_("Print as a sheet"), "", "printer", self.print_sheet)
        save = button(_("Save as PDF"), "", "save", self._ask_file)
        self._own.addWidget(flow_of(self.sheet, save, copy_button(own.recipient)))

    def pdf(self) -> bytes:
        """The sheet in the language of the screen."""
        facts = self.desk.store.centre()
        own = self.own or desk_keys.own(self.desk.store)
        return key_sheet.sheet(own, centre=facts.name, desk=self.desk.store.desk_name, phone=facts.phone or "",
                               language=screen_language().code)  # fmt: skip

    def print_sheet(self) -> None:
        """Sets the sheet beside the screen, then asks for a printer."""
        self.desk.jobs.run(lambda _step: self.pdf(), done=self._print, failed=self._failed)

    def _print(self, pdf: bytes) -> None:
        print_pdf(self, self.desk, pdf)

    def _ask_file(self) -> None:
        path = where_to_save(self, _("Save as PDF"), str(documents_path() / "our-key.pdf"), _("PDF (*.pdf)"))
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Writes the sheet."""
        self.desk.jobs.run(lambda _step: key_sheet.write(path, self.pdf()), done=partial(self._saved, path),
                           failed=self._failed)  # fmt: skip

    def _saved(self, path: Path, _nothing: object) -> None:
        self.desk.window.say(_("Saved: {file}", file=ltr(path.name)))

    def _failed(self, trouble: MrcError) -> None:
        self.trouble.say(trouble.text(_))

    # -- theirs

    def _row(self, one: Partner) -> QWidget:
        trusted = _("trusted on {day}", day=screen_date(one.trusted_on)) if one.trusted_on else ""
        below = dots([word(one.kind), ltr(one.fingerprint), trusted])
        ends: list[QWidget] = [compared_chip(one.compared, one.revoked)]
        if not one.revoked and may(self.desk.store.role, May.KEEP_PEOPLE):
            if not one.compared:
                ends.append(named(_("Compare"), one.name, on=partial(self.ask, one.recipient)))
            ends.append(named(_("Revoke"), one.name, "quiet", on=partial(self.ask_revoke, one)))
        return line_row(isolate(one.name), below, *ends)

    def ask(self, key: str = "") -> None:
        """Asks for a key to trust; one that is known is filled in with its name."""
        self._close()
        known = next((one for one in self.known if one.recipient == key), None)
        self.form = TrustForm(key, known.name if known else "", known.kind if known else None)
        self.form.given_up.connect(self._close)
        self.form.trusted.connect(self.trust)
        self._place.addWidget(self.form)
        self.form.first().setFocus()

    def _close(self) -> None:
        clear(self._place)
        self.form = None

    def trust(self) -> None:
        """Trusts the key as it was typed and compared."""
        if self.form is None:
            return
        form, desk = self.form, self.desk
        by, on = desk.store.officer, desk.today()

        def action() -> str:
            said = form.said()
            made: str = desk.change(
                "partners.trust", lambda session: partners.trust(session, by=by, on=on, **said).name
            )  # fmt: skip
            return made

        name = form.form.submit(action)
        if name:
            self._close()
            desk.window.say(_("The key of {name} is trusted.", name=isolate(name)))
            self.refresh()

    def ask_revoke(self, one: Partner) -> None:
        """Asks once more: a revoked key is never trusted again."""
        self._close()
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        text = _("Revoke the key of {name}? Nothing is sealed to it any more, nothing it signed is taken in, and it "
                 "cannot be trusted again.", name=isolate(one.name))  # fmt: skip
        column.addWidget(Banner(text, "red"))
        self.yes = button(_("Revoke the key"), "danger", on=partial(self.revoke, one.recipient))
        column.addWidget(flow_of(self.yes, button(_("Keep it"), on=self._close)))
        self._place.addWidget(frame)
        self.yes.setFocus()

    def revoke(self, recipient: str) -> None:
        """From now on the key counts for nothing."""
        by, on = self.desk.store.officer, self.desk.today()

        def action(session: Session) -> None:
            partners.revoke(session, partners.by_key(session, recipient), by=by, on=on)

        try:
            self.desk.change("partners.revoke", action)
        except MrcError as trouble:
            self.trouble.say(trouble.text(_))
            return
        self._close()
        self.refresh()

    # -- a part

    def first(self) -> QWidget | None:
        """Trusting another key."""
        return self.form.first() if self.form is not None else self.add

    def kept(self) -> dict[str, Any]:
        """The key as typed."""
        return self.form.kept() if self.form is not None else {}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        if kept and not self._reason:
            self.ask()
            if self.form is not None:
                self.form.form.fill(kept)
