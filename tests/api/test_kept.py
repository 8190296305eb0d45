"""What all readers share is drawn once, sent from memory, and never older than what was written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests import factories as make
from tests.discussion.readers import Door, door

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server() -> Iterator[Door]:
    with door() as opened:
        yield opened


def _said(server: Door, name: str, thread: Any, more: str = "") -> Any:
    answer = server.get(f"/api/v1/sites/{thread.site.key}/{name}", f"key={thread.key}{more}")
    assert answer.headers["access-control-allow-origin"] == "*"
    return json.loads(answer.text) | {"status": answer.status}


def test_thread_and_comments_are_drawn_once_until_somebody_writes(server: Door) -> None:
    thread = make.thread()
    make.comment(thread)
    for _ in range(3):
        assert _said(server, "thread", thread)["count"] == 1
        assert len(_said(server, "comments", thread)["comments"]) == 1
    assert server.django.drawn == 2
    make.comment(thread)
    assert _said(server, "thread", thread)["count"] == 2
    assert len(_said(server, "comments", thread)["comments"]) == 2


def test_counts_are_drawn_once_in_a_moment(server: Door) -> None:
    thread = make.thread()
    make.comment(thread)
    for _ in range(5):
        assert _said(server, "counts", thread)["counts"] == {thread.key: 1}
    assert server.django.drawn == 1


@pytest.mark.parametrize("name", ["thread", "comments", "counts"])
@pytest.mark.parametrize("more", ["&admin=1", "&key=", "&limit=", "&sort=%", "&cursor=x&cursor=x"])
def test_what_is_refused_is_refused_in_front_of_django_too(server: Door, name: str, more: str) -> None:
    thread = make.thread()
    make.comment(thread)
    assert _said(server, name, thread)["status"] == 200
    refused = _said(server, name, thread, more)
    assert (refused["status"], "code" in refused) == (400, True)
    assert _said(server, name, thread)["status"] == 200
