"""Before a guide is printed: what is missing by name, what must be asked, what to read first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mrc_app.casework import clients, journeys
from mrc_app.casework.client_words import Answer
from mrc_app.casework.clients import Client
from mrc_app.casework.journeys import Journey
from mrc_app.errors import Problem
from mrc_app.guides.conditions import read_first
from mrc_app.guides.homecoming import Homecoming
from mrc_app.guides.kinds import RETURN
from mrc_app.guides.making import GuideRequest, in_words
from mrc_app.guides.person import PersonFacts
from mrc_app.guides.records import facts_of
from mrc_app.i18n import N_

QUESTIONS = {
    "safe_to_carry": N_("Is it safe for her to carry this book? Who else will see it?"),
    "phone_private": N_("Is the phone hers alone?"),
}


@dataclass(frozen=True)
class Readiness:
    """Everything the officer should see before printing.

    ``missing`` names fields of her record (field → message id), ``unknown`` the sections in which something is not
    known here, ``questions`` what must be asked (word → message id), ``read_first`` the sections to read first.
    """

    missing: Mapping[str, str]
    unknown: tuple[str, ...]
    questions: Mapping[str, str]
    warnings: tuple[Problem, ...]
    untranslated: int
    lines: int
    read_first: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing of her record is missing and every line is in her language."""
        return not self.missing and not self.untranslated


def before_printing(client: Client, journey: Journey | None, request: GuideRequest) -> Readiness:
    """What stands between a client and her guide. ``request`` says corridor, language and day; it need hold no person.

    Safe to carry is asked every time; whether the phone is hers alone, unless she has said yes. Raises Invalid as
    ``making.make`` does.
    """
    from dataclasses import replace

    person = request.person or facts_of(client, journey, today=request.today)
    of, model = in_words(replace(request, person=person))
    asked = dict(QUESTIONS)
    if client.phone_private is Answer.YES:
        del asked["phone_private"]
    return Readiness(
        missing(client, journey, person, request.kind),
        tuple(model.missing),
        asked,
        model.warnings,
        model.untranslated,
        sum(1 for said in model.every() if said.text),
        tuple(read_first(of.known, of.kind)),
    )


COMING_HOME = {
    "return": N_("day of return"),
    "cover": N_("cover: scheme, months, last four of the number"),
    "plan": N_("plan with what is agreed and not promised"),
    "follow_ups": N_("days of the follow-up"),
}
"""What a return guide lacks while nothing of it is written down."""


def missing(client: Client, journey: Journey | None, person: PersonFacts, kind: str) -> dict[str, str]:
    """What a guide of a kind still lacks: field → message id, her own first."""
    if kind != RETURN.rules:
        return dict(journeys.missing_for_guide(journey, client))
    gaps = dict(clients.missing(client))
    if journey is None:
        gaps["destination"] = N_("journey: from where to where")
    told = person.homecoming or Homecoming()
    there = {
        "return": told.home is not None, "cover": bool(told.covers), "plan": told.plan is not None,
        "follow_ups": bool(told.meetings),
    }  # fmt: skip
    return gaps | {field: label for field, label in COMING_HOME.items() if not there[field]}
