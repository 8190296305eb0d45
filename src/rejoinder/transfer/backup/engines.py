"""What the two database engines have to be able to do."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from django.db import connection

from rejoinder.core.errors import Unavailable
from rejoinder.transfer.backup.archive import Writer
from rejoinder.transfer.backup.manifest import Manifest

# Not kept: whoever was signed in signs in again, and what was cached is made anew. A session that had been ended since
# would come back with the backup, for whoever has its cookie.
SESSIONS = ("django_session", "rejoinder_session", "rejoinder_one_time_code")
VOLATILE = frozenset({*SESSIONS, "rejoinder_cache"})


class Engine(Protocol):
    def dump(self, writer: Writer, work: Path) -> Manifest:
        """Add one consistent state of the database to the archive. `work` is an empty folder with room."""
        ...

    def check(self, listing: Manifest, staging: Path) -> None:
        """Raise Damaged unless the unpacked database is whole. Touches nothing."""
        ...

    def put(self, listing: Manifest, staging: Path) -> str:
        """Put the unpacked database in the place of the present one. Returns where the present one is kept, or ""."""
        ...


def engine() -> Engine:
    """The engine of this server's database."""
    if connection.vendor == "sqlite":
        from rejoinder.transfer.backup.sqlite import Sqlite

        return Sqlite()
    if connection.vendor == "postgresql":
        from rejoinder.transfer.backup.postgres import Postgres

        return Postgres()
    raise Unavailable(f"There is no backup for {connection.vendor}; use that database's own tools.")
