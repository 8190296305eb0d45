"""Posting: who writes, where it stands, and what the browser is given."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.accounts.models import Commenter
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.queries import find_drift
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_guest_posts_and_reads_it_on_the_page() -> None:
    thread, browser = make.thread(), make.guest()
    answer = browser.write(thread, "Who counted them?", name="Ada")
    assert answer.status_code == 201
    assert answer.json()["state"] == "public"
    page = Client().get(reverse("rejoinder:thread", args=[thread.site.key]), {"key": thread.key})
    assert "Who counted them?" in page.content.decode()
    assert "Ada" in page.content.decode()


def test_form_without_script_leads_to_the_comment() -> None:
    thread, browser = make.thread(), make.guest()
    address = reverse("rejoinder:comments", args=[thread.site.key])
    answer = browser.post(address, {"key": thread.key, "body": "Plain form.", "name": "Ada"}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[0][1] == 303
    assert Comment.objects.get().public_id in answer.redirect_chain[0][0]
    assert "Plain form." in answer.content.decode()


def test_posting_leaves_an_edit_token_that_is_stored_only_as_a_digest() -> None:
    thread, browser = make.thread(), make.guest()
    answer = browser.write(thread)
    cookie = answer.cookies[make.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (
        True,
        "Lax",
        "/",
        "",
    )
    assert len(browser.token) >= 22, "128 bits"
    assert browser.token not in str(list(Commenter.objects.values()))


def test_second_comment_is_the_same_guests() -> None:
    thread, browser = make.thread(), make.guest()
    browser.write(thread, "First.")
    browser.write(thread, "Second.")
    assert Comment.objects.values("author").distinct().count() == 1


def test_over_https_the_token_is_bound_to_the_host() -> None:
    thread, browser = make.thread(), make.guest()
    answer = browser.post(
        reverse("rejoinder:comments", args=[thread.site.key]),
        {"key": thread.key, "body": "Safe.", "name": "Ada"},
        secure=True,
    )
    cookie = answer.cookies["__Host-rejoinder-guest"]
    assert cookie["secure"]


def test_refused_post_leaves_no_token_and_no_person() -> None:
    thread, browser = make.thread(), make.guest()
    assert browser.write(thread, "   ").status_code == 422
    assert not browser.cookies
    assert not Commenter.objects.exists()


def test_reading_sets_no_cookie_and_carries_no_token() -> None:
    thread = make.thread()
    found = make.comment(thread)
    browser = make.guest()
    pages = [
        reverse(f"rejoinder:{name}", args=[thread.site.key]) + f"?key={thread.key}"
        for name in ("thread", "window", "feed", "mine")
    ]
    pages += [
        reverse(f"rejoinder:{name}", args=[found.public_id]) for name in ("comment", "reply", "fragment")
    ]
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code in {200, 302}, page
        assert not answer.cookies, page
        assert "csrfmiddlewaretoken" not in answer.content.decode(), page
    assert not browser.cookies


def test_public_page_is_the_same_for_everybody() -> None:
    thread, writer = make.thread(), make.guest()
    writer.write(thread, "Mine.")
    moderator = make.signed_in(make.staff(thread.site))
    address = reverse("rejoinder:thread", args=[thread.site.key]) + f"?key={thread.key}"
    assert writer.get(address).content == moderator.get(address).content == Client().get(address).content


def test_replies_reach_any_depth() -> None:
    thread = make.thread()
    above = make.comment(thread)
    for _ in range(300):
        above = make.comment(thread, parent=above)
    assert above.depth == 300
    assert find_drift() == []
    page = Client().get(reverse("rejoinder:comment", args=[above.public_id]), follow=True)
    assert page.status_code == 200
    assert above.body in page.content.decode()


def test_reply_beyond_the_indent_says_whom_it_answers() -> None:
    thread = make.thread()
    above = make.comment(thread, name="Root")
    for level in range(6):
        above = make.comment(thread, parent=above, name=f"Level {level}")
    page = Client().get(reverse("rejoinder:thread", args=[thread.site.key]), {"key": thread.key})
    assert "in reply to <bdi>Level 4</bdi>" in page.content.decode()


def test_thread_is_born_by_the_first_comment_on_a_registered_origin() -> None:
    site, browser = make.site(), make.guest()
    page = f"https://{site.key}.example/story"
    address = reverse("rejoinder:comments", args=[site.key])
    assert browser.get(reverse("rejoinder:thread", args=[site.key]), {"url": page}).status_code == 200
    assert not Thread.objects.exists(), "reading makes nothing"
    answer = browser.post(address, {"url": page + "/?utm_source=mail#top", "body": "First!", "name": "Ada"})
    assert answer.status_code == 303
    assert Thread.objects.get().key == page


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://foreign.example/story",
        "http://{key}.example/story",
        "https://{key}.example:8443/story",
        "https://{key}.example.foreign.example/",
        "https://{key}.example@foreign.example/",
        "https://sub.{key}.example/story",
        "never-made",
        "https://{key}.example/\x01",
        "https://{key}.example/a b",
        "https://[",
        "https://{key}.example:99999/",
    ],
)
def test_no_thread_is_born_elsewhere(elsewhere: str) -> None:
    site, browser = make.site(), make.guest()
    data = {"key": elsewhere.format(key=site.key), "body": "Planted.", "name": "Ada"}
    answer = browser.post(reverse("rejoinder:comments", args=[site.key]), data)
    assert answer.status_code == 404
    assert "Planted." in answer.content.decode(), "what was typed is kept"
    assert not Thread.objects.exists()


def test_page_with_an_address_longer_than_a_key_has_no_thread() -> None:
    site, browser = make.site(), make.guest()
    page = f"https://{site.key}.example/" + "x" * 600
    answer = browser.post(
        reverse("rejoinder:comments", args=[site.key]), {"url": page, "body": "Long.", "name": "Ada"}
    )
    assert answer.status_code == 404
    assert not Thread.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "!!!"])
def test_guest_without_a_name_is_asked_for_one_and_the_text_is_kept(name: str) -> None:
    thread, browser = make.thread(), make.guest()
    data = {"key": thread.key, "body": "Unsigned.", "name": name}
    answer = browser.post(reverse("rejoinder:comments", args=[thread.site.key]), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Unsigned.</textarea>" in page
    assert page.count('aria-invalid="true"') == 1
    assert not Comment.objects.exists()


def test_where_guests_may_not_write_they_are_told() -> None:
    thread, browser = make.thread(make.site(guests=False)), make.guest()
    answer = browser.write(thread)
    assert answer.status_code == 403
    assert "sign in" in answer.json()["message"]
    assert make.signed_in(make.staff(thread.site)).write(thread).status_code == 201


def test_thirty_posts_from_one_address_then_a_pause_with_a_time() -> None:
    thread = make.thread()
    address = make.an_address()
    codes = [make.guest(address).write(thread, f"Post {n}.").status_code for n in range(30)]
    assert set(codes) == {201}
    late = make.guest(address).write(thread, "One more.")
    assert late.status_code == 429
    assert 0 < int(late["Retry-After"]) <= 600
    assert make.guest().write(thread, "Somebody else.").status_code == 201
