"""The driver's connection under a session: for what SQL says best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlmodel import Session


def raw_of(session: Session) -> Connection:
    """The driver's connection under a session, in its transaction."""
    raw: Any = session.connection().connection.driver_connection
    return raw  # type: ignore[no-any-return]
