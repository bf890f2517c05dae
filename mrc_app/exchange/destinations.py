"""Where parcels are sent: a folder or a stick, a WebDAV or HTTPS folder of a partner's server, or one reached by SFTP.

Kept in this centre file only, never journalled and never in a parcel: another desk types its own password. Addresses
are https, or plain http on this very computer; a password never stands in an address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

from sqlalchemy import Column, String, Table

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_, Labelled
from mrc_app.store.records import metadata
from mrc_app.store.roles import May, needs
from mrc_app.store.rows import now_text

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

# -- Words


class Way(Labelled):
    """How a parcel travels."""

    FOLDER = "folder", N_("folder or stick")
    WEBDAV = "webdav", N_("server (WebDAV or HTTPS)")
    SFTP = "sftp", N_("server (SFTP)")


# -- Record

destination = Table(
    "destination",
    metadata,
    Column("name", String, primary_key=True),
    Column("way", String, nullable=False),
    Column("address", String, nullable=False),
    Column("login", String, nullable=False, server_default=""),
    Column("password", String, nullable=False, server_default=""),
    Column("host_key", String, nullable=False, server_default=""),
    Column("added_by", String, nullable=False, server_default=""),
    Column("at", String, nullable=False),
)


@dataclass(frozen=True)
class Destination:
    """One place parcels are sent to. ``host_key`` is the key of an SFTP server ("SHA256:…"). The password is shown
    nowhere."""

    name: str
    way: Way
    address: str
    login: str = ""
    password: str = field(default="", repr=False, compare=False)
    host_key: str = ""
    added_by: str = ""
    at: str = ""

    def told(self) -> dict[str, Any]:
        """As a program is told it: whether there is a password, never which."""
        return {
            "name": self.name, "way": self.way.value, "address": self.address, "login": self.login or None,
            "password": bool(self.password), "host_key": self.host_key or None, "at": self.at,
        }  # fmt: skip


# -- Rules

HERE = ("localhost", "127.0.0.1", "::1")
NO_NAME = N_("Give the destination a short name.")
THERE = N_("There is a destination “{name}” already.")
NO_ADDRESS = N_("“{address}” is neither a folder nor an address that begins with https:// or sftp://.")
NO_HTTP = N_("Plain http is not used: passwords and parcels could be read and changed on the way. Ask for https.")
NO_PASSWORD_HERE = N_("A name or password must not stand in the address: give them with --login and --password-of.")
ONLY_PATH = N_("The address must not hold “?” or “#”.")
NO_LOGIN = N_("Say under which name to sign in.")
NO_HOST_KEY = N_("Give the key of the server as its owner read it to you (SHA256:…).")
NO_DESTINATION = N_("There is no destination “{name}”. Add it first.")
_HOST_KEY = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def way_of(address: str) -> tuple[Way, str]:
    """How an address is reached, and the address as it is kept. Raises Invalid(address=)."""
    said = address.strip()
    scheme = said.partition("://")[0].lower() if "://" in said else ""
    if scheme in ("https", "http", "sftp"):
        return (Way.SFTP if scheme == "sftp" else Way.WEBDAV), _server(said, scheme)
    if not said or scheme or not Path(said).expanduser().is_absolute():
        raise Invalid(address=Problem(NO_ADDRESS, {"address": said[:200]}))
    return Way.FOLDER, str(Path(said).expanduser())


def _server(said: str, scheme: str) -> str:
    wrong = Invalid(address=Problem(NO_ADDRESS, {"address": _without_secret(said)}))
    try:
        parts = urlsplit(said)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise wrong from None
    if not host or " " in host or _HIDDEN.search(said):
        raise wrong
    if "@" in parts.netloc:
        raise Invalid(address=Problem(NO_PASSWORD_HERE))
    if parts.query or parts.fragment:
        raise Invalid(address=Problem(ONLY_PATH))
    if scheme == "http" and host not in HERE:
        raise Invalid(address=Problem(NO_HTTP))
    at = f"[{host}]" if ":" in host else host
    path = quote(unquote(parts.path), safe="/~")
    return SplitResult(scheme, at if port is None else f"{at}:{port}", path.rstrip("/") + "/", "", "").geturl()


def _without_secret(said: str) -> str:
    return re.sub(r"//[^/@]*@", "//", said)[:200]


# -- Actions


@needs(May.SETTINGS)
def add(
    store: Store, *, name: str, address: str, login: str = "", password: str = "", host_key: str = ""
) -> Destination:  # fmt: skip
    """Keeps a place parcels are sent to. Raises Invalid(name=, address=, login=, host_key=)."""
    way, kept = way_of(address)
    wrong: dict[str, Problem] = {}
    if not 0 < len(name.strip()) <= 80 or not name.strip().isprintable():
        wrong["name"] = Problem(NO_NAME)
    if way is Way.SFTP and not login.strip():
        wrong["login"] = Problem(NO_LOGIN)
    if way is Way.SFTP and not _HOST_KEY.fullmatch(host_key.strip().rstrip("=")):
        wrong["host_key"] = Problem(NO_HOST_KEY)
    if wrong:
        raise Invalid(**wrong)
    secret = "" if way is Way.FOLDER else password
    made = Destination(
        name.strip(), way, kept, login.strip(), secret, host_key.strip().rstrip("="), store.officer, now_text()
    )
    with store.writing() as connection:
        if _find(connection, made.name) is not None:
            raise Invalid(name=Problem(THERE, {"name": made.name}))
        connection.execute(
            "INSERT INTO destination(name, way, address, login, password, host_key, added_by, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (made.name, made.way.value, made.address, made.login, made.password, made.host_key, made.added_by, made.at),
        )
    return made


@needs(May.SETTINGS)
def change_password(store: Store, name: str, password: str) -> None:
    """Keeps another password for a place. Raises Invalid(destination=)."""
    with store.writing() as connection:
        sql = "UPDATE destination SET password = ? WHERE name = ?"
        if not connection.execute(sql, (password, name)).rowcount:
            raise Invalid(destination=Problem(NO_DESTINATION, {"name": name[:80]}))


@needs(May.SETTINGS)
def remove(store: Store, name: str) -> None:
    """Forgets a place and its password. What waits for it in the outbox stays until it is dropped. Raises
    Invalid(destination=)."""
    with store.writing() as connection:
        if not connection.execute("DELETE FROM destination WHERE name = ?", (name,)).rowcount:
            raise Invalid(destination=Problem(NO_DESTINATION, {"name": name[:80]}))


# -- Questions

_COLUMNS = "name, way, address, login, password, host_key, added_by, at"


@needs(May.EXCHANGE)
def destinations(store: Store) -> list[Destination]:
    """The places parcels are sent to, by name."""
    with store.plain() as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM destination ORDER BY name").fetchall()  # noqa: S608
    return [_destination(row) for row in rows]


@needs(May.EXCHANGE)
def by_name(store: Store, name: str) -> Destination:
    """One place. Raises Invalid(destination=)."""
    with store.plain() as connection:
        found = _find(connection, name.strip())
    if found is None:
        raise Invalid(destination=Problem(NO_DESTINATION, {"name": name[:80]}))
    return found


def _find(connection: Connection, name: str) -> Destination | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM destination WHERE name = ?", (name,)).fetchone()  # noqa: S608
    return _destination(row) if row else None


def _destination(row: tuple[str, ...]) -> Destination:
    name, way, *others = row
    return Destination(name, Way(way), *others)
