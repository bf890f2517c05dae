"""Who sees what: the one criterion for reading, in SQL views and in every select of a session.

A client under a restriction is seen only by the officers named in every restriction that stands; for everybody
else no row about her exists: not in lists, counts, search, agenda or journal. Records linked as one person are
hidden together.
"""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.errors import NotAllowed
from mrc_app.i18n import N_
from mrc_app.store.roles import May, Role, may

if TYPE_CHECKING:
    from sqlalchemy.orm import ORMExecuteState

    from mrc_app.store.kinds import Kind

HIDDEN = """(EXISTS (SELECT 1 FROM main.restriction r WHERE r.client = {subject} AND {closed})
  OR EXISTS (SELECT 1 FROM main.linked m CROSS JOIN main.linked o ON o.shown = m.shown
    CROSS JOIN main.restriction r ON r.client = o.client WHERE m.client = {subject} AND {closed}))"""
CLOSED = """r.lifted IS NULL AND r.gone = 0
  AND NOT EXISTS (SELECT 1 FROM json_each(r.officers) named WHERE named.value = '{officer}')"""


def put_views(connection: Connection, officer: str) -> None:
    """Makes ``seen_<table>`` on this connection for every kept table and for the journal. ``officer`` is a uuid."""
    if officer and not all(letter in "0123456789abcdef" for letter in officer):
        raise ValueError("an officer's uuid is hexadecimal")
    closed = CLOSED.format(officer=officer)
    kept = connection.execute("SELECT name, subject, same_person FROM kind").fetchall()
    ties = [(name, second) for name, _subject, second in kept if second]
    for name, subject, second in [*kept, ("journal", "subject", None)]:
        ends = [f't."{column}"' for column in (subject, second) if column]
        if name == "journal":
            ends += [f'(SELECT l."{other}" FROM main."{tie}" l WHERE l.uuid = t.record)' for tie, other in ties]
        seen = " AND ".join(f"NOT {HIDDEN.format(subject=end, closed=closed)}" for end in ends)
        where = f"WHERE {seen}" if seen else ""
        connection.execute(f'CREATE TEMP VIEW "seen_{name}" AS SELECT * FROM main."{name}" t {where}')


def require(role: Role, what: May) -> None:
    """Raises NotAllowed unless a role allows something."""
    if not may(role, what):
        raise NotAllowed(N_("Your role ({role}) does not allow this: {what}."), role=role.label, what=what.label)


def criteria(kinds: Iterable[Kind], officer: str) -> list[Any]:
    """The criterion for every record about a client, for sessions of one officer."""
    from sqlalchemy.orm import with_loader_criteria

    return [
        with_loader_criteria(kind.record, _seen(kind, officer), include_aliases=True) for kind in kinds if kind.subject
    ]


def _seen(kind: Kind, officer: str) -> Any:
    from sqlalchemy import and_

    ends = (kind.subject or "uuid", kind.record.same_person)
    return and_(*(~_hidden(getattr(kind.record, end), officer) for end in ends if end))


def _hidden(subject: Any, officer: str) -> Any:
    """Whether a restriction of this client, or of one linked with her, does not name the officer."""
    from sqlalchemy import and_, column, exists, func, or_, select

    from mrc_app.store.restrictions import Restriction
    from mrc_app.store.schema import linked

    stands = Restriction.__table__.alias("standing")  # type: ignore[attr-defined]
    named = func.json_each(stands.c.officers).table_valued(column("value"), name="named")
    is_named = select(1).select_from(named).where(named.c.value == officer).exists()
    closed = and_(stands.c.lifted.is_(None), stands.c.gone.is_(False), ~is_named)
    mine, other = linked.alias("mine"), linked.alias("other")
    with_her = exists().where(
        and_(mine.c.client == subject, other.c.shown == mine.c.shown, stands.c.client == other.c.client, closed)
    )
    return or_(exists().where(and_(stands.c.client == subject, closed)), with_her)


def apply(state: ORMExecuteState, options: list[Any]) -> None:
    """Adds the criterion to a select; refuses statements that would change records behind the journal's back."""
    if state.is_update or state.is_delete or state.is_insert:
        raise RuntimeError("write bypasses the journal")
    if state.is_select and not state.is_column_load and not state.is_relationship_load:
        state.statement = state.statement.options(*options)
