"""Windows: every comment exactly once, enough in the first one, and a cost that depends on the window alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.discussion.actions import cast_vote
from rejoinder.discussion.actions.change import set_comment_state
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.orders import ORDERS
from rejoinder.discussion.windows import build
from rejoinder.discussion.windows.build import TARGET
from rejoinder.discussion.windows.shape import INDENTED
from tests import factories as make
from tests.discussion.walking import drawn_in, everything, listed_by_hand, visited, walk

pytestmark = pytest.mark.django_db

Tree = list[int | None]
MOST_QUERIES = 12


def wide(size: int) -> Tree:
    return [None] * size


def deep(size: int) -> Tree:
    return [None, *range(size - 1)]


def crowd(size: int) -> Tree:
    return [None] + [0] * (size - 1)


def bushy(size: int) -> Tree:
    """Three replies to each, level by level."""
    return [None, *[(number - 1) // 3 for number in range(1, size)]]


def broom(size: int) -> Tree:
    """A deep stem whose end has many replies, all in one flat conversation."""
    stem = min(size // 2, 30)
    return [None, *range(stem - 1)] + [stem - 1] * (size - stem)


SHAPES: list[Callable[[int], Tree]] = [wide, deep, crowd, bushy, broom]


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Parents by place in the list; the choices lean to roots, to the newest and to anything before."""
    size = draw(st.integers(0, 160))
    kinds = draw(st.lists(st.sampled_from("rnna"), min_size=size, max_size=size))
    places = draw(st.lists(st.integers(0, 10**6), min_size=size, max_size=size))
    tree: Tree = []
    for number, (kind, place) in enumerate(zip(kinds, places, strict=True)):
        above = None if kind == "r" or number == 0 else number - 1 if kind == "n" else place % number
        tree.append(above)
    return tree


@settings(max_examples=20, deadline=None)
@given(tree=trees(), data=st.data())
def test_walking_visits_every_listed_comment_exactly_once(tree: Tree, data: st.DataObject) -> None:
    thread = make.thread()
    rows = make.rows_of(thread, tree)
    for number in data.draw(st.sets(st.integers(0, max(len(rows) - 1, 0)), max_size=8)) if rows else ():
        set_comment_state(
            comment=rows[number], state=data.draw(st.sampled_from(["removed", "deleted", "held"]))
        )
    thread.refresh_from_db()
    listed = listed_by_hand(thread)
    for order in ORDERS:
        seen = visited(thread, order)
        assert len(seen) == len(set(seen)), "nothing twice"
        assert set(seen) == listed, "nothing lost"
        assert len(drawn_in(build.first(thread.site, thread, order))) >= min(TARGET, len(listed))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("order", ORDERS)
def test_large_threads_of_every_shape_are_walked_whole(shape: Callable[[int], Tree], order: str) -> None:
    thread = make.thread()
    rows = make.rows_of(thread, shape(700))
    seen = visited(thread, order)
    assert len(seen) == len(set(seen)) == len(rows)


@pytest.mark.parametrize("shape", SHAPES)
def test_first_window_holds_enough_and_not_too_much(shape: Callable[[int], Tree]) -> None:
    thread = make.thread()
    make.rows_of(thread, shape(5000))
    for order in ORDERS:
        size = build.first(thread.site, thread, order).size
        assert TARGET <= size <= 2 * TARGET + 10, (shape.__name__, order)


def _asked(thread: Thread, **more: str) -> list[str]:
    """The SQL of one window as a page."""
    page = reverse(
        "rejoinder:thread", args=[thread.site.key]
    )  # which asks for the site, where it is not known
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(page, {"key": thread.key, **more})
    assert answer.status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("shape", SHAPES)
def test_five_thousand_comments_cost_the_queries_of_fifty(shape: Callable[[int], Tree]) -> None:
    few = make.thread()
    many = make.thread(few.site)  # of which some things are read once an edition
    make.rows_of(few, shape(60))
    make.rows_of(many, shape(5000))
    for order in ORDERS:
        small, large = _asked(few, sort=order), _asked(many, sort=order)
        assert len(large) <= MOST_QUERIES, order
        assert len(large) <= len(small) + 2, order  # a level more where there is one
        assert not any("OFFSET" in sql.upper() for sql in large)


def test_every_cursor_costs_a_bounded_number_of_queries() -> None:
    thread = make.thread()
    make.rows_of(thread, bushy(700))
    windows = list(walk(thread, "best"))
    assert len(windows) > 3
    for window in windows[:4]:
        for shown in everything(window):
            for more in filter(None, (shown.more, shown.flat_more)):
                assert len(_asked(thread, cursor=more.cursor, sort="best")) <= MOST_QUERIES


def test_permalink_at_depth_ten_thousand_opens_its_context_in_few_queries() -> None:
    thread = make.thread()
    last = make.rows_of(thread, deep(10_000))[-1]
    assert last.depth == 9_999
    with CaptureQueriesContext(connection) as captured:
        page = Client().get(reverse("rejoinder:comment", args=[last.public_id]), follow=True)
    assert len(captured) <= MOST_QUERIES + 2
    text = page.content.decode()
    assert f'id="c-{last.public_id}"' in text
    for above in range(9_996, 9_999):
        assert f"Row {above}." in text, "what it answers stands above"
    assert "Row 9995." not in text
    assert 'class="asked"' in text


def test_first_window_of_a_deep_chain_goes_on_flat_and_says_whom_each_answers() -> None:
    thread = make.thread()
    make.rows_of(thread, deep(10_000))
    window = build.first(thread.site, thread, "best")
    depths = {shown.depth for shown in everything(window) if not shown.parent_id}
    assert depths == set(range(INDENTED + 1))
    for shown in everything(window):
        if shown.depth > INDENTED:
            assert shown.parent_id, "in reply to"


@pytest.mark.parametrize("order", ORDERS)
def test_windows_read_the_indices_made_for_them(order: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by statistics, which a fresh table has none of")
    thread = make.thread()
    make.rows_of(thread, bushy(2000))
    with CaptureQueriesContext(connection) as captured:
        windows = list(walk(thread, order))[:12]
    assert windows
    plans = [
        (query["sql"], step[3])
        for query in captured.captured_queries[:80]
        if "rejoinder_comment" in query["sql"] and "ORDER BY" in query["sql"]
        for step in _plan(query["sql"])
    ]
    assert plans
    used = set()
    for sql, step in plans:
        assert "SCAN rejoinder_comment" not in step, sql
        assert "TEMP B-TREE" not in step, f"sorted by hand: {sql}"
        used |= {name for name in INDICES if name in step}
    by_replies = {"most-replied", "unanswered"}
    roots = "root_best" if order == "best" else "root_replied" if order in by_replies else "root_time"
    replies = "reply_best" if order in {"best", *by_replies} else "reply_time"
    assert {roots, replies, "branch_time"} <= used


INDICES = ("root_best", "root_time", "root_replied", "reply_best", "reply_time", "branch_time")


def _plan(sql: str) -> list[tuple[int, int, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"))
        return list(cursor.fetchall())


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_comments_posted_while_one_walks_shift_nothing(order: str) -> None:
    thread = make.thread()
    before = {row.pk for row in make.rows_of(thread, wide(200))}
    seen: list[int] = []
    for window in walk(thread, order):
        seen += drawn_in(window)
        make.comment(thread)
    assert [number for number in seen if number in before] == sorted(before, reverse=order == "newest") or (
        sorted(number for number in seen if number in before) == sorted(before)
    )
    assert len(seen) == len(set(seen))


def test_each_order_is_what_it_says() -> None:
    thread = make.thread()
    rows = [make.comment(thread) for _ in range(5)]
    for number, votes in ((0, [1, 1]), (1, [-1]), (3, [1])):
        for value in votes:
            cast_vote(viewer=make.viewer(thread.site, make.commenter()), comment=rows[number], value=value)
    for number, replies in ((4, 1), (2, 3)):
        for _ in range(replies):
            make.comment(thread, parent=rows[number])

    def roots(order: str) -> list[int]:
        thread.refresh_from_db()
        window = build.first(thread.site, thread, order)
        return [[row.pk for row in rows].index(shown.number) for shown in window.roots]

    assert roots("oldest") == [0, 1, 2, 3, 4]
    assert roots("newest") == [4, 3, 2, 1, 0]
    assert roots("best") == [0, 3, 4, 2, 1], "approval first; among equals the newest"
    assert roots("most-replied") == [2, 4, 3, 1, 0]
    assert roots("unanswered") == [0, 1, 3, 4, 2]


def test_replies_among_equals_stand_as_they_were_said() -> None:
    thread = make.thread()
    root = make.comment(thread)
    replies = [make.comment(thread, parent=root).pk for _ in range(4)]
    thread.refresh_from_db()
    for order in ORDERS:
        window = build.first(thread.site, thread, order)
        assert [shown.number for shown in window.roots[0].replies] == replies


def test_empty_thread_has_an_empty_window() -> None:
    thread = make.thread()
    for order in ORDERS:
        assert build.first(thread.site, thread, order).size == 0


def test_row_of_an_older_renderer_is_rendered_anew_and_never_sent() -> None:
    found = make.comment(make.thread(), "*New* words.")
    Comment.objects.filter(pk=found.pk).update(renderer_version=0, html="<script>old()</script>")
    site, key = found.thread.site.key, found.thread.key
    for address in (
        reverse("rejoinder:thread", args=[site]) + f"?key={key}",
        reverse("rejoinder:window", args=[site]) + f"?key={key}&at={found.public_id}",
        reverse("rejoinder:feed", args=[site]) + f"?key={key}",
        reverse("rejoinder:fragment", args=[found.public_id]),
        reverse("rejoinder:actions", args=[found.public_id]),
        reverse("rejoinder:reply", args=[found.public_id]),
    ):
        page = make.guest().get(address).content.decode()
        assert "old()" not in page, address
        assert "New</em>" in page or "New&lt;/em&gt;" in page, address
