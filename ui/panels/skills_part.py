"""What she can do, the courses she takes, recognition of what she learned; job orders that fit; her certificate."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, NamedTuple

from PySide6.QtWidgets import QVBoxLayout

from mrc_app.casework import clients, job_orders, skills
from mrc_app.casework.job_orders import Match
from mrc_app.casework.skills import Recognition, Skill, Training
from mrc_app.i18n import _, isolate, ltr, ngettext
from mrc_app.store import seen
from ui.desk import Desk
from ui.panels.groups import heading_row
from ui.panels.return_parts import Part, dots, flow_of, line_row, named
from ui.panels.skills_asked import RECOGNITION, SKILL, TRAINING, form_of
from ui.widgets.choosers import name_of_country
from ui.widgets.controls import button, clear
from ui.widgets.occupations import occupation_words
from ui.widgets.text import Banner, card, chip, label
from ui.words import language_name, listed, sentence, word

MOST_MATCHES = 5
SORTS: dict[Any, tuple[Any, str]] = {
    Skill: (SKILL, "title"), Training: (TRAINING, "course"), Recognition: (RECOGNITION, "occupation"),
}  # fmt: skip
DO: dict[Any, tuple[str, Any]] = {
    Skill: ("skills.keep", skills.keep), Training: ("skills.train", skills.train),
    Recognition: ("skills.recognise", skills.recognise),
}  # fmt: skip
TONES = {"full": "green", "part": "blue", "not_yet": "amber", "pending": "plain", "completed": "green",
         "started": "blue", "left": "amber", "planned": "plain"}  # fmt: skip


class Read(NamedTuple):
    """What was read for one client."""

    skills: list[Skill]
    trainings: list[Training]
    recognitions: list[Recognition]
    speaks: tuple[str, ...]
    matches: list[Match]
    known: dict[str, Any]


class SkillsPart(Part):
    """The skills of one client."""

    shows: ClassVar[frozenset[str]] = frozenset({"skill", "training", "recognition", "joborder", "journey"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.told: Read | None = None
        frame, self._skills = card(spacing=6)
        self.column.addWidget(frame)
        frame, self._trainings = card(spacing=6)
        self.column.addWidget(frame)
        frame, self._recognitions = card(spacing=6)
        self.column.addWidget(frame)
        frame, self._matches = card(spacing=6)
        self.column.addWidget(frame)

    def refresh(self) -> None:
        """Reads again, beside the screen."""
        client, today = self.client, self.desk.today()

        def question(session: Any) -> Read:
            person = clients.by_uuid(session, client)
            rows = (skills.of_client(session, client), skills.trainings(session, client),
                    skills.recognitions(session, client))  # fmt: skip
            known = {one.uuid: seen(session, one) for part in rows for one in part}
            found = job_orders.matches(session, client, today)[:MOST_MATCHES]
            spoken = tuple(dict.fromkeys(code for code in (*person.speaks, person.language) if code))
            return Read(*rows, spoken, found, known)

        self.desk.ask(self, question, self._show)

    def _show(self, found: Read) -> None:
        self.told = found
        self._show_skills(found)
        clear(self._trainings)
        self.add_training = button(_("Add a course"), "", "plus", partial(self.ask, Training))
        self._trainings.addWidget(heading_row("book-open", _("Courses"), self.add_training))
        self._none(self._trainings, found.trainings)
        for course in found.trainings:
            hours = ngettext("{n} hour", "{n} hours", course.hours) if course.hours else ""
            until = _("certificate of {day}", day=self.both(course.certified_on)) if course.certified_on else ""
            parts = [word(course.kind), isolate(course.provider) if course.provider else "", hours, until]
            self._row(self._trainings, course, course.course, parts, course.state)
        clear(self._recognitions)
        self.add_recognition = button(_("Add a recognition"), "", "plus", partial(self.ask, Recognition))
        title = _("Recognition of what she learned (RPL)")
        self._recognitions.addWidget(heading_row("circle-check", title, self.add_recognition))
        self._none(self._recognitions, found.recognitions)
        for one in found.recognitions:
            parts = [
                occupation_words(one.isco), isolate(one.assessor) if one.assessor else "",
                _("level: {level}", level=isolate(one.level)) if one.level else "", self.both(one.assessed_on),
                _("number …{last4}", last4=ltr(one.number_last4)) if one.number_last4 else "",
            ]  # fmt: skip
            self._row(self._recognitions, one, one.occupation, parts, one.result)
        self._show_matches(found)

    def _show_skills(self, found: Read) -> None:
        clear(self._skills)
        self.add_skill = button(_("Add a skill"), "", "plus", partial(self.ask, Skill))
        self.paper = button(_("Certificate of experience"), "", "printer", self.certificate)
        self._skills.addWidget(heading_row("hand-heart", _("What she can do")))
        self._skills.addWidget(flow_of(self.add_skill, self.paper))
        spoken = listed(language_name(code) for code in found.speaks)
        if spoken:
            self._skills.addWidget(label(_("Languages: {names}", names=spoken), "small"))
        self._none(self._skills, found.skills)
        for one in found.skills:
            years = ngettext("{n} year", "{n} years", one.years) if one.years is not None else ""
            parts = [
                occupation_words(one.isco), word(one.level) if one.level.value != "not_asked" else "", years,
                name_of_country(one.learned_country) if one.learned_country else "",
                isolate(one.workplace) if one.workplace else "",
                _("paper seen") if one.paper_seen.value == "yes" else "",
            ]  # fmt: skip
            self._row(self._skills, one, one.title, parts, one.kind)

    def _none(self, column: QVBoxLayout, rows: Any) -> None:
        if not rows:
            column.addWidget(label(_("Nothing is written down yet."), "muted"))

    def _row(self, column: QVBoxLayout, record: Any, title: str, parts: list[str], state: Any) -> None:
        mark = chip(word(state), TONES.get(state.value, "plain"))
        change = named(_("Change"), title, "quiet", "pencil", partial(self.ask, type(record), record))
        away = named(_("Take back"), title, "quiet", "trash-2", partial(self.take_back, record))
        below = dots(parts)
        column.addWidget(line_row(isolate(title), below, mark, change, away))

    # -- job orders

    def _show_matches(self, found: Read) -> None:
        clear(self._matches)
        every = button(_("All that fits"), "", on=partial(self.desk.window.show_page, "job_orders", self.client))
        self._matches.addWidget(heading_row("contact-round", _("Job orders that fit her"), every))
        if not found.matches:
            text = _("None now. The journey says where she wants to go and which work she looks for.")
            self._matches.addWidget(label(text, "muted"))
        held = skills.held_codes(found.skills, found.recognitions)
        for one in found.matches:
            reasons = [sentence(reason.said.message, reason.said.values) for reason in one.reasons if reason.fits]
            place = dots([one.order.title, name_of_country(one.order.country)])
            self._matches.addWidget(line_row(place, " ".join(reasons)))
            for block in one.blocks:
                self._matches.addWidget(label(sentence(block.message, block.values), "problem"))
            hint = skills.below_her_skill(one.order.isco, held)
            if hint is not None:
                self._matches.addWidget(Banner(sentence(hint.message, hint.values), "amber", "info"))
        if found.matches:
            self._matches.addWidget(label(_("Reasons, not a promise: the choice is hers."), "small"))

    # -- what can be done

    def ask(self, kind: type[Any], record: Any = None) -> None:
        """A new skill, course or recognition, or what changes on one."""
        asked, title = SORTS[kind]
        names: dict[Any, str] = {Skill: _("Add a skill"), Training: _("Add a course")}
        heading = isolate(getattr(record, title)) if record is not None else names.get(kind, _("Add a recognition"))
        form = form_of(asked, record, title)
        self.open_form(form, heading, _("Keep"), partial(self.keep, kind, record), asked[0].name)

    def keep(self, kind: type[Any], record: Any = None) -> None:
        """Keeps it."""
        typed, client = self.typed(), self.client
        if record is None:
            name, action = DO[kind]
            typed |= {"noted_on": self.desk.today()} if kind is Skill else {}
            self.do(name, lambda session: action(session, client=client, **typed))
            return

        def act(session: Any) -> None:
            skills.amend(session, skills.by_uuid(session, kind, record.uuid), changes=typed)

        self.do("skills.amend", act, [self.told.known[record.uuid]] if self.told else None)

    def take_back(self, record: Any) -> None:
        """Takes back what was written by mistake."""
        kind = type(record)
        self.close_form()
        self.do("skills.take_back",
                lambda session: skills.take_back(session, skills.by_uuid(session, kind, record.uuid)))  # fmt: skip

    def certificate(self) -> None:
        """The page of experience she takes along."""
        from ui.panels import skills_certificate

        skills_certificate.ask(self.desk, self.client, self)
