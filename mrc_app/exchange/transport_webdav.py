"""A WebDAV or HTTPS folder: PUT under a passing name, asked for its size, then MOVE; where the server knows no MOVE,
PUT under the real name.

Only with a certificate this computer trusts; no redirection is followed; what the server says is never believed to be
more than a status and a size.
"""

from __future__ import annotations

import base64
import http.client
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote, urlsplit

from mrc_app.errors import MrcError
from mrc_app.exchange.destinations import HERE, NO_HTTP, Destination
from mrc_app.exchange.parcel_files import PIECE
from mrc_app.exchange.transport import NOT_WHOLE, OTHER_THERE, Load, Step, Unsent
from mrc_app.i18n import N_

PAUSES, PATIENCE = (1.0, 4.0), 30.0
MOST_SAID = 1 << 16
UNREACHED = N_("The server of “{name}” cannot be reached now. The parcel waits.")
NO_ANSWER = N_("The connection to “{name}” broke off. The parcel waits; send it again.")
NO_CERTIFICATE = N_(
    "The server of “{name}” does not prove who it is: its certificate is not trusted. Nothing was sent."
)
SAID = {
    401: N_("“{name}” refused the name or the password. Nothing was sent."),
    403: N_("“{name}” does not allow writing there. Nothing was sent."),
    404: N_("The folder is not there on the server of “{name}”. Nothing was sent."),
    409: N_("The folder is not there on the server of “{name}”. Nothing was sent."),
    413: N_("The file is too large for the server of “{name}”. Nothing was sent."),
    423: N_("The file is locked on the server of “{name}”. The parcel waits."),
    507: N_("There is no room left on the server of “{name}”. The parcel waits; tell its owner."),
}
MOVED = N_("The server of “{name}” points to another address. Ask its owner for the right one. Nothing was sent.")
OTHER = N_("The server of “{name}” answered {status}. The parcel waits.")
LATER = (429, 500, 502, 503, 504)
NO_SUCH_WAY = (400, 403, 404, 405, 501)
"""What a server says that lets nothing be looked at or moved, but takes files."""


@dataclass(frozen=True)
class Said:
    """What the server answered."""

    status: int
    size: int | None


class WebDav:
    """One connection to one folder on a server."""

    def __init__(
        self, to: Destination, *, patience: float = PATIENCE, pause: Callable[[float], None] = time.sleep,
        trusted: ssl.SSLContext | None = None,
    ) -> None:  # fmt: skip
        self._to, self._pause, self._patience = to, pause, patience
        parts = urlsplit(to.address)
        self._host, self._path = parts.hostname or "", parts.path
        self._plain = parts.scheme == "http"
        if self._plain and self._host not in HERE:
            raise MrcError(NO_HTTP)
        self._port = parts.port or (80 if self._plain else 443)
        self._trusted = trusted
        self._line: http.client.HTTPConnection | None = None
        self._allowed = ""

    def put(self, load: Load, step: Step) -> bool:
        """Sends with a few tries while the trouble may pass."""
        for pause in PAUSES:
            try:
                return self._put(load, step)
            except Unsent as trouble:
                self.close()
                if not trouble.passing:
                    raise
                self._pause(pause)
        return self._put(load, step)

    def close(self) -> None:
        """Ends the connection."""
        if self._line is not None:
            self._line.close()
            self._line = None

    # -- one try

    def _put(self, load: Load, step: Step) -> bool:
        there = self._ask("HEAD", load.name)
        if there.status == 200:
            return self._same(load, there)
        self._require(there, NO_SUCH_WAY)
        return self._by_move(load, step) if self._moves() else self._straight(load, step)

    def _moves(self) -> bool:
        said = self._ask("OPTIONS", "")
        if said.status in (401, 409, 507) or 300 <= said.status < 400:
            self._require(said, ())
        return said.status in (200, 204) and "MOVE" in self._allowed

    def _by_move(self, load: Load, step: Step) -> bool:
        self._require(self._send(load, load.passing, step), (200, 201, 204))
        whole = self._arrived(load, load.passing)
        moved = self._ask("MOVE", load.passing, {"Destination": self._address(load.name), "Overwrite": "F"})
        if moved.status in (405, 501):
            self._ask("DELETE", load.passing)
            return self._straight(load, step)
        if moved.status == 412:
            self._ask("DELETE", load.passing)
            return self._same(load, self._ask("HEAD", load.name))
        self._require(moved, (200, 201, 204))
        return self._arrived(load, load.name) and whole

    def _straight(self, load: Load, step: Step) -> bool:
        said = self._send(load, load.name, step, {"If-None-Match": "*"})
        if said.status == 412:
            return self._same(load, self._ask("HEAD", load.name))
        self._require(said, (200, 201, 202, 204))
        return self._arrived(load, load.name)

    def _arrived(self, load: Load, name: str) -> bool:
        """Whether the server has all of it; False where it does not tell. Raises Unsent where it has not."""
        said = self._ask("HEAD", name)
        if said.status in NO_SUCH_WAY:
            return False
        self._require(said, (200,))
        if said.size is None:
            return self._same(load, said, name)
        if said.size != load.size:
            self._ask("DELETE", name)
            raise Unsent(NOT_WHOLE, passing=True, file=load.name)
        return True

    def _same(self, load: Load, said: Said, name: str = "") -> bool:
        """Whether what lies there is what is to be sent: read back and compared. Raises Unsent for another file."""
        if said.size not in (None, load.size) or self._digest(load, name or load.name) != load.sha256:
            raise Unsent(OTHER_THERE, file=load.name)
        return True

    # -- one question

    def _ask(self, method: str, name: str, headers: Mapping[str, str] | None = None) -> Said:
        return self._answered(method, name, headers or {}, None)

    def _send(self, load: Load, name: str, step: Step, headers: Mapping[str, str] | None = None) -> Said:
        told = {"Content-Type": "application/octet-stream", "Content-Length": str(load.size), **(headers or {})}
        return self._answered("PUT", name, told, _pieces(load, step))

    def _answered(self, method: str, name: str, headers: Mapping[str, str], body: Iterator[bytes] | None) -> Said:
        response = self._response(method, name, headers, body)
        self._allowed = f"{response.getheader('Allow', '')},{response.getheader('Public', '')}".upper()
        length = response.getheader("Content-Length", "")
        size = int(length) if method == "HEAD" and length.isascii() and length.isdigit() else None
        self._read_away(response)
        return Said(response.status, size)

    def _digest(self, load: Load, name: str) -> str:
        response, whole, read = self._response("GET", name, {}, None), sha256(), 0
        if response.status != 200:
            self._read_away(response)
            self._require(Said(response.status, None), ())
        with self._telling():
            while read <= load.size and (piece := response.read(min(PIECE, load.size + 1 - read))):
                whole.update(piece)
                read += len(piece)
        self.close()
        return whole.hexdigest()

    def _response(
        self, method: str, name: str, headers: Mapping[str, str], body: Iterator[bytes] | None
    ) -> http.client.HTTPResponse:
        with self._telling():
            line = self._connected()
            sent = {"User-Agent": "mrc", "Accept-Encoding": "identity", **self._signed_in(), **headers}
            try:
                line.request(method, self._path + quote(name), body=body, headers=sent)
            except (BrokenPipeError, ConnectionResetError):
                if body is None:
                    raise  # else the server may have answered before it had heard everything
            return line.getresponse()

    def _connected(self) -> http.client.HTTPConnection:
        if self._line is None:
            if self._plain:
                self._line = http.client.HTTPConnection(self._host, self._port, timeout=self._patience)
            else:
                trusted = self._trusted or ssl.create_default_context()
                self._line = http.client.HTTPSConnection(
                    self._host, self._port, timeout=self._patience, context=trusted
                )
        return self._line

    def _signed_in(self) -> dict[str, str]:
        if not self._to.login:
            return {}
        pair = base64.b64encode(f"{self._to.login}:{self._to.password}".encode()).decode()
        return {"Authorization": f"Basic {pair}"}

    def _address(self, name: str) -> str:
        parts = urlsplit(self._to.address)
        return f"{parts.scheme}://{parts.netloc}{self._path}{quote(name)}"

    def _read_away(self, response: http.client.HTTPResponse) -> None:
        """What else the server says is of no interest, and must not keep us."""
        with self._telling():
            said = response.read(MOST_SAID)
        if len(said) == MOST_SAID or response.will_close:
            self.close()

    def _telling(self) -> _Telling:
        return _Telling(self)

    def _require(self, said: Said, good: tuple[int, ...]) -> None:
        """Raises Unsent with one sentence unless the status is a good one."""
        if said.status in good:
            return
        if 300 <= said.status < 400:
            raise Unsent(MOVED, name=self._to.name)
        message = SAID.get(said.status, OTHER)
        raise Unsent(message, passing=said.status in LATER, name=self._to.name, status=said.status)


def _pieces(load: Load, step: Step) -> Iterator[bytes]:
    done = 0
    with load.file.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
            done += len(piece)
            step(done, load.size)


class _Telling:
    """Turns what the network throws into one sentence; a broken connection is not used again."""

    def __init__(self, way: WebDav) -> None:
        self._way = way

    def __enter__(self) -> None:
        """Begins to listen."""

    def __exit__(self, kind: type[BaseException] | None, trouble: BaseException | None, trace: object) -> None:
        if trouble is None:
            return
        self._way.close()
        name = self._way._to.name
        if isinstance(trouble, ssl.SSLCertVerificationError):
            raise Unsent(NO_CERTIFICATE, name=name) from None
        if isinstance(trouble, ConnectionRefusedError) or type(trouble).__name__ == "gaierror":
            raise Unsent(UNREACHED, passing=True, name=name) from None
        if isinstance(trouble, OSError | http.client.HTTPException):
            raise Unsent(NO_ANSWER, passing=True, name=name) from None
