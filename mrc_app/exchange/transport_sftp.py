"""SFTP, where the extra is installed: the server is known by the key its owner read out, nothing else is trusted."""

from __future__ import annotations

import base64
from contextlib import suppress
from hashlib import sha256
from typing import Any
from urllib.parse import unquote, urlsplit

from mrc_app.errors import MrcError
from mrc_app.exchange.destinations import Destination
from mrc_app.exchange.parcel_files import PIECE
from mrc_app.exchange.transport import NOT_WHOLE, OTHER_THERE, REFUSED, Load, Step, Unsent
from mrc_app.i18n import N_

PATIENCE = 30.0
NO_EXTRA = N_("SFTP needs an addition that is not installed: mrc-desk[sftp]. A folder or a WebDAV server needs none.")
OTHER_KEY = N_("The server of “{name}” has another key than the one you gave ({key}). Nothing was sent.")
NOT_IN = N_("“{name}” refused the name or the password. Nothing was sent.")
UNREACHED = N_("The server of “{name}” cannot be reached now. The parcel waits.")


def extra() -> Any:
    """The library. Raises MrcError where it is not installed."""
    try:
        import paramiko
    except ImportError:
        raise MrcError(NO_EXTRA) from None
    return paramiko


def key_text(key: bytes) -> str:
    """A server's key as it is read out: SHA256:…"""
    return "SHA256:" + base64.b64encode(sha256(key).digest()).decode().rstrip("=")


class Sftp:
    """One connection to one folder of a server."""

    def __init__(self, to: Destination, library: Any = None) -> None:
        self._to, self._ssh = to, library or extra()
        self._parts = urlsplit(to.address)
        self._line: Any = None
        self._files: Any = None

    def put(self, load: Load, step: Step) -> bool:
        """Writes under a passing name, asks for the size, then renames."""
        files = self._signed_in()
        folder = unquote(self._parts.path).rstrip("/") or "."
        target, part = f"{folder}/{load.name}", f"{folder}/{load.passing}"
        try:
            if self._size(target) is not None:
                if self._size(target) != load.size or self._digest(target) != load.sha256:
                    raise Unsent(OTHER_THERE, file=load.name)
                return True
            self._write(load, part, step)
            if self._size(part) != load.size:
                raise Unsent(NOT_WHOLE, file=load.name)
            files.rename(part, target)
        except (OSError, EOFError, self._ssh.SSHException) as trouble:
            raise Unsent(REFUSED, file=load.name, name=self._to.name, reason=str(trouble) or "SSH") from None
        finally:
            with suppress(OSError, EOFError, self._ssh.SSHException):
                files.remove(part)
        return True

    def close(self) -> None:
        """Ends the connection."""
        if self._line is not None:
            self._line.close()
            self._line = self._files = None

    def _signed_in(self) -> Any:
        if self._files is None:
            self._line = self._connected()
            try:
                self._line.auth_password(self._to.login, self._to.password)
                self._files = self._ssh.SFTPClient.from_transport(self._line)
            except (self._ssh.SSHException, OSError, EOFError):
                self.close()
                raise Unsent(NOT_IN, name=self._to.name) from None
        return self._files

    def _connected(self) -> Any:
        import socket

        try:
            plug = socket.create_connection((self._parts.hostname or "", self._parts.port or 22), PATIENCE)
            line = self._ssh.Transport(plug)
            line.start_client(timeout=PATIENCE)
            found = key_text(line.get_remote_server_key().asbytes())
        except (OSError, EOFError, self._ssh.SSHException):
            raise Unsent(UNREACHED, passing=True, name=self._to.name) from None
        if found != self._to.host_key:
            line.close()
            raise Unsent(OTHER_KEY, name=self._to.name, key=found)
        return line

    def _size(self, path: str) -> int | None:
        try:
            return int(self._files.stat(path).st_size)
        except FileNotFoundError:
            return None

    def _write(self, load: Load, part: str, step: Step) -> None:
        done = 0
        with load.file.open("rb") as file, self._files.open(part, "wb") as there:
            while piece := file.read(PIECE):
                there.write(piece)
                done += len(piece)
                step(done, load.size)

    def _digest(self, path: str) -> str:
        whole = sha256()
        with self._files.open(path, "rb") as file:
            while piece := file.read(PIECE):
                whole.update(piece)
        return whole.hexdigest()
