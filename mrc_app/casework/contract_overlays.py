"""What else to ask in a sector: domestic work, fishing, construction. Questions with their international source.

A source whose text was not read is "reported, not checked": it asks, and is never a rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mrc_app.casework.contract_findings import Question, Verdict
from mrc_app.casework.contract_payers import Who, nobody, who, words
from mrc_app.casework.contract_terms import BY_AGREEMENT, Terms
from mrc_app.i18n import N_

# -- Words

WRITTEN = N_("Is there a written contract that she can enforce where she works, before she crosses the border?")
PARTICULARS = N_(
    "Does it name both parties with addresses, the workplace, the work, the pay and how it is reckoned, the hours, "
    "leave and rest, food and room, probation, the journey home and how it ends?"
)
FREE_DAYS = N_("Is she free to leave the household in her rest time and leave?")
PAPERS = N_("Does she keep her passport and papers herself?")
REST_DAY = N_("Is there a weekly rest of at least 24 hours together?")
STANDBY = N_("Do hours when she must be ready for the household count as hours of work?")
OWN_ROOM = N_("Is there a private room that can be locked?")
CATCH = N_("Is a share of the catch paid, and how is it reckoned? Is a least wage fixed beside it?")
CATCH_SEEN = N_("May he see the books of catch and sale?")
AT_SEA = N_("Are at least 10 hours of rest in a day and 77 in a week fixed at sea?")
FISHER_HOME = N_("Does the owner pay the journey home, also from a foreign port and when the vessel is abandoned?")
FISHER_PAPER = N_("Is there a work agreement on board that he understands, and a list of the crew?")
HEAT = N_("Are shade, water, breaks and a ban on work in the midday heat promised?")
PROTECTION = N_("Are helmet, shoes and other protection given free of charge, and is he trained for the work?")
HEIGHTS = N_("Are scaffolds and work at height made safe, and may he leave when there is danger?")
CAMP = N_("How many sleep in one room, and who pays transport to the site?")
SOURCES = {
    "C189-7": N_("Domestic Workers Convention, 2011 (No. 189), Article 7"),
    "C189-8": N_("Domestic Workers Convention, 2011 (No. 189), Article 8"),
    "C189-6": N_("Domestic Workers Convention, 2011 (No. 189), Article 6, and Recommendation No. 201"),
    "C189-9": N_("Domestic Workers Convention, 2011 (No. 189), Article 9"),
    "C189-10": N_("Domestic Workers Convention, 2011 (No. 189), Article 10"),
    "C188-pay": N_("Work in Fishing Convention, 2007 (No. 188), on payment"),
    "C188-rest": N_("Work in Fishing Convention, 2007 (No. 188), on hours of rest"),
    "C188-home": N_("Work in Fishing Convention, 2007 (No. 188), on repatriation"),
    "C188-paper": N_("Work in Fishing Convention, 2007 (No. 188), on the fisher's work agreement"),
    "C167": N_("Safety and Health in Construction Convention, 1988 (No. 167)"),
    "C155": N_("Occupational Safety and Health Convention, 1981 (No. 155)"),
    "R115": N_("Workers' Housing Recommendation, 1961 (No. 115)"),
}
_READ = ("C189-7", "C189-8")

# -- Rules

Answered = Callable[[Terms], Verdict]


@dataclass(frozen=True)
class Asked:
    """A question of a sector: its point, its source, and how the terms may answer it."""

    id: str
    check: str
    question: str
    source: str
    answered: Answered


def _open(terms: Terms) -> Verdict:
    """The terms do not hold it: the officer asks."""
    return Verdict.UNCLEAR


def _complete(terms: Terms) -> Verdict:
    keys = (
        "job",
        "employer",
        "workplace",
        "wage.amount",
        "wage.per",
        "leave_days",
        "notice_days",
        "repatriation.paid_by",
    )
    if any(terms.is_silent(key) for key in keys):
        return Verdict.MISSING
    return Verdict.UNCLEAR if any(terms.is_absent(key) for key in keys) else Verdict.OK


def _movement(terms: Terms) -> Verdict:
    said = terms.yes("movement.free")
    return Verdict.UNCLEAR if said is None else Verdict.OK if said else Verdict.WORSE


def _papers(terms: Terms) -> Verdict:
    named = who(terms.said("passport_kept_by"))
    return Verdict.UNCLEAR if not named else Verdict.OK if named == {Who.WORKER} else Verdict.WORSE


def _rest(terms: Terms) -> Verdict:
    days = terms.said("rest.days_per_week")
    if days == BY_AGREEMENT or days == 0 or terms.yes("rest.may_be_worked"):
        return Verdict.WORSE
    return Verdict.OK if (terms.number("rest.days_per_week") or 0) >= 1 else Verdict.UNCLEAR


def _room(terms: Terms) -> Verdict:
    said = terms.said("accommodation")
    if nobody(said):
        return Verdict.WORSE
    return Verdict.OK if words(said) & {"lockable", "lock"} else Verdict.UNCLEAR


def _home(terms: Terms) -> Verdict:
    named = who(terms.said("repatriation.paid_by"))
    return Verdict.WORSE if named & {Who.WORKER, Who.SHARED} else Verdict.UNCLEAR


def _protection(terms: Terms) -> Verdict:
    named = who(terms.said("equipment_paid_by"))
    return Verdict.WORSE if named & {Who.WORKER, Who.SHARED} else Verdict.UNCLEAR


OVERLAYS: dict[str, tuple[Asked, ...]] = {
    "domestic": (
        Asked("D1", "24", WRITTEN, "C189-8", _open),
        Asked("D2", "1", PARTICULARS, "C189-7", _complete),
        Asked("D3", "18", FREE_DAYS, "C189-9", _movement),
        Asked("D4", "14", PAPERS, "C189-9", _papers),
        Asked("D5", "9", REST_DAY, "C189-10", _rest),
        Asked("D6", "8", STANDBY, "C189-10", _open),
        Asked("D7", "13", OWN_ROOM, "C189-6", _room),
    ),
    "fishing": (
        Asked("F1", "6", CATCH, "C188-pay", _open),
        Asked("F2", "7", CATCH_SEEN, "C188-pay", _open),
        Asked("F3", "8", AT_SEA, "C188-rest", _open),
        Asked("F4", "21", FISHER_HOME, "C188-home", _home),
        Asked("F5", "23", FISHER_PAPER, "C188-paper", _open),
    ),
    "construction": (
        Asked("B1", "17", HEAT, "C155", _open),
        Asked("B2", "17", PROTECTION, "C167", _protection),
        Asked("B3", "17", HEIGHTS, "C167", _open),
        Asked("B4", "13", CAMP, "R115", _open),
    ),
}
"""The questions of each sector."""


def questions(terms: Terms, sector: str) -> tuple[Question, ...]:
    """The sector's questions, with what the terms answer."""
    return tuple(
        Question(one.id, one.check, one.question, SOURCES[one.source], one.source in _READ, one.answered(terms))
        for one in OVERLAYS.get(sector, ())
    )
