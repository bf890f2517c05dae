"""The guides there are: one engine makes them all, and what differs between them stands here.

A kind names its sections by what they do (cover, job, numbers to call, card), which of them a discreet book tells aloud
instead, which wait for a child-protection check, and who stands behind a name in its sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_

Roles = Mapping[str, tuple[tuple[str, str], ...]]
Order = tuple[tuple[str, ...], ...]

GOING: Roles = {
    "labour_hotline": (("destination", "labour_hotline"), ("destination", "hotline")),
    "labour_help": (("destination", "labour_office"), ("destination", "labour_hotline")),
    "union_or_ngo": (("destination", "union"), ("destination", "ngo")),
    "ngo": (("destination", "ngo"),),
    "safe_helper": (
        ("destination", "union"),
        ("destination", "ngo"),
        ("destination", "legal_aid"),
        ("origin", "centre"),
    ),
    "safest_number": (("destination", "ngo"), ("destination", "union"), ("origin", "centre")),
    "confidential_helper": (("destination", "ngo"), ("destination", "safe_clinic")),
    "shelter_or_union": (("destination", "shelter"), ("destination", "union")),
    "unhcr_or_lawyer": (("destination", "unhcr_or_lawyer"),),
    "legal_aid": (("destination", "legal_aid"),),
    "legal_help": (("destination", "legal_aid"),),
    "safe_clinic": (("destination", "safe_clinic"),),
    "ambulance": (("destination", "ambulance"),),
    "crisis_line": (("destination", "crisis_line"), ("destination", "mental_health")),
    "child_line": (("destination", "child_line"),),
    "accident_office": (("destination", "labour_office"),),
    "arrival_number": (("destination", "labour_attache"), ("destination", "embassy"), ("origin", "centre")),
    "home_union": (("origin", "union"),),
    "licence_office": (("origin", "licence_office"),),
    "refund_office": (("origin", "labour_office"),),
}
COMING: Roles = {
    "safe_helper": GOING["safe_helper"],
    "legal_help": GOING["legal_help"],
    "ngo": GOING["ngo"],
    "unhcr_or_lawyer": GOING["unhcr_or_lawyer"],
    "safe_clinic": (("origin", "safe_clinic"),),
    "shelter": (("origin", "shelter"),),
    "rfl_number": (("origin", "red_cross"),),
    "mental_health": (("origin", "mental_health"),),
    "crisis_line": (("origin", "crisis_line"), ("origin", "mental_health")),
    "gbv_line": (("origin", "gbv_line"),),
    "child_line": (("origin", "child_line"),),
    "ambulance": (("origin", "ambulance"),),
    "local_union": (("origin", "union"),),
    "licensed_list": (("origin", "licence_office"),),
}


@dataclass(frozen=True)
class Kind:
    """One guide. ``rules`` names its file of sections; an empty section id means that it has none of that kind.

    ``hidden``: sections a discreet book replaces by one line. ``children_wait``: sections that wait for a
    child-protection check. ``abroad``: sections for somebody who has not come home yet. ``in_a_hurry``: the ten lines
    in order (an empty place is the ninth line, which depends on the person); ``in_a_hurry_home``: those for somebody
    who is home. ``not_said``: steps of the read-aloud script that do not belong to it. ``roles``: which kinds of
    service, on which side, may stand behind a name: the first there is, checked ones before others.
    """

    rules: str
    title: str
    cover: str
    services: str
    card: str
    blank: str
    hidden: frozenset[str]
    children_wait: frozenset[str]
    child_warning: str
    roles: Roles
    name_only: tuple[str, ...]
    in_a_hurry: Order
    in_a_hurry_home: Order
    read_first: tuple[str, ...]
    undiscreet: frozenset[str] = frozenset()
    abroad: frozenset[str] = frozenset()
    not_said: frozenset[str] = frozenset()


_TEN: Order = (
    ("D16.10",),
    ("D3.4", "D3.3"),
    ("D2.2", "D2.3", "D2.4", "D2.5"),
    ("D6.12", "D6.13"),
    ("D4.1", "D4.4"),
    ("D7.3", "D7.5"),
    ("D10.2", "D10.4"),
    ("D14.5", "D14.8"),
    (),
    ("D8.3",),
)

DEPARTURE = Kind(
    "departure",
    "X.departure_title",
    cover="D1",
    services="D16",
    card="D18",
    blank="D20",
    hidden=frozenset({"D6", "D14", "D15", "D17"}),
    undiscreet=frozenset({"D1.1"}),
    children_wait=frozenset({"D2"}),
    child_warning=N_("The job page (D2) is not printed: she is or may be under 18. First a child-protection check."),
    roles=GOING,
    name_only=("D4.7", "D5.10", "D11.12", "D12.8", "D14.9", "D14.10", "D17.5", "D17.6", "D17.8"),
    in_a_hurry=_TEN,
    in_a_hurry_home=_TEN,
    read_first=("D6", "D3", "D10", "D16", "D4"),
)
RETURN = Kind(
    "return",
    "X.return_title",
    cover="",
    services="R15",
    card="",
    blank="",
    hidden=frozenset({"R5", "R7"}),
    undiscreet=frozenset({"R2.13", "R2.15", "R4.2", "R4.4", "R14.2", "R16.4"}),
    children_wait=frozenset({"R9", "R10", "R16"}),
    child_warning=N_(
        "The pages about work (R9, R10, R16) are not printed: she is or may be under 18. "
        "First a child-protection check."
    ),
    roles=COMING,
    name_only=("R2.3",),
    in_a_hurry=(
        ("R2.14", "R2.15"),
        ("R2.1",),
        ("R2.2", "R2.3"),
        ("R2.6", "R2.8"),
        ("R2.10",),
        ("R2.11",),
        ("R2.7",),
        ("R2.9",),
        ("R3.3",),
        ("R15.2",),
    ),
    in_a_hurry_home=(
        ("R4.1", "R4.2"),
        ("R4.4",),
        ("R5.3",),
        ("R1.2",),
        ("R4.5",),
        ("R8.4", "R8.5"),
        ("R7.1", "R7.7"),
        ("R11.6",),
        ("R13.4",),
        ("R14.1", "R14.2"),
    ),
    read_first=("R1", "R4", "R5", "R13"),
    abroad=frozenset({"R2"}),
    not_said=frozenset({"S4", "S10"}),
)
KINDS = {kind.rules: kind for kind in (DEPARTURE, RETURN)}


def kind_of(name: str) -> Kind:
    """The guide of a name. Raises Invalid for none."""
    if name not in KINDS:
        raise Invalid(kind=Problem(N_("There is no guide “{kind}”: choose departure or return."), {"kind": name}))
    return KINDS[name]
