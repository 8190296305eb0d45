"""A SQLite that keeps what it was given.

SQLite 3.7.0 to 3.51.2 can lose committed data in WAL mode when two connections checkpoint and write at the same
instant (fixed in 3.51.3 and in some back-ports). pysqlite3 bundles a fixed one; it takes the standard module's
name before Django loads.
"""

from __future__ import annotations

import sys

SAFE = (3, 51, 3)


def install() -> None:
    """Put pysqlite3 in the place of sqlite3. Does nothing when it is there already."""
    if getattr(sys.modules.get("sqlite3"), "__name__", "") == "pysqlite3":
        return
    import pysqlite3
    import pysqlite3.dbapi2

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
