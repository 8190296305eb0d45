"""The database keeps sealed decisions too: it refuses to change or delete them, whoever asks.

Laid on after each `migrate`, and taken off before one that changes our tables: SQLite makes a changed table anew, and
its triggers go with the old one. A merge of threads still moves decisions along.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.db import connections

from rejoinder.moderation.models import Decision

_TABLE = Decision._meta.db_table
_FIXED = [str(field.column) for field in Decision._meta.concrete_fields if field.column != "thread_id"]

_ON: dict[str, tuple[str, ...]] = {
    "sqlite": (
        f"""CREATE TRIGGER IF NOT EXISTS rejoinder_decision_deleted BEFORE DELETE ON {_TABLE}
            WHEN OLD.position IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a sealed decision is not deleted'); END""",
        f"""CREATE TRIGGER IF NOT EXISTS rejoinder_decision_changed
            BEFORE UPDATE OF {", ".join(_FIXED)} ON {_TABLE}
            WHEN OLD.position IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a sealed decision is not changed'); END""",
    ),
    "postgresql": (
        # Compared as a whole: a trigger that names columns would have to go before one of them is altered.
        """CREATE OR REPLACE FUNCTION rejoinder_keep_decision() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF OLD.position IS NULL THEN
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                END IF;
                IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'thread_id' = to_jsonb(OLD) - 'thread_id' THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'a sealed decision is not changed or deleted'
                    USING ERRCODE = 'integrity_constraint_violation';
            END $$""",
        f"""DO $$ BEGIN
                IF NOT EXISTS (SELECT 1 FROM pg_trigger
                        WHERE tgname = 'rejoinder_decision_kept' AND tgrelid = '{_TABLE}'::regclass) THEN
                    CREATE TRIGGER rejoinder_decision_kept BEFORE UPDATE OR DELETE ON {_TABLE}
                        FOR EACH ROW EXECUTE FUNCTION rejoinder_keep_decision();
                END IF;
            END $$""",  # noqa: S608  (the table's name is the model's)
    ),
}
_OFF: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS rejoinder_decision_deleted",
        "DROP TRIGGER IF EXISTS rejoinder_decision_changed",
    ),
    "postgresql": (f"DROP TRIGGER IF EXISTS rejoinder_decision_kept ON {_TABLE}",),
}


def _execute(using: str, statements: dict[str, tuple[str, ...]]) -> None:
    database = connections[using]
    if _TABLE not in database.introspection.table_names():
        return
    with database.cursor() as cursor:
        for statement in statements.get(database.vendor, ()):
            cursor.execute(statement)


def lay_on(using: str = "default") -> None:
    """From now on the database refuses."""
    _execute(using, _ON)


def take_off(using: str = "default") -> None:
    """For migrations, and for tests that empty the database."""
    _execute(using, _OFF)


def before_migrating(sender: AppConfig, using: str, plan: Sequence[tuple[Any, bool]], **_kwargs: Any) -> None:
    """pre_migrate of our app: only where its tables are going to change."""
    if any(migration.app_label == sender.label for migration, _backwards in plan):
        take_off(using)


def after_migrating(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """post_migrate of our app. A database that is migrated backwards may be without the columns."""
    with connections[using].cursor() as cursor:
        tables = connections[using].introspection
        if _TABLE not in tables.table_names(cursor):
            return
        columns = {column.name for column in tables.get_table_description(cursor, _TABLE)}
    if set(_FIXED) <= columns:
        lay_on(using)
