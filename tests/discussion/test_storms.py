"""A storm of votes: what a window costs does not grow with it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rejoinder.core import clock
from rejoinder.discussion import standings
from rejoinder.discussion.models import Comment, Standing, Thread
from rejoinder.discussion.windows import build
from rejoinder.discussion.windows.cursor import Cursor, parse
from tests import factories as make
from tests.discussion.walking import drawn_in

pytestmark = pytest.mark.django_db


def _storm(thread: Thread, votes: int, on: list[Comment]) -> None:
    """So many votes, one a revision, on these comments in turn, by rows."""
    now, since, rows = clock.now(), dict.fromkeys((found.pk for found in on), 0), []
    for number in range(votes):
        found, until = on[number % len(on)], thread.revision + number + 1
        row = Standing(
            comment=found, thread=thread, key=Standing.Key.RANK, value=found.rank - number // len(on) % 7
        )
        row.since, row.until, row.created = since[found.pk], until, now
        since[found.pk] = until
        rows.append(row)
    Standing.objects.bulk_create(rows, batch_size=1000)
    Thread.objects.filter(pk=thread.pk).update(revision=thread.revision + votes)


def _cursor(thread: Thread, ago: int) -> Cursor:
    """Where the second window begins, for one who began to read so many revisions ago."""
    more = build.first(thread.site, thread, "best").more
    assert more
    now = Thread.objects.get(pk=thread.pk).revision
    found = more.cursor.replace(f"best~{now}.", f"best~{now - ago}.")
    return parse(found, thread=thread.pk, order="best")


def _steps(thread: Thread, cursor: Cursor) -> tuple[int, int]:
    """Statements of a window, and in hundreds the instructions that SQLite runs for them."""
    hundreds = [0]

    def count() -> int:
        hundreds[0] += 1
        return 0

    with CaptureQueriesContext(connection) as captured:
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(count, 100)
        try:
            assert len(drawn_in(build.further(thread.site, thread, cursor))) == 50
        finally:
            if connection.vendor == "sqlite":
                connection.connection.set_progress_handler(None, 0)
    return len(captured), hundreds[0]


def test_ten_thousand_votes_on_one_comment_cost_the_next_window_no_statement_and_little_work() -> None:
    thread = make.thread()
    rows = make.rows_of(thread, [None] * 300)
    quiet = _steps(thread, _cursor(thread, 0))
    _storm(thread, 10_000, rows[5:6])
    recent, early = (
        _steps(thread, _cursor(thread, 10)),
        _steps(thread, _cursor(thread, standings.REACH)),
    )
    assert quiet[0] == recent[0] == early[0]
    assert recent[1] < 2 * quiet[1] + 20
    # Each vote within reach is looked at in the index, and one of them read.
    assert early[1] < quiet[1] + standings.REACH * 15 / 100
    beyond = _steps(thread, _cursor(thread, standings.REACH + 1))
    assert beyond[1] < 2 * quiet[1] + 20, "who began before that reads on in the present order"


def test_votes_on_all_comments_cost_the_next_window_no_more_than_they_moved() -> None:
    thread = make.thread()
    rows = make.rows_of(thread, [None] * 300)
    quiet = _steps(thread, _cursor(thread, 0))
    _storm(thread, 3_000, rows)
    stormy = _steps(thread, _cursor(thread, 3_000))
    assert stormy[0] == quiet[0]
    assert stormy[1] < quiet[1] + 3_000 * 15 / 100 + 300 * 100 / 100
