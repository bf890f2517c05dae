"""What she was given to carry, and the way to the next guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mrc_app.i18n import _
from ui.desk import Desk
from ui.panels.panel import Panel
from ui.widgets.controls import button, clear
from ui.widgets.dates import screen_date
from ui.widgets.empty import Empty
from ui.widgets.text import card, label
from ui.words import language_name, word

if TYPE_CHECKING:
    from mrc_app.casework.counselling import Handout


class GuidesPanel(Panel):
    """Handouts, the latest first."""

    shows = frozenset({"handout"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        frame, self._list = card(spacing=12)
        self.column.addWidget(frame)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Reads what she was given."""
        client = self.client

        def question(session):  # type: ignore[no-untyped-def]
            from mrc_app.casework import counselling

            return counselling.handouts(session, client)

        self.desk.ask(self, question, self._show)

    def _show(self, handouts: list[Handout]) -> None:
        clear(self._list)
        make = button(_("Make guide"), "main", "book-open", lambda: self.desk.window.show_page("guide", self.client))
        if not handouts:
            self._list.addWidget(
                Empty("book-open", _("Nothing given yet"), _("Guides and cards you give her stand here."), make)
            )
            return
        for given in handouts:
            self._list.addWidget(label(f"{word(given.what)} · {word(given.edition)} · {word(given.form)}", "strong"))
            below = [screen_date(given.on), language_name(given.language), given.corridor]
            self._list.addWidget(label(" · ".join(part for part in below if part), "small"))
        self._list.addWidget(make)
