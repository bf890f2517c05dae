"""A connection that sees with an officer's eyes: ``seen_<table>`` is made when a statement first names it.

There are as many of these views as kinds of record, and making them all took most of the time of opening a connection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import sqlcipher3.dbapi2 as driver

MARK = "seen_"
NAMED = re.compile(r"\bseen_([a-z]+)\b")
Maker = Callable[[Any, Iterable[str]], None]
"""Makes the views of some tables on a connection; tables it does not know are passed over."""


class Seeing(driver.Connection):  # type: ignore[misc]
    """A connection to a centre file. Without a maker it has no views."""

    maker: Maker | None = None

    def cursor(self, *given: Any) -> Any:
        """A cursor that has the views made a statement asks for."""
        return super().cursor(*(given or (Asking,)))

    def see_with(self, maker: Maker) -> None:
        """Takes up an officer's eyes; the views made for another's are gone."""
        for (name,) in super().cursor().execute("SELECT name FROM temp.sqlite_master WHERE type = 'view'").fetchall():
            super().cursor().execute(f'DROP VIEW temp."{name}"')
        self.maker = maker

    def make_seen(self, sql: str) -> None:
        """Makes the views this statement names and the connection does not have yet. A transaction that is taken back
        takes the views made in it along, so what is there is asked each time."""
        maker = self.maker
        if maker is None:
            return
        wanted = set(NAMED.findall(sql))
        there = super().cursor().execute("SELECT substr(name, 6) FROM temp.sqlite_master WHERE type = 'view'")
        wanted -= {row[0] for row in there}
        if not wanted:
            return
        (only_reading,) = super().cursor().execute("PRAGMA query_only").fetchone()
        super().cursor().execute("PRAGMA query_only = OFF")
        self.maker = None
        try:
            maker(self, sorted(wanted))
        finally:
            self.maker = maker
            super().cursor().execute(f"PRAGMA query_only = {only_reading}")


class Asking(driver.Cursor):  # type: ignore[misc]
    """A cursor of such a connection."""

    def execute(self, sql: str, *given: Any) -> Any:
        """Executes a statement, after the views it names are there."""
        if MARK in sql:
            self.connection.make_seen(sql)
        return super().execute(sql, *given)
