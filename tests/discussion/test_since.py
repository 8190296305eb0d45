"""How many comments were written after one that a reader has seen, and where they stand."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from rejoinder.core import ids
from rejoinder.discussion import queries
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.views import since
from tests import factories as make

pytestmark = pytest.mark.django_db


def ask(thread: Thread, after: str | None, **more: str) -> Any:
    asked = {"key": thread.key, **({} if after is None else {"after": after}), **more}
    return make.guest().get(
        reverse("rejoinder:new", args=[thread.site.key]), asked, headers={"accept": "application/json"}
    )


def after(seen: Comment) -> Any:
    return ask(seen.thread, seen.public_id).json()


def newest_on_page(thread: Thread) -> str | None:
    page = make.guest().get(reverse("rejoinder:thread", args=[thread.site.key]), {"key": thread.key})
    found: str | None = html.fromstring(page.content).xpath("//rejoinder-discussion")[0].get("data-newest")
    return found


def test_what_was_written_later_is_counted_and_named_in_the_order_it_was_written() -> None:
    thread = make.thread()
    seen = make.comment(thread)
    later = [make.comment(thread), make.comment(thread, parent=seen), make.comment(thread)]
    make.comment(make.thread(thread.site))
    answer = after(seen)
    assert (answer["count"], answer["more"]) == (3, False)
    assert [row["id"] for row in answer["next"]] == [one.public_id for one in later]
    assert answer["next"][1]["url"] == (
        f"/threads/{thread.site.key}/?key={thread.key}&at={later[1].public_id}#c-{later[1].public_id}"
    )
    assert after(later[-1]) == {"count": 0, "more": False, "next": []}


def test_each_address_opens_the_comment_in_its_context() -> None:
    thread = make.thread()
    seen = make.comment(thread)
    later = make.comment(thread, parent=seen)
    (row,) = after(seen)["next"]
    page = make.guest().get(row["url"].partition("#")[0])
    assert f'<article id="c-{later.public_id}"' in page.content.decode()


def test_only_what_is_public_is_counted() -> None:
    thread = make.thread()
    seen = make.comment(thread)
    moderator = make.staff(thread.site)
    make.decide(make.comment(thread), "hold", by=moderator)
    removed = make.decide(make.comment(thread), "remove", by=moderator)
    shown = make.comment(thread)
    assert [row["id"] for row in after(seen)["next"]] == [shown.public_id]
    make.decide(removed, "restore", by=moderator)
    assert after(seen)["count"] == 2


def test_a_mark_outlives_its_comment() -> None:
    thread = make.thread()
    seen, _later = make.comment(thread), make.comment(thread)
    make.decide(seen, "remove")
    assert after(seen)["count"] == 1


def test_the_answer_is_the_same_for_everybody_and_may_be_kept() -> None:
    thread = make.thread()
    author = make.guest()
    seen = make.comment(thread)
    author.write(thread)
    address = reverse("rejoinder:new", args=[thread.site.key])
    asked = {"key": thread.key, "after": seen.public_id}
    answers = [
        who.get(address, asked) for who in (author, make.guest(), make.signed_in(make.staff(thread.site)))
    ]
    assert len({answer.content for answer in answers}) == 1
    assert {answer["Cache-Control"] for answer in answers} == {"public, no-cache"}
    assert not any(answer.cookies for answer in answers)


@pytest.mark.parametrize(
    ("mark", "status"),
    [(None, 400), ("", 400), ("0", 400), ("no!", 400), ("-1", 400), ("I", 400), ("z" * 14, 400), ("z" * 30, 400),
     ("7zzzzzzzzzzzz", 404)],
)  # fmt: skip
def test_a_mark_that_is_none_is_refused_with_a_sentence(mark: str | None, status: int) -> None:
    thread = make.thread()
    make.comment(thread)
    answer = ask(thread, mark)
    assert answer.status_code == status
    assert answer.json()["message"].endswith((".", "!"))


def test_a_mark_of_another_thread_is_refused() -> None:
    thread = make.thread()
    make.comment(thread)
    elsewhere = make.comment(make.thread(thread.site))
    assert ask(thread, elsewhere.public_id).status_code == 404


def test_it_does_not_tell_which_hidden_comments_are_of_this_thread() -> None:
    thread = make.thread()
    here, there = make.comment(thread), make.comment(make.thread(thread.site))
    for one in (here, there):
        make.decide(one, "hold")
    make.comment(thread)
    assert [ask(thread, one.public_id).status_code for one in (here, there)] == [200, 200]


def test_a_mark_given_twice_and_an_unknown_thread_are_refused() -> None:
    thread = make.thread()
    seen = make.comment(thread)
    address = reverse("rejoinder:new", args=[thread.site.key])
    twice = make.guest().get(f"{address}?key={thread.key}&after={seen.public_id}&after={seen.public_id}")
    assert twice.status_code == 400
    assert make.guest().get(address, {"key": "none", "after": seen.public_id}).status_code == 404
    assert make.guest().post(address, {"key": thread.key, "after": seen.public_id}).status_code == 405


def test_a_thread_that_nobody_has_written_in_has_nothing_new() -> None:
    site = make.site()
    url = f"https://{site.key}.example/fresh"
    hidden = make.decide(make.comment(make.thread(site)), "hold")
    make.comment(make.thread(site))
    answer = make.guest().get(
        reverse("rejoinder:new", args=[site.key]), {"url": url, "after": hidden.public_id}
    )
    assert answer.json() == {"count": 0, "more": False, "next": []}


def test_it_counts_and_names_up_to_a_bound_in_as_many_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(since, "COUNTED", 60)
    small, large = make.thread(), make.thread()
    few, many = make.rows_of(small, [None] * 3), make.rows_of(large, [None] * 70)
    statements = []
    for rows in (few, many):
        with CaptureQueriesContext(connection) as asked:
            answer = after(make.again(rows[0]))
        statements.append(len(asked))
    assert statements[0] == statements[1] <= 5
    assert (answer["count"], answer["more"], len(answer["next"])) == (60, True, since.NAMED)
    assert answer["next"][-1]["id"] == many[since.NAMED].public_id
    assert after(make.again(many[9])) | {"next": []} == {"count": 60, "more": False, "next": []}


def test_a_wave_of_hidden_comments_costs_no_more_than_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was looked through is all hidden: there may be more, and the page does not say what is newest."""
    monkeypatch.setattr(queries, "FAR", 5)
    monkeypatch.setattr(queries, "NEAR", 5)
    thread = make.thread()
    rows = make.rows_of(thread, [None] * 9)
    Comment.objects.filter(pk__in=[row.pk for row in rows[2:]]).update(state=Comment.State.HELD)
    assert after(make.again(rows[1])) == {"count": 0, "more": True, "next": []}
    assert newest_on_page(thread) is None
    Comment.objects.filter(pk=rows[5].pk).update(state=Comment.State.PUBLIC)
    assert after(make.again(rows[1]))["count"] == 1
    assert newest_on_page(thread) == rows[5].public_id


def test_a_page_says_which_comment_is_the_newest() -> None:
    thread = make.thread()
    assert newest_on_page(thread) is None
    first = make.comment(thread)
    reply = make.comment(thread, parent=first)
    assert newest_on_page(thread) == reply.public_id
    make.decide(reply, "remove")
    assert newest_on_page(thread) == first.public_id
    make.decide(first, "remove")
    assert newest_on_page(thread) is None


def test_a_page_says_nothing_of_a_comment_that_it_does_not_show_yet() -> None:
    """Somebody posts between the two statements: the window is of the revision before."""
    thread = make.thread()
    seen = make.comment(thread)
    thread.refresh_from_db()
    shown = thread.revision
    make.comment(thread)
    assert queries.newest_id(thread, shown) == ""
    assert (
        queries.newest_id(thread, shown + 1) == ids.encode(Comment.objects.latest("pk").pk) != seen.public_id
    )


def test_ids_sort_as_comments_were_written() -> None:
    """What the script in the browser stands on: a shorter id is older, then the characters decide."""
    numbers = [1, 2, 31, 32, 33, 1023, 1024, 32**5 - 1, 32**5, 2**62]
    spelt = [ids.encode(number) for number in numbers]
    assert sorted(spelt, key=lambda text: (len(text), text)) == spelt
