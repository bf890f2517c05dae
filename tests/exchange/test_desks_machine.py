"""The invariants of the journal over three to five desks, as a machine: people work, sticks are lost and come twice, a
file dies and its copy goes on; then everybody meets, and everything that was promised must hold."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlcipher3.dbapi2 import DatabaseError

from mrc_app.casework.clients import Client
from mrc_app.errors import MrcError
from mrc_app.exchange import desk_parcels_making
from mrc_app.store import capture, heads, identity, kinds, tables
from mrc_app.store.rows import Head
from tests.exchange import fleet_checks
from tests.exchange.fleet import YEAR_MS, Desk, Fleet
from tests.exchange.fleet_work import Work

D = st.integers(0, 4)
N = st.integers(0, 6)
REACHED: Counter[tuple[str, str]] = Counter()
PLAYED = Counter[str]()


ALONE = (
    "register", "look", "look", "household", "settle", "settle", "restrict", "restrict", "grant", "ask", "confirm",
    "take back", "merge", "newer", "edit", "edit", "place", "move", "withdraw", "sex",
)  # fmt: skip
"""What somebody does while nobody else looks."""
TOGETHER = (
    ("edit", "edit"), ("phone", "phone"), ("place", "place"), ("sex", "sex"), ("sex", "newer"), ("move", "move"),
    ("remove", "place"), ("remove", "move"), ("remove", "bring back"), ("remove", "edit"), ("settle", "settle"),
    ("settle", "edit"), ("withdraw", "answer"), ("withdraw", "withdraw"), ("answer", "answer"), ("lift", "lift"),
    ("lift", "restrict again"), ("grant", "grant"), ("lift", "grant"), ("ask", "edit"), ("ask", "ask"),
    ("unmerge", "unmerge"), ("unmerge", "merge again"), ("merge", "merge"), ("merge", "restrict"), ("ask", "withdraw"),
)  # fmt: skip
"""What two people do to the same record without knowing of each other."""


class Desks(RuleBasedStateMachine):
    """One story."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="mrc-machine-")
        self.fleet = Fleet(Path(self._folder.name))
        self.work = Work(self.fleet)
        self.over = False

    def desk(self, number: int) -> Desk:
        """One of the desks there are."""
        return self.fleet.desks[number % len(self.fleet.desks)]

    @initialize(off=st.permutations([0, YEAR_MS, -YEAR_MS]))
    def begin(self, off: list[int]) -> None:
        """Clocks stand as they stand."""
        for desk, one in zip(self.fleet.desks, off, strict=True):
            desk.off = one

    @rule(d=D, do=st.sampled_from(ALONE), which=N, n=N)
    def one_works(self, d: int, do: str, which: int, n: int) -> None:
        self.work.do(self.desk(d), do, which, n)

    @rule(d=D, other=D, do=st.sampled_from(TOGETHER), which=N, n=N, m=N)
    def two_work(self, d: int, other: int, do: tuple[str, str], which: int, n: int, m: int) -> None:
        self.work.do(self.desk(d), do[0], which, n)
        self.work.do(self.desk(other), do[1], which, m)

    @rule(d=D, other=D, which=N)
    def twice(self, d: int, other: int, which: int) -> None:
        if self.desk(d) is not self.desk(other):
            self.work.twice(self.desk(d), self.desk(other), which)

    @rule(d=D, to=D)
    def send(self, d: int, to: int) -> None:
        if self.desk(d).recipient != self.desk(to).recipient:
            self._send(self.desk(d), self.desk(to))

    @rule(d=D, to=D)
    def exchange(self, d: int, to: int) -> None:
        one, other = self.desk(d), self.desk(to)
        if one.recipient != other.recipient:
            self._send(one, other)
            self._receive(other, -1)
            self._send(other, one)
            self._receive(one, -1)

    def _send(self, desk: Desk, to: Desk) -> None:
        self.fleet.send(desk, to)
        fleet_checks.sent_to(self.fleet, desk, to)

    def _receive(self, desk: Desk, which: int, keep: bool = False) -> None:
        if not desk.mail:
            return
        place = which % len(desk.mail)
        self.fleet.receive(desk, desk.mail[place] if keep else desk.mail.pop(place))
        self.fleet.memory.count(desk.store)

    @rule(d=D, which=N, how=st.sampled_from(["take", "take", "keep", "lose", "damaged", "cut", "stopped"]))
    def stick(self, d: int, which: int, how: str) -> None:
        """What happens to a parcel on its way."""
        desk = self.desk(d)
        if how in ("take", "keep"):
            self._receive(desk, which, how == "keep")
        elif desk.mail and how == "lose":
            desk.mail.pop(which % len(desk.mail))
        elif desk.mail:
            assert self.fleet.refuse(desk, desk.mail[which % len(desk.mail)], how)

    @rule(d=D, which=N, how=st.sampled_from(["copy", "copy", "restore", "clone", "join", "later", "earlier", "older"]))
    def file(self, d: int, which: int, how: str) -> None:
        """What happens to a file and its computer."""
        desk = self.desk(d)
        if how == "copy":
            self.fleet.copy(desk)
        elif how == "restore" and desk.copies:
            self.fleet.restore(desk, which)
        elif how == "clone" and len(self.fleet.desks) < 5:
            self.fleet.clone(desk)
        elif how == "join" and self.fleet.late and len(self.fleet.desks) < 5:
            self.fleet.join()
        elif how in ("later", "earlier"):
            desk.off = YEAR_MS if how == "later" else -YEAR_MS
        elif how == "older":
            if desk.knows_less:
                self.fleet.upgrade(desk)
            else:
                desk.knows_less = True

    # -- the end

    def teardown(self) -> None:
        """Everybody meets, and what was promised is asked; the folder goes whatever happens."""
        try:
            if not self.over:
                self.finish()
        finally:
            self.close()

    def finish(self) -> None:
        """Everybody meets, and what was promised is asked."""
        self.over = True
        self.fleet.rest()
        for desk in self.fleet.desks:
            self.fleet.memory.count(desk.store)
        fleet_checks.all_of(self.fleet)
        REACHED.update(self.fleet.memory.reached)
        PLAYED["stories"] += 1

    def close(self) -> None:
        """Ends the world."""
        self.fleet.close()
        self._folder.cleanup()


def play(machine: type[Desks], examples: int, steps: int = 14, **over: Any) -> None:
    """Plays stories."""
    wanted = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck),
        database=None, **over,
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=wanted)


def test_desks_keep_what_they_promise() -> None:
    play(Desks, 2, steps=8, derandomize=True, phases=[Phase.generate])


@pytest.mark.long
@pytest.mark.parametrize("number", range(8))
def test_desks_keep_what_they_promise_through_many_stories(number: int) -> None:
    play(seed(number)(Desks), 260, phases=[Phase.generate])
    print(f"\n{PLAYED['stories']} stories; contradictions of:")
    for (one, other), times in REACHED.most_common():
        print(f"  {times:6} {one} beside {other}")


# -- Every pair that can contradict each other does


Step = tuple[int, str, int, int]
TWO_SAW: tuple[Step, ...] = ((0, "restrict", 0, 2),)
BESIDE: tuple[tuple[str, str, tuple[Step, ...], tuple[Step, ...]], ...] = (
    ("edit", "edit", (), ((0, "edit", 0, 0), (1, "edit", 0, 0))),
    ("conflicts.settle", "edit", (), ((0, "settle", 0, 0), (1, "edit", 0, 0))),
    ("conflicts.settle", "conflicts.settle", (), ((0, "settle", 0, 0), (1, "settle", 0, 1))),
    ("phone", "phone", (), ((0, "phone", 0, 0), (1, "phone", 0, 0))),
    ("place", "place", (), ((0, "place", 0, 0), (1, "place", 0, 0))),
    ("sex", "sex", (), ((0, "sex", 0, 0), (1, "sex", 0, 0))),
    ("newer", "sex", (), ((0, "newer", 0, 1), (1, "sex", 0, 0))),
    ("answer", "answer", (), ((0, "answer", 0, 1), (1, "answer", 0, 1))),
    ("answer", "withdraw", (), ((1, "withdraw", 1, 0), (0, "answer", 1, 1))),
    ("withdraw", "withdraw", (), ((0, "withdraw", 2, 0), (1, "withdraw", 2, 0))),
    ("insert", "insert", (), ((0, "twice", 0, 1),)),
    ("move", "move", (), ((0, "move", 0, 0), (0, "move", 0, 1), (1, "move", 0, 2), (1, "move", 0, 0))),
    ("move", "remove", (), ((0, "remove", 0, 1), (1, "move", 0, 1), (1, "move", 0, 2))),
    ("place", "remove", (), ((0, "remove", 0, 0), (1, "place", 0, 0))),
    ("bring back", "remove", ((0, "remove", 1, 0),),
     ((0, "bring back", 1, 0), (0, "remove", 1, 0), (1, "bring back", 1, 0))),
    ("unmerge", "unmerge", ((0, "merge", 0, 1),), ((0, "unmerge", 0, 0), (1, "unmerge", 0, 0))),
    ("merge again", "unmerge", (), ((0, "unmerge", 0, 0), (1, "merge again", 0, 0))),
    ("grant", "grant", TWO_SAW, ((0, "grant", 0, 2), (1, "grant", 0, 2))),
    ("lift", "lift", TWO_SAW, ((0, "lift", 0, 0), (1, "lift", 0, 0))),
    ("lift", "restrict again", (), ((0, "lift", 0, 0), (1, "restrict again", 0, 0))),
    ("edit", "erasures.ask", (), ((0, "ask", 1, 0), (1, "edit", 1, 0))),
)  # fmt: skip
"""Two kinds of work that can contradict each other, what must be there before, and the work itself: desk, what is done,
to which record, how."""


def a_full_day() -> None:
    """Every pair of work that can contradict each other; then what is late, restricted, restored and erased."""
    told = Desks()
    with closing(told):
        told.begin([0, 0, 0])
        for one, other, before, beside in BESIDE:
            for steps in (before, beside):
                for d, what, which, n in steps:
                    if what == "twice":
                        told.twice(d, n, which)
                    else:
                        told.work.do(told.desk(d), what, which, n)
                told.exchange(1, 0)
            assert told.fleet.memory.reached[one, other] > 0, f"{one} beside {other}"
        for desk in told.fleet.desks[:2]:
            fleet_checks.one_file(told.fleet, desk)
        _afterwards(told)
        told.finish()


def _afterwards(told: Desks) -> None:
    first, second, third = told.fleet.desks
    for _client in range(2):
        told.work.register(first)
    told.exchange(1, 0)
    told.exchange(2, 0)
    told.work.look(first, Client, 0)
    told.work.edit(second, 0)
    told.exchange(1, 0)
    told.work.edit(first, 0)
    late = told.fleet.send(second, first)
    told.fleet.copy(second)
    told.work.register(third)
    told.exchange(2, 1)
    for which in range(3):
        told.work.household(second, which)
    told.exchange(1, 0)
    told.fleet.restore(second, 0)
    told.work.register(second)
    told.work.register(first)
    told.work.restrict(first, 1, ())
    told.send(0, 1)
    told.fleet.send(first, second, whole=True)
    told.stick(1, -1, "take")
    told.work.do(first, "ask", 0, 0)
    for _asked in range(4):
        told.work.do(first, "confirm", 0, 0)
    with first.store.plain() as connection:
        confirmed = "SELECT count(*) FROM main.erasure WHERE confirmed_on IS NOT NULL"
        assert connection.execute(confirmed).fetchone()[0] >= 3
    told.fleet.receive(first, late)


def test_every_pair_that_can_contradict_each_other_does_and_nothing_is_lost() -> None:
    a_full_day()


# -- Mistakes put in on purpose are found


def last_wins(told: list[Any]) -> dict[str, frozenset[Head]]:
    """What stands if only the clock counted."""
    found: dict[str, tuple[int, Head]] = {}
    for node, seq, body in told:
        for register in body["fields"]:
            found[register] = max(found.get(register, (0, Head("", 0))), (body["hlc"], Head(node, seq)))
    return {register: frozenset([head]) for register, (_hlc, head) in found.items()}


def halves(kind: Any, columns: tuple[str, ...], value: Any) -> dict[str, Any]:
    """A register of which only the first half is taken over."""
    whole = _spread(kind, columns, value)
    return {**whole, **{column: kind.defaults[column] for column in columns[len(columns) // 2 :] if len(columns) > 1}}


def same_node(connection: Any, _token: str) -> str:
    """A restored copy that goes on counting where it stood."""
    return identity.get(connection, "desk_code") or ""


def unseen(self: Any, node: str, by: str, do: str, seen: Any) -> None:
    """A unit of work that names what stands when it is saved, not what was on the screen."""
    _unit(self, node, by, do, ())


_spread, _unit = tables.spread, capture.Unit.__init__
MISTAKES: dict[str, tuple[Any, str, Any]] = {
    "the later clock wins whatever was seen": (heads, "standing", last_wins),
    "a withdrawal has no advantage": (kinds.Kind, "favours", lambda _kind, _register, _value: False),
    "words of a restricted client are sent": (desk_parcels_making, "_hidden", lambda _store, _officers: set()),
    "a restored copy goes on as the same node": (identity, "new_start", same_node),
    "an edit counts as having seen what came meanwhile": (capture.Unit, "__init__", unseen),
    "a register is mixed of two halves": (tables, "spread", halves),
}


@pytest.mark.long
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_put_in_on_purpose_is_found(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Fleet.prepare()
    monkeypatch.setattr(*MISTAKES[mistake])
    before = PLAYED["stories"]
    with pytest.raises((AssertionError, MrcError, DatabaseError, KeyError)) as found:
        a_full_day()
        play(seed(5)(type("Mistaken", (Desks,), {})), 120, phases=[Phase.generate])
    print(f"\n{mistake}: found after {PLAYED['stories'] - before} stories: {str(found.value)[:200]}")
