"""What was refused, and to whom: kept in this file only, without a word of any record."""

from __future__ import annotations

from sqlite3 import Connection
from typing import TYPE_CHECKING, NamedTuple

from mrc_app.errors import NotAllowed
from mrc_app.store import keys, patience
from mrc_app.store.roles import May, Refused, needs
from mrc_app.store.rows import now_text

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

SIGN_IN = "sign_in"
KEPT = 5000


class Refusal(NamedTuple):
    """One refusal: when (UTC), to whom (None for a failed sign-in of an unknown name), what was tried, which right was
    missing or which sentence was said, and the kind of record, if one was named."""

    at: str
    officer: str | None
    name: str
    did: str
    what: str
    kind: str


def told(refused: NotAllowed) -> tuple[str, str]:
    """The missing right, else the sentence without its values; and the kind of record."""
    if isinstance(refused, Refused):
        return refused.right.value, refused.kind
    return refused.problem.message, ""


def keep(
    connection: Connection, *, officer: str | None, did: str, what: str, kind: str = "", at: str | None = None
) -> None:
    """Keeps a refusal; of very many only the latest stay."""
    connection.execute(
        "INSERT INTO refusal(at, officer, did, what, kind) VALUES (?, ?, ?, ?, ?)",
        (at or now_text(), officer, did, what, kind),
    )
    connection.execute("DELETE FROM refusal WHERE id <= (SELECT max(id) FROM refusal) - ?", (KEPT,))


def bring_in(store: Store) -> None:
    """Writes the sign-ins that failed while the file was locked into it, under the officer whose name was typed."""
    failed = patience.untold(store.path)
    if not failed:
        return
    db = keys.read(keys.beside(store.path))[0].id
    with store.plain() as connection:
        people = connection.execute("SELECT uuid, login FROM officer WHERE gone = 0").fetchall()
        tags = {keys.tag_of(db, login): uuid for uuid, login in people}
        for tag, at in failed:
            keep(connection, officer=tags.get(tag), did=SIGN_IN, what=SIGN_IN, at=at)
    patience.told(store.path)


@needs(May.SEE_REFUSALS)
def refusals(store: Store, limit: int = 200) -> list[Refusal]:
    """What was refused, the latest first. Raises NotAllowed for everybody but a supervisor."""
    with store.plain() as connection:
        found = connection.execute(
            "SELECT r.at, r.officer, coalesce(o.name, ''), r.did, r.what, r.kind FROM refusal r "
            "LEFT JOIN officer o ON o.uuid = r.officer ORDER BY r.id DESC LIMIT ?",
            (limit,),
        )
        return [Refusal(*row) for row in found.fetchall()]
