"""Readers of the server's own door: the short path with Django behind it, as the HTTP server calls them."""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import brotli
import zstandard
from django.db import connections
from django.http import HttpResponseBase

from rejoinder.core.asgi import Scope
from rejoinder.discussion.delivery import revisions
from rejoinder.discussion.delivery.path import Delivery
from rejoinder.discussion.delivery.revisions import of_database
from rejoinder.project.bridge import Bridge
from rejoinder.project.intake import Intake

THREADS = 3
EXPAND = {
    "": bytes,
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": lambda packed: zstandard.ZstdDecompressor().decompress(packed),
}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return EXPAND[self.headers.get("content-encoding", "")](self.content).decode()


class CountingBridge(Bridge):
    """Counts how often a shared page was drawn."""

    def __init__(self) -> None:
        super().__init__(threads=THREADS)
        self.drawn = 0

    def get(self, scope: Scope) -> HttpResponseBase:
        self.drawn += 1
        return super().get(scope)

    def close(self) -> None:
        """Every thread closes its connections, so that the database can be dropped."""
        together = threading.Barrier(THREADS)

        def leave() -> None:
            together.wait(10)
            connections.close_all()

        for left in [self.turns.pool.submit(leave) for _ in range(THREADS)]:
            left.result(20)
        self.turns.close()


class Door:
    """One process of the server, and those who ask it."""

    def __init__(self, *, most: int = 10_000_000, elsewhere: Any = None) -> None:
        self.loop = asyncio.new_event_loop()
        self.django = CountingBridge()

        async def nobody(scope: Scope) -> bool:
            return False

        self.revisions = of_database()
        self.app = Delivery(
            Intake(self.django, is_signed_in=nobody),
            django=self.django,
            revisions=self.revisions,
            most=most,
            elsewhere=elsewhere,
        )

    def get(self, path: str, query: str = "", **headers: str) -> Answer:
        return self.ask("GET", path, query, headers)

    def ask(self, method: str, path: str, query: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        return self.loop.run_until_complete(self._ask(method, path, query, headers, body))

    def all_at_once(self, asked: list[tuple[str, str]]) -> list[Answer]:
        async def everybody() -> list[Answer]:
            return await asyncio.gather(*(self._ask("GET", path, query, {}, b"") for path, query in asked))

        return self.loop.run_until_complete(everybody())

    def rest(self) -> None:
        """Wait for what is done in the background."""
        while self.app._tasks:
            self.loop.run_until_complete(asyncio.wait(set(self.app._tasks)))

    async def _ask(self, method: str, path: str, query: str, headers: dict[str, str], body: bytes) -> Answer:
        named = {"host": "testserver", **{name.replace("_", "-"): value for name, value in headers.items()}}
        scope: dict[str, Any] = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "path": path,
            "raw_path": quote(path).encode(),
            "query_string": query.encode("latin-1"),
            "scheme": "http",
            "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 40_000),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in named.items()],
        }
        told: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            told.append(dict(message))

        await self.app(scope, receive, send)
        start, *parts = told
        said = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
        return Answer(start["status"], said, b"".join(part.get("body", b"") for part in parts))

    def close(self) -> None:
        self.rest()
        self.django.close()
        self.revisions.close()
        self.loop.close()


@contextmanager
def door(**more: Any) -> Iterator[Door]:
    """The database is asked each time here, for those who wrote nothing too: tests look faster than people."""
    opened, usual = Door(**more), (revisions.INSTANT, revisions.MOMENT, revisions.GRACE)
    revisions.INSTANT = revisions.MOMENT = revisions.GRACE = 0.0
    try:
        yield opened
    finally:
        revisions.INSTANT, revisions.MOMENT, revisions.GRACE = usual
        opened.close()


def window_of(thread: Any, **asked: str) -> tuple[str, str]:
    """Path and query of a window."""
    return f"/threads/{thread.site.key}/window", urlencode({"key": thread.key, **asked})
