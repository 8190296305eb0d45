"""SQLite: the whole file, vacuumed into a new one while others read and write; put back by renaming."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections

import rejoinder
from rejoinder.core import clock
from rejoinder.core.errors import Unavailable
from rejoinder.transfer.backup.archive import RESERVE, Writer, sync_folder
from rejoinder.transfer.backup.engines import VOLATILE
from rejoinder.transfer.backup.errors import Damaged
from rejoinder.transfer.backup.manifest import Manifest

MEMBER = "database/rejoinder.sqlite3"
_BESIDE = ("-wal", "-shm")


def _live() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _tables(copy: sqlite3.Connection) -> list[str]:
    # Virtual tables (full-text search) keep their rows in tables of their own, which are listed too.
    rows = copy.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    return [str(row[0]) for row in rows]


def _count(copy: sqlite3.Connection, table: str) -> int:
    return int(copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608 (from sqlite_master)


def _schema(copy: sqlite3.Connection) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in copy.execute("SELECT app, name FROM django_migrations"))


class Sqlite:
    def dump(self, writer: Writer, work: Path) -> Manifest:
        live, target = _live(), work / "copy.sqlite3"
        if shutil.disk_usage(work).free < live.stat().st_size + RESERVE:
            raise Unavailable(
                "There is no room on the disk for a copy of the database. Name another place with -o."
            )
        with closing(sqlite3.connect(live, timeout=30)) as source:
            # In WAL mode this reads one state while others write. It leaves free pages behind, and with them what
            # had been deleted.
            source.execute("VACUUM INTO ?", [str(target)])
        with closing(sqlite3.connect(target)) as copy:
            copy.execute("PRAGMA secure_delete = ON")
            for table in VOLATILE & set(_tables(copy)):
                copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 (a constant)
            copy.commit()
            rows = {table: _count(copy, table) for table in _tables(copy)}
            schema = _schema(copy)
        writer.add(MEMBER, target)
        target.unlink()
        return Manifest(rejoinder.__version__, clock.now().isoformat(), "sqlite", schema, rows)

    def check(self, listing: Manifest, staging: Path) -> None:
        name, path = listing.path.name, staging / MEMBER
        if not path.is_file():
            raise Damaged(f"{name} is damaged: it holds no database.")
        try:
            with closing(sqlite3.connect(path)) as copy:
                if [row[0] for row in copy.execute("PRAGMA integrity_check(1)")] != ["ok"]:
                    raise Damaged(f"{name} is damaged: SQLite finds its database broken.")
                if copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
                    raise Damaged(
                        f"{name} is damaged: rows in its database refer to rows that are not there."
                    )
                if _schema(copy) != listing.schema:
                    raise Damaged(
                        f"{name} is damaged: its database is of another version than its manifest says."
                    )
                if {table: _count(copy, table) for table in _tables(copy)} != listing.rows:
                    raise Damaged(
                        f"{name} is damaged: its database has not the rows that its manifest counts."
                    )
        except sqlite3.DatabaseError as error:
            raise Damaged(f"{name} is damaged: its database cannot be read ({error}).") from error

    def put(self, listing: Manifest, staging: Path) -> str:
        live = _live()
        connections.close_all()
        with _alone(live):
            kept = _keep(live)
            (staging / MEMBER).replace(live)
            sync_folder(live.parent)
        return str(kept) if kept else ""


@contextmanager
def _alone(live: Path) -> Iterator[None]:
    """No writer of ours is at work (the lock of core.db)."""
    descriptor = os.open(f"{live}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _keep(live: Path) -> Path | None:
    """The present database under another name too, complete without its log. It stays in place until replaced."""
    if not live.exists():
        return None
    try:
        with closing(sqlite3.connect(live, timeout=30)) as present:
            present.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        pass  # it may be broken: perhaps that is why somebody restores. Its log is kept beside it then.
    stamp = clock.now().strftime("%Y%m%d-%H%M%S-%f")
    kept = live.with_name(f"{live.name}.before-restore-{stamp}")
    try:
        os.link(live, kept)
    except OSError:
        shutil.copy2(live, kept)
    for suffix in _BESIDE:
        log = live.with_name(live.name + suffix)
        if log.exists():
            log.replace(kept.with_name(kept.name + suffix))
    return kept
