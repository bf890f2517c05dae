"""Recruiters and employers: found while one types, and beside the list the one stood on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from mrc_app.i18n import _, ngettext
from ui.desk import Desk
from ui.list_page import ListPage
from ui.pages.recruiter_view import RecruiterView
from ui.tables import Answer, Row
from ui.widgets.controls import button
from ui.widgets.empty import Empty
from ui.words import cap

if TYPE_CHECKING:
    from datetime import date

    from mrc_app.store import Store


class RecruitersPage(ListPage):
    """The register and one recruiter side by side."""

    shows: ClassVar[frozenset[str]] = frozenset(
        {"recruiter", "recruiterevent", "recruiterreview", "joborder", "link", "restriction"}
    )
    nav: ClassVar[str] = "recruiters"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Recruiters"), _("Try fewer letters, or another name it goes by."))
        self.new = button(_("Add"), "main", "plus", self.begin)
        self.new.setAccessibleName(_("Add a recruiter or employer"))
        self.top.addWidget(self.new)
        self.sought.setPlaceholderText(_("Name, branch, licence or phone"))
        self.sought.setAccessibleName(_("Search recruiters"))
        orders = button(_("Job orders"), "quiet", "clipboard-list", partial(desk.window.show_page, "job_orders"))
        self.line.addWidget(orders)
        self.view = RecruiterView(desk, self._back, self.load)
        none = Empty("contact-round", _("None chosen"), _("Choose one in the list, or add the first."))
        self.stand_beside(self.view, none)

    def ask(self, text: str) -> None:
        """Asks for what was typed; everybody when nothing was."""
        store, today = self.desk.store, self.desk.today()
        source = partial(read_recruiters, store, text, today)
        self.people.people.ask(source, None if text else partial(count_recruiters, store))

    def count_words(self, total: int) -> str:
        """How many stand in the register."""
        return ngettext("{n} in the register", "{n} in the register", total)

    def begin(self) -> None:
        """Asks for a new one."""
        self.view.show()
        self.none.hide()
        self.view.begin_new()
        self._turn(to_one=True)

    def kept(self) -> dict[str, Any]:
        """What was searched, and what was typed into a form."""
        return {**super().kept(), **self.view.kept()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Searches the same again and opens the form again."""
        self.view.restore(kept)
        super().restore(kept)


def read_recruiters(store: Store, text: str, today: date, after: Any, limit: int) -> Answer:
    """A page of the register, or what a search found. Read beside the screen."""
    from mrc_app.casework import recruiters
    from ui.pages.recruiter_cards import TONES, listed_below

    with store.read() as session:
        page = recruiters.register(session, text, after or recruiters.FIRST, limit)
        rows = []
        for one, sort in page:
            tone = TONES[recruiters.licence(one, today)]
            rows.append(
                Row(
                    one.uuid,
                    one.name,
                    cap(listed_below(one, today)),
                    "blue" if tone == "plain" else tone,
                    (sort, one.uuid),
                )
            )
    return Answer(rows, None)


def count_recruiters(store: Store) -> int:
    """How many there are. Read beside the screen."""
    from mrc_app.casework import recruiters

    with store.read() as session:
        return recruiters.count(session)
