"""Restricted records sealed a second time: the words of a restricted client are kept under a key of her own, wrapped
only to the officers named for her and to the recovery sheet.

Every officer has an X25519 key pair; the private half lies in her key slot under her password. Each restricted client
has a pair too: anybody may seal to it, so that rows received by a colleague are sealed at once; who is named opens.
What is sealed: text columns of her records (names, phones, notes, keys of papers), the bodies of her journal rows; and
she leaves the search tables. What is not: that she exists, words of closed lists, dates, numbers, links of records.
A restriction of which a named officer has no key pair yet hides without sealing until she signs in.
A restricted case (store/cases) is sealed in the same way under a key of its own, with every record that belongs to it.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from hashlib import blake2b
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, NamedTuple

from mrc_app.store import cases, identity

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

MARK = "\x01sealed:"
SHUT = "\x01sealed"
"""What is shown for words that cannot be opened here."""
OPEN_KINDS = frozenset({"restriction", "assignment", "erasure", "hold"})
"""Kinds that hold no word of hers and must be read by every desk."""
SHEET = "sheet_public"
IDENTITY = re.compile("[0-9a-f]{32}")
"""A column that may hold words or the identity of another record: an identity is no word, and hiding needs it."""


def new_private() -> bytes:
    """The private half of a new key pair."""
    from nacl.public import PrivateKey

    return bytes(PrivateKey.generate())


def public_of(private: bytes) -> str:
    """The public half, hexadecimal."""
    from nacl.public import PrivateKey

    return bytes(PrivateKey(private).public_key).hex()


def sheet_private(letters: str) -> bytes:
    """The private key of a recovery sheet, from its letters (125 random bits)."""
    return blake2b(letters.encode(), digest_size=32, person=b"mrc sheet seal").digest()


def sheet_public(sheet: str) -> str:
    """The public key of a recovery sheet, as it is printed."""
    from mrc_app.store.keys import read_sheet

    return public_of(sheet_private(read_sheet(sheet)))


class Ring:
    """The keys an officer holds: her own, and through it those of clients she is named for."""

    def __init__(self, *privates: bytes) -> None:
        self._privates = [private for private in privates if private]
        self._boxes: dict[str, list[tuple[bytes, bytes]]] = {}
        self._keys: dict[str, bytes] = {}

    def __bool__(self) -> bool:
        return bool(self._boxes or self._keys)

    def mine(self) -> set[str]:
        """Her own public keys."""
        return {public_of(private) for private in self._privates}

    def load(self, connection: Connection) -> None:
        """Reads which clients' keys are wrapped to her."""
        mine = {public_of(private): private for private in self._privates} if self._privates else {}
        self._boxes, self._keys = {}, {}
        if not mine:
            return
        sql = "SELECT client, holder, box FROM seal_key WHERE holder IN (SELECT value FROM json_each(?))"
        for client, holder, box in connection.execute(sql, (json.dumps(list(mine)),)).fetchall():
            self._boxes.setdefault(client, []).append((mine[holder], box))

    def private(self, client: str) -> bytes | None:
        """The private key of a client's pair, if she holds it."""
        from nacl.exceptions import CryptoError
        from nacl.public import PrivateKey, SealedBox

        for own, box in self._boxes.get(client, []) if client not in self._keys else []:
            try:
                self._keys[client] = SealedBox(PrivateKey(own)).decrypt(box)
            except CryptoError:
                continue
        return self._keys.get(client)

    def hold(self, client: str, private: bytes) -> None:
        """Takes up a key that was just made."""
        self._keys[client] = private

    def open(self, client: str, box: bytes) -> bytes | None:
        """What was sealed to a client's key; None without it."""
        from nacl.exceptions import CryptoError
        from nacl.public import PrivateKey, SealedBox

        private = self.private(client)
        try:
            return SealedBox(PrivateKey(private)).decrypt(box) if private else None
        except CryptoError:
            return None

    def text(self, value: Any) -> Any:
        """A column's value with the seal taken off; ``SHUT`` where she does not hold the key."""
        if not isinstance(value, str) or not value.startswith(MARK):
            return value
        client, _, box = value[len(MARK) :].partition(":")
        found = self.open(client, base64.b64decode(box))
        return SHUT if found is None else found.decode()

    def unsealed(self, value: Any) -> Any:
        """The SQL function: a column's text, or a journal body (None where she does not hold the key)."""
        return self.open(value[:16].hex(), value[16:]) if isinstance(value, bytes) else self.text(value)


class _Kept(NamedTuple):
    table: str
    subject: str
    telling: list[str]


def _kept(raw: Connection) -> list[_Kept]:
    rows = raw.execute("SELECT name, subject, telling FROM kind WHERE subject IS NOT NULL").fetchall()
    return [_Kept(name, subject, telling.split()) for name, subject, telling in rows if name not in OPEN_KINDS]


# -- bringing in step


def in_step(raw: Connection, ring: Ring, clients: Iterable[str | None]) -> None:
    """Seals what is restricted and not sealed, opens what is no longer restricted; inside the open transaction."""
    asked = (json.dumps(sorted(cases.around(raw, {client for client in clients if client}))),)
    sql = (
        "SELECT value FROM json_each(?) WHERE value IN (SELECT client FROM seal) "
        "OR value IN (SELECT client FROM restriction)"
    )
    found = [row[0] for row in raw.execute(sql, asked).fetchall()]
    opened = [client for client in found if _bring(raw, ring, client)]
    if opened:
        for client in found:
            if raw.execute("SELECT 1 FROM seal WHERE client = ?", (client,)).fetchone():
                _close_all(raw, client)


def catch_up(store: Store) -> None:
    """At sign-in: everything she holds keys for is brought in step, and rows received meanwhile are settled."""
    if not store.personal:
        return
    with store.plain() as connection:
        behind = _behind(connection, store.ring)
        late = connection.execute("SELECT 1 FROM pending WHERE reason = 'sealed' LIMIT 1").fetchone()
    if not behind and not late:
        return
    with store.writing() as connection:
        rows = connection.execute("SELECT client FROM seal UNION SELECT client FROM restriction").fetchall()
        in_step(connection, store.ring, behind)
        waiting = [
            row[0] for row in connection.execute("SELECT record FROM pending WHERE reason = 'sealed'").fetchall()
        ]
        if waiting:
            from mrc_app.store import search_index
            from mrc_app.store.tables import Tables

            tables = Tables(connection)
            tables.settle(waiting)
            search_index.renew(connection, tables.take())
            in_step(connection, store.ring, [row[0] for row in rows])
    store.forget_sealed()


def _behind(raw: Connection, ring: Ring) -> list[str]:
    """Clients whose seal is not what their restrictions ask for, as far as this officer can mend it."""
    found = []
    for (client,) in raw.execute("SELECT client FROM seal UNION SELECT client FROM restriction").fetchall():
        named = _named(raw, client)
        wanted = _holders(raw, named) if named is not None else set()
        there = {row[0] for row in raw.execute("SELECT holder FROM seal_key WHERE client = ?", (client,))}
        if (wanted or named is None) and there != wanted and (not there or ring.private(client)):
            found.append(client)
    return found


def _bring(raw: Connection, ring: Ring, client: str) -> bool:
    """Brings one client or case in step. Whether something was opened: what lies under another seal too is closed
    again."""
    named = _named(raw, client)
    public = raw.execute("SELECT public FROM seal WHERE client = ?", (client,)).fetchone()
    if named is None:
        if public and ring.private(client):
            _open_all(raw, ring, client)
            return True
        return False
    wanted = _holders(raw, named)
    if public and wanted and not _closes_nothing(raw, ring, client, wanted):
        _rewrap(raw, ring, client, wanted)
    elif wanted:
        _new_pair(raw, ring, client, wanted)
    if public or wanted:
        _close_all(raw, client)
    return False


def _closes_nothing(raw: Connection, ring: Ring, client: str, wanted: set[str]) -> bool:
    """A seal that was made for others, that nobody here can pass on, and under which nothing lies (any more)."""
    there = {row[0] for row in raw.execute("SELECT holder FROM seal_key WHERE client = ?", (client,))}
    sealed = raw.execute("SELECT 1 FROM sealed_body WHERE client = ? LIMIT 1", (client,)).fetchone()
    return there != wanted and sealed is None and ring.private(client) is None


def _named(raw: Connection, client: str) -> set[str] | None:
    """The officers named in every restriction that stands; None without one."""
    rows = raw.execute("SELECT officers FROM restriction WHERE client = ? AND lifted IS NULL AND gone = 0", (client,))
    lists = [set(json.loads(row[0])) for row in rows.fetchall()]
    return set.intersection(*lists) if lists else None


def _holders(raw: Connection, named: set[str]) -> set[str]:
    """The public keys a client's key is wrapped to; empty while one of the named has none. Who signs in at several
    desks has a key at each."""
    sql = "SELECT public_key FROM officer WHERE active = 1 AND gone = 0 AND uuid IN (SELECT value FROM json_each(?))"
    keys = [row[0] for row in raw.execute(sql, (json.dumps(sorted(named)),))]
    sheet = identity.get(raw, SHEET)
    several = {one for own in keys for one in own.split()}
    return {*several, *([sheet] if sheet else [])} if keys and all(keys) else set()


def _new_pair(raw: Connection, ring: Ring, client: str, wanted: set[str]) -> None:
    private = new_private()
    raw.execute(
        "INSERT OR REPLACE INTO seal(client, public) VALUES (?, ?)", (client, bytes.fromhex(public_of(private)))
    )
    raw.execute("DELETE FROM seal_key WHERE client = ?", (client,))
    _wrap(raw, client, private, wanted)
    if ring.mine() & wanted:
        ring.hold(client, private)


def _wrap(raw: Connection, client: str, private: bytes, holders: set[str]) -> None:
    from nacl.public import PublicKey, SealedBox

    boxes = [(client, one, SealedBox(PublicKey(bytes.fromhex(one))).encrypt(private)) for one in sorted(holders)]
    raw.executemany("INSERT OR REPLACE INTO seal_key(client, holder, box) VALUES (?, ?, ?)", boxes)


def _rewrap(raw: Connection, ring: Ring, client: str, wanted: set[str]) -> None:
    """Wraps the key to whoever is named now. Where somebody is no longer named, everything gets a new key."""
    there = {row[0] for row in raw.execute("SELECT holder FROM seal_key WHERE client = ?", (client,))}
    private = ring.private(client)
    if there == wanted or private is None:
        return
    if there <= wanted:
        _wrap(raw, client, private, wanted - there)
        return
    _open_all(raw, ring, client)
    _new_pair(raw, ring, client, wanted)


def _close_all(raw: Connection, client: str) -> None:
    from nacl.public import PublicKey, SealedBox

    public = raw.execute("SELECT public FROM seal WHERE client = ?", (client,)).fetchone()
    box = SealedBox(PublicKey(public[0]))

    def shut(value: Any) -> Any:
        if not isinstance(value, str) or not value or value.startswith(MARK) or IDENTITY.fullmatch(value):
            return value
        return f"{MARK}{client}:{base64.b64encode(box.encrypt(value.encode())).decode()}"

    _each_column(raw, client, shut)
    about = "(subject = ?1 OR record IN (SELECT value FROM json_each(?2)))"
    rows = raw.execute(
        f"SELECT node, seq, record, body FROM journal WHERE {about} AND body IS NOT NULL",
        (client, _of_case(raw, client)),
    )
    for node, seq, record, body in rows.fetchall():
        if json.loads(body)["kind"] not in OPEN_KINDS:
            raw.execute(
                "INSERT OR REPLACE INTO sealed_body(node, seq, record, client, box) VALUES (?, ?, ?, ?, ?)",
                (node, seq, record, client, bytes.fromhex(client) + box.encrypt(body)),
            )
            raw.execute("UPDATE journal SET body = NULL WHERE node = ? AND seq = ?", (node, seq))
    raw.execute("DELETE FROM match_key WHERE id = (SELECT id FROM sought WHERE record = ?)", (client,))
    raw.execute("DELETE FROM sought WHERE record = ?", (client,))


def _drop_hints(raw: Connection, client: str) -> None:
    raw.execute("DELETE FROM match_key WHERE id IN (SELECT -id FROM main.client WHERE uuid = ?)", (client,))


def _open_all(raw: Connection, ring: Ring, client: str) -> None:
    from mrc_app.store import search_index
    from mrc_app.store.kinds import kinds

    _drop_hints(raw, client)
    mine = f"{MARK}{client}:"
    _each_column(
        raw, client, lambda value: ring.text(value) if isinstance(value, str) and value.startswith(mine) else value
    )
    for node, seq, box in raw.execute("SELECT node, seq, box FROM sealed_body WHERE client = ?", (client,)).fetchall():
        raw.execute("UPDATE journal SET body = ? WHERE node = ? AND seq = ?", (ring.unsealed(box), node, seq))
    for table in ("sealed_body", "seal_key", "seal"):
        raw.execute(f"DELETE FROM {table} WHERE client = ?", (client,))
    for one in _kept(raw):
        if one.subject == "uuid" and hasattr(kinds()[one.table].record, "search_text"):
            search_index.write(raw, _standing(raw, one.table, client))


def _standing(raw: Connection, table: str, client: str) -> list[Any]:
    from mrc_app.store.kinds import kinds

    found = raw.execute(f'SELECT * FROM main."{table}" WHERE uuid = ?', (client,))
    names = [column[0] for column in found.description]
    return [kinds()[table].standing_for(dict(zip(names, row, strict=True))) for row in found.fetchall()]


def _of_case(raw: Connection, subject: str) -> str:
    """The records of a case as a JSON list; empty for a client."""
    if not cases.is_case(raw, subject):
        return "[]"
    return json.dumps(sorted(cases.records(raw, subject)))


def _each_column(raw: Connection, client: str, change: Any) -> None:
    of_case = _of_case(raw, client)
    also = "OR uuid IN (SELECT value FROM json_each(?2))" if of_case != "[]" else ""
    raw.execute("INSERT OR REPLACE INTO gate(node, seq) VALUES ('*', 0)")
    for one in _kept(raw):
        if not one.telling:
            continue
        listed = ", ".join(f'"{name}"' for name in one.telling)
        sets = ", ".join(f'"{name}" = ?' for name in one.telling)
        sql = f'SELECT uuid, {listed} FROM main."{one.table}" WHERE "{one.subject}" = ?1 {also}'
        rows = raw.execute(sql, (client, of_case) if also else (client,))
        for uuid, *was in rows.fetchall():
            now = [change(value) for value in was]
            if now != was:
                raw.execute(f'UPDATE main."{one.table}" SET {sets} WHERE uuid = ?', (*now, uuid))
    raw.execute("DELETE FROM gate")


# -- questions


def shut(raw: Connection, records: Iterable[str]) -> set[str]:
    """Which of these records have journal rows this officer cannot open: they cannot be settled here."""
    if raw.execute("SELECT 1 FROM sealed_body LIMIT 1").fetchone() is None:
        return set()
    sql = (
        "SELECT DISTINCT s.record FROM json_each(?) asked CROSS JOIN sealed_body s ON s.record = asked.value "
        "WHERE unsealed(s.box) IS NULL"
    )
    return {row[0] for row in raw.execute(sql, (json.dumps(list(records)),))}


class Line(NamedTuple):
    """A sealed client as the search table would hold her; it is made in memory for who may see her."""

    uuid: str
    number: str
    shown: str
    sort: str
    text: str
    row: dict[str, Any]


def lines(connection: Connection) -> list[Line]:
    """The sealed clients this officer may see and open, by name."""
    from mrc_app.store.folding import fold
    from mrc_app.store.kinds import kinds

    found = connection.execute(
        "SELECT c.* FROM main.seal s CROSS JOIN temp.seen_client c ON c.uuid = s.client WHERE c.gone = 0"
    )
    names = [column[0] for column in found.description]
    made = []
    for values in found.fetchall():
        row = dict(zip(names, values, strict=True))
        thing = kinds()["client"].standing_for(row)
        shown = str(thing.shown_as())
        made.append(Line(row["uuid"], row["number"], shown, fold(shown), fold(thing.search_text()), row))
    return sorted(made, key=lambda line: (line.sort, line.uuid))
