"""Cursors and other parameters of reading: what is not whole is refused with a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.core import ids
from rejoinder.core.http import BadRequest
from rejoinder.discussion.actions import change_thread, set_comment_state
from rejoinder.discussion.models import Thread
from rejoinder.discussion.orders import ORDERS
from rejoinder.discussion.windows.cursor import Cursor, parse
from tests import factories as make
from tests.discussion.walking import cursors_of, walk

pytestmark = pytest.mark.django_db


def _asked(thread: Thread, query: str) -> Any:
    return make.guest().get(
        reverse("rejoinder:window", args=[thread.site.key]) + f"?key={thread.key}&{query}"
    )


def _thread() -> Thread:
    thread = make.thread()
    make.rows_of(thread, [None] * 60 + [0] * 80)
    return thread


cursors = st.builds(
    lambda kind, order, thread, owner, after: Cursor(kind, order, thread, owner if kind != "r" else 0, after),
    kind=st.sampled_from("rcb"),
    order=st.sampled_from(["newest", "oldest"]),
    thread=st.integers(1, 2**63 - 1),
    owner=st.integers(1, 2**63 - 1),
    after=st.just(()) | st.tuples(*[st.integers(-(2**63) + 1, 2**63 - 1)] * 2),
) | st.builds(
    # In an order that changes, a place is one as of a revision; those of an older release say none.
    lambda kind, thread, owner, after, revision: Cursor(
        kind, "best", thread, owner if kind != "r" else 0, after, revision
    ),
    kind=st.sampled_from("rc"),
    thread=st.integers(1, 2**63 - 1),
    owner=st.integers(1, 2**63 - 1),
    after=st.tuples(*[st.integers(-(2**63) + 1, 2**63 - 1)] * 3),
    revision=st.none() | st.integers(0, 2**63 - 1),
)


@given(cursor=cursors)
def test_cursor_is_read_as_it_was_written(cursor: Cursor) -> None:
    assert parse(str(cursor), thread=cursor.thread, order=cursor.order) == cursor


@given(cursor=cursors)
def test_cursor_of_another_thread_or_order_is_refused(cursor: Cursor) -> None:
    other = "oldest" if cursor.order == "newest" else "newest"
    for thread, order in ((cursor.thread + 1, cursor.order), (cursor.thread, other)):
        with pytest.raises(BadRequest):
            parse(str(cursor), thread=thread, order=order)


@given(
    text=st.text(max_size=60)
    | st.from_regex(
        r"[rcb]\.(best|newest)(~[0-9]{0,20})?\.[0-9a-z]{1,3}\.[0-9a-z]{1,3}(\.-?[0-9]{1,25}){0,4}"
    )
)
def test_text_that_is_no_cursor_is_refused_or_means_one_thing(text: str) -> None:
    try:
        cursor = parse(text, thread=33, order="best")
    except BadRequest:
        return
    assert str(cursor) == text, "one place has one spelling"


def test_cut_and_changed_cursors_get_400_and_a_sentence() -> None:
    thread = _thread()
    whole = cursors_of(next(walk(thread, "best")))
    assert whole
    for cursor in whole[:2]:
        for broken in (
            cursor[:-1] + "x",
            cursor[: len(cursor) // 2],
            cursor + ".1",
            cursor.upper(),
            f" {cursor}",
            "…",
        ):
            answer = _asked(thread, f"cursor={broken}")
            assert answer.status_code == 400, broken
            assert "is not whole" in answer.content.decode()


def test_number_beyond_what_the_database_holds_is_refused() -> None:
    thread = _thread()
    for number in (2**63, 10**18 * 99, -(2**63)):
        assert _asked(thread, f"cursor=r.best.{ids.encode(thread.pk)}.0.1.1.{number}").status_code == 400


@pytest.mark.parametrize(
    "revision",
    ["", "-1", "x", "01", "1.0", "1e9", "%31~1", "~1", "\u0661", str(2**63), "9" * 40, "%20 1", "+1"],
)
def test_revision_that_is_no_number_is_refused(revision: str) -> None:
    thread = _thread()
    whole = cursors_of(next(walk(thread, "best")))[0]
    assert ".best~1." in whole
    answer = _asked(thread, f"cursor={whole.replace('~1.', f'~{revision}.')}")
    assert answer.status_code == 400
    assert "is not whole" in answer.content.decode()


@pytest.mark.parametrize("revision", [0, 1, 2, 10**9, 2**63 - 1])
def test_any_revision_may_be_asked_for(revision: int) -> None:
    """One that has not been, or is long forgotten, is read as it is now."""
    thread = _thread()
    whole = cursors_of(next(walk(thread, "best")))[0]
    assert _asked(thread, f"cursor={whole.replace('~1.', f'~{revision}.')}").status_code == 200


def test_revision_is_refused_where_nothing_moves_or_nothing_was_read_yet() -> None:
    thread = _thread()
    number = ids.encode(thread.pk)
    root = thread.comments.order_by("pk")[0].public_id
    for order, cursor in (
        ("newest", f"r.newest~1.{number}.0.1.1"),
        ("oldest", f"c.oldest~1.{number}.{root}.1.1"),
        ("best", f"b.best~1.{number}.{root}.1.1"),
        ("best", f"c.best~1.{number}.{root}"),
        ("most-replied", f"r.most-replied~1.{number}.0"),
    ):
        assert _asked(thread, f"sort={order}&cursor={cursor}").status_code == 400, cursor
        assert _asked(thread, f"sort={order}&cursor={cursor.replace('~1', '')}").status_code == 200, cursor


def test_cursor_of_another_thread_gets_400() -> None:
    one, other = _thread(), _thread()
    cursor = cursors_of(next(walk(one, "best")))[0]
    assert _asked(other, f"cursor={cursor}").status_code == 400


def test_cursor_whose_comment_belongs_elsewhere_finds_nothing() -> None:
    one, other = _thread(), _thread()
    foreign = other.comments.order_by("id")[0]
    cursor = f"c.best.{ids.encode(one.pk)}.{foreign.public_id}"
    assert _asked(one, f"cursor={cursor}").status_code == 404


def test_cursor_goes_on_after_a_comment_that_is_gone() -> None:
    """What was last on the page before may have been deleted since."""
    thread = make.thread()
    rows = make.rows_of(thread, [None] * 120)
    cursor = next(iter(cursors_of(next(walk(thread, "oldest")))))
    set_comment_state(comment=rows[49], state="removed")
    answer = _asked(thread, f"sort=oldest&cursor={cursor}")
    assert answer.status_code == 200
    assert rows[50].public_id in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("sort=funniest", 400),
        ("sort=", 400),
        ("sort=best&sort=best", 400),
        ("sort=BEST", 400),
        ("sort=best%00", 400),
        ("sort=common-ground", 400),
        ("cursor=", 400),
        ("cursor=a&cursor=b", 400),
        ("cursor=" + "r" * 201, 400),
        ("cursor=%ED%A0%80", 400),
        ("at=", 400),
        ("at=zzzz", 404),
        ("at=%FF%FE", 404),
        ("at=" + "z" * 21, 400),
        ("key=other", 400),
        ("url=&", 400),
    ],
)
def test_parameter_that_is_not_whole_is_refused_with_a_sentence(query: str, status: int) -> None:
    answer = _asked(_thread(), query)
    assert answer.status_code == status
    assert '<p class="lead">' in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 404),
        ("key=", 400),
        ("key=%00", 400),
        ("key=a&key=b", 400),
        ("key=" + "k" * 501, 400),
        ("url=" + "https://x.example/" + "y" * 2000, 400),
        ("url=javascript:alert(1)", 404),
        ("url=https://[", 404),
        ("KEY=x", 404),
        ("key=%ED%A0%80", 404),
    ],
)
def test_thread_must_be_named_by_one_whole_parameter(query: str, status: int) -> None:
    site = make.site()
    for name in ("thread", "window", "feed", "mine"):
        assert (
            make.guest().get(reverse(f"rejoinder:{name}", args=[site.key]) + f"?{query}").status_code
            == status
        )


def test_comment_of_another_thread_is_no_place_in_this_one() -> None:
    one, other = make.comment(make.thread()), make.comment(make.thread())
    assert _asked(one.thread, f"at={other.public_id}").status_code == 404


def test_closed_thread_is_read_in_every_order_and_offers_no_form() -> None:
    found = make.comment(make.thread())
    change_thread(thread=found.thread, closed=True)
    for order in ORDERS:
        address = reverse("rejoinder:thread", args=[found.thread.site.key])
        page = make.guest().get(address, {"key": found.thread.key, "sort": order}).content.decode()
        assert found.body in page
        assert "data-compose" not in page
        assert "data-reply" not in page
