"""Lists for the screen: plain SQL through the views of what this officer may see, a page at a time by key,
never by offset."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

Key = tuple[str, str]


class ClientRow(NamedTuple):
    """A line of the clients' list. ``sort`` and ``uuid`` are the key of the next page; ``registered_on`` is an
    ISO date."""

    uuid: str
    number: str
    name: str
    sex: str
    phone: str
    district: str
    registered_on: str
    sort: str


class TaskRow(NamedTuple):
    """A line of Today. ``due`` is an ISO date; a task may be about no client."""

    uuid: str
    due: str
    kind: str
    text: str
    for_officer: str | None
    client: str | None
    number: str | None
    name: str | None


_ANOTHER = """EXISTS (SELECT 1 FROM main.linked m CROSS JOIN temp.seen_client o ON o.uuid = m.shown
  WHERE m.client = c.uuid AND m.shown <> m.client AND o.gone = 0)"""
"""The person of this record is shown under another of her records."""
_HIDDEN = """SELECT count(*) FROM (SELECT client FROM main.restriction UNION SELECT client FROM main.erasure
  UNION SELECT client FROM main.linked) asked CROSS JOIN main.sought s ON s.record = asked.client
WHERE s.kind = 'client' AND NOT EXISTS (SELECT 1 FROM temp.seen_client c WHERE c.uuid = s.record AND c.gone = 0)"""
"""Only a client with one of these records can be hidden: nobody else is asked about."""
_SEALED = """SELECT count(*) FROM main.seal closed CROSS JOIN temp.seen_client c ON c.uuid = closed.client
WHERE c.gone = 0 AND NOT EXISTS (SELECT 1 FROM main.sought o WHERE o.record = closed.client)"""
"""Restricted clients this officer sees: they stand in no search table."""
_TWICE = f"""SELECT count(*) FROM main.linked l CROSS JOIN temp.seen_client c ON c.uuid = l.client
WHERE c.gone = 0 AND {_ANOTHER}"""
_CLIENTS = f"""SELECT c.uuid, c.number, s.shown, c.sex, c.phone, c.district, c.registered_on, s.sort
FROM sought s CROSS JOIN temp.seen_client c ON c.uuid = s.record
WHERE s.kind = 'client' AND c.gone = 0 AND (s.sort, s.record) > (?, ?)
  AND NOT {_ANOTHER} ORDER BY s.sort, s.record LIMIT ?"""
_TASK_COUNTS = """SELECT sum(t.due < ?1), sum(t.due = ?1), sum(t.due > ?1) FROM temp.seen_task t
WHERE t.gone = 0 AND t.done_on IS NULL AND t.dropped_on IS NULL AND t.due <= ?2"""
_TASKS = """SELECT t.uuid, t.due, t.kind, t.text, t.for_officer, t.client, s.number, s.shown
FROM temp.seen_task t LEFT JOIN sought s ON s.record = t.client
WHERE t.gone = 0 AND t.done_on IS NULL AND t.dropped_on IS NULL AND t.due <= ?
  AND (? IS NULL OR t.for_officer IS NULL OR t.for_officer = ?) AND (t.due, t.uuid) > (?, ?)
ORDER BY t.due, t.uuid LIMIT ?"""


@needs(May.SEE_NAMES)
def clients(store: Store, after: Key = ("", ""), limit: int = 100) -> list[ClientRow]:
    """A page of the clients by name, each person once, after the key ``(sort, uuid)`` of the line before. Raises
    NotAllowed."""
    with store.plain() as connection:
        page = [ClientRow(*row) for row in connection.execute(_CLIENTS, (*after, limit))]
    return _with_sealed(store, page, after, limit)


def _with_sealed(store: Store, page: list[ClientRow], after: Key, limit: int) -> list[ClientRow]:
    """The page with those restricted clients in their places whom this officer may open: they are in no index."""
    mine = [
        ClientRow(
            one.uuid, one.number, one.shown, one.row["sex"], one.row["phone"], one.row["district"],
            one.row["registered_on"], one.sort,
        )
        for one in store.sealed_lines()
        if (one.sort, one.uuid) > after
    ]  # fmt: skip
    return sorted([*page, *mine], key=lambda row: (row.sort, row.uuid))[:limit] if mine else page


@needs(May.COUNT)
def client_count(store: Store) -> int:
    """How many clients this officer may see; several records of one person count once."""
    with store.plain() as connection:
        records = connection.execute("SELECT count(*) FROM main.sought WHERE kind = 'client'").fetchone()[0]
        records += connection.execute(_SEALED).fetchone()[0]
        hidden = connection.execute(_HIDDEN).fetchone()[0]
        return int(records - hidden - connection.execute(_TWICE).fetchone()[0])


@needs(May.SEE_NAMES)
def task_counts(store: Store, today: date, ahead: date) -> tuple[int, int, int]:
    """How many open tasks are late, due today, and due after it until ``ahead``."""
    with store.plain() as connection:
        late, now, soon = connection.execute(_TASK_COUNTS, (today.isoformat(), ahead.isoformat())).fetchone()
    return late or 0, now or 0, soon or 0


@needs(May.SEE_NAMES)
def tasks(
    store: Store, today: date, officer: str | None = None, after: Key = ("", ""), limit: int = 100
) -> list[TaskRow]:
    """What is due on a day or late, oldest first; of one officer (and of nobody in particular) when named.
    Raises NotAllowed."""
    with store.plain() as connection:
        page = [
            TaskRow(*row) for row in connection.execute(_TASKS, (today.isoformat(), officer, officer, *after, limit))
        ]
    sealed = {one.uuid: one for one in store.sealed_lines()}
    return [
        row._replace(number=sealed[row.client].number, name=sealed[row.client].shown) if row.client in sealed else row
        for row in page
    ]
