"""Who signs in, read by plain SQL: on the way to the first page nothing heavier is loaded."""

from __future__ import annotations

from sqlite3 import Connection

from mrc_app.errors import NotAllowed
from mrc_app.i18n import N_
from mrc_app.store.roles import Role


def officer_of(connection: Connection, login: str) -> tuple[str, str, Role]:
    """The uuid, name and role of the active officer with a login. Raises NotAllowed when there is none."""
    wanted = login.strip().casefold()
    rows = connection.execute("SELECT uuid, name, login, role FROM officer WHERE active = 1 AND gone = 0 ORDER BY uuid")
    for uuid, name, known, role in rows.fetchall():
        if known.strip().casefold() == wanted:
            return uuid, name, Role(role)
    raise NotAllowed(N_("“{login}” does not work at this desk any more."), login=login)
