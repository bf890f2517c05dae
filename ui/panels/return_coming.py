"""How she came back and what cannot wait (form F10), her unpaid claims, and what covers her."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, NamedTuple

from PySide6.QtWidgets import QWidget

from mrc_app.casework import agenda_returns, claim_sheet, covers, grievances, journeys, returns
from mrc_app.casework.claim_rules import Four
from mrc_app.casework.covers import Cover
from mrc_app.casework.returns import Return
from mrc_app.i18n import _, isolate, ltr, ngettext
from mrc_app.store import seen
from ui.desk import Desk
from ui.panels.costs_asked import told
from ui.panels.groups import GroupCard, asked_form, heading_row
from ui.panels.return_asked import COVER, RETURN, premium_form
from ui.panels.return_parts import Part, dots, flow_of, line_row, named
from ui.widgets.choosers import name_of_country
from ui.widgets.controls import button, clear
from ui.widgets.empty import Empty
from ui.widgets.text import card, chip, label
from ui.words import word

MOST_CASES = 5
TONES = {"none": "plain", "preparing": "amber", "filed": "blue", "refused": "red", "granted": "green", "paid": "green",
         "not_known": "plain"}  # fmt: skip


class Told(NamedTuple):
    """What was read for one client."""

    returns: list[Return]
    covers: list[Cover]
    known: dict[str, Any]
    unpaid: list[Four]


class ComingPart(Part):
    """The return and the covers of one client."""

    shows: ClassVar[frozenset[str]] = frozenset({"return", "cover"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.told: Told | None = None
        self.kept: Return | None = None
        self.empty, body = card(margin=8)
        self.begin_button = button(_("Write down her return"), "main", "plus", self.begin)
        text = _("Only that she came back is needed; everything else may stay open.")
        body.addWidget(Empty("house", _("No return is written down"), text, self.begin_button))
        self.empty.hide()
        self.column.addWidget(self.empty)
        self.group = GroupCard(_("How she came back"), RETURN, self._save)
        self.group.saved.connect(self.refresh)
        self.group.hide()
        self.column.addWidget(self.group)
        self.claims, self._claims = card(spacing=6)
        self.claims.hide()
        self.column.addWidget(self.claims)
        frame, self._covers = card(spacing=6)
        self.column.addWidget(frame)

    def load(self, client: str) -> None:
        """Shows another client; her open card is closed."""
        if client != self.client:
            self.group.close_form()
        super().load(client)

    def refresh(self) -> None:
        """Reads again, beside the screen."""
        client = self.client

        def question(session: Any) -> Told:
            came, kept = returns.of_client(session, client), covers.of_client(session, client)
            cases = grievances.of_client(session, client)[:MOST_CASES]
            sheets = [claim_sheet.of_grievance(session, case.uuid) for case in cases]
            mine = [one for sheet in sheets for one in sheet.persons if one.client.uuid == client]
            unpaid = [four for one in mine for four in one.totals.values() if four.open.minor > 0]
            return Told(came, kept, {one.uuid: seen(session, one) for one in (*came, *kept)}, unpaid)

        self.desk.ask(self, question, self._show)

    def _show(self, found: Told) -> None:
        self.told = found
        self.kept = found.returns[0] if found.returns else None
        self.empty.setVisible(self.kept is None and self.form is None)
        self.group.setVisible(self.kept is not None)
        if self.kept is not None:
            self.group.show_record(self.kept, found.known[self.kept.uuid])
        clear(self._claims)
        self.claims.setVisible(bool(found.unpaid))
        for four in found.unpaid:
            words = _("Claimed abroad and not yet paid: {amount}", amount=told(four.open))
            self._claims.addWidget(label(words, "strong"))
        self._claims.addWidget(label(_("Claims can go on after she came home: see the tab Claims."), "small"))
        self._show_covers(found)

    # -- the return

    def begin(self) -> None:
        """Asks how she came back."""
        self.empty.hide()
        form = asked_form(RETURN)
        form.fill({"kind": "not_asked", "paper": "not_asked", "wish": "not_asked"})
        self.open_form(form, _("How she came back"), _("Keep"), self.note, "returned_on")

    def note(self) -> None:
        """Keeps the return that was typed, with her current journey."""
        typed, mine, client = self.typed(), self.mine(), self.client

        def act(session: Any) -> None:
            way = journeys.current(session, client)
            returns.note(session, client=client, journey=way.uuid if way else "", **mine, **typed)

        self.do("returns.note", act)

    def _save(self, changes: dict[str, Any], known: Any) -> None:
        assert self.kept is not None
        uuid, today = self.kept.uuid, self.desk.today()

        def act(session: Any) -> None:
            returns.amend(session, returns.by_uuid(session, uuid), on=today, changes=changes)

        self.desk.change("returns.amend", act, [known])

    # -- covers

    def _show_covers(self, found: Told) -> None:
        clear(self._covers)
        self.add_cover = button(_("Add a cover"), "", "plus", self.ask_cover)
        self._covers.addWidget(heading_row("shield-check", _("Cover and entitlements"), self.add_cover))
        if not found.covers:
            text = _("Pension, health, insurance, welfare fund: what she paid into abroad or at home stands here.")
            self._covers.addWidget(label(text, "muted"))
        for cover in found.covers:
            for part in self._row(cover):
                self._covers.addWidget(part)

    def _row(self, cover: Cover) -> tuple[QWidget, QWidget]:
        months = covers.months(cover)
        premium = covers.premium(cover)
        below = [
            word(cover.kind), name_of_country(cover.country) if cover.country else "",
            _("number …{last4}", last4=ltr(cover.number_last4)) if cover.number_last4 else "",
            ngettext("{n} month paid in", "{n} months paid in", months) if months is not None else "",
            told(premium) if premium else "",
            _("next premium: {day}", day=self.both(cover.next_premium_on)) if cover.next_premium_on else "",
            _("for: {names}", names=isolate(", ".join(cover.beneficiaries))) if cover.beneficiaries else "",
        ]  # fmt: skip
        acts = [named(_("Change"), cover.scheme, "quiet", "pencil", partial(self.ask_cover, cover))]
        if cover.next_premium_on:
            acts.insert(0, named(_("Premium paid"), cover.scheme, "", "check", partial(self.ask_premium, cover)))
        mark = chip(word(cover.claim), TONES[cover.claim.value])
        row = line_row(isolate(cover.scheme), dots(below), mark)
        return row, flow_of(*acts)

    def ask_cover(self, cover: Cover | None = None) -> None:
        """A new cover, or what changed about one."""
        form = asked_form(COVER, cover)
        title = cover.scheme if cover else _("Add a cover")
        self.open_form(form, title, _("Keep"), partial(self.keep_cover, cover), "scheme")

    def keep_cover(self, cover: Cover | None) -> None:
        """Keeps the cover, and the task for its next premium."""
        typed, mine, client = self.typed(), self.mine(), self.client

        def act(session: Any) -> None:
            if cover is None:
                way = journeys.current(session, client)
                kept = covers.keep(session, client=client, journey=way.uuid if way else "", **typed)
            else:
                kept = covers.amend(session, covers.by_uuid(session, cover.uuid), changes=typed)
            agenda_returns.premium(session, kept, text=_("Premium due: {scheme}", scheme=kept.scheme), **mine)

        known = [self.told.known[cover.uuid]] if cover and self.told else None
        self.do("covers.keep" if cover is None else "covers.amend", act, known)

    def ask_premium(self, cover: Cover) -> None:
        """The premium was paid: until when, and how many months that makes."""
        form = premium_form(cover)
        self.open_form(form, cover.scheme, _("Premium paid"), partial(self.keep_cover, cover), "next_premium_on")
