"""Cases: those of this client, and a new one, which begins with the question about danger."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.casework.grievance_words import Code
from mrc_app.i18n import _, isolate, ltr, ngettext
from ui.desk import Desk, Session
from ui.look import px
from ui.panels.amnesty import window_note
from ui.panels.grievance_asked import case_form, named_form
from ui.panels.grievance_danger import DangerScreen
from ui.panels.grievance_part import hint_words, row_of
from ui.panels.panel import Panel
from ui.widgets.controls import Flow, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.empty import Empty
from ui.widgets.text import card, chip, label
from ui.words import word


class GrievancesPanel(Panel):
    """Her cases. A case kept for other officers does not show here."""

    shows: ClassVar[frozenset[str]] = frozenset(
        {"grievance", "complainant", "grievanceevent", "restriction", "amnesty"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.new = button(_("Open a case"), "main", "plus", self.begin)
        self.column.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeading)
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(10))
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        self.form: Any = None
        self.danger: DangerScreen | None = None
        self._said: dict[str, Any] = {}

    def load(self, client: str) -> None:
        """Shows another client; a form of the one before is closed."""
        if client != self.client:
            self.close_form()
        super().load(client)

    def refresh(self) -> None:
        """Reads her cases beside the screen."""
        from mrc_app.casework import grievance_amnesties, grievance_events, grievance_people, grievances

        client, today = self.client, self.desk.today()

        def question(session: Session) -> tuple[list[Any], list[tuple[Any, Any, dict[Any, int]]]]:
            return grievance_amnesties.ahead_for(session, [client], today), [
                (
                    one,
                    grievance_events.state_of(session, one.uuid),
                    grievance_people.tally(row for row, _ in grievances.complainants(session, one.uuid)),
                )
                for one in grievances.of_client(session, client)
            ]

        self.desk.ask(self, question, self._show)

    def _show(self, told: tuple[list[Any], list[tuple[Any, Any, dict[Any, int]]]]) -> None:
        windows, found = told
        clear(self._list)
        if not found and self._place.count() == 0:
            self._list.addWidget(Empty("folder-open", _("No case yet"), _("Wages, papers, contract, safety, return.")))
        for case, state, tally in found:
            self._list.addWidget(self._card(case, state, tally))
        for window, people in windows if self._place.count() == 0 else ():
            self._list.addWidget(window_note(window, people, self.desk.today()))

    def _card(self, case: Any, state: Any, tally: dict[Any, int]) -> QWidget:
        from mrc_app.casework import grievances

        frame, body = card(spacing=6)
        opened = button(
            _("Open"), "quiet", "chevron-right", partial(self.desk.window.show_page, "grievance", case.uuid)
        )
        opened.setAccessibleName(_("Open the case {number}", number=case.number))
        title = label(isolate(grievances.shown_title(case)), "strong")
        body.addWidget(row_of(title, chip(word(state), "blue"), opened))
        parts = [
            ltr(case.number),
            screen_date(case.lodged_on),
            ngettext("{n} person", "{n} people", sum(tally.values())),
        ]
        body.addWidget(label(" · ".join([*parts, *(word(code) for code in case.categories)]), "small"))
        return frame

    # -- a new case

    def begin(self) -> None:
        """The first screen: danger, before anything is typed."""
        self.close_form()
        clear(self._list)
        self.new.hide()
        self.danger = DangerScreen(self.desk, _("Go on"), self.cancel)
        self.danger.answered.connect(self.go_on)
        self._place.addWidget(self.danger)
        self.danger.first().setFocus()

    def go_on(self, said: dict[str, Any]) -> None:
        """What the case is about."""
        self.close_form()
        self.new.hide()
        self._said = said
        self.form = case_form()
        self.named = named_form(self.desk)
        self.named.setVisible(False)
        frame, body = card(spacing=12)
        body.addWidget(label(_("A new case"), "heading"))
        body.addWidget(self.form)
        body.addWidget(self.named)
        hint_words(self.form, lambda: False)
        self.form.changed.connect(self._look)
        foot = Flow(8)
        self.ok = button(_("Open the case"), "main", on=self.lodge)
        foot.addWidget(self.ok)
        self.kept = button(_("Keep it for named officers"), "", "lock", partial(self.named.setVisible, True))
        foot.addWidget(self.kept)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.cancel))
        body.addLayout(foot)
        self._place.addWidget(frame)
        self.form["categories"].setFocus()

    def _look(self) -> None:
        from mrc_app.casework import grievances

        chosen = [Code(value) for value in self.form["categories"].value() or ()]
        if grievances.must_be_restricted(chosen):
            self.named.setVisible(True)

    def lodge(self) -> None:
        """Opens the case and turns to its page."""
        from mrc_app.casework import grievances

        typed = {name: "" if value is None else value for name, value in self.form.values().items()}
        officers = (self.named["officers"].value() or []) if not self.named.isHidden() else []
        store, client, today = self.desk.store, self.client, self.desk.today()
        since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

        def act() -> str:
            return self.desk.change(
                "grievances.lodge",
                lambda session: grievances.lodge(
                    session, desk_code=store.desk_code, by=store.officer, on=today, people=[client],
                    officers=officers, since=since, **typed, **self._said,
                ).uuid,
            )  # fmt: skip

        made = self.form.submit(act)
        if made is not None:
            self.close_form()
            self.desk.window.show_page("grievance", made)

    def cancel(self) -> None:
        """Puts the forms away and shows her cases."""
        self.close_form()
        self.refresh()

    def close_form(self) -> None:
        """Puts the forms away."""
        self.form, self.danger, self._said = None, None, {}
        self.new.show()
        clear(self._place)

    def first(self) -> QWidget | None:
        """A new case."""
        return self.new
