"""Bring the database to this version: a backup first, then the migrations, one process at a time."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from rejoinder.core.conf import ConfigurationError
from rejoinder.project import sqlite
from rejoinder.project.folder import preparing

KEPT = 5  # automatic backups
BACKUPS = "backups"
_LOCK = zlib.crc32(b"rejoinder migrate")


def check_sqlite() -> None:
    """Raises ConfigurationError where SQLite is one that can lose committed data (see project.sqlite)."""
    if connection.vendor != "sqlite":
        return
    from sqlite3 import sqlite_version, sqlite_version_info

    if sqlite_version_info < sqlite.SAFE:
        wanted = ".".join(map(str, sqlite.SAFE))
        raise ConfigurationError(
            f"SQLite {sqlite_version} can lose data in WAL mode; {wanted} is needed. Install pysqlite3 0.6.1 or newer."
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other process migrates: of this folder, and on PostgreSQL of this database, on whatever machine."""
    with preparing(folder):
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            # A migration of a large table may well take longer than a request.
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            connection.close()  # gives the lock back, and the time limit


def waiting() -> tuple[int, bool]:
    """How many migrations wait, and whether there is a database of an older version (not an empty one)."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return len(plan), bool(executor.loader.applied_migrations)


def bring_up_to_date(folder: Path, *, tell: Callable[[str], None]) -> None:
    """Migrate where needed, after a backup when there is something to lose. May be interrupted and run again."""
    check_sqlite()
    with _alone(folder):
        count, older = waiting()
        if count and older:
            tell(f"Backing up before the update: {_back_up(folder)}")
        if count:
            tell("Updating the database." if older else "Making the database.")
            call_command("migrate", interactive=False, verbosity=0)
        make_cache_table()


def make_if_empty(folder: Path, *, tell: Callable[[str], None]) -> None:
    """The database is of this version afterwards: an empty one is made, as `serve` would make it.

    Raises ConfigurationError for an older one: an update is something to be asked for, and a server of the older
    version may be running on it.
    """
    count, older = waiting()
    if count and older:
        lacks = "one migration" if count == 1 else f"{count} migrations"
        raise ConfigurationError(
            f"The database is of an older version: it lacks {lacks}. "
            "Run rejoinder migrate, or start rejoinder serve; either writes a backup first."
        )
    if count:
        bring_up_to_date(folder, tell=tell)


def make_cache_table() -> None:
    """The table of core.cache. By name: the command looks at the class of the cache, and ours wraps another."""
    call_command("createcachetable", settings.CACHES["default"]["LOCATION"], verbosity=0)


def _back_up(folder: Path) -> Path:
    from rejoinder.transfer.backup import back_up

    backups = folder / BACKUPS
    backups.mkdir(exist_ok=True)
    manifest = back_up(target=backups)
    for old in sorted(backups.glob("rejoinder-*.tar.gz"))[:-KEPT]:
        old.unlink()
    return manifest.path
