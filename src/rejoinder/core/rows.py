"""Rows by statements that are made once: for what every request asks for and every post stores.

A query set is built and compiled anew each time, which takes several times what the database does with it (0.9 ms
against 0.1 for the site of a request). Values are converted by Django's own fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, ForeignKey, Model, QuerySet

from rejoinder.core.db import ask, writing

M = TypeVar("M", bound=Model)
Convert = Callable[[Any, Any, Any], Any]


@cache
def _read(model: type[Model], vendor: str) -> tuple[str, list[str], list[tuple[int, Convert, Any]]]:
    """The beginning of the statement, the fields' names, and what must be converted: (place, how, of what)."""
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    converters = []
    for place, field in enumerate(fields):
        column = field.get_col(model._meta.db_table)
        hows = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]
        converters += [(place, how, column) for how in hows]
    beginning = f'SELECT {columns} FROM "{model._meta.db_table}" WHERE '  # noqa: S608  (names of the model's)
    return beginning, [field.attname for field in fields], converters


def one(model: type[M], where: str, values: Sequence[Any]) -> M | None:
    """The row for which a condition holds (columns and %s, never anything of a request), or None."""
    return next(iter(every(model, where, values)), None)


def every(model: type[M], where: str, values: Sequence[Any]) -> list[M]:
    """The rows for which a condition holds, as `one`; an order and a limit may follow it."""
    beginning, names, converters = _read(model, connection.vendor)
    found = [list(row) for row in ask(beginning + where, values)]
    for row in found:
        for place, how, column in converters:
            row[place] = how(row[place], column, connection)
    return [model.from_db(DEFAULT_DB_ALIAS, names, row) for row in found]


def numbered(model: type[M], numbers: Iterable[int | None]) -> dict[int, M]:
    """The rows of some numbers, by number."""
    among_, values = among(f'"{model._meta.pk.column}"', numbers)
    return {row.pk: row for row in every(model, among_, values)} if values else {}


def among(column: str, numbers: Iterable[int | None]) -> tuple[str, list[Any]]:
    """A condition that a column has one of some numbers, with its values: none where there are no numbers.

    On PostgreSQL it is the same for all numbers of them, so that what has it is planned once.
    """
    known = sorted({number for number in numbers if number is not None})
    if not known:
        return "1 = 0", []
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", [known]
    return f"{column} IN ({', '.join(['%s'] * len(known))})", list(known)


# Kinds of fields whose plain values go to both databases as they are.
_AS_THEY_ARE = frozenset(
    {
        "BigIntegerField", "BooleanField", "CharField", "FloatField", "IntegerField", "PositiveBigIntegerField",
        "PositiveIntegerField", "PositiveSmallIntegerField", "SmallIntegerField", "TextField",
        "BigAutoField", "AutoField",
    }
)  # fmt: skip
_PLAIN = frozenset({int, str, bool, float, type(None)})


@cache
def _written(model: type[Model]) -> tuple[str, str, list[tuple[str, Field[Any, Any], bool]]]:
    """The beginning of the statement, the marks of one row, and the fields without the number.

    Of a field: its name on a row, itself, and whether its plain values need no conversion.
    """
    fields = [field for field in model._meta.concrete_fields if field is not model._meta.auto_field]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = "(" + ", ".join(["%s"] * len(fields)) + ")"
    told = [(field.attname, field, _kind_of(field) in _AS_THEY_ARE) for field in fields]
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ', marks, told  # noqa: S608


def _kind_of(field: Field[Any, Any]) -> str:
    while isinstance(field, ForeignKey):
        field = field.target_field
    return field.get_internal_type()


def _values(row: Mapping[str, Any], fields: Sequence[tuple[str, Field[Any, Any], bool]]) -> list[Any]:
    database = connections[DEFAULT_DB_ALIAS]
    found = []
    for name, field, as_it_is in fields:
        value = row[name]
        if not (as_it_is and type(value) in _PLAIN):
            value = field.get_db_prep_save(value, database)
        found.append(value)
    return found


def store(row: M, *, otherwise: str = "") -> M:
    """Insert a new row and give it its number. `otherwise`: an ON CONFLICT clause that updates.

    For models whose number the database makes. Sends no signals. Raises IntegrityError.
    """
    beginning, marks, fields = _written(type(row))
    number = row._meta.pk.column
    row.pk = ask(f'{beginning}{marks} {otherwise} RETURNING "{number}"', _values(vars(row), fields))[0][0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


def store_all(rows: Sequence[Model], *, otherwise: str = "") -> None:
    """Insert a few new rows of one model in one statement, as `insert`."""
    insert(type(rows[0]), *map(vars, rows), otherwise=otherwise)


def insert(model: type[Model], *rows: Mapping[str, Any], otherwise: str = "") -> None:
    """Insert a few rows in one statement, each by the names of all its columns (`thread_id`), but for the number that
    the database makes. To make a model of a row that nobody looks at costs as much as to store it.

    `otherwise`: an ON CONFLICT clause. Sends no signals. Raises IntegrityError.
    """
    beginning, marks, fields = _written(model)
    values = [value for row in rows for value in _values(row, fields)]
    ask(f"{beginning}{', '.join([marks] * len(rows))} {otherwise}", values)


AT_ONCE = 500


def in_parts(found: QuerySet[M], change: Callable[[QuerySet[M]], object]) -> None:
    """Delete or change many rows, each few in a transaction of their own: on SQLite whoever posts waits for a few.

    `change` is given some of them, and sees to it that they are found no more. They are looked for before the
    transaction begins, and looked at again in it.
    """
    while numbers := list(found.order_by().values_list("pk", flat=True)[:AT_ONCE]):
        with writing():
            change(found.filter(pk__in=numbers))


def forget(found: QuerySet[M]) -> None:
    """Delete many rows with what hangs on them, `in_parts`."""
    in_parts(found, lambda part: part.delete())
