"""Transactions that write, and snapshots to read from.

On SQLite one writer works at a time, and its busy handler starves: a waiter sleeps and polls while newcomers
pass. So writers queue on a lock a database file (threads first, then processes), and only then begin. On
PostgreSQL the database queues by itself.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

_threads = threading.Lock()


@contextmanager
def _queued(path: str) -> Iterator[None]:
    with _threads:
        descriptor = os.open(path + ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _file() -> str | None:
    if connection.vendor != "sqlite":
        return None
    name = str(connection.settings_dict["NAME"])
    return None if ":memory:" in name or "mode=memory" in name else name


def file_of(path: str) -> tuple[int, int] | None:
    """Which file lies there now (device and number), or None."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


_held: WeakKeyDictionary[BaseDatabaseWrapper, tuple[int, int] | None] = WeakKeyDictionary()


@receiver(connection_created, dispatch_uid="rejoinder_core.file")
def _remember_file(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        _held[connection] = file_of(str(connection.settings_dict["NAME"]))


def leave_lost_file() -> None:
    """Close the present thread's connection where its SQLite file was taken away or replaced.

    What is written into a file that has no name any more is lost; a connection that is kept would not notice.
    """
    database = connections[DEFAULT_DB_ALIAS]
    path = _file()
    if path is not None and database.connection is not None and _held.get(database) != file_of(path):
        database.close()


@contextmanager
def writing() -> Iterator[None]:
    """One transaction that writes; nested uses join the outer one. Begins immediate on SQLite."""
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    path = _file()
    if path is None:
        with transaction.atomic():
            yield
        return
    with _queued(path), transaction.atomic():
        yield


Values = Sequence[Any] | Mapping[str, Any]


def ask(sql: str, values: Values = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement that is always the same but for its values (%s or %(name)s), which travel beside it.

    PostgreSQL reads and plans each of them once a connection (psycopg prepares what returns), not each time. What
    Django builds has its values written into it and so never returns. Django's cursor costs more than most of these
    statements, and so is left out where nobody counts or records what goes through it. Raises its errors.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]
    if database.queries_logged or database.execute_wrappers:
        return _ask_openly(database, sql, values)
    _make_ready(database)
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        if database.vendor == "sqlite":
            found: list[tuple[Any, ...]] = database.connection.execute(
                _marked(sql, values), values
            ).fetchall()
            return found
        cursor = _cursor(database.connection)
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def kept(moment: datetime) -> Any:
    """A moment as the database keeps it, for `ask`."""
    return connection.ops.adapt_datetimefield_value(moment)


def _make_ready(database: Any) -> None:
    """As Django does before each statement: a connection that broke while nobody asked is made anew."""
    database.close_if_health_check_failed()
    database.ensure_connection()


def _marked(sql: str, values: Values) -> str:
    return _with_marks(sql, tuple(values) if isinstance(values, Mapping) else None)


@lru_cache(maxsize=1024)
def _with_marks(sql: str, names: tuple[str, ...] | None) -> str:
    """A statement as SQLite's driver reads it."""
    return sql % (("?",) * sql.count("%s")) if names is None else sql % {name: f":{name}" for name in names}


def _ask_openly(database: Any, sql: str, values: Values) -> list[tuple[Any, ...]]:
    """Through Django's cursor, which counts and records."""
    if database.vendor == "sqlite":
        made = database.cursor()
    else:
        _make_ready(database)
        made = database._prepare_cursor(_preparing()(database.connection))
    with made as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


_own = threading.local()


def _cursor(of: Any) -> Any:
    """The present thread's cursor on a connection to PostgreSQL, made once."""
    cursor = getattr(_own, "cursor", None)
    if cursor is None or cursor.connection is not of or cursor.closed:
        cursor = _own.cursor = _preparing()(of)
    return cursor


@cache
def _preparing() -> Any:
    from django.db.backends.postgresql.base import ServerBindingCursor

    class Preparing(ServerBindingCursor):
        def _send_query_prepared(self, name: bytes, pgq: Any, *, binary: bool | None = None) -> None:
            self._query = pgq  # what Django's record of statements reads
            super()._send_query_prepared(name, pgq, binary=binary)  # type: ignore[misc]

    return Preparing


# Connections that stand in a snapshot. Django does not know of these transactions: its own would take the write lock.
_reading: WeakSet[BaseDatabaseWrapper] = WeakSet()
_SNAPSHOT = {
    # Deferred, whatever `transaction_mode` says: readers take no lock, and see the file as at their first look.
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


@contextmanager
def reading() -> Iterator[None]:
    """Several statements that see one state of the database: that of the first of them. Nothing may be written.

    Nested uses join the outer one. Within a transaction that writes it changes nothing: on SQLite all statements
    of that see one state anyway, on PostgreSQL each sees what was committed before it.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.in_atomic_block or not database.get_autocommit() or database in _reading:
        yield
        return
    with database.cursor() as cursor:
        cursor.execute(_SNAPSHOT[database.vendor])
    _reading.add(database)
    try:
        yield
        _end(database, "COMMIT")
    except BaseException:
        _leave(database)
        raise
    finally:
        _reading.discard(database)


def _end(database: BaseDatabaseWrapper, how: str) -> None:
    with database.cursor() as cursor:
        cursor.execute(how)


def _leave(database: BaseDatabaseWrapper) -> None:
    """After an error. A connection that does not even roll back is closed: the next request opens another."""
    try:
        _end(database, "ROLLBACK")
    except Exception:  # whatever it was, what is on its way up is the error that matters
        database.close()


def locked(queryset: Any, of: tuple[str, ...] = ()) -> Any:
    """The same rows, locked until the transaction ends where the database locks rows (PostgreSQL).

    With `of` ("self", or names of relations), not those that came along by select_related.
    """
    if not connection.features.has_select_for_update:
        return queryset
    # Their keys never change: what only refers to a row (a vote, a reply) need not wait.
    return queryset.select_for_update(of=of, no_key=connection.features.has_select_for_no_key_update)
