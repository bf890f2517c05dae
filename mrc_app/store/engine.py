"""SQLAlchemy over the centre file: a pool of keyed connections; the key never stands in an address or a repr.

Every store has a pool of its own; the dialect and the statements compiled for it are one for the whole program, so that
a desk that is locked and opened again all day does not compile every statement anew.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

CHANGE = "mrc_change"
STATEMENTS = 1000
"""Compiled statements kept, the least used forgotten first."""


@cache
def _model() -> tuple[Engine, Any]:
    """An engine that has met a database once, and what was compiled for its dialect."""
    made = create_engine("sqlite://", module=driver, creator=lambda: driver.connect(":memory:"), hide_parameters=True)
    made.connect().close()
    made.dispose()
    return made, LRUCache(STATEMENTS)


def engine(connect: Callable[[], Any]) -> Engine:
    """An engine whose transactions are plain and read-only unless the connection was asked for a change."""
    model, compiled = _model()
    pool = QueuePool(
        connect, pool_size=4, max_overflow=12, reset_on_return="rollback", dialect=model.dialect, timeout=30
    )
    made = Engine(pool, model.dialect, model.url, hide_parameters=True)
    made.update_execution_options(compiled_cache=compiled)

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        change = bool(connection.get_execution_options().get(CHANGE))
        raw: Any = connection.connection.driver_connection
        raw.execute(f"PRAGMA query_only = {'OFF' if change else 'ON'}")
        raw.execute("BEGIN IMMEDIATE" if change else "BEGIN")

    return made
