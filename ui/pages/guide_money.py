"""The transfer services she names: what each takes and gives, and what arrives. Nothing is looked up or recommended."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.i18n import _, isolate, ltr, screen_language
from mrc_app.money import written
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.panels.journey_asked import MoneyField
from ui.widgets.controls import button, clear
from ui.widgets.dates import DualDateEdit, screen_date
from ui.widgets.fields import TextField
from ui.widgets.text import label

if TYPE_CHECKING:
    from mrc_app.guides.money_pages import Offer

MOST = 3
"""Rows of the table in the guide."""


class Transfers(QWidget):
    """Up to three services, one form to add them, each with a button to take it away."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.offers: list[Offer] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(
            label(_("Write what she was told by each service, with the day. No service is ours."), "small")
        )
        self.listed = QVBoxLayout()
        self.listed.setSpacing(px(4))
        column.addLayout(self.listed)
        self.form = Form()
        self.form.add("service", _("Service"), TextField(limit=60), span=2)
        self.form.add("sent", _("Amount she sends"), MoneyField(), span=2)
        self.form.add("fee", _("Fee, in the same currency"), TextField(ordered=True, limit=20))
        self.form.add("to", _("Currency at home"), TextField(ordered=True, limit=3))
        rate = TextField(ordered=True, limit=20)
        self.form.add("rate", _("Rate"), rate, hint=_("How much of the currency at home one of hers gives."), span=2)
        self.form.add("on", _("Day it was said"), DualDateEdit(), span=2)
        self.form.add("source", _("Where it was said"), TextField(limit=60), optional=True, span=2)
        column.addWidget(self.form)
        self.add = button(_("Add this service"), "quiet", "plus", self._add)
        column.addWidget(self.add)

    def begin(self) -> None:
        """Nobody is named yet."""
        self.offers = []
        self._tell()
        self._empty()

    def _empty(self) -> None:
        self.form.fill({**dict.fromkeys(("service", "fee", "rate", "source")), "on": self.desk.today()})

    def _add(self) -> None:
        from mrc_app.guides import money_pages

        typed = self.form.values()
        texts = {name: typed[name] or "" for name in ("service", "to", "source")}
        offer = self.form.submit(lambda: money_pages.named(**{**typed, **texts}))
        if offer is None:
            return
        self.offers.append(offer)
        self._empty()
        self._tell()
        self.form["service"].setFocus()
        self.changed.emit()

    def _take_away(self, place: int) -> None:
        del self.offers[place]
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        clear(self.listed)
        for place, offer in enumerate(self.offers):
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(label(said(offer), "plain"), 1)
            away = button(_("Take away"), "quiet", "x", partial(self._take_away, place))
            away.setAccessibleName(_("Take away: {service}", service=offer.service))
            row.addWidget(away)
            self.listed.addWidget(line)
        full = len(self.offers) >= MOST
        for part in (self.form, self.add):
            part.setHidden(full)

    def kept(self) -> list[dict[str, Any]]:
        """What was named, as plain words."""
        return [
            {"service": one.service, "currency": one.sent.currency, "amount": str(one.sent.amount),
             "fee": str(one.fee.amount), "to": one.to, "rate": str(one.rate), "on": one.on.isoformat(),
             "source": one.source}
            for one in self.offers
        ]  # fmt: skip

    def restore(self, kept: list[Mapping[str, Any]]) -> None:
        """Puts it back."""
        from mrc_app.guides import money_pages

        self.offers = [money_pages.typed(one) for one in kept]
        self._tell()


def said(offer: Offer) -> str:
    """What arrives through a service, in words."""
    from mrc_app.guides import money_pages

    code = screen_language().code
    return _(
        "{service}: {sent} sent, {there} arrives ({on})",
        service=isolate(offer.service),
        sent=ltr(written(offer.sent, code)),
        there=ltr(written(money_pages.arrives(offer), code)),
        on=screen_date(offer.on),
    )
