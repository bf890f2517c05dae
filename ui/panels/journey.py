"""Journey: from where to where, the job as told, how far she has come, and what her guide still lacks."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import clients, journeys
from mrc_app.casework.journey_words import JourneyStage
from mrc_app.casework.journeys import Journey, JourneyStep
from mrc_app.corridors import accepted
from mrc_app.corridors.catalogue import Corridor
from mrc_app.i18n import _, ltr, screen_language
from mrc_app.store import seen
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.panels.groups import GroupCard, asked_form, heading_row
from ui.panels.journey_asked import JOB, ROUTE, SAME, MoneyField
from ui.panels.journey_recruiters import JourneyRecruiters
from ui.panels.panel import Panel
from ui.widgets.choosers import name_of_country
from ui.widgets.controls import Flow, button, clear
from ui.widgets.dates import DualDateEdit, screen_date
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.text import card, chip, label
from ui.words import cap, choices, word

TONES = {"planned": "blue", "travelling": "amber", "abroad": "violet", "returned": "green", "cancelled": "plain"}


class JourneyPanel(Panel):
    """The journey a guide would be about, and the way to another one."""

    shows: ClassVar[frozenset[str]] = frozenset({"client", "journey", "journeystep", "recruiter", "recruiterlink"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.journey: Journey | None = None
        self._known: Any = None
        self._facts: Corridor | None = None
        self.form: Form | None = None
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self.others = QWidget()
        self._others = Flow(8)
        self.others.setLayout(self._others)
        self.column.addWidget(self.others)
        self.head, self._head = card(spacing=10)
        self.column.addWidget(self.head)
        self.missing, self._missing = card(spacing=10)
        self.column.addWidget(self.missing)
        self.cards = [GroupCard(_("Route"), ROUTE, self._save), GroupCard(_("The job as told"), JOB, self._save)]
        for part in self.cards:
            part.saved.connect(self.refresh)
            self.column.addWidget(part)
        self.recruiters = JourneyRecruiters(desk)
        self.column.addWidget(self.recruiters)
        self.column.addStretch(1)

    def load(self, client: str) -> None:
        """Shows another client; what was open for the one before is closed."""
        if client != self.client:
            self.journey = None
            self.close_form()
            for part in self.cards:
                part.close_form()
        super().load(client)

    def refresh(self) -> None:
        """Reads her journeys again."""
        client = self.client
        wanted = self.journey.uuid if self.journey else ""

        def read(session: Any) -> tuple[Any, ...]:
            found = journeys.of_client(session, client)
            chosen = next((one for one in found if one.uuid == wanted), None) or journeys.current(session, client)
            person = clients.by_uuid(session, client)
            steps = journeys.steps(session, chosen) if chosen else []
            known = seen(session, chosen) if chosen else None
            self._facts = accepted.corridor(session, chosen.corridor) if chosen else None
            return found, chosen, steps, known, journeys.missing_for_guide(chosen, person)

        found, self.journey, steps, self._known, gaps = self.desk.read(read)
        for part in (self.head, self.missing, *self.cards, self.recruiters):
            part.setVisible(self.journey is not None)
        self._tell_others(found)
        if self.journey is None:
            if self.form is None:
                self.begin()
            return
        self.recruiters.load(client)
        self._tell_head(steps)
        self._tell_missing(gaps)
        for part in self.cards:
            part.show_record(self.journey, self._known)

    def _tell_others(self, found: list[Journey]) -> None:
        clear(self._others)
        for one in found if len(found) > 1 else ():
            made = button(_corridor(one), "choice", on=partial(self._choose, one))
            made.setCheckable(True)
            made.setChecked(self.journey is not None and one.uuid == self.journey.uuid)
            self._others.addWidget(made)
        self.others.setVisible(len(found) > 1)

    def _choose(self, journey: Journey) -> None:
        self.journey = journey
        self.refresh()

    def _tell_head(self, steps: list[JourneyStep]) -> None:
        assert self.journey is not None
        clear(self._head)
        stage = self.journey.stage
        another = button(_("Another journey"), "quiet", "plus", self.begin)
        further = button(_("She has come further"), "", "plane-takeoff", self.begin_stage)
        state = chip(word(stage), TONES[stage.value])
        self._head.addWidget(heading_row("route", _corridor(self.journey), state, further))
        for step in steps:
            line = f"{screen_date(step.on)} · {word(step.stage)}" + (f" · {step.note}" if step.note else "")
            self._head.addWidget(label(line, "small"))
        if self._facts is not None:
            self._head.addWidget(label(corridor_words(self._facts), "small"))
        self._head.addWidget(another, 0, Qt.AlignmentFlag.AlignLeading)

    def _tell_missing(self, gaps: dict[str, str]) -> None:
        clear(self._missing)
        self.missing.setVisible(bool(gaps))
        if not gaps:
            return
        self._missing.addWidget(label(_("What her guide still lacks"), "heading"))
        without = _("It can be printed without: these places say that they are not known and whom to ask.")
        self._missing.addWidget(label(without, "small"))
        holder = QWidget()
        row = Flow(8)
        holder.setLayout(row)
        mine = {one.name for one in (*ROUTE, *JOB)}
        for field, words in gaps.items():
            name = SAME.get(field, field)
            if name in mine:
                row.addWidget(button(cap(_(words)), "choice", "plus", partial(self.open, name)))
            else:
                row.addWidget(chip(cap(_(words)), "amber"))
        self._missing.addWidget(holder)

    # -- another journey, a new stage

    def begin(self) -> None:
        """Asks from where to where."""
        form = asked_form(ROUTE[:2])
        home = self.desk.store.centre().country
        form.fill({"origin": home})
        first = "destination" if home else "origin"
        self._open(form, _("Where does she want to go?"), _("Begin the journey"), self._plan)
        form[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_stage(self) -> None:
        """Asks which stage she reached, and when."""
        form = Form()
        form.add("stage", _("She is now"), ChoiceField(choices(JourneyStage), empty=None))
        form.add("note", _("Note"), TextField(limit=400), optional=True)
        form.add("on", _("Since"), DualDateEdit(), span=2)
        form.fill({"on": self.desk.today(), "stage": self.journey.stage.value if self.journey else None})
        self._open(form, _("How far has she come?"), _("Keep"), self._move)
        form["stage"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, form: Form, title: str, words: str, act: Any) -> None:
        self.close_form()
        self.form = form
        form.submitted.connect(act)
        frame, body = card(spacing=12)
        body.addWidget(label(title, "heading"))
        body.addWidget(form)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addStretch(1)
        if self.journey is not None:
            foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        self.ok = button(words, "main", on=act)
        foot.addWidget(self.ok)
        body.addLayout(foot)
        self._place.addWidget(frame)

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = None
        clear(self._place)

    def _plan(self) -> None:
        if self.form is None:
            return
        typed = {name: value or "" for name, value in self.form.values().items()}
        by, client, today = self.desk.store.officer, self.client, self.desk.today()

        def act() -> Journey:
            return self.desk.change(
                "journeys.plan", lambda session: journeys.plan(session, client=client, on=today, by=by, **typed)
            )

        made = self.form.submit(act)
        if made is not None:
            self.journey = made
            self.close_form()
            self.refresh()
            self.open("sector")

    def _move(self) -> None:
        if self.form is None or self.journey is None:
            return
        typed, by, journey = self.form.values(), self.desk.store.officer, self.journey
        on = typed["on"] if isinstance(typed["on"], date) else self.desk.today()

        def act(session: Any) -> bool:
            found = next(one for one in journeys.of_client(session, journey.client) if one.uuid == journey.uuid)
            journeys.move(session, found, stage=typed["stage"], on=on, by=by, note=typed["note"] or "")
            return True

        if self.form.submit(lambda: self.desk.change("journeys.move", act, [self._known])) is not None:
            self.close_form()
            self.refresh()

    def _save(self, changes: dict[str, Any], known: Any) -> None:
        journey = self.journey
        assert journey is not None

        def amend(session: Any) -> None:
            found = next(one for one in journeys.of_client(session, journey.client) if one.uuid == journey.uuid)
            journeys.amend(session, found, changes=changes)

        self.desk.change("journeys.amend", amend, [known])

    def open(self, field: str) -> bool:
        """Opens the group with a field."""
        name = SAME.get(field, field)
        for part in self.cards:
            if self.journey is not None and any(one.name == name for one in part.asked):
                part.edit(name)
                self._suggest_currency(part)
                return True
        return False

    def _suggest_currency(self, part: GroupCard) -> None:
        if part.form is not None and "wage" in part.form and self.journey is not None:
            field = part.form["wage"]
            assert isinstance(field, MoneyField)
            field.suggest(currency_of(self.journey.destination))

    def first(self) -> QWidget | None:
        """The form where nothing is known yet."""
        return self.form["destination"] if self.form is not None and "destination" in self.form else None


def _corridor(journey: Journey) -> str:
    arrow = "←" if screen_language().right_to_left else "→"
    return f"{name_of_country(journey.origin)} {arrow} {name_of_country(journey.destination)}"


def corridor_words(known: Corridor) -> str:
    """How much this desk knows of a corridor, and how old that is."""
    if not known.known:
        return _("This desk holds no facts for this corridor yet. The universal guide is printed.")
    when = screen_date(known.compiled) if known.compiled else "?"
    return _(
        "{n} facts about {corridor}, gathered up to {date}.", n=len(known.facts), corridor=ltr(known.id), date=when
    )


def currency_of(country: str) -> str:
    """The money of a country, "" when it is not known."""
    from babel.core import get_global

    rows = get_global("territory_currencies").get(country, [])
    return next((str(code) for code, _first, last, tender in rows if last is None and tender), "")
