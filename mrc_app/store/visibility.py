"""Who sees what: the one criterion for reading, in SQL views and in every select of a session.

A client under a restriction is seen only by the officers named in every restriction that stands; for everybody
else no row about her exists: not in lists, counts, search, agenda or journal. Records linked as one person are
hidden together.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, cast

from mrc_app.store import cases
from mrc_app.store.roles import May, Refused, Role, may, require

__all__ = ["apply", "criteria", "put_views", "require"]

if TYPE_CHECKING:
    from sqlalchemy.orm import ORMExecuteState

    from mrc_app.store.kinds import Kind
    from mrc_app.store.views import Seeing

HIDDEN = """(EXISTS (SELECT 1 FROM main.restriction r WHERE r.client = {subject} AND {closed})
  OR EXISTS (SELECT 1 FROM main.linked m CROSS JOIN main.linked o ON o.shown = m.shown
    CROSS JOIN main.restriction r ON r.client = o.client WHERE m.client = {subject} AND {closed}))"""
ERASED = "EXISTS (SELECT 1 FROM main.erasure x WHERE x.client = {subject} AND x.gone = 0)"
"""A client to be erased is hidden from everybody at once; only the record of her erasure is seen."""
CLOSED = """r.lifted IS NULL AND r.gone = 0
  AND NOT EXISTS (SELECT 1 FROM json_each(r.officers) named WHERE named.value = '{officer}')"""


def put_views(connection: Connection, officer: str, role: Role, *, opens: bool = False) -> None:
    """Lets this connection see with an officer's eyes: ``seen_<table>`` for every kept table and for the journal, each
    made when it is first named (store/views). ``officer`` is a uuid.

    For a role that reads no names the words of every record about a client are empty; for one that may not even count
    there are no such records, nor a journal.
    """
    if officer and not all(letter in "0123456789abcdef" for letter in officer):
        raise ValueError("an officer's uuid is hexadecimal")
    cast("Seeing", connection).see_with(partial(_make, officer=officer, role=role, opens=opens))


def _make(connection: Connection, wanted: Iterable[str], *, officer: str, role: Role, opens: bool) -> None:
    closed = CLOSED.format(officer=officer)
    kept = connection.execute("SELECT name, subject, same_person, telling FROM kind").fetchall()
    ties = [(name, second) for name, _subject, second, _telling in kept if second]
    known = {name: (subject, second, telling) for name, subject, second, telling in kept}
    known["journal"] = ("subject", None, "")
    of_cases = cases.tables(connection)
    for name in (one for one in wanted if one in known):
        subject, second, telling = known[name]
        ends = [f't."{column}"' for column in (subject, second) if column]
        if name == "journal":
            ends += [f'(SELECT l."{other}" FROM main."{tie}" l WHERE l.uuid = t.record)' for tie, other in ties]
        seen = " AND ".join(f"NOT {HIDDEN.format(subject=end, closed=closed)}" for end in ends)
        if name != "erasure":
            seen = " AND ".join(filter(None, (seen, *(f"NOT {ERASED.format(subject=end)}" for end in ends))))
        seen = " AND ".join(filter(None, (seen, *_of_open_cases(connection, name, closed, of_cases))))
        if subject and not may(role, May.COUNT if name != "journal" else May.SEE_NAMES):
            seen = "0"
        where = f"WHERE {seen}" if seen else ""
        if not may(role, May.SEE_NAMES):
            columns = _wordless(connection, name, telling.split())
        else:
            columns = _unsealed(connection, name, telling.split()) if opens else "*"
        connection.execute(f'CREATE TEMP VIEW "seen_{name}" AS SELECT {columns} FROM main."{name}" t {where}')


def _of_open_cases(connection: Connection, table: str, closed: str, of_cases: list[str]) -> list[str]:
    """Conditions under which a row of a table is of no case closed to this officer."""
    if not of_cases:
        return []
    if table == "journal":
        return cases.unseen_rows(closed, of_cases)
    columns = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
    rule = cases.shut_out(table, columns, closed, of_cases)
    return [f"coalesce(t.\"{rule[0]}\", '') NOT IN ({rule[1]})"] if rule else []


def _unsealed(connection: Connection, table: str, telling: list[str]) -> str:
    """Every column of a table, with the second seal taken off where this officer holds the key."""
    if table == "journal":
        box = "SELECT unsealed(s.box) FROM main.sealed_body s WHERE s.node = t.node AND s.seq = t.seq"
        return f"t.node, t.seq, t.record, t.subject, coalesce(t.body, ({box})) AS body, t.digest, t.state"
    names = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
    column = 't."{0}"'
    is_shut = f"substr({column}, 1, 8) = char(1) || 'sealed:'"
    shut = f'CASE WHEN {is_shut} THEN unsealed({column}) ELSE {column} END AS "{{0}}"'
    return ", ".join(shut.format(name) if name in telling else f't."{name}"' for name in names)


def _wordless(connection: Connection, table: str, telling: list[str]) -> str:
    """Every column of a table, the telling ones empty."""
    names = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
    return ", ".join(f"'' AS \"{name}\"" if name in telling else f't."{name}"' for name in names)


def criteria(kinds: Iterable[Kind], officer: str) -> list[Any]:
    """The criterion for every record about a client, for sessions of one officer."""
    known = tuple(kinds)
    wanted = (officer, tuple(kind.name for kind in known))
    built = _BUILT.get(wanted)
    if built is None:
        built = _criteria(known, officer)
        _BUILT.clear()
        _BUILT[wanted] = built
    return built


_BUILT: dict[tuple[str, tuple[str, ...]], list[Any]] = {}
"""The criteria of the officer who read last: they depend on nothing else, and building them takes long."""


def _criteria(known: tuple[Kind, ...], officer: str) -> list[Any]:
    from sqlalchemy.orm import with_loader_criteria

    of_cases = sorted(kind.name for kind in known if cases.CASE in (kind.name, *kind.columns))
    return [
        with_loader_criteria(kind.record, _seen(kind, officer, of_cases), include_aliases=True)
        for kind in known
        if kind.subject
    ]


def _seen(kind: Kind, officer: str, of_cases: list[str]) -> Any:
    from sqlalchemy import and_, func, literal_column

    ends = (kind.subject or "uuid", kind.record.same_person)
    hidden = [_hidden(getattr(kind.record, end), officer) for end in ends if end]
    if kind.name != "erasure":
        hidden += [_to_be_erased(getattr(kind.record, end)) for end in ends if end]
    rule = cases.shut_out(kind.name, kind.columns, CLOSED.format(officer=officer), of_cases)
    column = rule and func.coalesce(getattr(kind.record, rule[0]), "")
    apart = [column.op("NOT IN")(literal_column(f"({rule[1]})"))] if rule and column is not None else []
    return and_(*(~one for one in hidden), *apart)


def _to_be_erased(subject: Any) -> Any:
    from sqlalchemy import and_, exists

    from mrc_app.store.erasures import Erasure

    asked = Erasure.__table__.alias("to_be_erased")  # type: ignore[attr-defined]
    return exists().where(and_(asked.c.client == subject, asked.c.gone.is_(False)))


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
    """Adds the criterion to a select; refuses statements that would change records behind the journal's back.

    Raises Refused where an officer's role reads no names and the statement asks for a record about a client, or for a
    column that tells who she is.
    """
    if state.is_update or state.is_delete or state.is_insert:
        raise RuntimeError("write bypasses the journal")
    role: Role = state.session.info["role"]
    if not may(role, May.SEE_NAMES):
        _refuse_names(role, state.statement)
    if state.is_select and not state.is_column_load and not state.is_relationship_load:
        state.statement = state.statement.options(*options)


def _refuse_names(role: Role, statement: Any) -> None:
    from sqlalchemy import Select, Table
    from sqlalchemy.sql import visitors

    from mrc_app.store.kinds import kinds

    about = {name: kind for name, kind in kinds().items() if kind.subject}
    for part in visitors.iterate(statement):
        if isinstance(part, Table) and part.name in about and not may(role, May.COUNT):
            raise Refused(role, May.COUNT, part.name)
        for column in getattr(part, "base_columns", ()):
            kind = about.get(getattr(getattr(column, "table", None), "name", ""))
            if kind and column.name in kind.telling:
                raise Refused(role, May.SEE_NAMES, kind.name)
        for asked in part._raw_columns if isinstance(part, Select) else ():
            whole = next((t for t in getattr(asked, "_from_objects", ()) if asked.is_selectable), None)
            if whole is not None and (name := getattr(getattr(whole, "element", whole), "name", "")) in about:
                raise Refused(role, May.SEE_NAMES, name)
