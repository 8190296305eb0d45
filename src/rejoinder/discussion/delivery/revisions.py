"""What the stamp of a page would be now: read from the database, for each answer.

SQLite: 4 us on the event loop, so every answer is checked. PostgreSQL: a round trip, so checks are made in a thread
of their own, many threads' in one statement, and one serves those who wrote nothing for MOMENT.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import structlog
from django.db import DatabaseError, connection

from rejoinder.core.db import file_of
from rejoinder.discussion.delivery.stamp import Stamp

log = structlog.get_logger("rejoinder.delivery")

# Seconds. Who asks in between is answered at once; who asks while the database is looked at waits for that.
MOMENT = 0.05

_WITH_THREAD = (
    "SELECT t.id, t.site_id, t.revision, s.edition FROM rejoinder_thread t"
    " JOIN rejoinder_site s ON s.id = t.site_id WHERE t.id "
)
_SITE = "SELECT 0, id, 0, edition FROM rejoinder_site WHERE id "
_GONE = Stamp(-1, -1, -1, -1)


class Unreadable(Exception):
    """The database does not answer."""


class Revisions(Protocol):
    def peek(self, stamp: Stamp) -> Stamp | None:
        """The stamp as it is now, where that takes microseconds; else None. Raises Unreadable."""

    async def now(self, stamp: Stamp) -> Stamp:
        """The stamp as it is now: read after this was called. Raises Unreadable."""

    def close(self) -> None:
        """Close the connection."""


class FromFile:
    """SQLite: a connection of the event loop's own, that only reads."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._connection: Any = None
        self._file: tuple[int, int] | None = None
        self._look = 0.0  # when to look next whether it is still the same file

    def _same_file(self) -> bool:
        now = time.monotonic()
        if now < self._look:
            return True
        self._look = now + 1.0
        return file_of(self._path) == self._file

    def _open(self) -> Any:
        import sqlite3

        found = sqlite3.connect(self._path, timeout=0.02, isolation_level=None, check_same_thread=False)
        found.execute("PRAGMA query_only=ON")
        self._file = file_of(self._path)
        return found

    def peek(self, stamp: Stamp) -> Stamp:
        thread, site = stamp[0], stamp[1]
        try:
            if self._connection is None or not self._same_file():
                self.close()
                self._connection = self._open()
            if thread:
                row = self._connection.execute(_WITH_THREAD + "= ?", (thread,)).fetchone()
            else:
                row = self._connection.execute(_SITE + "= ?", (site,)).fetchone()
        except Exception as error:  # the driver's, which has the standard module's name or its own
            self._connection = None
            raise Unreadable(str(error)) from error
        return Stamp(*row) if row else _GONE

    async def now(self, stamp: Stamp) -> Stamp:
        return self.peek(stamp)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class FromServer:
    """PostgreSQL: one statement at a time, for all that were asked for while the one before ran."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "revisions")
        self._known: dict[tuple[int, int], tuple[float, Stamp]] = {}
        self._next: asyncio.Task[dict[tuple[int, int], Stamp]] | None = None
        self._asked: set[tuple[int, int]] = set()
        self._turn = asyncio.Lock()

    def peek(self, stamp: Stamp) -> Stamp | None:
        found = self._known.get(stamp[:2])
        return found[1] if found and time.monotonic() - found[0] < MOMENT else None

    async def now(self, stamp: Stamp) -> Stamp:
        self._asked.add(stamp[:2])
        if self._next is None:
            self._next = asyncio.ensure_future(self._ask())
        answers = await asyncio.shield(self._next)
        return answers.get(stamp[:2], _GONE)

    async def _ask(self) -> dict[tuple[int, int], Stamp]:
        async with self._turn:
            # From here on, who asks waits for the next statement: this one may see less than they did.
            asked, self._asked, self._next = self._asked, set(), None
            began = time.monotonic()
            loop = asyncio.get_running_loop()
            answers = await loop.run_in_executor(self._thread, _read, asked)
        if len(self._known) > 10_000:
            self._known.clear()
        self._known.update({key: (began, found) for key, found in answers.items()})
        return answers

    def close(self) -> None:
        self._thread.submit(_close).result()
        self._thread.shutdown()


def _close() -> None:
    connection.close()  # the present thread's


def _read(asked: set[tuple[int, int]]) -> dict[tuple[int, int], Stamp]:
    threads = [thread for thread, _site in asked if thread]
    sites = [site for thread, site in asked if not thread]
    try:
        rows = _rows(threads, sites)
    except DatabaseError:
        connection.close()  # it may be an old one, of a server that came back
        try:
            rows = _rows(threads, sites)
        except DatabaseError as error:
            connection.close()
            raise Unreadable(str(error)) from error
    found = [Stamp(*row) for row in rows]
    return {(stamp.thread, stamp.site): stamp for stamp in found}


def _rows(threads: list[int], sites: list[int]) -> list[tuple[int, int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_WITH_THREAD} = ANY(%s) UNION ALL {_SITE} = ANY(%s)", [threads, sites])
        return list(cursor.fetchall())


def read(stamp: Stamp) -> Stamp:
    """The stamp as it is now, over the present thread's connection. Raises DatabaseError."""
    with connection.cursor() as cursor:
        if stamp.thread:
            cursor.execute(f"{_WITH_THREAD}= %s", [stamp.thread])
        else:
            cursor.execute(f"{_SITE}= %s", [stamp.site])
        row = cursor.fetchone()
    return Stamp(*row) if row else _GONE


def of_database() -> Revisions:
    """The way of the configured database."""
    if connection.vendor == "sqlite":
        return FromFile(str(connection.settings_dict["NAME"]))
    return FromServer()
