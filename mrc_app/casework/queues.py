"""Queues: who waits today at a clinic table, by ticket number or name, who is served, and what is left to finish.

Only rules: the queue itself is a draft that the officers of a centre file share, and who was served leaves no word in
it. Several tables may work on one queue: each place that was taken says by whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mrc_app.i18n import N_, Labelled

# -- Words


class Stand(Labelled):
    """How far somebody in the queue has come."""

    WAITING = "waiting", N_("waiting")
    NOW = "now", N_("at the table now")
    LATER = "later", N_("to finish later")
    DONE = "done", N_("served")
    LEFT = "left", N_("went away")


OPEN = (Stand.NOW, Stand.WAITING, Stand.LATER)
"""Who is not served yet, in the order of the list."""
LEAST = 5
"""A smaller number is not told to anybody outside."""
REST = ""
"""Every nationality that is not named: not said, or too few."""


@dataclass(frozen=True)
class Place:
    """Somebody's place in the queue. ``typed`` is the half-filled form of one who is finished later, ``officer`` whose
    table she came to."""

    ticket: int
    on: date
    name: str = ""
    nationality: str = ""
    language: str = ""
    stand: Stand = Stand.WAITING
    typed: Mapping[str, Any] = field(default_factory=dict)
    officer: str = ""

    @property
    def key(self) -> str:
        """Day and ticket: one place for certain."""
        return f"{self.on.isoformat()}:{self.ticket}"


Queue = tuple[Place, ...]

# -- Rules


def next_ticket(queue: Queue, today: date) -> int:
    """The next ticket of the day; every day begins with 1, and no number is given twice."""
    return max((place.ticket for place in queue if place.on == today), default=0) + 1


def join(queue: Queue, today: date, *, name: str = "", nationality: str = "", language: str = "") -> Queue:
    """One more person waits; the ticket alone is enough."""
    one = Place(next_ticket(queue, today), today, " ".join(name.split()), nationality, language)
    return (*queue, one)


def next_one(queue: Queue) -> Place | None:
    """Who has waited longest."""
    return next((place for place in in_order(queue) if place.stand is Stand.WAITING), None)


def in_order(queue: Queue) -> list[Place]:
    """Who is at the table, who waits, then who is finished later; nobody who was served or went away."""
    here = [place for place in queue if place.stand in OPEN]
    return sorted(here, key=lambda place: (OPEN.index(place.stand), place.on, place.ticket))


def mine(place: Place, officer: str) -> bool:
    """Whether an officer may call somebody: nobody else has taken her."""
    return place.officer in ("", officer)


def take(queue: Queue, key: str, officer: str = "") -> Queue:
    """Somebody comes to an officer's table. Whoever sat there is finished later. Who was taken by another officer
    stays with that one, and the queue is as it was."""
    if not any(place.key == key and mine(place, officer) and place.stand in OPEN for place in queue):
        return queue
    return tuple(
        replace(place, stand=Stand.NOW, officer=officer)
        if place.key == key
        else replace(place, stand=Stand.LATER)
        if place.stand is Stand.NOW and place.officer == officer
        else place
        for place in queue
    )


def at_table(queue: Queue, officer: str = "") -> Place | None:
    """Who sits at an officer's table."""
    return next((place for place in queue if place.stand is Stand.NOW and place.officer == officer), None)


def later(queue: Queue, key: str, typed: Mapping[str, Any]) -> Queue:
    """Her form is kept half-filled and stays in the list. The list calls her what the form calls her."""
    known = {name: str(typed.get(name) or "") for name in ("call_name", "nationality", "language")}
    return tuple(
        replace(
            one, name=known["call_name"], nationality=known["nationality"], language=known["language"],
            stand=Stand.LATER, typed=dict(typed),
        )
        if one.key == key
        else one
        for one in queue
    )  # fmt: skip


def served(queue: Queue, key: str) -> Queue:
    """She was helped: only the number stays."""
    return _emptied(queue, key, Stand.DONE)


def left(queue: Queue, key: str) -> Queue:
    """She went away before her turn: only the number stays."""
    return _emptied(queue, key, Stand.LEFT)


def _emptied(queue: Queue, key: str, stand: Stand) -> Queue:
    return tuple(Place(one.ticket, one.on, stand=stand) if one.key == key else one for one in queue)


def of_day(queue: Queue, today: date) -> Queue:
    """What of a queue counts today: of other days only the forms that are still to be finished, by whoever is here."""
    begun = (
        replace(one, stand=Stand.LATER if one.typed else one.stand, officer="") if one.on != today else one
        for one in queue
    )
    return tuple(one for one in begun if one.on == today or one.stand is Stand.LATER)


def unfinished(queue: Queue, officer: str) -> bool:
    """Whether forms wait for an officer to be finished."""
    return any((one.stand is Stand.LATER or bool(one.typed)) and mine(one, officer) for one in queue)


def as_data(queue: Queue) -> dict[str, Any]:
    """A queue as a draft keeps it."""
    return {
        "places": [
            {
                "ticket": one.ticket, "on": one.on.isoformat(), "name": one.name, "nationality": one.nationality,
                "language": one.language, "stand": one.stand.value, "typed": dict(one.typed),
                "officer": one.officer,
            }
            for one in queue
        ]
    }  # fmt: skip


def from_data(data: Mapping[str, Any]) -> Queue:
    """A queue as a draft kept it."""
    return tuple(
        Place(**{**one, "on": date.fromisoformat(one["on"]), "stand": Stand(one["stand"])})
        for one in data.get("places", ())
    )


def by_nationality(nationalities: Iterable[str]) -> dict[str, int]:
    """How many of each, the most first; "" where it was not said."""
    counted = Counter(nationalities)
    return dict(sorted(counted.items(), key=lambda pair: (pair[0] == REST, -pair[1], pair[0])))


def for_outside(counts: Mapping[str, int]) -> dict[str, int]:
    """The same for somebody outside: fewer than five are merged into the rest, and with them the next smallest until
    nobody can work the few out from the total. Empty when even all together are too few."""
    named = {name: n for name, n in counts.items() if name != REST and n >= LEAST}
    rest = sum(counts.values()) - sum(named.values())
    while 0 < rest < LEAST and named:
        rest += named.pop(min(named, key=lambda name: (named[name], name)))
    if 0 < rest < LEAST:
        return {}
    return named | ({REST: rest} if rest else {})


def too_few(number: int) -> bool:
    """Whether a number is told to somebody outside only as "fewer than five"."""
    return 0 < number < LEAST
