"""Three to five desks of one centre on their own computers, and the sticks that go between them.

The files are real and encrypted, copied from desks made once for the run; parcels are real files, sealed and signed.
Clocks are the fleet's own: every desk has one, and it may be a year off.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, ClassVar
from unittest import mock

from mrc_app import store as stores
from mrc_app.casework.households import Household, Membership
from mrc_app.errors import Cancelled, CannotRead, MrcError
from mrc_app.exchange import arriving, desk_keys, desk_new, desk_parcels, desk_parcels_making, ledgers, parcel_files
from mrc_app.store import (
    backup,
    erasing,
    identity,
    keys,
    kinds,
    officers,
    receiving,
    restoring,
    rows,
    sealing,
    search_index,
    tables,
    visibility,
)
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.exchange import desks
from tests.exchange.fleet_memory import Memory
from tests.make import PASSWORD, TODAY, make_client, make_store

LOGINS = ("meseret", "hirut", "almaz", "marta")
YEAR_MS = 365 * 24 * 3600 * 1000
START_MS = 1_795_000_000_000


class Clock:
    """One time for all, and how far the desk at work is off it."""

    def __init__(self) -> None:
        self.now, self.off = START_MS, 0

    def wall(self) -> int:
        """As ``rows.wall``."""
        self.now += 7
        return (self.now + self.off) * rows.TICKS

    def text(self) -> str:
        """As ``rows.now_text``."""
        self.now += 1
        said = datetime.fromtimestamp((self.now + self.off) / 1000, UTC)
        return said.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Desk:
    """One file on one computer. ``name`` is what others call the desk; a clone shares it. ``knows_less``: an older
    program runs here."""

    store: Store
    name: str
    token: str
    off: int = 0
    knows_less: bool = False
    mail: list[Path] = field(default_factory=list)
    copies: list[Path] = field(default_factory=list)

    @property
    def recipient(self) -> str:
        """The key parcels for this desk are sealed to."""
        return desk_keys.own(self.store).recipient


class _Criteria(dict[Any, Any]):
    """What officers may see, built once for each: here several sign in by turns."""

    def clear(self) -> None:
        """Keeps everything."""


_CRITERIA = _Criteria()


class _Template:
    folder: ClassVar[Any] = None
    made: ClassVar[list[tuple[bytes, bytes, str]]] = []


def _build(folder: Path) -> list[tuple[bytes, bytes, str]]:
    """Desk 1 made the centre, 2 and 3 joined it, 4 waits for its first parcel."""
    (folder / "1").mkdir(parents=True)
    first = make_store(folder / "1", token="computer 1")
    with first.change(by=first.officer, do="officers.add") as session:
        for login in LOGINS[1:]:
            officers.add(session, name=login.title(), login=login, role=Role.SUPERVISOR)
    made = [first, *(desks.joined(first, folder / str(n), f"Desk {n}", login=LOGINS[n - 1]) for n in (2, 3))]
    (folder / "4").mkdir()
    path = folder / "4" / "centre.mrc"
    late = desk_new.make(
        path, join=desk_keys.own(first).recipient, name="Desk 4", login=LOGINS[3], password=PASSWORD,
        settings=path.parent, cost=keys.FLOOR,
    )  # fmt: skip
    desks.trust(first, late.own.recipient, "Desk 4")
    made.append(stores.open(path, login=LOGINS[3], password=PASSWORD, settings=path.parent, waiting=True))
    for name in ("Tigist", "Hirut"):
        with first.change(by=first.officer, do="register") as session:
            client = make_client(session, call_name=name).uuid
            home = Household(client=client, place="Dessie", country="ET")
            session.add(home)
            session.flush()
            session.add(Membership(owner=client, household=home.uuid, called="Aster"))
    desks.meet(*made[:3])
    told = []
    for one in made:
        with one.plain() as connection:
            told.append((one.key, one.personal, identity.get(connection, "token") or ""))
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        one.close()
    return told


class Fleet:
    """The desks, their mail, and what their people wrote."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        self.folder, self.clock, self.memory = folder, Clock(), Memory()
        self.chance, self._numbers, self._ending = random.Random(seed), count(1), ExitStack()
        self.desks: list[Desk] = []
        self.sent: list[tuple[str, Path]] = []
        self.lines: list[dict[str, Any]] = []
        self.late = True
        self.prepare()
        kept = Path(_Template.folder.name) / "desks"
        self._patch()
        for number in (1, 2, 3):
            self.desks.append(self._open(number, kept))
            self.memory.learn(self.desks[-1].store)

    @staticmethod
    def prepare() -> None:
        """Makes the desks that every fleet is copied from."""
        if not _Template.made:
            _Template.folder = tempfile.TemporaryDirectory(prefix="mrc-fleet-")
            tokens = random.Random(0)
            with mock.patch("secrets.token_hex", lambda size=32: tokens.randbytes(size).hex()):
                _Template.made = _build(Path(_Template.folder.name) / "desks")

    def _patch(self) -> None:
        tokens = random.Random(1)
        for where in (rows, ledgers, identity):
            self._ending.enter_context(mock.patch.object(where, "now_text", self.clock.text))
        self._ending.enter_context(mock.patch.object(visibility, "_BUILT", _CRITERIA))
        self._ending.enter_context(mock.patch.object(kinds, "bring_in", lambda: None))
        self._ending.enter_context(mock.patch.object(rows, "wall", self.clock.wall))
        self._ending.enter_context(mock.patch("secrets.token_hex", lambda size=32: tokens.randbytes(size).hex()))
        real = parcel_files.write

        def noting(path: Path, header: Any, lines: Any, own: Any, **over: Any) -> Any:
            self.lines = list(lines())
            return real(path, header, lines, own, **over)

        self._ending.enter_context(mock.patch.object(parcel_files, "write", noting))

    def _open(self, number: int, kept: Path) -> Desk:
        key, personal, token = _Template.made[number - 1]
        place = self.new_folder()
        for file in (kept / str(number)).glob("centre*"):
            if file.is_file():
                shutil.copyfile(file, place / file.name)
        login = LOGINS[number - 1]
        opened = Store(place / "centre.mrc", key, login, token, founder=number == 4, personal=personal)
        return Desk(opened, f"Desk {number}", token)

    def new_folder(self) -> Path:
        """An empty folder: another disk, another computer."""
        place = self.folder / f"place-{next(self._numbers)}"
        place.mkdir()
        return place

    def close(self) -> None:
        """Ends the world."""
        for desk in self.desks:
            desk.store.close()
        self._ending.close()

    def at(self, desk: Desk) -> Store:
        """Somebody sits down at a desk: its clock counts from now on."""
        self.clock.off = desk.off
        return desk.store

    @contextmanager
    def unit(self, desk: Desk, do: str, screens: Any = ()) -> Iterator[Any]:
        """A unit of work, remembered as it was acknowledged. ``screens`` are what stood there when the form opened."""
        store = self.at(desk)
        self.memory.look_up(store)
        with store.change(by=store.officer, do=do, seen=[one.told for one in screens]) as session:
            yield session
        self.memory.acknowledge(store, {one.told.record: one.standing for one in screens})

    # -- parcels

    def send(self, desk: Desk, to: Desk, *, whole: bool = False) -> Path:
        """Writes a parcel and puts it on its way."""
        store, out = self.at(desk), self.folder / f"{next(self._numbers)}.parcel"
        desk_parcels_making.make(store, to.recipient, out, whole=whole)
        self.memory.acknowledge(store)
        self.sent.append((to.recipient, out))
        to.mail.append(out)
        return out

    def receive(self, desk: Desk, file: Path) -> arriving.Arrived:
        """Takes a parcel in. A row that had its words keeps them, but for erasing."""
        bare = "SELECT node, seq FROM journal WHERE state = 'withheld'"
        with desk.store.plain() as connection:
            known = set(connection.execute("SELECT node, seq FROM journal EXCEPT " + bare).fetchall())
        with ExitStack() as program:
            for part in (tables, search_index) if desk.knows_less else ():
                program.enter_context(mock.patch.object(part, "kinds", older))
            came = arriving.arrive(self.at(desk), file, today=TODAY)
        self.memory.acknowledge(desk.store)
        with desk.store.plain() as connection:
            assert not known & set(connection.execute(bare).fetchall()), f"{desk.name} lost words it had"
        return came

    def refuse(self, desk: Desk, file: Path, how: str) -> bool:
        """A parcel that is damaged on the way, or a person who stops: whether the file is byte for byte as before."""
        store, before = self.at(desk), content(desk.store)
        changed = file.with_suffix(".damaged")
        raw = bytearray(file.read_bytes())
        if how == "damaged":
            raw[self.chance.randrange(len(raw))] ^= 1 << self.chance.randrange(8)
        elif how == "cut":
            del raw[self.chance.randrange(1, len(raw)) :]
        changed.write_bytes(bytes(raw))

        def stop(done: int, whole: int) -> None:
            if how == "stopped" and done >= whole:
                raise Cancelled

        try:
            arriving.arrive(store, changed, today=TODAY, step=stop)
        except (CannotRead, MrcError, Cancelled):
            return content(store) == before
        finally:
            changed.unlink()
        return False

    # -- old copies and twins

    def copy(self, desk: Desk) -> None:
        """A backup."""
        target = self.new_folder() / "copy.mrc"
        with self.at(desk).plain() as connection:
            backup.copy(connection, desk.store.path, desk.store.key, target)
        desk.copies.append(target)

    def restore(self, desk: Desk, which: int) -> None:
        """Puts a backup in the place of a file that died; what only that file knew is lost."""
        file, old, place = desk.copies[which % len(desk.copies)], self.at(desk), self.new_folder()
        self.memory.may_be_lost(old)
        key, personal, login = old.key, old.personal, old.login
        old.close()
        (place / identity._TOKEN).write_text(desk.token[:32].ljust(32, "0"), "ascii")
        desk.token = identity.computer_token(place)
        restoring.restore(file, place / "centre.mrc", key, settings=place, live=old.path)
        desk.store = self._begun(Store(place / "centre.mrc", key, login, desk.token, personal=personal))

    def _begun(self, store: Store) -> Store:
        erasing.catch_up(store)
        sealing.catch_up(store)
        self.memory.begin(store)
        return store

    def clone(self, desk: Desk, *, same_computer: bool = False) -> Desk:
        """A copy of the file that somebody works on too: elsewhere a node of its own, else a twin."""
        source, place = self.at(desk), self.new_folder()
        with source.plain() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for file in source.path.parent.glob("centre*"):
            if file.is_file() and not file.name.endswith(("-wal", "-shm")):
                shutil.copyfile(file, place / file.name)
        token = desk.token if same_computer else f"computer {next(self._numbers)}"
        twin = Store(place / "centre.mrc", source.key, source.login, token, personal=source.personal)
        made = Desk(self._begun(twin), desk.name, token, desk.off)
        if same_computer:
            self.memory.twinned(source)
        self.desks.append(made)
        return made

    def join(self) -> Desk:
        """The fourth desk opens."""
        self.late = False
        made = self._open(4, Path(_Template.folder.name) / "desks")
        self.receive(made, self.send(self.desks[0], made, whole=True))
        made.mail.clear()
        self.desks.append(made)
        return made

    def upgrade(self, desk: Desk) -> None:
        """The newer program at last."""
        desk.knows_less = False
        receiving.settle_waiting(self.at(desk))

    # -- the end

    def rest(self) -> None:
        """Everybody upgrades; then each desk answers the first until nobody misses anything."""
        for desk in self.desks:
            desk.mail.clear()
            if desk.knows_less:
                self.upgrade(desk)
        hub, second = self.desks[:2]
        doubles = [desk for desk in self.desks[3:] if desk.recipient == hub.recipient]
        pairs = [(second, desk) for desk in doubles]
        pairs += [(hub, desk) for desk in self.desks[1:] if desk not in doubles]
        for _round in range(6):
            for one, other in pairs:
                self.receive(one, self.send(other, one))
                if doubles:  # the last thing heard of that desk may have been said by its other file
                    self.receive(other, self.send(one, other))
                    self.receive(one, self.send(other, one))
            for one, other in reversed(pairs):
                self.receive(other, self.send(one, other))
                if desk_parcels.gaps(other.store):  # as it says there: send a parcel, then take a new one
                    self.receive(one, self.send(other, one))
                    self.receive(other, self.send(one, other))
            if len({self._heard(desk) for desk in self.desks}) == 1:
                break
        else:
            assert self.memory.twins, "six rounds, and somebody still misses something"
        for desk in self.desks:
            sealing.catch_up(self.at(desk))

    def _heard(self, desk: Desk) -> tuple[Any, ...]:
        """How many rows a desk has, and what it says it misses."""
        with desk.store.plain() as connection:
            number = connection.execute("SELECT count(*) FROM journal").fetchone()[0]
        return number, bool(desk_parcels.gaps(desk.store))


def older() -> dict[str, kinds.Kind]:
    """The kinds of record of an older program: no members of households, no district, no statistics."""
    known = dict(kinds.kinds())
    del known["membership"]
    client, consent = known["client"], known["consent"]
    registers = {name: columns for name, columns in client.registers.items() if name != "district"}
    defaults = {name: value for name, value in client.defaults.items() if name != "district"}
    required = frozenset(client.required) - {"district"}
    known["client"] = replace(client, registers=registers, defaults=defaults, required=required)
    made = known["client"]
    vars(made)["_stand_in"] = type("OlderClient", (made._stand_in,), {"district": ""})  # its own search text has none
    known["consent"] = replace(consent, words={**consent.words, "purpose": frozenset({"record"})})
    return known


def content(store: Store) -> bytes:
    """The bytes of a file, with its log folded in."""
    with store.plain() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return store.path.read_bytes()
