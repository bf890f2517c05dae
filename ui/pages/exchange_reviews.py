"""The centre's own values whose fact has changed since: each is kept, or given up for what now counts elsewhere."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mrc_app.corridors import accepted, overrides
from mrc_app.corridors.accepted import Review
from mrc_app.corridors.facts import Fact
from mrc_app.errors import MrcError
from mrc_app.i18n import _, isolate, ltr
from mrc_app.store.roles import May
from ui.desk import Desk, Session
from ui.pages.exchange_part import PAGE, allow
from ui.panels.groups import heading_row
from ui.panels.return_parts import dots, flow_of, named
from ui.widgets.controls import button, clear
from ui.widgets.text import Banner, card, label


class Reviews(QFrame):
    """Hidden while nothing is to be looked at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, body = card(margin=16, spacing=8)
        outer.addWidget(frame)
        body.addWidget(heading_row("pencil", _("Values of this centre to look at again")))
        self.trouble = Banner("", "red")
        body.addWidget(self.trouble)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        body.addLayout(self._list)
        self.more = button(_("Show more"), "quiet", on=self._more)
        body.addWidget(self.more)
        self.found: list[Review] = []
        self._shown = PAGE
        self.hide()

    def refresh(self) -> None:
        """Reads them, beside the screen."""
        self.desk.ask(self, accepted.to_review, self._show)

    def _show(self, found: list[Review]) -> None:
        self.found = found
        clear(self._list)
        for one in found[: self._shown]:
            self._list.addWidget(self._row(one))
        self.more.setVisible(len(found) > self._shown)
        self.setVisible(bool(found))

    def _more(self) -> None:
        self._shown += PAGE
        self._show(self.found)

    def _row(self, one: Review) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        about = f"{one.corridor} {one.key}"
        column.addWidget(label(ltr(about), "strong"))
        now = one.now.value_text if one.now is not None else ""
        said = [_("here: {value}", value=isolate(one.own)), _("written over: {value}", value=isolate(one.base))]
        said.append(_("now: {value}", value=isolate(now)) if now else _("now nothing is known elsewhere"))
        column.addWidget(label(dots(said)))
        if one.override is None:
            column.addWidget(label(_("It was confirmed before it changed: ask there again, then confirm it."), "small"))
            return holder
        role = self.desk.store.role
        acts = [named(_("Give ours up"), about, on=partial(self.settle, one, False))]
        if isinstance(one.now, Fact):
            acts.insert(0, named(_("Keep ours"), about, "", "check", partial(self.settle, one, True)))
        column.addWidget(flow_of(*(allow(act, role, May.REFERENCE) for act in acts)))
        return holder

    def settle(self, one: Review, keep: bool) -> None:
        """Keeps the centre's value over the fact as it is now, or takes it back."""
        by, on = self.desk.store.officer, self.desk.today()

        def action(session: Session) -> None:
            written = next(own for own in overrides.overrides(session, one.corridor) if own.uuid == one.fact)
            if keep and isinstance(one.now, Fact):
                overrides.keep(session, written, fact=one.now, by=by, on=on)
            else:
                overrides.take_back(session, written, by=by, on=on)

        self.trouble.say("")
        try:
            self.desk.change("overrides.keep" if keep else "overrides.take_back", action)
        except MrcError as trouble:
            self.trouble.say(trouble.text(_))
        self.refresh()
