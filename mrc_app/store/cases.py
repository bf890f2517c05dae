"""Cases as restricted subjects: whatever has a column ``grievance`` is hidden, sealed and erased with its case.

A case is closed to an officer when a restriction of the case, or of any one of its complainants, does not name her:
the strictest holds for all. What points at a record of a case by ``about`` or ``scope`` (a task, a consent) and the
papers that its evidence names follow it. Nothing here knows what a case is about.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from sqlite3 import Connection

CASE, PERSON, EVIDENCE = "grievance", "complainant", "evidence"
POINTING = {"task": "about", "consent": "scope"}
"""Tables released before there were cases, and the column with the uuid of the record they came from."""
POINTED_AT = ("deadline", "hearing", "referral")
"""Records of a case, besides the case itself, that tasks and consents point at."""

_CLOSED = """SELECT r.client FROM main.restriction r WHERE {closed}
  UNION SELECT p.grievance FROM main.restriction r CROSS JOIN main.complainant p ON p.client = r.client
    WHERE p.gone = 0 AND {closed}
  UNION SELECT p.grievance FROM main.restriction r CROSS JOIN main.linked m ON m.client = r.client
    CROSS JOIN main.linked o ON o.shown = m.shown CROSS JOIN main.complainant p ON p.client = o.client
    WHERE p.gone = 0 AND {closed}
  UNION SELECT p.grievance FROM main.erasure x CROSS JOIN main.complainant p ON p.client = x.client
    WHERE x.gone = 0 AND NOT EXISTS (SELECT 1 FROM main.complainant q WHERE q.grievance = p.grievance AND q.gone = 0
      AND NOT EXISTS (SELECT 1 FROM main.erasure y WHERE y.client = q.client AND y.gone = 0))"""
_ONLY_THEIRS = f"""SELECT DISTINCT p.{CASE} FROM main.{PERSON} p WHERE p.client IN (SELECT value FROM json_each(?1))
  AND NOT EXISTS (SELECT 1 FROM main.{PERSON} q WHERE q.{CASE} = p.{CASE} AND q.gone = 0
    AND q.client NOT IN (SELECT value FROM json_each(?1)))"""

# -- Rules


def closed_cases(closed: str) -> str:
    """SQL: the cases closed to an officer (among other identities); ``closed`` says when a restriction ``r`` is."""
    return _CLOSED.format(closed=closed)


def closed_records(closed: str, tables: Iterable[str]) -> str:
    """SQL: the closed cases and their records in ``tables``."""
    arms = [f'SELECT uuid FROM main."{table}" WHERE "{CASE}" IN shut' for table in tables if table != CASE]
    listed = " UNION ALL ".join(["SELECT uuid FROM shut", *arms])
    return f"WITH shut(uuid) AS MATERIALIZED ({closed_cases(closed)}) {listed}"


def closed_papers(closed: str) -> str:
    """SQL: the papers that the evidence of closed cases names."""
    return f"SELECT attachment FROM main.{EVIDENCE} WHERE attachment IS NOT NULL AND {CASE} IN ({closed_cases(closed)})"


def shut_out(table: str, columns: Iterable[str], closed: str, tables: Iterable[str]) -> tuple[str, str] | None:
    """The column of a table, and the SQL set in which it must not be for a row to be seen; None without such a rule."""
    if CASE in (table, *columns):
        return ("uuid" if table == CASE else CASE), closed_cases(closed)
    if table in POINTING:
        return POINTING[table], closed_records(closed, [one for one in tables if one in POINTED_AT])
    return ("uuid", closed_papers(closed)) if table == "attachment" else None


def unseen_rows(closed: str, tables: Iterable[str]) -> list[str]:
    """SQL conditions under which a row ``t`` of the journal is not about a closed case."""
    targets = closed_records(closed, [one for one in tables if one in POINTED_AT])
    points = (
        f'NOT EXISTS (SELECT 1 FROM main."{one}" k WHERE k.uuid = t.record AND k."{column}" IN ({targets}))'
        for one, column in POINTING.items()
    )
    records = closed_records(closed, tables)
    return [f"t.record NOT IN ({records})", f"t.record NOT IN ({closed_papers(closed)})", *points]


# -- Questions


def known(connection: Connection) -> bool:
    """Whether the file has cases at all; one from before there were any has not."""
    return connection.execute("SELECT 1 FROM main.kind WHERE name = ?", (PERSON,)).fetchone() is not None


def tables(connection: Connection) -> list[str]:
    """The kept tables that belong to cases."""
    sql = "SELECT k.name FROM main.kind k JOIN pragma_table_info(k.name) c ON c.name = ? ORDER BY k.name"
    return [row[0] for row in connection.execute(sql, (CASE,)).fetchall()] if known(connection) else []


def is_case(connection: Connection, subject: str) -> bool:
    """Whether a subject is a case; False for a client."""
    sql = f"SELECT 1 FROM main.{CASE} WHERE uuid = ?"
    return known(connection) and connection.execute(sql, (subject,)).fetchone() is not None


def records(connection: Connection, case: str) -> set[str]:
    """Every record of a case, with what points at it and the papers its evidence names."""
    found, there = {case}, tables(connection)
    for table in there:
        found |= {row[0] for row in connection.execute(f'SELECT uuid FROM main."{table}" WHERE "{CASE}" = ?', (case,))}
    asked = (json.dumps(sorted(found)),)
    for table, column in POINTING.items():
        sql = f'SELECT uuid FROM main."{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))'
        found |= {row[0] for row in connection.execute(sql, asked).fetchall()}
    if EVIDENCE in there:
        sql = f"SELECT attachment FROM main.{EVIDENCE} WHERE {CASE} = ? AND attachment IS NOT NULL"
        found |= {row[0] for row in connection.execute(sql, (case,)).fetchall()}
    return found


def around(connection: Connection, subjects: Iterable[str]) -> set[str]:
    """These clients and cases, with the cases of the clients and the clients of the cases."""
    found = set(subjects)
    if not known(connection):
        return found
    sql = f"SELECT {CASE}, client FROM main.{PERSON} WHERE {{}} IN (SELECT value FROM json_each(?))"
    for column in ("client", CASE):
        for pair in connection.execute(sql.format(column), (json.dumps(sorted(found)),)).fetchall():
            found |= set(pair)
    return found


def only_theirs(connection: Connection, clients: Iterable[str]) -> set[str]:
    """The cases in which these clients are the only complainants: they go when the clients are erased."""
    if not known(connection):
        return set()
    return {row[0] for row in connection.execute(_ONLY_THEIRS, (json.dumps(sorted(clients)),)).fetchall()}
