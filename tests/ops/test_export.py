"""The export holds what everybody may see, in order, and nothing private."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from rejoinder.accounts.models import Commenter, Site
from rejoinder.core import clock
from rejoinder.core.errors import NotFound
from rejoinder.core.text.render import RENDERER_VERSION
from rejoinder.discussion.models import Comment, Thread
from rejoinder.transfer.exporters import jsonl
from tests.factories import a_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread() -> Thread:
    site = Site.objects.create(key="demo", name="Demo", created=clock.now())
    return Thread.objects.create(site=site, key="story", title="Quay", created=clock.now())


def row(thread: Thread, body: str = "Words.", **more: object) -> Comment:
    author = Commenter.objects.create(name="Ada", guest_token=f"token-{a_number()}", created=clock.now())
    place = clock.micros(clock.now())
    values = {
        "author": author, "author_name": "Ada", "html": f"<p>{body}</p>", "renderer_version": RENDERER_VERSION,
        "created": clock.now(), "place": place, "tie": place, **more,
    }  # fmt: skip
    return Comment.objects.create(thread=thread, body=body, **values)


def exported(thread: Thread, key: str | None = None) -> list[dict[str, object]]:
    return [json.loads(line) for line in jsonl.export(site=thread.site, key=key)]


def test_lines_have_the_fields_that_are_promised(thread: Thread) -> None:
    first = row(thread, ups=3, downs=1)
    row(thread, "An answer.", parent=first, created=None)
    head, comment, answer = exported(thread)
    assert head["type"] == "thread"
    assert (head["site"], head["key"], head["title"]) == ("demo", "story", "Quay")
    assert list(comment) == [
        "type", "id", "parent", "thread", "author", "body", "body_html", "created", "state", "score",
    ]  # fmt: skip
    assert comment["author"] == {"name": "Ada"}
    assert comment["score"] == 2
    assert str(comment["created"]).endswith("Z")
    assert (answer["parent"], answer["created"]) == (comment["id"], None)


@pytest.mark.parametrize("state", ["held", "removed", "deleted"])
def test_what_is_gone_keeps_its_place_without_name_and_words(thread: Thread, state: str) -> None:
    gone = row(thread, "Canary body.", author_name="Canary name", state=state, reply_count=1, ups=9)
    row(thread, parent=gone)
    row(thread, "Canary leaf.", state=state, listed=False)
    _, place, answer = exported(thread)
    assert place["state"] == state
    assert answer["parent"] == place["id"]
    assert "Canary" not in "".join(jsonl.export(site=thread.site))
    assert place["score"] == 0


def test_private_columns_stay_here(thread: Thread) -> None:
    comment = row(thread)
    assert comment.author is not None
    assert str(comment.author.guest_token) not in "".join(jsonl.export(site=thread.site))


def test_row_of_an_older_renderer_is_rendered_anew(thread: Thread) -> None:
    row(thread, "*now*", html="<script>then</script>", renderer_version=0)
    assert exported(thread)[1]["body_html"] == "<p><em>now</em></p>"


def test_lines_are_lines_for_every_reader(thread: Thread) -> None:
    Thread.objects.filter(pk=thread.pk).update(title="a\u2028b\x85c\u2029d\ne")
    row(thread)
    text = "".join(jsonl.export(site=thread.site))
    assert len(text.splitlines()) == 2
    assert exported(thread)[0]["title"] == "a\u2028b\x85c\u2029d\ne"


def test_order_is_that_of_numbers_across_pages(thread: Thread, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "PAGE", 3)
    other = Thread.objects.create(site=thread.site, key="other", created=clock.now() - timedelta(days=9))
    rows = [row(thread) for _ in range(7)] + [row(other)]
    lines = exported(thread)
    assert [line["id"] for line in lines if line["type"] == "comment"] == [each.public_id for each in rows]
    assert [line["key"] for line in lines if line["type"] == "thread"] == ["story", "other"]


def test_one_thread_of_one_site_is_exported_alone(thread: Thread) -> None:
    row(thread)
    site = Site.objects.create(key="second", name="Second", created=clock.now())
    Thread.objects.create(site=site, key="story", created=clock.now())
    assert len(exported(thread, "story")) == 2
    with pytest.raises(NotFound):
        exported(thread, "absent")
