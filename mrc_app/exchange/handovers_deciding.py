"""Decides before anything is written: an arriving hand-over beside what is kept here. Pure.

A record that is not here is new. A register that says what is said here is the same. What the giver changed since the
last exchange, and nobody here, is taken over and named. Where both say something else, an officer chooses: the
difference stands with both values, and nothing is overwritten until she did.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

from mrc_app.errors import Invalid, Problem
from mrc_app.exchange.handovers_parts import Item, Origin, empty
from mrc_app.i18n import N_

Choice = Literal["ours", "theirs"]
CHOICES = ("ours", "theirs")
WHO_SHE_IS = frozenset({
    "call_name", "given", "father", "grandfather", "native", "sex", "birth", "nationality", "id", "passport",
})  # fmt: skip
"""Registers of a person that are never taken over without a choice, even where nobody here changed them."""
NOT_COMPARED = frozenset({"number", "client", "journey", "content"})
"""Registers that never differ in anything a person would settle: identities, and content that never changes."""

# -- Record


@dataclass(frozen=True)
class Base:
    """What both sides knew after their last exchange: for each register a digest, never the value."""

    salt: str = ""
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @staticmethod
    def of(salt: str, items: Iterable[Item]) -> Base:
        """The base that an exchange of these records leaves behind."""
        rows = {
            "/".join(one.origin): {name: digest(salt, value) for name, value in one.fields.items()} for one in items
        }
        return Base(salt, rows)

    @staticmethod
    def read(text: str) -> Base:
        """A base as it was kept; nothing for an empty text."""
        said = json.loads(text) if text else {}
        return Base(said.get("salt", ""), said.get("rows", {}))

    def text(self) -> str:
        """The base as it is kept."""
        return json.dumps({"salt": self.salt, "rows": self.rows}, sort_keys=True, separators=(",", ":"))

    def knew(self, origin: Origin, register: str) -> bool:
        """Whether a register was exchanged before."""
        return register in self.rows.get("/".join(origin), {})

    def is_still(self, origin: Origin, register: str, value: Any) -> bool:
        """Whether a value is the one that was exchanged last."""
        return self.rows.get("/".join(origin), {}).get(register) == digest(self.salt, value)


@dataclass(frozen=True)
class Difference:
    """Both values of one register, to be chosen between. ``id`` names it in a file of decisions."""

    id: str
    kind: str
    origin: Origin
    register: str
    ours: Any
    theirs: Any
    local: str


@dataclass(frozen=True)
class Step:
    """One record to be kept: ``add`` as new, or ``set`` registers of the one here. ``local``: its identity here."""

    op: Literal["add", "set"]
    item: Item
    local: str
    registers: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What would be done: the steps; how many records are new and the same; registers taken over; what is to be
    chosen; what cannot be kept here yet."""

    steps: tuple[Step, ...]
    new: int
    same: int
    changed: tuple[str, ...]
    conflicts: tuple[Difference, ...]
    open: tuple[str, ...]
    gaps: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether an officer has chosen wherever a choice is hers."""
        return not self.open


@dataclass(frozen=True)
class Beside:
    """What is kept here beside the document: records by origin, the identity of each, and those put away or hidden."""

    items: Mapping[Origin, Item]
    local: Mapping[Origin, str]
    apart: frozenset[Origin] = frozenset()


# -- Rules

NO_CHOICE = N_("“{choice}” is no choice for “{id}”: write ours or theirs.")
NO_DIFFERENCE = N_("There is no difference “{id}” to decide.")


def digest(salt: str, value: Any) -> str:
    """A value that can be compared and not read."""
    said = json.dumps([salt, value], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(said.encode()).hexdigest()[:32]


def decide(
    document: Iterable[Item],
    beside: Beside,
    base: Base,
    choices: Mapping[str, str],
    *,
    known: Iterable[str],
    way: Difference | None = None,
) -> Plan:
    """The steps for a document. ``beside.local`` has an identity for every record of it; ``known`` are the kinds this
    program keeps; ``way``: that she is going somewhere else than the journey kept here says (theirs: theirs is added
    beside it). Raises Invalid for a choice that is none, or about nothing."""
    steps, changed, gaps = list[Step](), list[str](), list[str]()
    conflicts = [way] if way else []
    new = same = 0
    kinds, items = frozenset(known), list(document)
    for one in items:
        local = beside.local[one.origin]
        ours = beside.items.get(one.origin)
        if one.kind not in kinds:
            gaps.append(one.kind)
        elif _stays_as_it_is(one, ours, beside, choices, way):
            same += 1
        elif ours is None:
            new += 1
            steps.append(Step("add", one, local, tuple(one.fields)))
        else:
            taken, differing = _compare(one, ours, base, local)
            wanted = [other.register for other in differing if choices.get(other.id) == "theirs"]
            conflicts += differing
            changed += [f"{one.kind}.{name}" for name in taken]
            same += not taken and not differing
            if taken or wanted:
                steps.append(Step("set", one, local, (*taken, *wanted)))
    conflicts += _taken_back(items, beside, base)
    _check(choices, conflicts)
    undecided = tuple(one.id for one in conflicts if one.id not in choices)
    return Plan(tuple(steps), new, same, tuple(changed), tuple(conflicts), undecided, tuple(dict.fromkeys(gaps)))


def _stays_as_it_is(
    one: Item, ours: Item | None, beside: Beside, choices: Mapping[str, str], way: Difference | None
) -> bool:
    """Whether a record is put away or hidden here, or is a journey in whose place the one kept here stands."""
    if way is not None and one.origin == way.origin:
        return choices.get(way.id) == "ours"
    return ours is None and one.origin in beside.apart


def _compare(theirs: Item, ours: Item, base: Base, local: str) -> tuple[list[str], list[Difference]]:
    """The registers to take over, and those in which both say something else."""
    taken, differing = [], []
    for register, value in theirs.fields.items():
        here = ours.fields.get(register)
        if register in NOT_COMPARED or alike(register, value, here):
            continue
        before = base.knew(theirs.origin, register)
        if base.is_still(theirs.origin, register, value) or (not before and empty(value)):
            continue
        asked = theirs.kind == "client" and register in WHO_SHE_IS
        if empty(here) or (not asked and base.is_still(theirs.origin, register, here)):
            taken.append(register)
        else:
            name = _id(theirs, register)
            differing.append(Difference(name, theirs.kind, theirs.origin, register, here, value, local))
    return taken, differing


def alike(register: str, one: Any, other: Any) -> bool:
    """Whether two values say the same. Of a birth the days count, not how they were told; of a name not its case."""
    if one == other:
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        if register == "birth":
            return all(one.get(name) == other.get(name) for name in ("birth_first", "birth_last"))
        return {name: value for name, value in one.items() if not empty(value)} == {
            name: value for name, value in other.items() if not empty(value)
        }
    if isinstance(one, str) and isinstance(other, str):
        return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
    return empty(one) and empty(other)


def _taken_back(items: list[Item], beside: Beside, base: Base) -> Iterator[Difference]:
    """Records that came before and are no longer told: an officer says whether they are put away here too."""
    told = {one.origin for one in items}
    parts = {one.part for one in items}
    for row in base.rows:
        origin = Origin(*row.split("/", 1))
        ours = beside.items.get(origin)
        if ours is not None and origin not in told and ours.part in parts and ours.kind != "provider":
            yield Difference(_id(ours, "gone"), ours.kind, origin, "gone", False, True, beside.local[origin])


def _id(item: Item, register: str) -> str:
    return f"client.{register}" if item.kind == "client" else f"{item.kind}.{item.origin.record[:8]}.{register}"


def _check(choices: Mapping[str, str], conflicts: Iterable[Difference]) -> None:
    there = {one.id for one in conflicts}
    for name, choice in choices.items():
        if choice not in CHOICES:
            raise Invalid(decide=Problem(NO_CHOICE, {"id": name, "choice": choice}))
        if name not in there:
            raise Invalid(decide=Problem(NO_DIFFERENCE, {"id": name}))
