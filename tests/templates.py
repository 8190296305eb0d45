"""A migrated database, kept from run to run: the migrations of a newsroom take longer than most tests.

A SQLite file, or a dump of PostgreSQL, named by everything that shapes it. `migrate` still runs on the copy and
finds nothing to do.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.servers import postgres_program
from tests.shared import ROOT

SHAPING = (
    "src/rejoinder/*/migrations/*.py",
    "src/rejoinder/*/apps.py",
    "src/rejoinder/project/*.py",
    "requirements/dev.txt",
)
KEEP = 3

# Django's settings of one database, whose TEST NAME is the database of this test process.
Database = Mapping[str, Any]


def template_path(base: Path, suffix: str) -> Path:
    """Where in `base` the template for the repository as it is now lies, or will lie."""
    digest = hashlib.sha256()
    for pattern in SHAPING:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return base / f"template-{digest.hexdigest()[:16]}{suffix}"


@contextlib.contextmanager
def my_turn(base: Path) -> Iterator[None]:
    """One process migrates; the others wait for it and find its template. Who is killed lets the next one in."""
    with (base / "migrating").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def bring_template(base: Path, database: Database) -> bool:
    """Make the test database from the template. False where there is no template yet."""
    name = database["TEST"]["NAME"] or f"test_{database['NAME']}"
    if _is_sqlite(database):
        try:
            shutil.copyfile(template_path(base, ".sqlite3"), name)
        except FileNotFoundError:
            return False
        return True
    dump = template_path(base, ".sql")
    if not dump.exists():
        return False
    _run("createdb", database, name)
    _run("psql", database, "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-d", name, "-f", str(dump))
    return True


def keep_template(base: Path, database: Database) -> None:
    """Keep a migrated database, whose connections are closed, for the next run; the oldest ones go."""
    suffix = ".sqlite3" if _is_sqlite(database) else ".sql"
    path = template_path(base, suffix)
    draft = path.with_suffix(f".{os.getpid()}")
    if _is_sqlite(database):
        shutil.copyfile(database["NAME"], draft)
    else:
        _run("pg_dump", database, "-d", database["NAME"], "-f", str(draft))
    draft.replace(path)
    for old in sorted(base.glob(f"template-*{suffix}"), key=lambda file: file.stat().st_mtime)[:-KEEP]:
        old.unlink(missing_ok=True)


def _is_sqlite(database: Database) -> bool:
    return str(database["ENGINE"]).endswith("sqlite3")


def _run(program: str, database: Database, *arguments: str) -> None:
    command = [str(postgres_program(program)), "-h", database["HOST"], "-U", database["USER"], *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
