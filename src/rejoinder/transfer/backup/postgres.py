"""PostgreSQL: every table by COPY out of one snapshot, and back within one transaction.

Nothing of PostgreSQL's own programs is needed on this machine. In the text format of COPY one line is one row.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

import rejoinder
from rejoinder.core import clock
from rejoinder.transfer.backup.archive import PIECE, Writer
from rejoinder.transfer.backup.engines import VOLATILE
from rejoinder.transfer.backup.errors import Damaged, NotForHere
from rejoinder.transfer.backup.manifest import Manifest, Table

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
_COLUMNS = """
    SELECT attname, pg_get_serial_sequence(quote_ident(%s), attname) FROM pg_attribute
    WHERE attrelid = to_regclass(quote_ident(%s)) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    ORDER BY attnum
"""


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)


def _member(table: str) -> str:
    return f"database/{table}.copy"


def _tables(cursor: CursorWrapper) -> list[str]:
    cursor.execute(_TABLES)
    return [str(row[0]) for row in cursor.fetchall()]


class Postgres:
    def dump(self, writer: Writer, work: Path) -> Manifest:
        # A connection of its own: its snapshot must not end with a request's transaction.
        own: Any = connections.create_connection("default")
        try:
            with own.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                return self._dump(cursor, writer, work / "table.copy")
        finally:
            own.close()

    def _dump(self, cursor: CursorWrapper, writer: Writer, spool: Path) -> Manifest:
        cursor.execute("SELECT app, name FROM django_migrations")
        schema = sorted(f"{app}.{name}" for app, name in cursor.fetchall())
        listing = Manifest(rejoinder.__version__, clock.now().isoformat(), "postgresql", schema, {})
        for table in _tables(cursor):
            if table in VOLATILE:
                continue
            listing.tables[table] = description = _describe(cursor, table)
            listing.rows[table] = _copy_out(cursor, table, description.columns, spool)
            writer.add(_member(table), spool)
        spool.unlink(missing_ok=True)
        return listing

    def check(self, listing: Manifest, staging: Path) -> None:
        name = listing.path.name
        if set(listing.tables) != set(listing.rows) or "django_migrations" not in listing.tables:
            raise Damaged(f"{name} is damaged: its manifest does not describe its tables.")
        for table, count in listing.rows.items():
            path = staging / _member(table)
            if not path.is_file() or _lines(path) != count:
                raise Damaged(f"{name} is damaged: {table} has not the rows that its manifest counts.")
        with connection.cursor() as cursor:
            foreign = set(_tables(cursor)) - set(listing.tables) - VOLATILE - _ours()
        if foreign:
            raise NotForHere(
                f"This database holds tables of other programs ({', '.join(sorted(foreign)[:3])}). "
                "Restore into a database of its own: name it in DATABASE_URL."
            )

    def put(self, listing: Manifest, staging: Path) -> str:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL statement_timeout = 0")
                if (
                    sorted(map(".".join, MigrationRecorder(connection).applied_migrations()))
                    != listing.schema
                ):
                    _rebuild(listing.schema)
                with connection.cursor() as cursor:
                    _fill(cursor, listing, staging)
        except DatabaseError as error:
            raise Damaged(
                f"{listing.path.name} could not be restored, and nothing was changed. The database says: "
                f"{str(error).splitlines()[0]}"
            ) from error
        return ""


def _ours() -> set[str]:
    return set(connection.introspection.django_table_names()) | {"django_migrations"}


def _describe(cursor: CursorWrapper, table: str) -> Table:
    cursor.execute(_COLUMNS, [table, table])
    columns, sequences = [], {}
    owned = []
    for column, sequence in cursor.fetchall():
        columns.append(str(column))
        if sequence:
            owned.append((str(column), str(sequence)))
    for column, sequence in owned:
        # Sequences stand outside of snapshots, so this may be ahead of the rows: never behind.
        cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608 (quoted by the server)
        last, called = cursor.fetchone()
        sequences[column] = int(last) if called else 0
    return Table(columns, sequences)


def _copy_out(cursor: CursorWrapper, table: str, columns: list[str], spool: Path) -> int:
    statement = f"COPY {_quoted([table])} ({_quoted(columns)}) TO STDOUT"
    with spool.open("wb") as out, cursor.copy(statement) as rows:
        for piece in rows:
            out.write(piece)
    return int(cursor.rowcount)


def _lines(path: Path) -> int:
    with path.open("rb") as source:
        return sum(piece.count(b"\n") for piece in iter(lambda: source.read(PIECE), b""))


def _fill(cursor: CursorWrapper, listing: Manifest, staging: Path) -> None:
    there = set(_tables(cursor))
    # Without CASCADE: should somebody else's table refer to ours, it is left alone and we say so.
    cursor.execute(f"TRUNCATE {_quoted(sorted((set(listing.tables) | VOLATILE | _ours()) & there))}")
    for table, description in listing.tables.items():
        statement = f"COPY {_quoted([table])} ({_quoted(description.columns)}) FROM STDIN"
        with (staging / _member(table)).open("rb") as source, cursor.copy(statement) as rows:
            while piece := source.read(PIECE):
                rows.write(piece)
        for column, last in description.sequences.items():
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(quote_ident(%s), %s), %s, %s)",
                [table, column, max(last, 1), last > 0],
            )
        cursor.execute(f"SELECT count(*) FROM {_quoted([table])}")  # noqa: S608 (quoted)
        if cursor.fetchone()[0] != listing.rows[table]:
            raise Damaged(
                f"{listing.path.name}: {table} came out with another number of rows; nothing was changed."
            )
    # What the server knows of the rows decides how it finds them; by itself it would look a minute later.
    cursor.execute(f"ANALYZE {_quoted(list(listing.tables))}")


def _rebuild(schema: list[str]) -> None:
    """The tables of the version that the backup is of, empty: what is there is dropped. All within the transaction."""
    with connection.cursor() as cursor:
        # Migrations that write rows and then alter the table expect a commit between the two.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        tables = _tables(cursor)
        if tables:
            cursor.execute(f"DROP TABLE {_quoted(tables)}")
    executor = MigrationExecutor(connection)
    executor.migrate(
        _newest(executor, {(entry.split(".", 1)[0], entry.split(".", 1)[1]) for entry in schema})
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _newest(executor: MigrationExecutor, applied: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last migration of each app among those applied."""
    graph = executor.loader.graph

    def later_in_app(node: tuple[str, str]) -> bool:
        return any(
            child.key in applied and child.key[0] == node[0] for child in graph.node_map[node].children
        )

    return sorted(node for node in applied if node in graph.node_map and not later_in_app(node))
