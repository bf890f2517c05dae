"""Contracts: every version along the journey, its check by keyboard, what differs, and the approval file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import contract_files, contract_verdicts, contracts, journeys
from mrc_app.casework.contract_verdicts import ContractCheck
from mrc_app.casework.contracts import Contract, ContractStamp
from mrc_app.casework.journeys import Journey
from mrc_app.corridors import accepted
from mrc_app.i18n import _, isolate, ltr, ngettext, screen_language
from mrc_app.money import written
from mrc_app.store import seen
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.panels.contract_beside import BesideCard, version_name
from ui.panels.contract_keeping import Keeping
from ui.panels.contract_papers import PapersCard
from ui.panels.contract_result import ResultCard
from ui.panels.contract_said import VERDICT_TONES
from ui.panels.contract_work import CheckWork
from ui.panels.panel import Panel
from ui.widgets.choosers import name_of_country
from ui.widgets.controls import Flow, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.empty import Empty
from ui.widgets.text import card, chip, label
from ui.words import language_name, word


class Told(NamedTuple):
    """What was read of one journey."""

    ways: list[Journey]
    way: Journey | None
    versions: list[Contract]
    stamps: dict[str, list[ContractStamp]]
    checks: dict[str, ContractCheck]
    files: list[contract_files.ApprovalFile]
    known: dict[str, Any]
    names: dict[str, str]


class ContractsPanel(Panel):
    """The contracts of a client, journey by journey."""

    shows: ClassVar[frozenset[str]] = frozenset(
        {"contract", "contractstamp", "contractcheck", "approvalitem", "journey"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.told: Told | None = None
        self.way = self.looked_at = ""
        self.work: CheckWork | None = None
        self.others = QWidget()
        self._others = Flow(8)
        self.others.setLayout(self._others)
        self.column.addWidget(self.others)
        self.keeping = Keeping(desk, self._kept)
        self._working = QVBoxLayout()
        self.column.addLayout(self._working)
        self.column.addWidget(self.keeping)
        self.frame, self._list = card(spacing=8)
        self.result = ResultCard(desk)
        self.beside = BesideCard(desk.today)
        self.papers = PapersCard(desk)
        self._lands = QVBoxLayout()
        self.lands_card: Any = None
        self.column.addWidget(self.frame)
        self.column.addLayout(self._lands)
        cards: tuple[QFrame, ...] = (self.result, self.beside, self.papers)
        for part in cards:
            self.column.addWidget(part)
            part.hide()
        self.frame.hide()
        self.result.changed.connect(self.refresh)
        self.result.again.connect(self._again)
        self.papers.changed.connect(self.refresh)
        self.column.addStretch(1)

    @property
    def form(self) -> Form | None:
        """The form that is open."""
        return self.keeping.form

    def load(self, client: str) -> None:
        """Shows another client's contracts; what was open for the one before is closed."""
        if client != self.client:
            self.way = self.looked_at = ""
            self.stop_work()
            self.keeping.close_form()
            self.close_lands()
            self.result.close_form()
        super().load(client)

    def refresh(self) -> None:
        """Reads the contracts again."""
        client, way = self.client, self.way
        self.desk.ask(self, lambda session: read(session, client, way), self._show)

    def _show(self, told: Told) -> None:
        self.told = told
        self.way = told.way.uuid if told.way else ""
        self._tell_others(told)
        self._tell_versions(told)
        checked = [one for one in told.versions if one.uuid in told.checks]
        chosen = next((one for one in checked if one.uuid == self.looked_at), checked[-1] if checked else None)
        check = told.checks[chosen.uuid] if chosen else None
        title = _("Check of: {version}", version=version_name(chosen)) if chosen else ""
        known = told.known.get(check.uuid) if check else None
        self.result.show_check(check, known, title, told.names.get(check.officer, "") if check else "")
        self.beside.show_versions(told.versions)
        self.papers.show_files(told.way, told.files)
        self._veil()

    def _veil(self) -> None:
        """While a check is worked, only the check is seen."""
        if self.work is not None:
            for part in (self.others, self.frame, self.result, self.beside, self.papers):
                part.hide()

    def _tell_others(self, told: Told) -> None:
        clear(self._others)
        for way in told.ways if len(told.ways) > 1 else ():
            name = f"{name_of_country(way.origin)} – {name_of_country(way.destination)}"
            made = button(name, "choice", on=partial(self._choose_way, way.uuid))
            made.setCheckable(True)
            made.setChecked(told.way is not None and way.uuid == told.way.uuid)
            self._others.addWidget(made)
        self.others.setVisible(len(told.ways) > 1)

    def _choose_way(self, way: str) -> None:
        self.way, self.looked_at = way, ""
        self.refresh()

    def _tell_versions(self, told: Told) -> None:
        clear(self._list)
        self.frame.show()
        if told.way is None:
            text = _("A contract belongs to a journey: say first from where to where.")
            self._list.addWidget(Empty("route", _("No journey yet"), text))
            return
        self._list.addWidget(label(_("Versions along the journey"), "heading"))
        acts = Flow(8)
        self.lands = button(_("Two countries side by side"), "quiet", "route", self.compare_lands)
        self.add = button(_("New version"), "main", "plus", self.begin)
        acts.addWidget(self.add)
        acts.addWidget(self.lands)
        self._list.addLayout(acts)
        if not told.versions:
            text = _("Begin with the offer or the advertisement: later papers are held against it.")
            self._list.addWidget(Empty("notebook-pen", _("No contract yet"), text))
        for contract in told.versions:
            self._list.addWidget(self._row(contract, told))

    def _row(self, contract: Contract, told: Told) -> QWidget:
        made = QFrame()
        made.setProperty("role", "sunken")
        column = QVBoxLayout(made)
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(px(4))
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(chip(word(contract.stage), "blue"))
        top.addWidget(label(headline(contract), "strong"), 1)
        column.addLayout(top)
        check = told.checks.get(contract.uuid)
        if check is not None:
            found = Flow(8)
            for text, tone in check_chips(check):
                found.addWidget(chip(text, tone))
            column.addLayout(found)
        column.addWidget(label(below(contract, told.stamps.get(contract.uuid, [])), "small"))
        column.addWidget(self._acts(contract, check))
        return made

    def _acts(self, contract: Contract, check: ContractCheck | None) -> QWidget:
        holder = QWidget()
        row = Flow(4)
        holder.setLayout(row)
        acts: list[tuple[str, str, Callable[[], None]]] = [
            (_("Check"), "list-checks", partial(self.begin_check, contract.uuid)),
            (_("Change"), "pencil", partial(self.change, contract.uuid)),
            (_("Stamp"), "circle-check", partial(self.stamp, contract.uuid)),
        ]
        if check is not None:
            acts.insert(1, (_("Last check"), "eye", partial(self._look, contract.uuid)))
        for text, icon, act in acts:
            made = button(text, "quiet", icon, act)
            made.setAccessibleName(f"{text}: {version_name(contract)}")
            row.addWidget(made)
        return holder

    def _look(self, contract: str) -> None:
        self.looked_at = contract
        self.refresh()

    # -- forms

    def _version(self, uuid: str) -> Contract:
        assert self.told is not None
        return next(one for one in self.told.versions if one.uuid == uuid)

    def begin(self) -> None:
        """Asks for a new version."""
        if self.told is not None and self.told.way is not None:
            before = self.told.versions[-1] if self.told.versions else None
            self.keeping.begin(self.told.way, before)

    def change(self, uuid: str) -> None:
        """Opens a version in its form."""
        if self.told is not None:
            self.keeping.change(self._version(uuid), self.told.known[uuid])

    def stamp(self, uuid: str) -> None:
        """Asks for a verification stamp."""
        self.keeping.stamp(self._version(uuid))

    def take_paper(self, file: Path) -> None:
        """The photo or scan that is kept together with the version in the form."""
        self.keeping.take(file)

    def _kept(self) -> None:
        self.refresh()
        self.desk.window.say(_("Kept."))

    def compare_lands(self) -> None:
        """Two corridors beside each other; pressed again it is put away."""
        from ui.panels.contract_lands import LandsCard

        shown = self.lands_card is not None
        self.close_lands()
        if not shown and self.told is not None and self.told.way is not None:
            self.lands_card = LandsCard(self.desk, self.told.way)
            self.lands_card.closed.connect(self.close_lands)
            self._lands.addWidget(self.lands_card)
            self.lands_card.other.setFocus()

    def close_lands(self) -> None:
        """Puts the comparison away."""
        self.lands_card = None
        clear(self._lands)

    # -- the check

    def _again(self) -> None:
        if self.result.check is not None:
            self.begin_check(self.result.check.contract)

    def begin_check(self, uuid: str) -> None:
        """Puts the 28 points of a version on the screen, with the suggestions of the rule."""
        assert self.told is not None and self.told.way is not None
        self.stop_work()
        self.keeping.close_form()
        self.close_lands()
        contract, way = self._version(uuid), self.told.way
        against = contracts.promised(self.told.versions, contract)
        known = self.desk.read(lambda session: accepted.corridor(session, way.corridor))
        found = contract_verdicts.found(contract, way, on=self.desk.today(), against=against, corridor=known)
        title = _("Check of: {version}", version=version_name(contract))
        self.work = CheckWork(title, partial(contract_verdicts.points_of, found))
        self.work.finished.connect(partial(self._keep_check, contract, way, against))
        self.work.given_up.connect(self._give_up)
        self._working.addWidget(self.work)
        self._veil()
        self.work.begin()

    def _keep_check(self, contract: Contract, way: Journey, against: Contract | None) -> None:
        from mrc_app.errors import MrcError

        assert self.work is not None
        answers, desk = self.work.answers(), self.desk
        on, by = desk.today(), desk.store.officer

        def act(session: Any) -> ContractCheck:
            return contract_verdicts.check(session, contract, way, on=on, by=by, against=against, answers=answers)

        try:
            desk.change("contracts.check", act)
        except MrcError as trouble:
            self.work.trouble.say(trouble.text(_))
            return
        self.looked_at = contract.uuid
        self._give_up()

    def _give_up(self) -> None:
        self.stop_work()
        self.refresh()

    def stop_work(self) -> None:
        """Takes the check off the screen."""
        self.work = None
        clear(self._working)

    def first(self) -> QWidget | None:
        """Where the keyboard begins."""
        return getattr(self, "add", None)


def read(session: Any, client: str, way: str) -> Told:
    """Everything on the tab, in one question."""
    from mrc_app.store import officers

    ways = journeys.of_client(session, client)
    chosen = next((one for one in ways if one.uuid == way), None) or journeys.current(session, client)
    versions = contracts.of_journey(session, chosen) if chosen else []
    checks = {one.contract: one for one in contract_verdicts.of_client(session, client)}
    files = contract_files.of_journey(session, chosen) if chosen else []
    known = {one.uuid: seen(session, one) for one in (*versions, *checks.values())}
    stamps = {one.uuid: contracts.stamps(session, one) for one in versions}
    names = {officer.uuid: officer.name for officer in officers.officers(session)}
    return Told(ways, chosen, versions, stamps, checks, files, known, names)


def headline(contract: Contract) -> str:
    """Job and wage of a version."""
    terms = contracts.terms(contract)
    wage = ltr(written(terms.wage, screen_language().code)) if terms.wage else ""
    return " · ".join(part for part in (isolate(terms.text("job")) if terms.text("job") else "", wage) if part)


def below(contract: Contract, stamps: list[ContractStamp]) -> str:
    """When it was seen and signed, its language, its stamps, its note."""
    parts = [
        _("seen on {date}", date=screen_date(contract.seen_on)),
        _("signed on {date}", date=screen_date(contract.signed_on)) if contract.signed_on else "",
        language_name(contract.language) if contract.language else "",
        *(stamp_words(one) for one in stamps),
        _("paper kept") if contract.attachment else "",
        isolate(contract.note) if contract.note else "",
    ]
    return " · ".join(part for part in parts if part)


def stamp_words(stamp: ContractStamp) -> str:
    """Whose stamp, and whether it was seen."""
    if stamp.seen.value == "no":
        return _("no stamp of: {authority}", authority=stamp.authority)
    day = screen_date(stamp.stamped_on) if stamp.stamped_on else ""
    return " ".join(part for part in (_("stamp of: {authority}", authority=stamp.authority), day) if part)


def check_chips(check: ContractCheck) -> list[tuple[str, str]]:
    """How many points are red, and the verdict."""
    red = (
        (ngettext("{n} red point", "{n} red points", len(check.red)), "red")
        if check.red
        else (_("no red point"), "green")
    )
    return [red, (word(check.verdict), VERDICT_TONES[check.verdict.value])]
