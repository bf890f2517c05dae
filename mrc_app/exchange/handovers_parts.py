"""What a hand-over is made of: its parts, what each part takes of her record, and which of her answers opens it.

One table, consent × part. What stands in no part never leaves with a hand-over; ``NEVER`` says why. Notes in free
words stay unless she said yes to exactly that, and so do the parts that could hurt her; a case kept for named officers,
or one of violence, goes only under a yes to that case itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from mrc_app.casework import consents
from mrc_app.casework.consents import Consent, Purpose, Standing
from mrc_app.casework.grievance_words import Code
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_, Labelled
from mrc_app.store.folding import fold

# -- Words


class Part(Labelled):
    """One part of her record that may be handed over."""

    CLAIM = "claim", N_("her case and what she claims")
    CONTACTS = "contacts", N_("how to reach her safely")
    DOCUMENTS = "documents", N_("her papers and their numbers")
    CONTRACTS = "contracts", N_("her contracts")
    COSTS = "costs", N_("what she paid, borrowed and earned")
    JOURNEY = "journey", N_("her journey and her work")
    PLAN = "plan", N_("what she needs, her plan and its follow-up")
    SKILLS = "skills", N_("what she can do, courses and recognition")
    REFERRALS = "referrals", N_("where she was referred to")
    LETTERS = "letters", N_("which letters were written")
    COUNSELLING = "counselling", N_("what was said in counselling")
    HEALTH = "health", N_("injuries and medical papers")
    SCREENING = "screening", N_("the forced-labour screening")
    NOTES = "notes", N_("notes in free words")


class Stays(Labelled):
    """Why a part stays here."""

    NOT_CHOSEN = "not_chosen", N_("not chosen")
    NOTHING = "nothing", N_("nothing is kept of it")
    NOT_ASKED = "not_asked", N_("she was not asked")
    REFUSED = "refused", N_("she refused")
    WITHDRAWN = "withdrawn", N_("she withdrew her consent")
    EXPIRED = "expired", N_("her consent has ended")
    OWN_YES = "own_yes", N_("it needs a yes of its own")


# -- Record


class Origin(NamedTuple):
    """Where a record was made: the centre, and the record's identity there. The same at every desk."""

    centre: str
    record: str


@dataclass(frozen=True)
class Item:
    """One record as it travels: its registers, with origins in place of identities."""

    kind: str
    origin: Origin
    part: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Here:
    """Who reads: this centre and its name, and what is known here of where records come from."""

    centre: str
    name: str
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def origin(self, uuid: str) -> Origin:
        """Where a record kept here was made."""
        return self.origins.get(uuid, Origin(self.centre, uuid))


# -- Rules

OWN_YES = frozenset({Part.COUNSELLING, Part.HEALTH, Part.SCREENING, Part.NOTES})
"""Parts that go only when she said yes to exactly them (P8 with the part's word as scope)."""
ALSO: dict[Part, Purpose] = {Part.CLAIM: Purpose.COMPLAINT, Part.CONTACTS: Purpose.CONTACT}
"""A second purpose that must not be refused, withdrawn or ended for the part to go."""
VIOLENCE = frozenset({Code.E14, Code.E15})
"""Cases of these codes need a yes of their own even where nobody has restricted them."""
PERSON = (
    "number", "call_name", "given", "father", "grandfather", "native", "sex", "birth", "language", "speaks",
    "can_read", "interpreter", "nationality", "origin_country", "fears_own_state",
)  # fmt: skip
"""Of herself, with whatever part goes: without it nobody could take her in. That she fears her own state goes along so
that nobody over there sends her to her embassy."""
OF_HERSELF: dict[Part, tuple[str, ...]] = {
    Part.CONTACTS: ("phone", "emergency", "district", "place", "location_country", "location_place"),
    Part.DOCUMENTS: ("id", "passport"),
}
ROUTE = ("client", "route", "stage")
"""Of a journey, with any part that stands on it."""
KINDS: dict[Part, tuple[str, ...]] = {
    Part.CLAIM: (
        "grievance", "complainant", "respondent", "grievanceevent", "evidence", "hearing", "remedy", "claim",
        "wagemonth", "claimentry", "instalment", "casecost", "deadline",
    ),
    Part.CONTACTS: (),
    Part.DOCUMENTS: ("attachment",),
    Part.CONTRACTS: ("contract", "contractstamp"),
    Part.COSTS: ("cost", "loan", "income"),
    Part.JOURNEY: ("journeystep",),
    Part.PLAN: ("plan", "planline", "supportinstalment", "followup", "return", "assessment", "cover"),
    Part.SKILLS: ("skill", "training", "recognition"),
    Part.REFERRALS: ("referral", "referralevent"),
    Part.LETTERS: ("letter",),
    Part.COUNSELLING: ("contact",),
    Part.HEALTH: ("injury",),
    Part.SCREENING: ("screening", "screeninganswer"),
    Part.NOTES: (),
}  # fmt: skip
ON_A_JOURNEY = frozenset({Part.CLAIM, Part.CONTRACTS, Part.COSTS, Part.JOURNEY, Part.PLAN})
NEVER: dict[str, str] = {
    "approvalitem": "the checklist of another country's office",
    "assignment": "who is in charge here says nothing over there",
    "attempt": "how often this desk tried to reach her stays here",
    "casemark": "the checklist of this office",
    "consent": "her answers were given to this desk; the yes to the hand-over goes in its head",
    "contractcheck": "a check is made again with the facts that are known over there",
    "enterprise": "her business is not the partner's",
    "erasure": "nobody is told who is to be erased",
    "handout": "what she was given is on paper",
    "hold": "a reason to keep a record holds for this desk",
    "household": "her family did not agree",
    "importedrow": "where a row came from is this desk's",
    "link": "the records of one person go as one",
    "membership": "her family did not agree",
    "recruiterevent": "the recruiter's file is for staff here",
    "recruiterlink": "the recruiter's file is for staff here",
    "recruiterreview": "her review was given to this desk",
    "request": "what an authority asked stays here",
    "restriction": "officers are named anew over there",
    "share": "what left for whom is this desk's log",
    "task": "a task belongs to an officer here; time limits and follow-ups go with their parts",
    "unionevent": "her membership is told by herself",
    "unionmembership": "her membership is told by herself",
    "sexconfirmed": "who looked at a missing sex before a report is this desk's",
    "handover": "the log of hand-overs is this desk's",
    "leftpart": "what left for whom is this desk's log",
    "exporttoken": "what she is called towards a ministry is between this centre and that ministry",
    "received": "what came is this desk's log",
    "origin": "origins travel with every record",
}
"""Kinds about her that are in no part, and why."""
WORDY = ("note", "outcome_note", "done_note", "dropped_because")
"""Columns of free words about her. They stay unless she said yes to the part NOTES or the part itself is hers alone."""
OFFICERS = ("by", "officer", "taken_by")
"""Columns that name an officer, besides those that end in ``_by``: over there the desk's name stands in their place."""

NO_PART = N_("There is no part “{part}”; there are: {parts}.")
NONE_CHOSEN = N_("Choose at least one part to hand over.")


def chosen(said: str | Iterable[str]) -> tuple[Part, ...]:
    """The parts named, each once, in the order of the list. Raises Invalid for a word that is no part, and for none."""
    words = [word.strip() for word in (said.split(",") if isinstance(said, str) else said)]
    for word in filter(None, words):
        if word not in list(Part):
            raise Invalid(parts=Problem(NO_PART, {"part": word, "parts": ", ".join(Part)}))
    found = tuple(part for part in Part if part.value in words)
    if not found:
        raise Invalid(parts=NONE_CHOSEN)
    return found


@dataclass(frozen=True)
class Answers:
    """Her answers about a hand-over to one partner, who is known by ``names``, on a day."""

    said: tuple[Consent, ...]
    names: frozenset[str]
    today: date

    def under(self, purpose: Purpose, *scopes: str) -> Standing:
        """What holds of a purpose under the first of these scopes about which she was asked."""
        for scope in scopes or ("",):
            mine = [one for one in self.said if one.purpose is purpose and fold(one.scope) == fold(scope)]
            found = consents.standing(mine, self.today)
            if found is not Standing.NOT_ASKED:
                return found
        return Standing.NOT_ASKED

    def stopped(self) -> Stays | None:
        """Whether a withdrawal stops every hand-over."""
        general = (self.under(Purpose.RECORD), self.under(Purpose.HAND_OVER))
        return Stays.WITHDRAWN if Standing.WITHDRAWN in general else None

    def in_general(self) -> Standing:
        """What holds for this partner: her answer about the partner, else her general one."""
        return self.under(Purpose.HAND_OVER, *sorted(self.names), "")


def stays(part: Part, answers: Answers) -> Stays | None:
    """Why a part may not leave; None when it may. An answer about the part itself goes before every other."""
    if (stopped := answers.stopped()) is not None:
        return stopped
    about = answers.under(Purpose.HAND_OVER, part.value)
    standing = about if about is not Standing.NOT_ASKED else answers.in_general()
    if standing is not Standing.GIVEN:
        return Stays(standing.value)
    if part in OWN_YES and about is not Standing.GIVEN:
        return Stays.OWN_YES
    also = answers.under(ALSO[part]) if part in ALSO else Standing.GIVEN
    return None if also in (Standing.GIVEN, Standing.NOT_ASKED) else Stays(also.value)


def case_stays(answers: Answers, *, identities: Sequence[str], closed: bool, codes: Iterable[Code]) -> Stays | None:
    """Why one case stays although the part CLAIM may leave; None when it goes. ``identities``: its uuid and number."""
    about = answers.under(Purpose.HAND_OVER, *identities)
    if about is Standing.NOT_ASKED:
        return Stays.OWN_YES if closed or not VIOLENCE.isdisjoint(codes) else None
    return None if about is Standing.GIVEN else Stays(about.value)


def part_of(kind: str) -> Part | None:
    """The part a kind of record stands in; None for one that is in none, or in whichever needs it."""
    return next((part for part, names in KINDS.items() if kind in names), None)


def empty(value: Any) -> bool:
    """Whether a register says nothing."""
    if isinstance(value, dict):
        return all(one in (None, "", 0, "not_asked", "not_stated") for one in value.values())
    return value in (None, "", 0, "not_asked", "not_stated", "[]")
