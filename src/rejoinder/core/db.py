"""Transactions that write.

On SQLite one writer works at a time, and its busy handler starves: a waiter sleeps and polls while newcomers
pass. So writers queue on a lock a database file (threads first, then processes), and only then begin. On
PostgreSQL the database queues by itself.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

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


def locked(queryset: Any) -> Any:
    """The same rows, locked until the transaction ends where the database locks rows (PostgreSQL)."""
    if not connection.features.has_select_for_update:
        return queryset
    # Their keys never change: what only refers to a row (a vote, a reply) need not wait.
    return queryset.select_for_update(no_key=connection.features.has_select_for_no_key_update)
