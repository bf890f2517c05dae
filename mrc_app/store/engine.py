"""SQLAlchemy over the centre file: a pool of keyed connections; the key never stands in an address or a repr."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

CHANGE = "mrc_change"


def engine(connect: Callable[[], Any]) -> Engine:
    """An engine whose transactions are plain and read-only unless the connection was asked for a change."""
    made = create_engine(
        "sqlite://",
        module=driver,
        creator=connect,
        poolclass=QueuePool,
        hide_parameters=True,
        pool_size=4,
        max_overflow=12,
        pool_reset_on_return="rollback",
    )

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        change = bool(connection.get_execution_options().get(CHANGE))
        raw: Any = connection.connection.driver_connection
        raw.execute(f"PRAGMA query_only = {'OFF' if change else 'ON'}")
        raw.execute("BEGIN IMMEDIATE" if change else "BEGIN")

    return made
