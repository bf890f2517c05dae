"""What is asked about a skill, a course and a recognition."""

from __future__ import annotations

from typing import Any

from mrc_app.casework.client_words import Answer
from mrc_app.casework.skill_words import Level, Recognised, SkillKind, TrainingKind, TrainingState
from mrc_app.i18n import N_
from ui.forms import Form
from ui.panels.asked import Asked, country, day, long, number, text, word
from ui.panels.groups import asked_form
from ui.panels.return_asked import must
from ui.widgets.occupations import OccupationField, occupation_words


def occupation(name: str, label: str) -> Asked:
    """An occupation by its ISCO-08 code, chosen by name."""

    def read(record: Any) -> Any:
        return getattr(record, name) or None

    return Asked(name, label, OccupationField, read, lambda record: occupation_words(getattr(record, name)))


LAST4 = N_("Last four characters of its number")
SKILL = (
    must("kind", N_("Kind of skill"), SkillKind),
    occupation("isco", N_("Work or ISCO-08 code")),
    text("title", N_("In her words")),
    word("level", N_("How well"), Level),
    number("years", N_("Years of practice")),
    country("learned_country", N_("Country where she did it")),
    text("workplace", N_("Employer or school")),
    word("paper_seen", N_("Paper seen?"), Answer),
    day("since", N_("From")),
    day("until", N_("Until")),
    text("number_last4", LAST4, ordered=True, limit=12),
    long("note", N_("Note")),
)
TRAINING = (
    text("course", N_("Course")),
    must("kind", N_("What it is about"), TrainingKind),
    text("provider", N_("School or office")),
    number("hours", N_("Hours in all")),
    day("since", N_("From")),
    day("until", N_("Until")),
    must("state", N_("How far it has come"), TrainingState),
    day("certified_on", N_("Certificate of")),
    text("number_last4", LAST4, ordered=True, limit=12),
    long("note", N_("Note")),
)
RECOGNITION = (
    occupation("isco", N_("Work or ISCO-08 code")),
    text("occupation", N_("Occupation")),
    text("assessor", N_("Who assesses it")),
    day("asked_on", N_("Asked for on")),
    must("result", N_("Result"), Recognised),
    text("level", N_("Level")),
    day("assessed_on", N_("Assessed on")),
    text("number_last4", LAST4, ordered=True, limit=12),
    long("note", N_("Note")),
)


def form_of(asked: tuple[Asked, ...], record: Any, title: str) -> Form:
    """A form; choosing an occupation fills in its title where nothing is typed yet."""
    form = asked_form(asked, record)
    if "isco" in form:
        chosen = form["isco"]
        assert isinstance(chosen, OccupationField)

        def fill() -> None:
            if chosen.title() and not form[title].value():
                form[title].set_value(chosen.title())

        chosen.changed.connect(fill)
    if record is None:
        silent = {"level": "not_asked", "paper_seen": "not_asked"}
        form.fill({name: value for name, value in silent.items() if name in form and title == "title"})
    return form
