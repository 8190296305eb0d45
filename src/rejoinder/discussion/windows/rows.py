"""Fetching the rows of a window. Each statement reads an index from a given place and stops at its limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from rejoinder.discussion.errors import no_thread
from rejoinder.discussion.models import Standing, Thread
from rejoinder.discussion.orders import BRANCH, Keys


@dataclass(slots=True)
class Row:
    """What a window needs of a comment, by the names that the model has for it: ten times cheaper to fetch."""

    pk: int
    parent_id: int | None
    branch_id: int | None
    depth: int
    author_id: int | None
    author_name: str
    html: str
    renderer_version: int
    created: datetime | None
    edited: datetime | None
    state: str
    place: int
    tie: int
    reply_count: int
    branch_count: int
    ups: int
    downs: int
    anchor: str | None
    # The first column of the order by which it was fetched, as of when the list is read.
    stood: int

    @property
    def id(self) -> int:
        return self.pk

    def key(self, keys: Keys) -> tuple[int, ...]:
        """Where it stands in the order by which it was fetched."""
        return (self.stood, *(getattr(self, column) for column in keys.columns[1:]))


_COLUMNS = ", ".join(
    f"c.{'id' if name == 'pk' else name}" for name in Row.__dataclass_fields__ if name != "stood"
)
_FROM = "FROM rejoinder_comment c"
_KEYS = {"rank": Standing.Key.RANK, "reply_count": Standing.Key.REPLY_COUNT}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: after a key, or at its beginning; as of a revision, or as it is."""

    after: tuple[int, ...] = ()
    asof: int | None = None


BEGINNING = Place()


@dataclass(frozen=True, slots=True)
class _List:
    """Comments of one list, by SQL on `c`; `siblings`, on the standings, where their order may change."""

    where: str
    values: tuple[int | str, ...]
    siblings: str = ""
    family: tuple[int, ...] = ()
    # Which of the siblings, where not all of them are in the list.
    only: tuple[str, ...] = ()


def thread(of: Thread) -> Thread:
    """The thread as the other statements of the window see it. Raises NotFound."""
    found = Thread.objects.filter(pk=of.pk).first()
    if found is None:
        raise no_thread()
    return found


def roots(of: Thread, keys: Keys, place: Place, limit: int, anchor: str = "") -> list[Row]:
    """Comments of the first level; `anchor`: those about one place of the text alone."""
    is_root = "thread_id = %s AND parent_id IS NULL"
    if anchor:
        where = "c.anchor = %s AND c.thread_id = %s AND c.parent_id IS NULL"
        tied = _List(where, (anchor, of.pk), is_root, (of.pk,), (anchor,))
        return _page(tied, keys, place, limit)
    found = _List("c.thread_id = %s AND c.parent_id IS NULL", (of.pk,), is_root, (of.pk,))
    return _page(found, keys, place, limit)


def replies(of: Thread, parent: int, keys: Keys, place: Place, limit: int) -> list[Row]:
    is_sibling = "thread_id = %s AND parent_id = %s"
    return _page(_List("c.parent_id = %s", (parent,), is_sibling, (of.pk, parent)), keys, place, limit)


def branch(head: int, after: tuple[int, ...], limit: int) -> list[Row]:
    return _page(_List("c.branch_id = %s", (head,)), BRANCH, Place(after), limit)


def _page(of: _List, keys: Keys, place: Place, limit: int) -> list[Row]:
    if place.asof is not None and keys.moving and of.siblings:
        return _as_it_was(of, keys, place, limit)
    return _run(_slice(of.where, keys, place.after, limit), [*of.values, *place.after])


def _on(keys: Keys, first: str) -> Keys:
    """The same keys as columns of `c`, but for the first of them."""
    return replace(keys, columns=(first, *(f"c.{column}" for column in keys.columns[1:])))


def _slice(where: str, keys: Keys, after: Sequence[int], limit: int) -> str:
    keys = _on(keys, f"c.{keys.columns[0]}")
    beyond = f" AND {keys.beyond}" if after else ""
    return (
        f"SELECT {_COLUMNS}, {keys.columns[0]} {_FROM} WHERE {where} AND c.listed{beyond} "
        f"ORDER BY {keys.by} LIMIT {int(limit)}"
    )


def _as_it_was(of: _List, keys: Keys, place: Place, limit: int) -> list[Row]:
    """A page of a list as of a revision: those that stand where they stood, and those that have moved since.

    Each comment that moved since has one standing that covers the revision, so `held` has as many rows as
    comments moved; standings.REACH bounds what is looked through for them.
    """
    still, moved = _on(keys, f"c.{keys.columns[0]}"), _on(keys, "held.value")
    sql = f"""
        WITH held AS MATERIALIZED (
            SELECT comment_id, value FROM rejoinder_standing
            WHERE {of.siblings} AND "key" = %s AND until > %s AND since <= %s
        )
        SELECT * FROM (
            SELECT {_COLUMNS}, {still.columns[0]} AS stood {_FROM}
            WHERE {of.where} AND c.listed AND {still.beyond} AND c.id NOT IN (SELECT comment_id FROM held)
            ORDER BY {still.by} LIMIT {int(limit)}
        ) AS still
        UNION ALL
        SELECT * FROM (
            SELECT {_COLUMNS}, {moved.columns[0]} AS stood FROM held JOIN rejoinder_comment c ON c.id = held.comment_id
            WHERE c.listed{" AND c.anchor = %s" if of.only else ""} AND {moved.beyond}
            ORDER BY {moved.by} LIMIT {int(limit)}
        ) AS moved"""  # noqa: S608  (columns, keys and numbers of our own)
    key = int(_KEYS[keys.columns[0]])
    asof = place.asof or 0
    found = _run(sql, [*of.family, key, asof, asof, *of.values, *place.after, *of.only, *place.after])
    return _sorted(found, keys)[:limit]


def _sorted(found: list[Row], keys: Keys) -> list[Row]:
    found.sort(key=lambda row: row.key(keys), reverse=keys.descending)
    return found


def _each(where: str, keys: Keys, owners: Sequence[int], limit: int) -> list[Row]:
    """The first few rows of each owner, one statement for all: each arm stops at its limit."""
    if not owners:
        return []
    arm = f"SELECT * FROM ({_slice(where, keys, (), limit)}) AS arm"  # noqa: S608
    # No database promises an order across the arms.
    return _sorted(_run(" UNION ALL ".join([arm] * len(owners)), owners), keys)


def replies_of_each(parents: Sequence[int], keys: Keys, limit: int) -> list[Row]:
    return _each("c.parent_id = %s", keys, parents, limit)


def branches_of_each(heads: Sequence[int], limit: int) -> list[Row]:
    return _each("c.branch_id = %s", BRANCH, heads, limit)


def one(of: Thread, number: int) -> Row | None:
    """A listed comment of a thread, or None."""
    sql = f"SELECT {_COLUMNS}, c.place {_FROM} WHERE c.id = %s AND c.thread_id = %s AND c.listed"
    return next(iter(_run(sql, [number, of.pk])), None)


def ancestors(parent: int | None, most: int) -> list[Row]:
    """A comment's parent and what is above it, outermost first; at most `most`, however deep it lies."""
    if not parent:
        return []
    sql = f"""
        WITH RECURSIVE up (number, step) AS (
            SELECT CAST(%s AS bigint), 1
            UNION ALL
            SELECT c.parent_id, up.step + 1 FROM up JOIN rejoinder_comment c ON c.id = up.number
            WHERE c.parent_id IS NOT NULL AND up.step < {int(most)}
        )
        SELECT {_COLUMNS}, c.place {_FROM} WHERE c.id IN (SELECT number FROM up) ORDER BY c.depth"""  # noqa: S608
    return _run(sql, [parent])


def _run(sql: str, values: Sequence[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        rows = [Row(*found) for found in cursor.fetchall()]
    if connection.vendor == "sqlite":  # where moments are stored as text
        for row in rows:
            row.created, row.edited = _moment(row.created), _moment(row.edited)
    return rows


def _moment(stored: Any) -> datetime | None:
    backend: Any = connection.ops
    moment: datetime | None = backend.convert_datetimefield_value(stored, None, connection)
    return moment
