"""A server of a partner in a thread: a folder over HTTP with WebDAV's MOVE, which can be told to misbehave."""

from __future__ import annotations

import base64
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

LOGIN, PASSWORD = "mrc-bahir-dar", "blue donkeys: seven"


class Server(ThreadingHTTPServer):
    """``files`` is what lies in the folder /in/. ``trouble`` maps a method to what is answered next, one after the
    other: a status, "cut" (the connection is closed after half the body), "half" (half of it is kept), "silent" (no
    answer)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, str]] = []
        self.trouble: dict[str, list[int | str]] = {}
        self.allow = "OPTIONS, HEAD, GET, PUT, DELETE, MOVE"
        self.blind = self.sizeless = False
        self.go = threading.Event()

    @property
    def address(self) -> str:
        """The folder's address."""
        return f"http://127.0.0.1:{self.server_port}/in/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    """One question."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_OPTIONS(self) -> None:
        if self._well("OPTIONS"):
            self._say(200, {"Allow": self.server.allow, "DAV": "1"})

    def do_HEAD(self) -> None:
        if not self._well("HEAD"):
            return
        found = self.server.files.get(self._name)
        if self.server.blind:
            self._say(405)
        elif found is None:
            self._say(404)
        else:
            self._say(200, {} if self.server.sizeless else {"Content-Length": str(len(found))})

    def do_GET(self) -> None:
        if self._well("GET"):
            found = self.server.files.get(self._name)
            self._say(200 if found is not None else 404, {"Content-Length": str(len(found or b""))})
            self.wfile.write(found or b"")

    def do_PUT(self) -> None:
        length = int(self.headers["Content-Length"])
        trouble = self._next("PUT")
        if trouble == "cut":
            self.rfile.read(length // 2)
            self._hang_up()
            return
        if trouble == "silent":
            self.rfile.read(length)
            self.server.go.wait(5)
            self._hang_up()
            return
        if isinstance(trouble, int):
            self._say(trouble, close=True)
            return
        body = self.rfile.read(length)
        if not self._signed_in():
            self._say(401)
        elif self.headers.get("If-None-Match") == "*" and self._name in self.server.files:
            self._say(412)
        else:
            self.server.files[self._name] = body[: length // 2] if trouble == "half" else body
            self._say(201)

    def do_DELETE(self) -> None:
        if self._well("DELETE"):
            self._say(204 if self.server.files.pop(self._name, None) is not None else 404)

    def do_MOVE(self) -> None:
        if self._well("MOVE"):
            target = unquote(urlsplit(self.headers["Destination"]).path).removeprefix("/in/")
            if target in self.server.files and self.headers["Overwrite"] == "F":
                self._say(412)
            else:
                self.server.files[target] = self.server.files.pop(self._name)
                self._say(201)

    # -- the same for all

    @property
    def _name(self) -> str:
        return unquote(self.path).removeprefix("/in/")

    def _next(self, method: str) -> int | str | None:
        self.server.asked.append((method, self._name))
        waiting = self.server.trouble.get(method, [])
        return waiting.pop(0) if waiting else None

    def _well(self, method: str) -> bool:
        trouble = self._next(method)
        if isinstance(trouble, int):
            self._say(trouble, {"Location": "https://elsewhere.example/"} if 300 <= trouble < 400 else {})
        elif trouble == "cut":
            self._hang_up()
        elif not self._signed_in():
            self._say(401)
        else:
            return True
        return False

    def _signed_in(self) -> bool:
        right = base64.b64encode(f"{LOGIN}:{PASSWORD}".encode()).decode()
        return self.headers.get("Authorization") == f"Basic {right}"

    def _say(self, status: int, headers: dict[str, str] | None = None, *, close: bool = False) -> None:
        self.send_response(status)
        told = headers or {}
        if "Content-Length" not in told and not (self.command == "HEAD" and status == 200):
            told = {**told, "Content-Length": "0"}
        if self.command == "HEAD" and status == 200 and "Content-Length" not in told:
            close = True
        for name, value in told.items():
            self.send_header(name, value)
        if close:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def serving(certificate: tuple[Path, Path] | None = None) -> Iterator[Server]:
    """A server while it is needed; over TLS with a certificate and its key."""
    server = Server()
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.go.set()
        server.shutdown()
        server.server_close()
        thread.join()
