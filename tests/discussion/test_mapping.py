"""Patterns of keys: what they match, what they make, and in which order threads can be moved."""

from __future__ import annotations

import pytest

from rejoinder.core.errors import InvalidInput
from rejoinder.discussion.actions.moves import merge_threads, move_thread
from rejoinder.discussion.models import Thread
from rejoinder.discussion.moving import by_expression, by_stars, plan
from tests import factories as make


@pytest.mark.parametrize(
    ("old", "new", "key", "found"),
    [
        (
            "https://old.example/*",
            "https://new.example/*",
            "https://old.example/a/b",
            "https://new.example/a/b",
        ),
        ("https://old.example/*", "https://new.example/*", "https://older.example/a", None),
        ("https://old.example/*", "https://new.example/*", "https://old_example/a", None),
        ("*/amp", "*", "https://a.example/x/amp", "https://a.example/x"),
        ("/*/*.html", "/*/*", "/2026/a.html", "/2026/a"),
        ("a.b", "c", "axb", None),
        ("a*", r"\1*", "ab", r"\1b"),
        ("*", "", "anything", ""),
    ],
)
def test_what_a_star_stood_for_stands_there_again(old: str, new: str, key: str, found: str | None) -> None:
    assert by_stars(old, new)(key) == found


def test_an_expression_must_match_the_whole_key() -> None:
    rename = by_expression(r"https?://old\.example/(\d+)-(?P<slug>.+)", r"https://new.example/\g<slug>-\1")
    assert rename("http://old.example/12-harbour") == "https://new.example/harbour-12"
    assert rename("http://old.example/12-harbour\n") is None
    assert rename("see http://old.example/12-harbour") is None


@pytest.mark.parametrize(("old", "new"), [("(", "a"), ("a", r"\1"), ("(a)", r"\g<b>"), ("a", r"\g<")])
def test_an_expression_that_cannot_be_read_is_refused(old: str, new: str) -> None:
    with pytest.raises(InvalidInput):
        by_expression(old, new)


def test_more_stars_than_there_were_are_refused() -> None:
    with pytest.raises(InvalidInput):
        by_stars("a*", "*b*")


@pytest.mark.django_db
def test_whoever_stands_in_the_way_moves_first() -> None:
    """a1 -> a2 -> a3: nobody is merged with somebody who is about to leave."""
    site = make.site()
    threads = {key: make.thread(site, key) for key in ("a1", "a2", "a3")}
    steps = plan(site, by_expression("(a)([12])", r"\1\2x"))
    assert [step.into for step in steps] == [None, None]
    follow = {"a1": "a2", "a2": "a3", "a3": "a4"}
    steps = plan(site, follow.get)
    assert [(step.thread.key, step.into) for step in steps] == [("a3", None), ("a2", None), ("a1", None)]
    for step in steps:
        move_thread(thread=step.thread, key=step.key)
    now = dict(Thread.objects.values_list("key", "pk"))
    assert now == {follow[key]: thread.pk for key, thread in threads.items()}


@pytest.mark.django_db
def test_two_that_get_the_same_key_become_one() -> None:
    site = make.site()
    for key in ("http://a.example/x", "https://a.example/x", "https://www.a.example/x"):
        make.comment(make.thread(site, key))
    steps = plan(site, by_expression(r"https?://(?:www\.)?(a\.example/.*)", r"https://\1"))
    assert len(steps) == 2
    for step in steps:
        assert step.into is not None
        merge_threads(source=step.thread, into=step.into)
    merged = Thread.objects.get()
    assert (merged.key, merged.comment_count) == ("https://a.example/x", 3)


@pytest.mark.django_db
def test_two_that_move_to_one_free_key_become_one() -> None:
    site = make.site()
    for key in ("b1", "b2"):
        make.comment(make.thread(site, key))
    steps = plan(site, by_stars("b*", "c"))
    assert [step.into.key if step.into else None for step in steps] == [None, "b1"]
    move_thread(thread=steps[0].thread, key="c")
    assert steps[1].into is not None
    assert merge_threads(source=steps[1].thread, into=steps[1].into).key == "c"


@pytest.mark.django_db
def test_threads_that_would_change_places_are_refused() -> None:
    site = make.site()
    make.thread(site, "a")
    make.thread(site, "b")
    with pytest.raises(InvalidInput, match="change places"):
        plan(site, {"a": "b", "b": "a"}.get)


@pytest.mark.django_db
def test_threads_of_other_sites_are_left_alone() -> None:
    make.thread(make.site(), "a")
    assert plan(make.site(), by_stars("*", "x*")) == []
