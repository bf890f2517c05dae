"""The whole centre as open, documented files: every kind of record as CSV and JSON, the papers, a README, checksums.

One archive, written as a stream: sealed with age for somebody's key or a passphrase, or in the clear when that is asked
for. Nothing is written in the clear on the way; a stop or a full disk leaves nothing.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from mrc_app.errors import CannotRead, MrcError
from mrc_app.exchange import age_streams
from mrc_app.exchange.takeout_words import dictionary, readme
from mrc_app.i18n import N_
from mrc_app.store import attachments
from mrc_app.store.kinds import Kind, kinds
from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

Step = Callable[[int, int], None]
TAKEN = "taken_out"
"""Where the centre keeps when it was last taken out."""
SECRET = frozenset({"key"})
"""Columns that open something: the papers are in the archive themselves."""
ENDING = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf", "text/plain": "txt"}
FORMULA = re.compile(r"^([=@\t\r]|[+-](?![\d\s().-]*$))")
NO_KEY = N_("Say for whom the archive is sealed: a key, or a file with a passphrase.")


@dataclass(frozen=True)
class Sealing:
    """How the archive leaves: for age recipients (``age1…``), under a passphrase, or ``plain``."""

    recipients: Sequence[str] = ()
    passphrase: str = ""
    plain: bool = False


@dataclass(frozen=True)
class Takeout:
    """The archive and what it holds: how many of each kind, and the papers that were not on this computer."""

    file: Path
    records: dict[str, int]
    missing: list[str]


class Archive:
    """A growing archive that remembers the checksum of everything put into it."""

    def __init__(self, zipped: ZipFile, day: date) -> None:
        self.zipped, self.day = zipped, day
        self.sums: list[tuple[str, str]] = []

    @contextmanager
    def file(self, name: str, packed: bool = True) -> Iterator[Callable[[bytes], None]]:
        """A file to be written piece by piece."""
        info = ZipInfo(name, (self.day.year, self.day.month, self.day.day, 0, 0, 0))
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        info.external_attr = 0o600 << 16
        whole = sha256()
        with self.zipped.open(info, "w", force_zip64=True) as out:

            def put(piece: bytes) -> None:
                whole.update(piece)
                out.write(piece)

            yield put
        self.sums.append((whole.hexdigest(), name))

    def text(self, name: str, said: str) -> None:
        """A small file of text."""
        with self.file(name) as put:
            put(said.encode())


@needs(May.TAKE_OUT)
def take_out(
    store: Store, folder: Path, *, sealing: Sealing, today: date, step: Step = lambda _done, _all: None
) -> Takeout:
    """Writes the archive into a folder. Raises Invalid for a key, MrcError when the disk refuses or a file is there.

    Restricted clients are in it only where this officer is named; nothing tells that there are others.
    """
    target = folder / f"takeout-{today.isoformat()}.zip{'' if sealing.plain else '.age'}"
    if target.exists():
        raise MrcError(N_("“{file}” exists already; nothing was changed."), file=target.name)
    part = target.with_name(target.name + ".new")
    lock = target.with_name(f"takeout-{today.isoformat()}.key.age")
    with _said(target):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        keys = _keys(sealing, lock)
        with _said(target), part.open("wb") as file:
            sealed = age_streams.sealed_into(file, keys) if keys else nullcontext(file)
            with sealed as out, ZipFile(out, "w") as zipped:
                counted, missing = _fill(store, Archive(zipped, today), step)
            file.flush()
            os.fsync(file.fileno())
        _journalled(store, today, counted)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
        if sealing.passphrase and not target.exists():
            lock.unlink(missing_ok=True)
    return Takeout(target, counted, missing)


def _journalled(store: Store, today: date, counted: dict[str, int]) -> None:
    """Says in the journal who took the centre out, when, and how many records. Where that fails, none leaves."""
    from mrc_app.casework.centres import the_centre

    with store.change(by=store.officer, do="takeout.take_out") as session:
        centre = the_centre(session)
        said = {"on": today.isoformat(), "by": store.officer, "records": sum(counted.values())}
        centre.settings = {**centre.settings, TAKEN: said}
        session.add(centre)


@contextmanager
def _said(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as trouble:
        said = N_("“{file}” cannot be written: {trouble}.")
        raise MrcError(said, file=target.name, trouble=trouble.strerror or str(trouble)) from None


# -- sealing


def _keys(sealing: Sealing, lock: Path) -> list[str]:
    """Every key the archive is sealed to, read before anything is written; none for a plain one.

    A passphrase seals a new key in a small file of its own, ``lock``: the age program asks for the passphrase when that
    file is given as the identity (``age -d -i …key.age …zip.age``).
    """
    if sealing.plain:
        return []
    import pyrage  # type: ignore[import-untyped]

    keys = [str(one) for one in age_streams.recipients(sealing.recipients)]
    if sealing.passphrase:
        made = pyrage.x25519.Identity.generate()
        keys.append(str(made.to_public()))
        lock.write_bytes(pyrage.passphrase.encrypt(f"{made}\n".encode(), sealing.passphrase))
    if not keys:
        raise MrcError(NO_KEY)
    return keys


# -- filling


def _fill(store: Store, archive: Archive, step: Step) -> tuple[dict[str, int], list[str]]:
    known = kinds()
    counted: dict[str, int] = {}
    with store.plain() as connection:
        connection.execute("BEGIN")
        total = sum(_count(connection, kind) for kind in known.values())
        done = 0
        for name, kind in sorted(known.items()):
            counted[name] = _records(connection, archive, kind, lambda n, before=done: step(before + n, total))  # type: ignore[misc]
            done += counted[name]
        missing = _papers(connection, store, archive, lambda: step(done, total))
        persons = _persons(connection, archive)
    with archive.file("dictionary.csv") as put:
        put("\ufeff".encode() + b"".join(map(_line, dictionary(known))))
    archive.text("README.md", readme(store.centre(), archive.day, known, counted, len(missing), persons))
    archive.text("sha256sums.txt", "".join(f"{digest}  {name}\n" for digest, name in sorted(archive.sums, key=_second)))
    return counted, missing


def _second(pair: tuple[str, str]) -> str:
    return pair[1]


def _count(connection: Connection, kind: Kind) -> int:
    sql = f'SELECT count(*) FROM temp."seen_{kind.name}" WHERE {_kept(kind)}'  # noqa: S608
    return int(connection.execute(sql).fetchone()[0])


def _kept(kind: Kind) -> str:
    """Rows still kept; of those that name a second client, only where she is seen too."""
    if kind.subject == "client" or "client" not in kind.columns:
        return "gone = 0"
    return "gone = 0 AND (client IS NULL OR client IN (SELECT uuid FROM temp.seen_client))"


def _records(connection: Connection, archive: Archive, kind: Kind, step: Callable[[int], None]) -> int:
    """One kind as CSV, then as JSON, row by row."""
    columns = ["uuid", *(column for column in kind.columns if column not in SECRET | {"gone"})]
    listed = ", ".join(f'"{column}"' for column in columns)
    sql = f'SELECT {listed} FROM temp."seen_{kind.name}" WHERE {_kept(kind)} ORDER BY uuid'  # noqa: S608
    count = 0
    with archive.file(f"records/{kind.name}.csv") as put:
        put("\ufeff".encode() + _line(columns))
        for row in connection.execute(sql):
            put(_line(map(_cell, row)))
            count += 1
            step(count)
    with archive.file(f"records/{kind.name}.json") as put:
        put(b"[")
        for number, row in enumerate(connection.execute(sql)):
            said = {column: _value(kind, column, value) for column, value in zip(columns, row, strict=True)}
            put((b",\n" if number else b"\n") + json.dumps(said, ensure_ascii=False).encode())
            step(count)
        put(b"\n]\n")
    return count


def _line(cells: Any) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()


def _cell(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula."""
    return "'" + value if isinstance(value, str) and FORMULA.match(value) else value


def _value(kind: Kind, column: str, value: Any) -> Any:
    """A value as JSON says it: lists as lists, truth as truth."""
    read = kind.reads.get(column)
    found = read(value) if read and value is not None else value
    return found.isoformat() if isinstance(found, date) else list(found) if isinstance(found, tuple) else found


def _papers(connection: Connection, store: Store, archive: Archive, step: Callable[[], None]) -> list[str]:
    """Every paper under its record's uuid; returns those that are not on this computer or are damaged."""
    sql = "SELECT uuid, key, media FROM temp.seen_attachment WHERE gone = 0 ORDER BY uuid"
    missing = []
    for uuid, key, media in connection.execute(sql).fetchall():
        step()
        try:
            pieces = attachments.read(store.path, uuid, bytes.fromhex(key))
            first = next(pieces)
        except (CannotRead, ValueError):
            missing.append(uuid)
            continue
        with archive.file(f"papers/{uuid}.{ENDING.get(media, 'bin')}", packed=media == "text/plain") as put:
            put(first)
            for piece in pieces:
                put(piece)
    return missing


def _persons(connection: Connection, archive: Archive) -> int:
    """Which clients' records are one person, as an officer linked them."""
    sql = (
        "SELECT l.client, l.shown FROM main.linked l JOIN temp.seen_client c ON c.uuid = l.client "
        "JOIN temp.seen_client s ON s.uuid = l.shown ORDER BY l.shown, l.client"
    )
    rows = connection.execute(sql).fetchall()
    with archive.file("records/persons.csv") as put:
        put("\ufeff".encode() + _line(["client", "person"]))
        for row in rows:
            put(_line(row))
    return len({person for _client, person in rows})
