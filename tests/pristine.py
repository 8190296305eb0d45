"""The database as the migrations left it, brought back after each test that commits for real.

Django would empty every table and lay the first rows anew, one by one through the models: a second for a newsroom. Here
the tables that a test has changed are found, and those alone are put right.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import connections, transaction

from rejoinder.moderation.decisions import guard

Rows = list[tuple[Any, ...]]
GUARDED = "rejoinder_decision"  # the database itself keeps its rows


class Pristine:
    """Remembers the rows of `alias` at the moment it is made. `restore` brings them back, in one transaction."""

    def __init__(self, alias: str = "default") -> None:
        self._connection = connections[alias]
        names = self._connection.introspection.django_table_names(only_existing=True, include_views=False)
        self._tables: dict[str, str] = {name: self._connection.ops.quote_name(name) for name in sorted(names)}
        self._rows: dict[str, Rows] = {
            name: self._read(name) for name, number in self._numbers().items() if number
        }

    def restore(self) -> None:
        """Empty what was empty, and lay anew what has changed. Foreign keys are looked at when all of it is done."""
        with transaction.atomic(using=self._connection.alias):
            numbers = self._numbers()
            changed = [name for name in self._tables if self._is_changed(name, numbers[name])]
            if GUARDED in changed:
                guard.take_off(self._connection.alias)
            with self._connection.cursor() as cursor:
                for name in changed:
                    cursor.execute(f"DELETE FROM {self._tables[name]}")
                for name in changed:
                    rows = self._rows.get(name)
                    if rows:
                        marks = ", ".join(["%s"] * len(rows[0]))
                        cursor.executemany(f"INSERT INTO {self._tables[name]} VALUES ({marks})", rows)
        if GUARDED in changed:
            guard.lay_on(self._connection.alias)

    def _is_changed(self, name: str, number: int) -> bool:
        rows = self._rows.get(name, [])
        return number != len(rows) or bool(rows and Counter(self._read(name)) != Counter(rows))

    def _numbers(self) -> dict[str, int]:
        asked = " UNION ALL ".join(
            f"SELECT '{name}', (SELECT count(*) FROM {quoted})" for name, quoted in self._tables.items()
        )
        with self._connection.cursor() as cursor:
            cursor.execute(asked)
            return dict(cursor.fetchall())

    def _read(self, name: str) -> Rows:
        with self._connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {self._tables[name]}")
            return [tuple(row) for row in cursor.fetchall()]
