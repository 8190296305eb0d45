"""Fetching the rows of a window. Each statement reads an index from a given place and stops at its limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.orders import BRANCH, Keys

_COLUMNS = (
    "id, thread_id, parent_id, depth, branch_id, author_id, author_name, html, renderer_version, created, edited, "
    "state, place, rank, tie, reply_count, branch_count, ups, downs"
)
_SELECT = f"SELECT {_COLUMNS} FROM rejoinder_comment WHERE "  # noqa: S608  (columns are the constant above)


def _slice(where: str, keys: Keys, after: Sequence[int], limit: int) -> str:
    beyond = f" AND {keys.beyond}" if after else ""
    return f"{_SELECT}{where} AND listed{beyond} ORDER BY {keys.by} LIMIT {int(limit)}"


def _run(sql: str, values: Sequence[Any]) -> list[Comment]:
    return list(Comment.objects.raw(sql, list(values)))


def roots(thread: Thread, keys: Keys, after: Sequence[int], limit: int) -> list[Comment]:
    sql = _slice("thread_id = %s AND parent_id IS NULL", keys, after, limit)
    return _run(sql, [thread.pk, *after])


def replies(parent: int, keys: Keys, after: Sequence[int], limit: int) -> list[Comment]:
    return _run(_slice("parent_id = %s", keys, after, limit), [parent, *after])


def branch(head: int, after: Sequence[int], limit: int) -> list[Comment]:
    return _run(_slice("branch_id = %s", BRANCH, after, limit), [head, *after])


def _each(where: str, keys: Keys, owners: Sequence[int], limit: int) -> list[Comment]:
    """The first few rows of each owner, one statement for all: each arm stops at its limit."""
    if not owners:
        return []
    arm = f"SELECT * FROM ({_slice(where, keys, (), limit)}) AS arm"  # noqa: S608
    found = _run(" UNION ALL ".join([arm] * len(owners)), owners)
    # No database promises an order across the arms; replies and branches are always ascending.
    return sorted(found, key=lambda row: tuple(getattr(row, column) for column in keys.columns))


def replies_of_each(parents: Sequence[int], keys: Keys, limit: int) -> list[Comment]:
    return _each("parent_id = %s", keys, parents, limit)


def branches_of_each(heads: Sequence[int], limit: int) -> list[Comment]:
    return _each("branch_id = %s", BRANCH, heads, limit)


def ancestors(comment: Comment, most: int) -> list[Comment]:
    """The nearest ancestors, outermost first; at most `most`, however deep the comment lies."""
    sql = f"""
        WITH RECURSIVE up (number, step) AS (
            SELECT CAST({int(comment.parent_id or 0)} AS bigint), 1
            UNION ALL
            SELECT c.parent_id, up.step + 1 FROM up JOIN rejoinder_comment c ON c.id = up.number
            WHERE c.parent_id IS NOT NULL AND up.step < {int(most)}
        )
        {_SELECT} id IN (SELECT number FROM up) ORDER BY depth"""  # noqa: S608
    return _run(sql, []) if comment.parent_id else []
