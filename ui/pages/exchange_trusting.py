"""The form for a key to be trusted: typed or read from a file, whose it is, and whether its digits were compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.errors import Invalid, Problem
from mrc_app.exchange import key_text
from mrc_app.exchange.partners import PartnerKind
from mrc_app.i18n import N_, _, ltr
from ui.forms import Form
from ui.pages.exchange_part import KeyCard
from ui.panels.return_parts import flow_of
from ui.settings import documents_path
from ui.widgets.controls import button, clear
from ui.widgets.dialogs import which_to_open
from ui.widgets.fields import SegmentField, TextField, TickField
from ui.widgets.text import label
from ui.words import choices

LARGEST = 1 << 16
NO_KIND = N_("Say what the key belongs to.")


class TrustForm(QWidget):
    """``trusted``: OK was pressed; ``given_up``: it was put away."""

    trusted = Signal()
    given_up = Signal()

    def __init__(self, key: str = "", name: str = "", kind: PartnerKind | None = None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 12)
        column.setSpacing(12)
        self.form = form = Form()
        hint = _("It begins with age1. Paste it, or read it from a file.")
        form.add("recipient", _("Key"), TextField(ordered=True, limit=120), hint=hint, span=2)
        form.add("name", _("Whose key is it?"), TextField(limit=120), span=2)
        form.add("kind", _("What is it?"), SegmentField(choices(PartnerKind)), span=2)
        column.addWidget(form)
        self._digits = QVBoxLayout()
        column.addLayout(self._digits)
        self.compared = TickField(_("I read these digits with them by telephone: they are the same"))
        self.compared.call(_("I read these digits with them by telephone: they are the same"))
        self._later = label(
            _("Without the call the key counts as not compared. Call a number you knew before."), "small"
        )
        for part in (self.compared, self._later):
            column.addWidget(part)
        self.ok = button(_("Trust this key"), "main", "shield-check", self.trusted.emit)
        file = button(_("Read from a file"), "", "folder-open", self._choose)
        column.addWidget(flow_of(self.ok, file, button(_("Cancel"), "quiet", on=self.given_up.emit)))
        form["recipient"].changed.connect(self._look)
        form.submitted.connect(self.trusted.emit)
        form.fill({"recipient": key, "name": name, "kind": kind.value if kind else None})
        self._look()

    def _look(self) -> None:
        """Shows the digits of what was typed, as soon as it is a key."""
        clear(self._digits)
        public = self._public()
        for part in (self.compared, self._later):
            part.setVisible(public is not None)
        if public is not None:
            card = KeyCard(key_text.fingerprint(public), key_text.words(public), "", size=0)
            self._digits.addWidget(card)
        else:
            self.compared.set_value(False)

    def _public(self) -> bytes | None:
        return key_text.public_of((self.form["recipient"].value() or "").lower())

    def _choose(self) -> None:
        path = which_to_open(self, _("Read from a file"), str(documents_path()), "(*)")
        if path:
            self.read(Path(path))

    def read(self, path: Path) -> None:
        """Takes the first key that stands in a file."""
        try:
            with path.open("rb") as file:
                words = file.read(LARGEST).decode("utf-8", "replace").split()
        except OSError:
            words = []
        found = next((one.strip("\"',;") for one in words if one.lower().startswith("age1")), "")
        if found:
            self.form.fill({"recipient": found})
        self.form.banner.say("" if found else _("There is no key in “{file}”.", file=ltr(path.name)))

    def said(self) -> dict[str, Any]:
        """The keywords of the action. Raises Invalid(kind=) before it was said what the key belongs to."""
        typed, public = self.form.values(), self._public()
        if not typed["kind"]:
            raise Invalid(kind=Problem(NO_KIND))
        compared = bool(self.compared.value()) and public is not None
        return {
            "kind": PartnerKind(typed["kind"]), "name": typed["name"] or "", "recipient": typed["recipient"] or "",
            "fingerprint": key_text.fingerprint(public) if compared and public else None,
        }  # fmt: skip

    def first(self) -> QWidget:
        """The key, or her name where the key is known."""
        return self.form["name" if self.form["recipient"].value() else "recipient"]

    def kept(self) -> dict[str, Any]:
        """What was typed."""
        return self.form.values()
