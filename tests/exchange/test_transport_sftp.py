"""SFTP against a real server in a thread; run where the extra ``sftp`` is installed."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mrc_app.errors import Cancelled
from mrc_app.exchange import transport, transport_sftp
from mrc_app.exchange.destinations import Destination, Way
from mrc_app.exchange.transport import Load, Unsent

paramiko: Any = pytest.importorskip("paramiko")
WHOLE = os.urandom(600_000)


class Door(paramiko.ServerInterface):  # type: ignore[misc]
    """Lets in who knows the password."""

    def check_auth_password(self, username: str, password: str) -> int:
        right = (username, password) == ("mrc", "blue donkeys")
        return int(paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED)

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return int(paramiko.OPEN_SUCCEEDED)

    def get_allowed_auths(self, username: str) -> str:
        return "password"


def folder_of(root: Path) -> type:
    """What the server shows: one folder, called /in."""

    class Shown(paramiko.SFTPServerInterface):  # type: ignore[misc]
        def _path(self, path: str) -> Path:
            return root / Path(path).name

        def stat(self, path: str) -> Any:
            try:
                return paramiko.SFTPAttributes.from_stat(self._path(path).stat())
            except OSError as trouble:
                return paramiko.SFTPServer.convert_errno(trouble.errno)

        def open(self, path: str, flags: int, attr: Any) -> Any:
            try:
                number = os.open(self._path(path), flags, 0o600)
            except OSError as trouble:
                return paramiko.SFTPServer.convert_errno(trouble.errno)
            handle = paramiko.SFTPHandle(flags)
            handle.readfile = handle.writefile = os.fdopen(number, "wb" if flags & os.O_WRONLY else "rb")
            return handle

        def remove(self, path: str) -> int:
            try:
                self._path(path).unlink()
            except OSError as trouble:
                return int(paramiko.SFTPServer.convert_errno(trouble.errno))
            return int(paramiko.SFTP_OK)

        def rename(self, oldpath: str, newpath: str) -> int:
            self._path(oldpath).rename(self._path(newpath))
            return int(paramiko.SFTP_OK)

    return Shown


@contextmanager
def serving(root: Path, key: Any) -> Iterator[int]:
    """A server for as many connections as come; its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    lines: list[Any] = []

    def serve() -> None:
        while True:
            try:
                plug, _from = listening.accept()
            except OSError:
                return
            line = paramiko.Transport(plug)
            line.add_server_key(key)
            line.set_subsystem_handler("sftp", paramiko.SFTPServer, folder_of(root))
            line.start_server(server=Door())
            lines.append(line)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()
        for line in lines:
            line.close()


@pytest.fixture(scope="module")
def key() -> Any:
    return paramiko.ECDSAKey.generate()


def put(to: Destination, load: Load, step: transport.Step = lambda _done, _all: None) -> bool:
    way = transport.carrier(to)
    try:
        return way.put(load, step)
    finally:
        way.close()


def test_a_parcel_goes_by_sftp_to_the_server_whose_key_was_read_out_and_to_no_other(tmp_path: Path, key: Any) -> None:
    root, file = tmp_path / "in", tmp_path / "a.parcel"
    root.mkdir()
    file.write_bytes(WHOLE)
    load = Load.of(file, "a.parcel", "abcdefgh")
    with serving(root, key) as port:
        told = {"name": "Ministry", "way": Way.SFTP, "address": f"sftp://127.0.0.1:{port}/in/", "login": "mrc"}
        right = transport_sftp.key_text(key.asbytes())
        to = Destination(**told, password="blue donkeys", host_key=right)

        def stop(_done: int, _all: int) -> None:
            raise Cancelled

        with pytest.raises(Unsent, match="another key than the one you gave"):
            put(Destination(**told, password="blue donkeys", host_key="SHA256:" + "A" * 43), load)
        with pytest.raises(Unsent, match="refused the name or the password"):
            put(Destination(**told, password="no", host_key=right), load)
        with pytest.raises(Cancelled):
            put(to, load, stop)
        assert list(root.iterdir()) == []
        assert put(to, load) and (root / "a.parcel").read_bytes() == WHOLE
        assert put(to, load) and [one.name for one in root.iterdir()] == ["a.parcel"]
        (root / "a.parcel").write_bytes(b"theirs")
        with pytest.raises(Unsent, match="Another file"):
            put(to, load)
        assert (root / "a.parcel").read_bytes() == b"theirs"
    with pytest.raises(Unsent, match="cannot be reached"):
        put(to, load)
