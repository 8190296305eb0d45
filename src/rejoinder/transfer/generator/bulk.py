"""Many rows at once: by COPY on PostgreSQL, by one prepared statement on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models


def reserve(model: type[models.Model], count: int) -> Sequence[int]:
    """Row numbers that nobody else will get, rising. Call within `core.db.writing`."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [int(row[0]) for row in cursor.fetchall()]
        # The transaction holds the write lock. AUTOINCREMENT goes on after the largest number ever used.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (int(row[0]) if row else 0) + 1
        return range(first, first + count)


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Store rows as they are: nothing is checked but by the database. Moments as `moments` writes them.

    What makes the rows may not ask the database over this connection: PostgreSQL would wait for the rows, and it for
    the answer.
    """
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", list(rows))  # noqa: S608 (names of ours)


def moments() -> Callable[[datetime], Any]:
    """What turns a moment in UTC into what this database stores."""
    if connection.vendor == "sqlite" and connection.timezone == UTC:
        # As Django's adapter writes it, in a fifth of the time.
        return lambda moment: moment.replace(tzinfo=None).isoformat(" ")
    return connection.ops.adapt_datetimefield_value


def add_to(model: type[models.Model], column: str, changes: Iterable[tuple[int, int]]) -> None:
    """Raise a counter: pairs of row number and by how much, each row once."""
    quote = connection.ops.quote_name
    table, name, pairs = quote(model._meta.db_table), quote(column), list(changes)
    if not pairs:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {table} AS old SET {name} = old.{name} + more.by "  # noqa: S608 (names of ours)
                "FROM unnest(%s::bigint[], %s::integer[]) AS more(id, by) WHERE old.id = more.id",
                [[row for row, _by in pairs], [by for _row, by in pairs]],
            )
        else:
            statement = f"UPDATE {table} SET {name} = {name} + %s WHERE id = %s"  # noqa: S608
            cursor.executemany(statement, [(by, row) for row, by in pairs])


def settle(model: type[models.Model]) -> None:
    """Let the planner know how the table looks now."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"ANALYZE {model._meta.db_table}" if connection.vendor == "postgresql" else "PRAGMA optimize"
        )
