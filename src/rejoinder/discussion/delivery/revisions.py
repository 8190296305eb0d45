"""What the stamp of a page would be now: read from the database, for each answer.

SQLite: some 5 us on the event loop, more than all the rest of an answer, so one look serves those who wrote nothing
for an INSTANT. PostgreSQL: a round trip, so looks are made in a thread of their own, many threads' in one statement,
and one serves for a MOMENT; where readers come all the time, nobody waits for the next one.
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

# Seconds. Who carries a cookie may have written and is never answered from an earlier look.
INSTANT = 0.005
MOMENT = 0.05
GRACE = 0.25  # a look that is no older than this still serves, while the next one is on its way

_WITH_THREAD = (
    "SELECT t.id, t.site_id, t.revision, s.edition FROM rejoinder_thread t"
    " JOIN rejoinder_site s ON s.id = t.site_id WHERE t.id "
)
_SITE = "SELECT 0, id, 0, edition FROM rejoinder_site WHERE id "
_GONE = Stamp(-1, -1, -1, -1)
_MOST_KNOWN = 10_000


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
        self._known: dict[tuple[int, int], tuple[float, Stamp]] = {}

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
        found = self._known.get(stamp[:2])
        if found and time.monotonic() - found[0] < INSTANT:
            return found[1]
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        began = time.monotonic()
        now = self._read(stamp)
        self._known[stamp[:2]] = (began, now)
        return now

    def _read(self, stamp: Stamp) -> Stamp:
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
        return self._read(stamp)

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
        self._awaited: set[tuple[int, int]] = set()  # looked at behind those who were answered
        self._turn = asyncio.Lock()

    def peek(self, stamp: Stamp) -> Stamp | None:
        found = self._known.get(stamp[:2])
        age = time.monotonic() - found[0] if found else GRACE
        if not found or age >= GRACE:
            return None
        if age >= MOMENT and stamp[:2] not in self._awaited:
            self._awaited.add(stamp[:2])
            self._look(stamp).add_done_callback(_heard)
        return found[1]

    async def now(self, stamp: Stamp) -> Stamp:
        answers = await asyncio.shield(self._look(stamp))
        return answers.get(stamp[:2], _GONE)

    def _look(self, stamp: Stamp) -> asyncio.Task[dict[tuple[int, int], Stamp]]:
        self._asked.add(stamp[:2])
        if self._next is None:
            self._next = asyncio.ensure_future(self._ask())
        return self._next

    async def _ask(self) -> dict[tuple[int, int], Stamp]:
        async with self._turn:
            # From here on, who asks waits for the next statement: this one may see less than they did.
            asked, self._asked, self._next = self._asked, set(), None
            began = time.monotonic()
            loop = asyncio.get_running_loop()
            try:
                answers = await loop.run_in_executor(self._thread, _read, asked)
            finally:
                self._awaited -= asked
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        self._known.update({key: (began, found) for key, found in answers.items()})
        return answers

    def close(self) -> None:
        self._thread.submit(_close).result()
        self._thread.shutdown()


def _heard(look: asyncio.Task[Any]) -> None:
    """Nobody waits for this one; that the database is away is told to the next who asks."""
    if not look.cancelled():
        look.exception()


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
