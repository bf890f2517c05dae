"""Blind keys of sealed clients: only where a centre wants "ask your supervisor" to be said at the moment of saving.

Whoever holds the file's key can test a guessed name and phone against them; a centre that leaves the setting off has
none. They stand among the matching keys under the client's row number with a minus sign.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import blake2b
from sqlite3 import Connection
from typing import TYPE_CHECKING

from mrc_app.store import identity

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

TELL = "tell_hidden_duplicates"
"""The centre's setting."""


def blind(raw: Connection, key: str) -> str:
    """A key under which a person is found twice, made blind: enough to compare, not to read. Its kind stays."""
    desk = (identity.get(raw, "desk") or "").encode()
    return f"h{key[0]}{blake2b(key.encode(), key=desk[:64], digest_size=16, person=b'mrc hint').hexdigest()}"


def leave(store: Store) -> None:
    """Brings the blind keys of the restricted clients this officer opens in step with the centre's setting."""
    from mrc_app.store.kinds import kinds

    wanted = bool(store.centre().settings.get(TELL))
    mine = store.sealed_lines()
    with store.plain() as connection:
        if not wanted:
            connection.execute("DELETE FROM match_key WHERE id < 0")
            return
        for one in mine:
            made = kinds()["client"].standing_for(one.row).match_keys()
            connection.execute("DELETE FROM match_key WHERE id = ?", (-one.row["id"],))
            connection.executemany(
                "INSERT OR IGNORE INTO match_key(key, id) VALUES (?, ?)",
                [(blind(connection, key), -one.row["id"]) for key in sorted(made)],
            )


def meant(connection: Connection, keys: Iterable[str]) -> bool:
    """Whether somebody hidden from this officer is almost certainly meant: her passport, her phone with a word of her
    name, or two words of her name with her year of birth."""
    asked = json.dumps([blind(connection, key) for key in sorted(set(keys))])
    sql = (
        "SELECT k.id, substr(k.key, 2, 1) FROM json_each(?) asked CROSS JOIN match_key k ON k.key = asked.value "
        "WHERE k.id < 0 AND NOT EXISTS "
        "(SELECT 1 FROM main.client m JOIN temp.seen_client c ON c.uuid = m.uuid WHERE m.id = -k.id)"
    )
    found: dict[int, set[str]] = {}
    for number, kind in connection.execute(sql, (asked,)):
        found.setdefault(number, set()).add(kind)
    return any("n" in kinds or {"p", "w"} <= kinds or {"2", "y"} <= kinds for kinds in found.values())
