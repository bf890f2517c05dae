"""Lists of cases for the screen: plain SQL through what this officer may see, a page at a time by key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

ENDED = ("closed", "withdrawn", "lapsed", "rejected", "transferred")
"""The states in which a case has ended, as the table keeps them: those of grievance_events, which the store may not
import; a test compares them."""
Key = tuple[str, str]


class CaseRow(NamedTuple):
    """A line of the list of cases. ``lodged_on`` and ``uuid`` are the key of the next page; dates are ISO."""

    uuid: str
    number: str
    title: str
    lodged_on: str
    danger: str
    step: str
    state: str
    people: int
    hearing: str


_STATE = """coalesce((SELECT e.state FROM temp.seen_grievanceevent e WHERE e.grievance = g.uuid AND e.gone = 0
  ORDER BY e."on" DESC, e.n DESC, e.uuid DESC LIMIT 1), 'intake')"""
_ENDED = ", ".join(f"'{state}'" for state in ENDED)
_OPEN = f"{_STATE} NOT IN ({_ENDED})"
_CASES = f"""SELECT g.uuid, g.number, g.title, g.lodged_on, g.danger, g.step, {_STATE},
  (SELECT count(*) FROM temp.seen_complainant p WHERE p.grievance = g.uuid AND p.gone = 0),
  coalesce((SELECT min(h."on") FROM temp.seen_hearing h WHERE h.grievance = g.uuid AND h.gone = 0
    AND h.held = 'planned' AND h."on" >= ?), '')
FROM temp.seen_grievance g WHERE g.gone = 0 AND {{which}} AND (g.lodged_on, g.uuid) > (?, ?)
ORDER BY g.lodged_on, g.uuid LIMIT ?"""
_COUNT = "SELECT count(*) FROM temp.seen_grievance g WHERE g.gone = 0 AND {which}"


def _which(ended: bool) -> str:
    return f"NOT ({_OPEN})" if ended else _OPEN


@needs(May.SEE_NAMES)
def cases(store: Store, today: date, *, ended: bool = False, after: Key = ("", ""), limit: int = 100) -> list[CaseRow]:
    """A page of the open cases, the oldest first, after the key of the line before; with ``ended`` of the others."""
    with store.plain() as connection:
        sql = _CASES.format(which=_which(ended))
        return [CaseRow(*row) for row in connection.execute(sql, (today.isoformat(), *after, limit))]


@needs(May.COUNT)
def case_count(store: Store, *, ended: bool = False) -> int:
    """How many cases this officer may see are open; with ``ended``, how many have ended."""
    with store.plain() as connection:
        return int(connection.execute(_COUNT.format(which=_which(ended))).fetchone()[0])
