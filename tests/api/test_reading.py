"""What all readers share: counts, threads, comments."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.windows import build
from tests import factories as make
from tests.api.asking import Asker

pytestmark = pytest.mark.django_db


def _comments(thread: Thread, **asked: str) -> dict[str, object]:
    answer = Asker().ask(f"/sites/{thread.site.key}/comments", urlencode({"key": thread.key, **asked}))
    assert answer.status_code == 200, answer.content
    return answer.json()  # type: ignore[no-any-return]


def test_thread_says_its_count_its_revision_and_what_writing_asks_of_people() -> None:
    thread = make.thread(make.site(hold_all=False, edit_window=60), title="A bridge")
    make.comment(thread)
    answer = Asker().ask(f"/sites/{thread.site.key}/thread", urlencode({"key": thread.key}))
    thread.refresh_from_db()
    assert answer.json() == {
        "site": thread.site.key,
        "key": thread.key,
        "url": "",
        "title": "A bridge",
        "count": 1,
        "revision": thread.revision,
        "state": "open",
        "policy": {
            "guests": True,
            "email": "none",
            "edit_window": 60,
            "closed": False,
            "held": False,
            "mode": "open",
            "pause": 0,
            "notices": [],
            "guidelines": "",
        },
    }


def test_thread_that_nobody_has_written_in_may_be_asked_for_where_it_may_be_born() -> None:
    site = make.site()
    url = f"https://{site.key}.example/story"
    found = Asker().ask(f"/sites/{site.key}/thread", urlencode({"url": url}))
    assert (found.status_code, found.json()["count"], found.json()["key"]) == (200, 0, url)
    elsewhere = Asker().ask(f"/sites/{site.key}/thread", urlencode({"url": "https://elsewhere.example/x"}))
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "no-thread")


def test_counts_come_by_the_keys_as_they_were_asked() -> None:
    site = make.site()
    first, second = make.thread(site), make.thread(site)
    make.comment(first)
    asked = [("key", first.key), ("key", second.key), ("key", "nowhere")]
    answer = Asker().ask(f"/sites/{site.key}/counts", urlencode(asked))
    assert answer.json() == {"counts": {first.key: 1, second.key: 0, "nowhere": 0}}


def test_counts_are_one_query_however_many_are_asked(django_assert_num_queries: object) -> None:
    site = make.site()
    query = urlencode([("key", make.thread(site).key) for _ in range(100)])
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(Asker().ask(f"/sites/{site.key}/counts", query).json()["counts"]) == 100
    too_many = Asker().ask(f"/sites/{site.key}/counts", query + "&key=another")
    assert (too_many.status_code, too_many.json()["code"]) == (400, "out-of-range")


def test_comments_come_in_reading_order_each_directly_before_what_answers_it() -> None:
    thread = make.thread()
    root = make.comment(thread, "Root.")
    reply = make.comment(thread, "Reply.", parent=root)
    make.comment(thread, "Beneath.", parent=reply)
    other = make.comment(thread, "Another root.")
    found = _comments(thread, sort="oldest")["comments"]
    assert isinstance(found, list)
    assert [(one["depth"], one["parent"]) for one in found] == [
        (0, None),
        (1, root.public_id),
        (2, reply.public_id),
        (0, None),
    ]
    assert found[-1]["id"] == other.public_id
    assert found[0]["html"] == "<p>Root.</p>"


@pytest.mark.parametrize("limit", [None, 3])
def test_following_the_cursors_meets_every_comment_once(limit: int | None) -> None:
    thread = make.thread()
    parents: list[int | None] = [None] * 30 + [0] * 40 + [30] * 12 + [70] * 3 + [82, 83, 84, 85, 86, 87, 88]
    rows = make.rows_of(thread, parents)
    bound = {"limit": str(limit)} if limit else {}
    met: list[str] = []
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        answer = _comments(thread, sort="oldest", **bound, **waiting.pop())
        found = answer["comments"]
        assert isinstance(found, list)
        met += [one["id"] for one in found]
        cursors = [one[name] for one in found for name in ("more", "more_flat")] + [answer["more"]]
        waiting += [{"cursor": more["cursor"]} for more in cursors if more]
    assert sorted(met) == sorted(row.public_id for row in rows)


def test_limit_bounds_the_list_asked_for() -> None:
    thread = make.thread()
    make.rows_of(thread, [None] * 10 + [0] * 10)
    roots = _comments(thread, sort="newest", limit="4")["comments"]
    assert isinstance(roots, list)
    assert len([one for one in roots if one["depth"] == 0]) == 4
    root = Comment.objects.filter(thread=thread, parent=None).earliest("pk")
    replies = _comments(thread, sort="oldest", parent=root.public_id, limit="3")["comments"]
    assert isinstance(replies, list)
    assert [one["parent"] for one in replies] == [root.public_id] * 3


def test_same_comments_as_the_window_shows() -> None:
    thread = make.thread()
    make.rows_of(thread, [None] * 40 + [0] * 40)
    window = build.first(thread.site, thread, "best")
    found = _comments(thread)["comments"]
    assert isinstance(found, list)
    assert len(found) == window.size


def test_what_is_gone_keeps_its_place_without_words_or_name() -> None:
    thread = make.thread()
    root = make.comment(thread, "Marked words.", name="Somebody")
    make.comment(thread, "An answer.", parent=root)
    make.decide(root, "remove")
    answer = Asker().ask(f"/sites/{thread.site.key}/comments", urlencode({"key": thread.key}))
    assert b"Marked" not in answer.content
    assert b"Somebody" not in answer.content
    assert answer.json()["comments"][0]["state"] == "removed"


def test_shared_answers_are_kept_by_caches_without_cookies_and_have_a_tag() -> None:
    thread = make.thread()
    make.comment(thread)
    for name, query in (("thread", "key"), ("comments", "key"), ("counts", "key")):
        path, asked = f"/sites/{thread.site.key}/{name}", urlencode({query: thread.key})
        answer = Asker().ask(path, asked)
        assert answer["Cache-Control"] == "public, max-age=0, s-maxage=2", name
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert answer["Access-Control-Allow-Origin"] == "*"
        again = Asker().ask(path, asked, headers={"if-none-match": answer["ETag"]})
        assert again.status_code == 304, name
        head = Asker().head(f"/api/v1{path}?{asked}")
        assert (head.status_code, head.content) == (200, b""), name
