"""The invariants of the journal, asked of a whole fleet once everybody has met."""

from __future__ import annotations

import json
from collections.abc import Iterator
from sqlite3 import Connection
from typing import Any

from mrc_app.exchange import desk_parcels, settling
from mrc_app.store import heads, journal, receiving, sealing, search
from mrc_app.store.centre import Store
from mrc_app.store.kinds import kinds
from mrc_app.store.rows import Head
from tests.exchange.fleet import Desk, Fleet
from tests.exchange.fleet_memory import readable

STRICTEST = {("consent", "state"): "withdrawn", ("restriction", "lifted"): None}
"""What beats anything written without knowledge of it."""
Dump = dict[str, list[tuple[Any, ...]]]
USED = (
    "centre",
    "client",
    "consent",
    "erasure",
    "household",
    "link",
    "membership",
    "officer",
    "partner",
    "restriction",
)
"""The kinds of record people of a fleet write."""


def all_of(fleet: Fleet) -> None:
    """Everything that must be true of desks that have nothing more to tell each other."""
    for desk in fleet.desks:
        fleet.at(desk)
        one_file(fleet, desk)
        outsider(desk)
    alike(fleet)
    lasting(fleet)
    late(fleet)


# -- one file


def one_file(fleet: Fleet, desk: Desk) -> None:
    """Tables from rows, chains whole, heads as remembered, erased words gone: of one file."""
    with desk.store.plain() as connection:
        assert journal.check(connection) == [], desk.name
        erased(connection)
        standing(fleet, desk, connection)
    if fleet.chance.random() < 0.5:
        rebuilt(desk.store)


def rebuilt(store: Store) -> None:
    """1: made anew from the journal, the tables are what they are."""
    with store.apart() as connection:
        before = tables(connection, store)
        connection.execute("BEGIN IMMEDIATE")
        receiving.rebuild(connection)
        after = tables(connection, store)
        connection.execute("ROLLBACK")
    same(before, after, f"{store.desk_name}: rebuilt")


def same(one: Dump, other: Dump, where: str) -> None:
    """Says which rows of which tables differ."""
    for name in one:
        lost, more = set(one[name]) - set(other[name]), set(other[name]) - set(one[name])
        assert not lost and not more, (
            f"{where}: {name} lost {sorted(map(str, lost))}, has more {sorted(map(str, more))}"
        )


def tables(connection: Connection, store: Store) -> Dump:
    """The tables as an officer can read them, without what is this file's own."""
    found: Dump = {}
    for name in USED:
        listed = ", ".join(f'"{column}"' for column in ("uuid", *kinds()[name].columns))
        told = connection.execute(f'SELECT {listed} FROM main."{name}"').fetchall()
        found[name] = [tuple(map(store.ring.text, row)) for row in told]
    for name in ("head", "linked"):
        found[name] = connection.execute(f"SELECT * FROM {name}").fetchall()
    own = "SELECT record, register FROM pending WHERE reason <> 'sealed'"  # that waits for a key, of this file alone
    found["pending"] = connection.execute(own).fetchall()
    found["sought"] = connection.execute("SELECT record, kind, number, shown, sort, text FROM sought").fetchall()
    return found


def open_here(connection: Connection, store: Store) -> Dump:
    """The tables without the records whose rows are sealed for somebody who does not sign in here."""
    sql = "SELECT record FROM sealed_body WHERE unsealed(box) IS NULL"
    shut = {row[0] for row in connection.execute(sql).fetchall()}
    dump = tables(connection, store)
    if shut:
        dump["linked"] = []
    return {name: [row for row in told if row[0] not in shut] for name, told in dump.items()}


def standing(fleet: Fleet, desk: Desk, connection: Connection) -> None:
    """2, 3 and 7: what stands is what people wrote and nobody has seen and replaced; the tables show one of it, whole;
    a withdrawal shows wherever it stands."""
    there, memory = readable(connection, "1"), fleet.memory
    waiting = set(connection.execute("SELECT record, register FROM pending").fetchall())
    known = [record for record, own in memory.by_record.items() if {one.place for one in own} & there]
    told = heads.bodies(connection, known)
    for record in known:
        if any(one.place in memory.unsure for one in memory.by_record[record]):
            continue
        wanted = {name: own for name, own in memory.standing(record, there).items() if own}
        assert heads.standing(told[record]) == wanted, f"{desk.name}: {record}"
        kind = next(one.kind for one in memory.by_record[record] if one.place in there)
        if kind in kinds() and (record, "*") not in waiting:
            _shown(fleet, desk, connection, kind, record, wanted, waiting)


def _shown(
    fleet: Fleet, desk: Desk, connection: Connection, name: str, record: str, wanted: Any, waiting: set[Any]
) -> None:
    kind, store = kinds()[name], desk.store
    listed = ", ".join(f'"{column}"' for column in kind.columns)
    row = connection.execute(f'SELECT {listed} FROM main."{name}" WHERE uuid = ?', (record,)).fetchone()
    values = dict(zip(kind.columns, map(store.ring.text, row), strict=True)) if row else None
    if values is None:
        return
    for register, own in wanted.items():
        if register not in kind.registers or (record, register) in waiting:
            continue
        columns = kind.registers[register]
        said = [fleet.memory.rows[place].values[register] for place in own]
        shown = values[columns[0]] if len(columns) == 1 else {column: values[column] for column in columns}
        assert shown in said, f"{desk.name}: {name}.{register} of {record} shows {shown}, standing are {said}"
        favoured = [value for value in said if STRICTEST.get((name, register), ...) == value]
        assert not favoured or shown in favoured, f"{desk.name}: {name}.{register} of {record} lost {favoured}"


def erased(connection: Connection) -> None:
    """4: of somebody whose erasure was confirmed no word is left, whatever came late."""
    sql = "SELECT client FROM main.erasure WHERE gone = 0 AND confirmed_on IS NOT NULL"
    for (client,) in connection.execute(sql).fetchall():
        told = connection.execute("SELECT body FROM journal WHERE subject = ? AND body IS NOT NULL", (client,))
        assert {json.loads(row[0])["kind"] for row in told} <= {"erasure"}
        for table in ("sealed_body", "seal", "seal_key"):
            assert connection.execute(f"SELECT 1 FROM {table} WHERE client = ?", (client,)).fetchone() is None
        assert connection.execute("SELECT 1 FROM sought WHERE record = ?", (client,)).fetchone() is None
        for name, kind in ((name, kinds()[name]) for name in USED):
            if kind.subject and name != "erasure":
                sql = f'SELECT uuid FROM main."{name}" WHERE "{kind.subject}" = ?'
                assert connection.execute(sql, (client,)).fetchall() == [], name


# -- who may not see her


def closed(connection: Connection, officers: list[str]) -> set[str]:
    """Clients none of these officers may see, reckoned from the tables alone."""
    several: dict[str, set[str]] = {}
    for client, one, other in connection.execute("SELECT a, a, b FROM main.link WHERE gone = 0").fetchall():
        whole = several.get(one, {one}) | several.get(other, {other})
        several |= dict.fromkeys(whole, whole)
        del client
    sql = "SELECT client, officers FROM main.restriction WHERE lifted IS NULL AND gone = 0"
    named: dict[str, list[set[str]]] = {}
    for client, listed in connection.execute(sql).fetchall():
        for one in several.get(client, {client}):
            named.setdefault(one, []).append(set(json.loads(listed)))
    return {one for one, lists in named.items() if all(any(o not in own for own in lists) for o in officers)}


def sent_to(fleet: Fleet, desk: Desk, to: Desk) -> None:
    """5: no words about somebody closed to everybody at the other desk are in the parcel that was just made."""
    with desk.store.plain() as connection:
        sql = "SELECT officers FROM main.partner WHERE recipient = ? AND gone = 0"
        row = connection.execute(sql, (to.recipient,)).fetchone()
        shut = closed(connection, json.loads(row[0]) if row else [])
    for line in fleet.lines:
        for name in ("row", "refill"):
            if name in line:
                _node, _seq, _record, subject, body = line[name]
                said = json.loads(body)
                assert subject not in shut or said["kind"] in sealing.OPEN_KINDS, f"{subject} went to {to.name}: {body}"


def outsider(desk: Desk) -> None:
    """5: what an officer is shown is the same as if those closed to her were not there."""
    with desk.store.plain() as connection:
        shut = closed(connection, [desk.store.officer])
        told = [row[0] for row in connection.execute("SELECT client FROM main.erasure WHERE gone = 0")]
        there = {row[0] for row in connection.execute("SELECT uuid FROM main.client")}
        shown = {row[0] for row in connection.execute("SELECT uuid FROM temp.seen_client")}
        assert shown == there - shut - set(told), desk.name
        if shut:
            said = json.dumps(list(_output(connection, desk.store)), default=str)
            assert [one for one in shut if one in said] == [], desk.name


def _output(connection: Connection, store: Store) -> Iterator[Any]:
    for name in USED:
        if kinds()[name].subject and name != "erasure":
            yield connection.execute(f'SELECT * FROM temp."seen_{name}"').fetchall()
    seen = "SELECT node, seq, record, subject, body FROM temp.seen_journal"
    yield [row for row in connection.execute(seen).fetchall() if b'"kind":"erasure"' not in (row[4] or b"")]
    yield [one.told() for one in settling.contradictions(store)]
    yield [(one.record, one.subject) for one in (one.conflict for one in settling.contradictions(store))]
    yield [found.uuid for found in search.find(store, "w")]


# -- all files


def alike(fleet: Fleet) -> None:
    """1 and 8: every desk has every row, and who reads the same rows has the same tables."""
    groups: dict[Any, tuple[str, Dump]] = {}
    first: set[tuple[Any, ...]] | None = None
    for desk in fleet.desks:
        with desk.store.plain() as connection:
            found = set(connection.execute("SELECT node, seq, record, subject, digest FROM journal").fetchall())
            first = first if first is not None else found
            assert found == first, f"{desk.name} and {fleet.desks[0].name} differ: {sorted(map(str, found ^ first))}"
            if fleet.memory.twins:
                continue
            assert desk_parcels.gaps(desk.store) == [], desk.name
            withheld = frozenset(
                connection.execute("SELECT node, seq FROM journal WHERE state = 'withheld'").fetchall()
            )
            group, dump = (frozenset(readable(connection, "1")), withheld), open_here(connection, desk.store)
        other = groups.setdefault(group, (desk.name, dump))
        same(other[1], dump, f"{other[0]} and {desk.name}")


def lasting(fleet: Fleet) -> None:
    """2 and 8: what was acknowledged is there as it was written, unless the only file that had it died."""
    with fleet.desks[0].store.plain() as connection:
        found = connection.execute("SELECT node, seq, digest FROM journal").fetchall()
    there = {Head(node, seq): digest for node, seq, digest in found}
    for place, wrote in fleet.memory.rows.items():
        if place not in fleet.memory.unsure and (place in there or place not in fleet.memory.lost):
            assert there.get(place) == wrote.digest, f"{place} of {wrote.do} is lost or was renumbered"


def without_words(connection: Connection) -> set[tuple[str, str, int]]:
    """The rows that came without their words, each with its record."""
    return set(connection.execute("SELECT record, node, seq FROM journal WHERE state = 'withheld'").fetchall())


def late(fleet: Fleet) -> None:
    """4: everything that was ever on its way comes again, in any order, and changes nothing; but words that were let go
    before somebody asked to be erased, or was restricted, fill the rows that came without them since."""
    if fleet.memory.twins:
        return
    again = fleet.chance.sample(fleet.sent, min(2, len(fleet.sent)))
    for to, file in again:
        for desk in [one for one in fleet.desks if one.recipient == to]:
            with desk.store.plain() as connection:
                before, bare = tables(connection, desk.store), without_words(connection)
            fleet.receive(desk, file)
            with desk.store.plain() as connection:
                filled = {record for record, _node, _seq in bare - without_words(connection)}
                dumps = [
                    {name: [row for row in told if row[0] not in filled] for name, told in dump.items()}
                    for dump in (before, tables(connection, desk.store))
                ]
                same(dumps[0], dumps[1], f"{desk.name}: a late parcel")
                erased(connection)
