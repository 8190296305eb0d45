"""Reading while others write at the same instant, on connections of their own."""

from __future__ import annotations

import random

import pytest

from rejoinder.discussion.actions import cast_vote
from rejoinder.discussion.queries import find_drift
from rejoinder.discussion.windows import build
from tests import factories as make
from tests.discussion.crowd import small_windows
from tests.discussion.walking import drawn_in, walk
from tests.parallel import at_once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("order", ["best", "most-replied"])
def test_walking_meets_what_stays_exactly_once_while_others_write_at_the_same_instant(order: str) -> None:
    thread = make.thread()
    rows = make.rows_of(thread, [None] * 40 + [0, 0, 0, 1, 1, 2])
    seen: list[int] = []
    done: list[int] = []

    def act(number: int) -> None:
        chance = random.Random(number)
        if number == 0:
            for window in walk(thread, order):
                seen.extend(drawn_in(window))
            done.append(number)
            return
        while not done:
            found = make.again(chance.choice(rows))
            if chance.random() < 0.8:
                who = make.viewer(thread.site, make.commenter())
                cast_vote(viewer=who, comment=found, value=chance.choice([1, -1]))
            else:
                make.comment(thread, parent=found)

    with small_windows():
        at_once(4, act)
    assert len(seen) == len(set(seen)), "nothing twice"
    assert {row.pk for row in rows} <= set(seen), "nothing lost"
    assert find_drift() == []


@pytest.mark.django_db(transaction=True)
def test_window_shows_what_its_revision_says_while_others_write_at_the_same_instant() -> None:
    thread = make.thread()
    make.comment(thread)
    windows: list[tuple[int, int, int]] = []

    def act(number: int) -> None:
        if number:
            for _ in range(8):
                make.comment(thread, parent=make.comment(thread))
            return
        while not windows or windows[-1][0] < 33:
            window = build.first(thread.site, thread, "best")
            windows.append((window.revision, window.comment_count, window.size))

    at_once(3, act)
    # Each revision is one comment, and all of them fit in one window.
    assert all(revision == count == size for revision, count, size in windows if count <= 45), windows
