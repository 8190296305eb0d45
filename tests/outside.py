"""Servers of the outside world, on this machine: what core.outbound talks to in tests."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from rejoinder.core.outbound import addresses

Headers = Mapping[str, str]
# What a server of the tests answers: status, headers, body.
Reply = tuple[int, Headers, bytes]


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Outside:
    port: int
    asked: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def outside(answer: Callable[[Asked], Reply], *, host: str = "127.0.0.1") -> Iterator[Outside]:
    """A web server that answers by a function and remembers what it was asked."""

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, self.rfile.read(length))
            found.asked.append(asked)
            status, given, body = answer(asked)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **given}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except ConnectionError:
                self.close_connection = True  # whoever asked has had enough

        do_GET = do_POST = do_HEAD = _any

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the tests look at what was asked."""

    server = ThreadingHTTPServer((host, 0), Handler)
    found = Outside(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def speaking(
    say: Callable[[socket.socket], None], *, host: str = "127.0.0.1"
) -> Iterator[tuple[int, list[str]]]:
    """A server that says what a function writes to each connection. Gives its port, and who has connected."""
    listener = socket.create_server((host, 0))
    callers: list[str] = []

    def serve() -> None:
        while True:
            try:
                connection, caller = listener.accept()
            except OSError:
                return
            callers.append(str(caller))
            with connection:
                try:
                    say(connection)
                except OSError:
                    continue  # whoever asked has had enough

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], callers
    finally:
        # Closing alone does not end an accept that waits.
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def names(monkeypatch: pytest.MonkeyPatch, known: Mapping[str, str]) -> list[str]:
    """Let these hosts have these addresses, others none. Returns the names that are asked for."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        if host not in known:
            raise OSError("no such host")
        return known[host].split()

    monkeypatch.setattr(addresses, "resolver", resolve)
    return asked


def let_in(settings: Any, *networks: str) -> None:
    """Let calls go to these networks, as an operator may."""
    settings.REJOINDER_PRIVATE_NETWORKS = list(networks or ["127.0.0.0/8"])
