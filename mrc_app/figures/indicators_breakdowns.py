"""Every count of people by any dimension an office asks for, each crossed with sex; only for this office itself.

A release has the tables that were protected together, and no others: one more table could give a hidden cell back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mrc_app.errors import Invalid, Problem
from mrc_app.figures.indicators_figures import Counted
from mrc_app.figures.indicators_people import Counting, Entry, table
from mrc_app.figures.tables import CONTACTS, PERSONS
from mrc_app.figures.tiers import Tier
from mrc_app.i18n import N_

BY = (
    "age", "kind", "stage", "origin", "district", "destination", "sector", "skill", "channel", "disability", "minor",
)  # fmt: skip
"""What a person can be broken down by (facts collection, §1.3). Migration status is in no figure; services, modes and
matters stand in figures and tables of their own."""
WITH_NAMES = frozenset({"district", "disability"})
COUNTS = {"A1": "", "A2": "", "A3": "", "B1": "", "C2": "", "C8": "", "D1": "", "D3": "", "E1": "trained"}
"""The counts that are broken down, with the part that is the whole of them."""
NOT_BY = N_("Nothing is counted by “{by}”. Choose of: {known}.")
HERE_ONLY = N_("A breakdown of one's own choice is for this office only; a release has its own tables.")
NO_NAMES = N_("Your role reads no names, so it does not count by “{by}”.")


def allowed(by: Sequence[str], tier: Tier, *, names: bool) -> None:
    """Raises Invalid where a breakdown cannot be made."""
    for one in by:
        if one not in BY:
            raise Invalid(by=Problem(NOT_BY, {"by": one, "known": ", ".join(BY)}))
        if tier is not Tier.INTERNAL:
            raise Invalid(by=HERE_ONLY)
        if one in WITH_NAMES and not names:
            raise Invalid(by=Problem(NO_NAMES, {"by": one}))


def tables(counting: Counting, by: Sequence[str], counted: Counted) -> Counted:
    """The tables of every count by sex and each of the dimensions; those that stand already are not made again."""
    there = {one.name for family in counted.families for one in family}
    made = []
    for code, part in COUNTS.items():
        entries = (counting.noted or {}).get((code, part), [])
        for one in dict.fromkeys(by):
            name = f"{code}.sex_{one}"
            if entries and name not in there:
                measure = PERSONS if code in ("A1", "A2", "D1", "D3", "E1") else CONTACTS
                cells: Counter[tuple[str, ...]] = Counter(
                    (word(counting, entry, "sex"), word(counting, entry, one)) for entry in entries
                )
                made.append(table(name, ("sex", one), dict(cells), measure))
    return Counted((), tuple((one,) for one in made))


def word(counting: Counting, entry: Entry, dimension: str) -> str:
    """What a line behind a figure is in one dimension."""
    own = dict(entry.words)
    return own[dimension] if dimension in own else str(getattr(counting.person(entry.person), dimension, ""))
