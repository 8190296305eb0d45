"""Search for those who moderate, the same on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from rejoinder.accounts.models import Site
from rejoinder.discussion.actions import edit_comment, set_comment_state
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.search import find
from rejoinder.moderation.views.search import PAGE
from tests import factories as make

pytestmark = pytest.mark.django_db


def _found(site: Site, query: str, **more: Any) -> list[str]:
    return [comment.body for comment in find(site, query, **more)]


@pytest.fixture
def thread() -> Thread:
    return make.thread()


@pytest.mark.parametrize(
    ("body", "query"),
    [
        ("The café was full.", "cafe"),
        ("The cafe was full.", "CAFÉ"),
        ("Žižkov and Łódź", "zizkov"),
        ("The figure is 40,000.", "40"),
        ("Protesters marched.", "protest"),
        ("Protesters marched downtown.", "marched protesters"),
        ("Протестующие на майдане", "майдан"),
        ("Йогурт и ёлка", "йогурт"),
        ("Die Straße war voll.", "straße"),
        ("한국 사람들", "한국"),
        ("المتظاهرون في الشارع", "المتظاهرون"),
        ("Η ΟΔΟΣ ήταν γεμάτη", "γεμάτη"),
        ("naïve re\u0301sume\u0301", "résumé"),
        ("a_b underscored", "a_b"),
        ("It's AND or NOT", "and"),
        ("x" * 60, "x" * 60),
    ],
)
def test_words_are_found_whatever_their_accents_and_case(thread: Thread, body: str, query: str) -> None:
    make.comment(thread, "Something else entirely.")
    found = make.comment(thread, body)
    assert _found(thread.site, query) == [found.body]


@pytest.mark.parametrize(
    "query",
    [
        "%", "_", "*", "fu%", "f_ll", '"', "'", '"full', "full\"*", "NEAR(", "full NEAR other", "body:full",
        "full OR x",
        "-full", "^full", "full)", "(full", ":*", "!full & other", "full <-> other", "\\", "\\'", "full;--", "{}", "…",
        "\u0301", "²", "🙂",
    ],
)  # fmt: skip
def test_signs_of_query_languages_are_no_language_here(thread: Thread, query: str) -> None:
    make.comment(thread, "The street was full.")
    found = _found(thread.site, query)
    plain = "".join(c if c.isalnum() else " " for c in query).split()
    # The last word may be a beginning, as one is when one types.
    meant = plain and all(word == "full" for word in plain[:-1]) and "full".startswith(plain[-1])
    assert bool(found) == bool(meant), query


def test_name_is_found(thread: Thread) -> None:
    make.comment(thread, "One.", name="Zoë Quist")
    make.comment(thread, "Two.", name="Ada")
    assert _found(thread.site, "zoe") == ["One."]


def test_edited_words_are_found_and_the_former_ones_are_not(thread: Thread) -> None:
    found = make.comment(thread, "Former words.")
    edit_comment(viewer=make.viewer(thread.site, found.author), comment=found, body="Present words.")
    assert _found(thread.site, "former") == []
    assert _found(thread.site, "present") == ["Present words."]


def test_only_the_own_site_is_searched(thread: Thread) -> None:
    make.comment(make.thread(), "Needle elsewhere.")
    found = make.comment(thread, "Needle here.")
    assert _found(thread.site, "needle") == [found.body]


def test_states_are_told_apart(thread: Thread) -> None:
    rows = {state: make.comment(thread, f"Needle {state}.") for state in ("public", "held", "removed")}
    for state in ("held", "removed"):
        set_comment_state(comment=rows[state], state=state)
    for state in rows:
        assert _found(thread.site, "needle", states={state}) == [f"Needle {state}."]
    browser = make.signed_in(make.staff(thread.site))
    address = reverse("rejoinder:search", args=[thread.site.key])
    page = browser.get(address, {"state": "held"}).content.decode()
    assert "Needle held." in page
    assert "Needle removed." not in page


def test_reported_ones_are_listed_once_each(thread: Thread) -> None:
    found = make.comment(thread, "Needle flagged.")
    make.comment(thread, "Needle unflagged.")
    for _ in range(3):
        make.guest().post(
            reverse("rejoinder:flags", args=[thread.site.key]), {"comment": found.public_id, "reason": "spam"}
        )
    browser = make.signed_in(make.staff(thread.site))
    page = browser.get(
        reverse("rejoinder:search", args=[thread.site.key]), {"state": "reported"}
    ).content.decode()
    assert page.count("Needle flagged.") == 1
    assert "unflagged" not in page


def test_pages_follow_one_another_without_gap_or_repetition(thread: Thread) -> None:
    rows = make.rows_of(thread, [None] * (2 * PAGE + 5))
    browser = make.signed_in(make.staff(thread.site))
    address, seen = reverse("rejoinder:search", args=[thread.site.key]) + "?q=row", []
    while address:
        page = browser.get(address)
        seen += [result["shown"].number for result in page.context["results"]]
        address = page.context["next_url"]
    assert seen == sorted((row.pk for row in rows), reverse=True)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("q=", 200),
        ("q=" + "x" * 5000, 200),
        ("q=%00", 200),
        ("q=%ED%A0%80", 200),
        ("state=unknown", 400),
        ("state=held&state=held", 400),
        ("q=a&before=", 200),
        ("q=a&before=IL", 400),
        ("q=a&before=-1", 400),
        ("q=a&before=zzzzzzzzzzzzzzzzz", 400),
        ("q=" + "+".join(["word"] * 400), 200),
    ],
)
def test_odd_questions_get_an_answer(thread: Thread, query: str, status: int) -> None:
    browser = make.signed_in(make.staff(thread.site))
    assert (
        browser.get(reverse("rejoinder:search", args=[thread.site.key]) + "?" + query).status_code == status
    )


def test_nothing_asked_is_nothing_found(thread: Thread) -> None:
    make.comment(thread)
    browser = make.signed_in(make.staff(thread.site))
    assert browser.get(reverse("rejoinder:search", args=[thread.site.key])).context["results"] == []


def test_hostile_words_are_text_on_the_page(thread: Thread) -> None:
    make.comment(thread, "Needle <img src=x onerror=alert(1)> here.")
    browser = make.signed_in(make.staff(thread.site))
    address = reverse("rejoinder:search", args=[thread.site.key])
    page = browser.get(address, {"q": 'needle"><script>'}).content.decode()
    assert "<script>" not in page
    page = browser.get(address, {"q": "needle"}).content.decode()
    assert "<img" not in page
    assert Comment.objects.count() == 1
