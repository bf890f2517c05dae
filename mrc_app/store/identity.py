"""Who this desk is: a desk lasts, a node id is new whenever the file may have a twin (made, restored, or on
another computer)."""

from __future__ import annotations

import secrets
from pathlib import Path
from sqlite3 import Connection

from mrc_app.store import leftovers
from mrc_app.store.rows import now_text

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TOKEN = "desk-token"  # noqa: S105 (a file name)


def settings_folder() -> Path:
    """This computer's own folder for the program's settings."""
    from platformdirs import user_config_path

    return user_config_path("mrc-desk", appauthor=False)


def computer_token(folder: Path | None = None) -> str:
    """This computer's random token, made at its first use. A file copied to another computer meets another
    token."""
    path = (folder or settings_folder()) / _TOKEN
    try:
        found = path.read_text("ascii").strip()
        if len(found) == 32:
            return found
    except (OSError, UnicodeDecodeError):
        pass
    made = secrets.token_hex(16)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(made, "ascii")
    return made


def get(connection: Connection, key: str) -> str | None:
    """A setting of this file."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def put(connection: Connection, **values: object) -> None:
    """Keeps settings of this file."""
    connection.executemany(
        "INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)", [(k, str(v)) for k, v in values.items()]
    )


def new_node(connection: Connection, token: str) -> str:
    """A new node id for this file on this computer."""
    node = secrets.token_hex(8)
    put(connection, node=node, token=token, node_since=now_text())
    return node


def new_desk(connection: Connection, name: str, token: str) -> str:
    """A new desk: id, short code for numbers, signing key and first node id. Returns the node."""
    from nacl.signing import SigningKey

    desk = secrets.token_hex(8)
    put(
        connection,
        desk=desk,
        desk_name=name,
        desk_code=code_of(desk),
        signing_key=SigningKey.generate().encode().hex(),
    )
    return new_node(connection, token)


def new_start(connection: Connection, token: str) -> str:
    """After an older copy was put back: a new node id, so that other desks take in what is written from now on, and a
    new ending of the desk code, because paper may carry numbers this copy has never heard of. Returns the code."""
    node = new_node(connection, token)
    first = get(connection, "desk_code_first") or get(connection, "desk_code") or ""
    number, ending = int(node, 16), ""
    while len(ending) < 3:
        number, place = divmod(number, len(LETTERS))
        ending += LETTERS[place]
    put(connection, desk_code=first + ending, desk_code_first=first)
    return first + ending


def code_of(desk: str) -> str:
    """The short code of a desk in client numbers: a letter and two more characters, from its id."""
    value = int(desk, 16)
    return LETTERS[10 + value % 22] + LETTERS[value // 22 % 32] + LETTERS[value // 704 % 32]


def waits(connection: Connection) -> bool:
    """Whether this is an empty desk that was made to join a centre and waits for its first parcel."""
    return get(connection, "joins") is not None and not connection.execute("SELECT 1 FROM officer LIMIT 1").fetchone()


def node_here(connection: Connection, token: str) -> str:
    """This file's node id, made new when the file has come from another computer."""
    node = get(connection, "node")
    if node is not None and get(connection, "token") == token:
        return node
    connection.execute("BEGIN IMMEDIATE")
    with leftovers.undone(lambda: connection.execute("ROLLBACK")):
        made = new_node(connection, token)
        connection.execute("COMMIT")
    return made
