"""The open centre file: read, change, listen. One unit of work is one transaction with its journal rows."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrc_app.errors import MrcError, NotAllowed
from mrc_app.i18n import N_
from mrc_app.store import drafts, identity, opening, roles, room, sealing, visibility
from mrc_app.store.logins import officer_of
from mrc_app.store.raw import raw_of
from mrc_app.store.roles import May, Role

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlmodel import Session

    from mrc_app.store.seeing import Seen

Listener = Callable[[frozenset[str]], None]


@dataclass(frozen=True)
class CentreFacts:
    """What is printed about the centre. ``country`` is ISO alpha-2, ``languages`` BCP 47 codes, checked dates
    ISO."""

    name: str
    country: str
    languages: tuple[str, ...]
    phone: str
    phone_checked: str | None
    address: str
    address_checked: str | None
    settings: dict[str, Any]


class Store:
    """An unlocked centre file. Safe to use from several threads: each reads and writes on its own connection."""

    def __init__(
        self, path: Path, key: bytes, login: str, token: str, founder: bool = False, personal: bytes = b""
    ) -> None:
        self.path, self.login, self.personal = path, login, personal
        self.ring, self._opens = sealing.Ring(personal), False
        self._sealed: list[sealing.Line] | None = None
        self._key: bytes | None = key
        self._listeners: list[Listener] = []
        self._writing = threading.Lock()
        self._writer: int | None = None
        self._light: list[Connection] = []
        self._lent = threading.Lock()
        self._engine: Any = None
        self._options: list[Any] = []
        self._centre: CentreFacts | None = None
        self.officer, self.officer_name = secrets.token_hex(16) if founder else "", login
        self.role, self.by_sheet = Role.SUPERVISOR, False
        with self.plain() as connection:
            self.node = identity.node_here(connection, token)
            self.desk = identity.get(connection, "desk") or ""
            self.desk_name = identity.get(connection, "desk_name") or ""
            self.desk_code = identity.get(connection, "desk_code") or ""
        if not founder:
            self.know_officer()

    def know_officer(self) -> None:
        """Reads who signed in, and lets every connection see with her eyes. Raises NotAllowed for somebody who
        left."""
        with self.plain() as connection:
            self.officer, self.officer_name, self.role = officer_of(connection, self.login)
            self.ring.load(connection)
        self._see_anew()

    def __repr__(self) -> str:
        return f"<Store {self.path.name} {'closed' if self._key is None else 'open'}>"

    # -- connections

    @property
    def key(self) -> bytes:
        """The file's key. Raises MrcError when the store is closed."""
        if self._key is None:
            raise MrcError(N_("The centre file is locked. Sign in again."))
        return self._key

    def connect(self) -> Connection:
        """A new keyed connection with this officer's views. Raises MrcError when the store is closed."""
        connection = opening.connect(self.path, self.key)
        self._let_see(connection)
        return connection

    @contextmanager
    def plain(self) -> Iterator[Connection]:
        """A connection for plain SQL, lent and returned; used by lists and search right after unlock."""
        _ = self.key
        with self._lent:
            connection = self._light.pop() if self._light else None
        connection = connection or self.connect()
        try:
            with opening.told(self.path):
                yield connection
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            with self._lent:
                keep = self._key is not None and len(self._light) < 4
                if keep:
                    self._light.append(connection)
            if not keep:
                connection.close()

    def _ready(self) -> Any:
        with self._lent:
            if self._engine is None:
                from mrc_app.store import engine
                from mrc_app.store.kinds import kinds

                self._options = visibility.criteria(kinds().values(), self.officer)
                self._engine = engine.engine(self.connect)
            return self._engine

    # -- reading and changing

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the file and refuses to change it."""
        from mrc_app.store.capture import Reading

        with (
            self._keeping_refusals("read"),
            self._ready().connect() as connection,
            opening.told(self.path),
            told(self.path),
        ):
            session = Reading(bind=connection, autoflush=True)
            session.info.update(self._told_session())
            try:
                yield session
                session.flush()
            finally:
                session.close()

    @contextmanager
    def change(self, by: str, do: str, seen: Iterable[Seen] | None = None) -> Iterator[Session]:
        """A unit of work of officer ``by`` called ``do``: committed whole with its journal rows, or nothing is
        kept.

        ``seen`` is what stood on the author's screen when the form opened (``store.seen``). Raises MrcError
        when the disk or another program stands in the way.
        """
        from mrc_app.store import engine
        from mrc_app.store.capture import Changing, Unit

        made = self._ready()
        with (
            self._keeping_refusals(do),
            self._exclusive(),
            made.connect() as plain,
            opening.told(self.path),
            told(self.path),
        ):
            connection = plain.execution_options(**{engine.CHANGE: True})
            session = Changing(bind=connection, expire_on_commit=False)
            session.info.update(self._told_session())
            session.unit = Unit(self.node, by, do, seen or ())
            try:
                session.unit.begin(raw_of(session))
                yield session
                session.really_commit()
            finally:
                session.close()
        self.tell(session.unit.changed)

    def _told_session(self) -> dict[str, Any]:
        return {"options": self._options, "role": self.role, "officer": self.officer, "ring": self.ring}

    # -- what is sealed a second time

    def sealed_lines(self) -> list[sealing.Line]:
        """The restricted clients this officer may open, for lists and search; made in memory, kept until a change."""
        if not self.ring:
            return []
        if self._sealed is None:
            with self.plain() as connection:
                self._sealed = sealing.lines(connection)
        return self._sealed

    def hold(self, personal: bytes, *others: bytes) -> None:
        """Takes up the officer's own private key (and a recovery sheet's)."""
        self.personal, self.ring = personal, sealing.Ring(personal, *others)
        self._see_anew()
        self.forget_sealed()

    def forget_sealed(self) -> None:
        """Reads the keys of restricted clients again."""
        with self.plain() as connection:
            self.ring.load(connection)
        self._sealed = None
        if bool(self.ring) != self._opens:
            self._see_anew()

    # -- rights

    def allow(self, what: May) -> None:
        """Raises NotAllowed, and keeps that, unless the officer at the desk may do something."""
        with self._keeping_refusals(what.value):
            roles.require(self.role, what)

    @contextmanager
    def _keeping_refusals(self, did: str) -> Iterator[None]:
        try:
            yield
        except NotAllowed as refused:
            if self._key is not None and self._writer != threading.get_ident() and not getattr(refused, "kept", False):
                self._keep_refusal(did, refused)
            raise

    def _keep_refusal(self, did: str, refused: NotAllowed) -> None:
        from mrc_app.store import refusals

        what, kind = refusals.told(refused)
        with suppress(MrcError), self.plain() as connection:
            refusals.keep(connection, officer=self.officer, did=did, what=what, kind=kind)
        refused.kept = True  # type: ignore[attr-defined]

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A plain connection in an exclusive transaction, for receiving and for key slots; the guards stay up."""
        with self._exclusive(), self.plain() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def apart(self) -> Iterator[Connection]:
        """A connection of its own for long work, closed after it; other threads of this program do not write
        meanwhile."""
        with self._exclusive():
            connection = self.connect()
            try:
                with opening.told(self.path):
                    yield connection
            finally:
                connection.close()

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        if self._writer == threading.get_ident():
            raise RuntimeError("a change inside a change")
        with self._writing:
            self._writer = threading.get_ident()
            room.make_way(self.path)
            try:
                yield
            except MrcError as refused:
                if refused.problem.message == opening.FULL and room.release(self.path):
                    raise MrcError(room.NEARLY_FULL) from refused
                raise
            finally:
                self._writer = None

    def listen(self, listener: Listener) -> None:
        """Calls ``listener(kinds)`` after every commit, on the thread that committed."""
        self._listeners.append(listener)

    def tell(self, kinds: frozenset[str]) -> None:
        """Tells the listeners which kinds of record changed."""
        if "centre" in kinds:
            self._centre = None
        self._sealed = None
        if self.personal and "restriction" in kinds:
            self.forget_sealed()
        if self.ring and kinds & {"centre", "client", "restriction"}:
            from mrc_app.store import hints

            hints.leave(self)
        for listener in list(self._listeners) if kinds else ():
            listener(kinds)

    # -- the centre, drafts, the end

    def centre(self) -> CentreFacts:
        """The centre's own facts, read once until they change."""
        if self._centre is None:
            with self.plain() as connection:
                row = connection.execute(
                    "SELECT name, country, languages, phone, phone_checked, address, address_checked, settings "
                    "FROM centre WHERE gone = 0 ORDER BY uuid LIMIT 1"
                ).fetchone()
            languages = tuple(row[2].split("\n")) if row[2] else ()
            name, country, _, phone, phone_checked, address, address_checked, settings = row
            self._centre = CentreFacts(
                name, country, languages, phone, phone_checked, address, address_checked, json.loads(settings)
            )
        return self._centre

    def draft_save(self, key: str, data: dict[str, Any], *, shared: bool = False) -> None:
        """Keeps a half-filled form of this officer (``shared``: of everybody) inside the encrypted file; never
        journalled."""
        room.make_way(self.path)
        with self.plain() as connection:
            drafts.save(connection, drafts.EVERYBODY if shared else self.officer, key, data)

    def draft(self, key: str, *, shared: bool = False) -> dict[str, Any] | None:
        """This officer's draft (``shared``: everybody's), or None."""
        with self.plain() as connection:
            return drafts.read(connection, drafts.EVERYBODY if shared else self.officer, key)

    def draft_drop(self, key: str) -> None:
        """Forgets a draft."""
        with self.plain() as connection:
            drafts.drop(connection, self.officer, key)

    def close(self) -> None:
        """Locks the file: every connection closed, the key forgotten. Drafts stay."""
        self._key, self.personal, self.ring, self._sealed = None, b"", sealing.Ring(), None
        self._drop_connections()

    def _let_see(self, connection: Connection) -> None:
        """Gives a connection this officer's eyes and keys."""
        connection.create_function("unsealed", 1, self.ring.unsealed)
        self._opens = bool(self.ring)
        visibility.put_views(connection, self.officer, self.role, opens=self._opens)

    def _see_anew(self) -> None:
        """Another officer, or other keys: no connection goes on seeing with the eyes it had."""
        with self._lent:
            pool, self._engine = self._engine, None
            for connection in self._light:
                self._let_see(connection)
        if pool is not None:
            pool.dispose()

    def _drop_connections(self) -> None:
        with self._lent:
            idle, self._light = self._light, []
            pool, self._engine = self._engine, None
        for connection in idle:
            connection.close()
        if pool is not None:
            pool.dispose()


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns SQLAlchemy's wrapping of the driver's errors into one sentence; broken rules of the tables stay as
    they are."""
    from sqlalchemy.exc import DatabaseError, IntegrityError

    try:
        yield
    except IntegrityError:
        raise
    except DatabaseError as trouble:
        if trouble.orig is None:
            raise
        raise opening.sentence(trouble.orig, path) from trouble
