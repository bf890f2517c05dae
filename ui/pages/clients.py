"""Clients: found while one types, and beside the list the one stood on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from mrc_app.i18n import _, ngettext
from ui.desk import Desk
from ui.list_page import ListPage
from ui.panels.client import ClientPanel
from ui.tables import Answer, Row, tone_of
from ui.widgets.controls import button
from ui.widgets.empty import Empty

if TYPE_CHECKING:
    from mrc_app.store import Store


class ClientsPage(ListPage):
    """The list of clients and the client page side by side."""

    shows = frozenset(
        {"client", "consent", "contact", "handout", "journey", "journeystep", "household", "task", "link", "deadline"}
    )
    nav = "clients"

    def __init__(self, desk: Desk) -> None:
        nobody = _("Try fewer letters, the number, or the name in another script.")
        super().__init__(desk, _("Clients"), nobody)
        self.new = button(_("New client"), "main", "plus", partial(desk.window.show_page, "register"))
        self.new.setToolTip(_("New client") + "  Ctrl+N")
        self.top.addWidget(self.new)
        self.sought.setPlaceholderText(_("Name or number"))
        self.sought.setAccessibleName(_("Search clients"))
        self.panel = ClientPanel(desk, self._back)
        none = Empty("users", _("Nobody chosen"), _("Choose a client in the list, or find one by name or number."))
        self.stand_beside(self.panel, none)

    def load(self, id: str) -> None:
        """Shows the list, and the client when one is named; “client/tab” opens that tab of her page."""
        client, _slash, tab = id.partition("/")
        self.panel.tab = tab or self.panel.tab
        super().load(client)

    def ask(self, text: str) -> None:
        """Asks for what was typed; everybody when nothing was."""
        store = self.desk.store
        self.people.people.ask(partial(read_clients, store, text), None if text else partial(count_clients, store))

    def count_words(self, total: int) -> str:
        """How many clients."""
        return ngettext("{n} client", "{n} clients", total)

    def kept(self) -> dict[str, Any]:
        """What was searched and which tab was open."""
        return {**super().kept(), "tab": self.panel.tab}

    def restore(self, kept: dict[str, Any]) -> None:
        """Searches the same again and opens the tab."""
        super().restore(kept)
        self.panel.turn(kept["tab"])


def read_clients(store: Store, text: str, after: Any, limit: int) -> Answer:
    """A page of the list, or what a search found. Read beside the screen."""
    from mrc_app.store import lists, search

    if text:
        found = search.find(store, text, limit=limit - 1)
        return Answer([Row(one.uuid, one.name, one.number, tone_of(one.uuid)) for one in found], len(found))
    page = lists.clients(store, after or ("", ""), limit)
    rows = [
        Row(
            one.uuid,
            one.name,
            " · ".join(filter(None, (one.number, one.district))),
            tone_of(one.uuid),
            (one.sort, one.uuid),
        )
        for one in page
    ]
    return Answer(rows, None)


def count_clients(store: Store) -> int:
    """How many clients there are. Read beside the screen."""
    from mrc_app.store import lists

    return lists.client_count(store)
