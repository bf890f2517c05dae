"""The words of time limits: what starts the clock, how it counts, whose rule it is, and what is said about the day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mrc_app.errors import Problem
from mrc_app.i18n import N_, Catalog, Labelled, isolate

# -- Words


class Event(Labelled):
    """What the clock starts from."""

    END_OF_WORK = "end_of_work", N_("the work ended")
    WRONG = "wrong", N_("the wrong was done, or she learned of it")
    RETURN = "return", N_("she returned")
    PERMIT_END = "permit_end", N_("the permit ended")
    LODGED = "lodged", N_("the complaint was lodged")
    DECISION = "decision", N_("a decision was made or received")
    PAID = "paid", N_("the money was paid")
    INJURY = "injury", N_("the injury happened")
    OTHER = "other", N_("another event")
    NOT_STATED = "not_stated", N_("the source does not say from when it counts")


class Unit(Labelled):
    """What a time limit counts."""

    DAYS = "days", N_("days")
    WORKING_DAYS = "working_days", N_("working days")
    WEEKS = "weeks", N_("weeks")
    MONTHS = "months", N_("months")
    YEARS = "years", N_("years")


class RuleSide(Labelled):
    """Whose rule a time limit is."""

    ORIGIN = "origin", N_("country of origin")
    DESTINATION = "destination", N_("country of work")
    AGREEMENT = "agreement", N_("agreement between the two")
    CONTRACT = "contract", N_("contract")


class Other(Labelled):
    """The other half of a rule that says "whichever is earlier"."""

    STAY = "stay", N_("the limit of her stay (the visa)")


class Purpose(Labelled):
    """What must be done by the day."""

    CLAIM = "claim", N_("claim wages and other dues")
    COMPLAIN = "complain", N_("complain to the authority")
    REPORT_RECRUITER = "report_recruiter", N_("report illegal recruitment")
    LEAVE_OR_EXTEND = "leave_or_extend", N_("leave or extend the stay")
    ANSWER = "answer", N_("answer or appear")
    APPEAL = "appeal", N_("challenge the decision")
    OTHER = "other", N_("another step")


class State(Labelled):
    """How a time limit stands on a day."""

    UNKNOWN = "unknown", N_("the day is not known")
    RUNNING = "running", N_("running")
    LAST_DAY = "last_day", N_("today is the last day")
    PASSED = "passed", N_("the date we know has passed")
    DONE = "done", N_("done in time")
    DROPPED = "dropped", N_("no longer followed")


class Ask(Labelled):
    """What must be found out before the day is sure."""

    START = "start", N_("On which day did it begin to count?")
    LENGTH = "length", N_("How long is the time limit? Ask a lawyer or the office.")
    STAY = "stay", N_("Until which day may she stay? Look at the visa or the stamp.")


class RestDay(Labelled):
    """Days on which offices may be closed."""

    FRIDAY = "friday", N_("Friday")
    SATURDAY = "saturday", N_("Saturday")
    SUNDAY = "sunday", N_("Sunday")


class Left(NamedTuple):
    """A number of days that are left, to be said with its own plural."""

    days: int


SENTENCES = {
    "running": N_("{day} at the latest: {left}."),
    "running_open": N_("{day} at the latest: {left}; earlier if the visa ends earlier."),
    "running_start": N_("{day} at the latest: {left}; earlier if the other limit, not known yet, ends earlier."),
    "last_day": N_("Today, {day}, is the last day."),
    "last_day_open": N_("Today, {day}, is the last day at the latest; earlier if the visa ended earlier."),
    "passed": N_("The date we know ({day}) has passed; ask a lawyer."),
    "unknown": N_("The last day is not known. Find it out."),
    "done": N_("Done on {day}."),
    "dropped": N_("No longer followed: {reason}"),
    "rest_day": N_("This is a {weekday}: offices may be closed. The day does not move; go before."),
    "hearing": N_("The hearing on {hearing} comes after this day."),
    "stale": N_("The rule was last checked on {checked}, more than 12 months ago. Check it before you rely on it."),
    "unchecked": N_("Nobody has checked this rule since it was written down. Check it before you rely on it."),
    "checked": N_("Checked on {checked} by {who}."),
    "read": N_("Read on {checked}; not yet confirmed at this desk."),
    "typed": N_("Written down at this desk by {who}."),
    "working_days": N_("Public holidays are not known here: none is left out, so the true day may be later."),
}

# -- Rules


def written(said: Problem, language: str) -> str:
    """A sentence in a language: dates in the reader's calendar, days left with their plural, the rest isolated."""
    from mrc_app.calendars import both

    catalog = Catalog.load(language, "mrc_app")

    def shown(value: object) -> str:
        if isinstance(value, Left):
            return days_left(value.days, catalog)
        if isinstance(value, date):
            return both(value, catalog.language.code)
        if isinstance(value, Labelled):
            return catalog.find(value.label) or value.label
        return str(value)

    text = catalog.find(said.message) or said.message
    return text.format(**{name: isolate(shown(value)) for name, value in said.values.items()})


def days_left(days: int, catalog: Catalog) -> str:
    """So many days left, in a catalogue's language."""
    ngettext = catalog.plural
    return ngettext("{n} day left", "{n} days left", days).format(n=days)
