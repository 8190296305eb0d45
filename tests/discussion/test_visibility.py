"""What is held, removed or deleted is gone from every channel, and comes back as it was."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.accounts.models import Site
from rejoinder.discussion.models import Comment
from rejoinder.discussion.orders import ORDERS
from rejoinder.discussion.queries import find_drift
from tests import factories as make
from tests.factories import Browser

pytestmark = pytest.mark.django_db

WORDS = "zanzibarian-marker"
NAME = "Quillon Marker"


def _channels(found: Comment) -> list[str]:
    """Every address where a comment can be read, of its thread and of its own."""
    site, key = found.thread.site.key, found.thread.key
    asked = [("thread", f"key={key}"), ("feed", f"key={key}"), ("mine", f"key={key}")]
    asked += [(name, f"key={key}&sort={order}") for name in ("thread", "window") for order in ORDERS]
    asked += [(name, f"key={key}&at={found.public_id}") for name in ("thread", "window")]
    of_site = [reverse(f"rejoinder:{name}", args=[site]) + f"?{query}" for name, query in asked]
    own = [reverse(f"rejoinder:{name}", args=[found.public_id]) for name in OWN]
    search = reverse("rejoinder:search", args=[site]) + f"?q={WORDS}"
    return [*of_site, *own, search, "/"]


OWN = ("comment", "fragment", "reply", "actions")


def _shows(browser: Client, address: str) -> bool:
    page = browser.get(address, follow=True).content.decode()
    return WORDS in page.replace(f"value=&quot;{WORDS}", "").replace(f'value="{WORDS}"', "") or NAME in page


def _showing(browser: Client, found: Comment) -> set[str]:
    return {address.split("?")[0] for address in _channels(found) if _shows(browser, address)}


def _written(**rules: bool) -> tuple[Browser, Comment]:
    browser, thread = make.guest(), make.thread(make.site(**rules))
    browser.write(thread, f"It is {WORDS}.", name=NAME)
    found = make.again(Comment.objects.get())
    if found.state == "public":
        make.comment(thread, "An answer.", parent=found)
    return browser, make.again(found)


def test_public_comment_shows_in_the_channels_that_this_file_watches() -> None:
    _, found = _written()
    shown = _showing(make.guest(), found)
    for name in OWN:
        assert reverse(f"rejoinder:{name}", args=[found.public_id]) in shown, name
    for name in ("thread", "window", "feed"):
        assert reverse(f"rejoinder:{name}", args=[found.thread.site.key]) in shown, name


def test_held_comment_is_seen_by_its_author_and_by_staff_alone() -> None:
    author, found = _written(hold_all=True)
    assert _showing(make.guest(), found) == set()
    assert _showing(make.signed_in(make.staff(make.site())), found) == set(), "of another site"
    fragment, actions = (reverse(f"rejoinder:{n}", args=[found.public_id]) for n in ("fragment", "actions"))
    mine = reverse("rejoinder:mine", args=[found.thread.site.key])
    assert _showing(author, found) == {fragment, actions, mine}
    search = reverse("rejoinder:search", args=[found.thread.site.key])
    staff = make.signed_in(make.staff(found.thread.site))
    assert {actions, search} <= _showing(staff, found) <= {fragment, actions, search}


def test_removed_comment_is_seen_by_its_author_and_by_staff_alone() -> None:
    author, found = _written()
    make.decide(found, "remove")
    assert _showing(make.guest(), found) == set()
    fragment, actions = (reverse(f"rejoinder:{n}", args=[found.public_id]) for n in ("fragment", "actions"))
    mine = reverse("rejoinder:mine", args=[found.thread.site.key])
    assert _showing(author, found) == {fragment, actions, mine}
    search = reverse("rejoinder:search", args=[found.thread.site.key])
    staff = make.signed_in(make.staff(found.thread.site))
    assert {actions, search} <= _showing(staff, found) <= {fragment, actions, search}


def test_deleted_words_are_seen_by_nobody() -> None:
    author, found = _written()
    author.post(reverse("rejoinder:deletion", args=[found.public_id]))
    for browser in (make.guest(), make.signed_in(make.staff(found.thread.site))):
        assert _showing(browser, found) == set()
    # Their own browser may still offer them their name for the next comment.
    mine = reverse("rejoinder:mine", args=[found.thread.site.key])
    assert _showing(author, found) <= {mine}
    assert WORDS not in author.get(mine, {"key": found.thread.key}).content.decode()


def test_gone_comment_keeps_its_replies_and_says_what_it_was() -> None:
    _, found = _written()
    make.decide(found, "remove")
    page = make.guest().get(
        reverse("rejoinder:thread", args=[found.thread.site.key]), {"key": found.thread.key}
    )
    assert "An answer." in page.content.decode()
    assert "Removed by a moderator" in page.content.decode()


def test_restored_comment_has_text_counts_and_place_again() -> None:
    _, found = _written()
    thread = found.thread
    make.comment(thread, "Before it in no order.")
    make.guest().vote(found, 1)
    address = reverse("rejoinder:window", args=[thread.site.key]) + f"?key={thread.key}"

    def page() -> str:
        revision = Site.objects.get(pk=thread.site_id).threads.get().revision
        return make.guest().get(address).content.decode().replace(f'revision="{revision}"', "")

    before, count = page(), make.again(found).thread.comment_count
    make.decide(found, "remove")
    assert page() != before
    assert make.again(found).thread.comment_count == count - 1
    make.decide(found, "restore")
    assert page() == before
    assert make.again(found).thread.comment_count == count
    assert find_drift() == []


def test_approved_comment_shows_to_everybody() -> None:
    _, found = _written(hold_all=True)
    make.decide(found, "approve")
    assert reverse("rejoinder:comment", args=[found.public_id]) in _showing(make.guest(), found)


def test_comment_that_is_not_shown_answers_as_one_that_is_not_there() -> None:
    """Whatever language its site speaks."""
    _, found = _written(hold_all=True)
    Site.objects.filter(pk=found.thread.site_id).update(language="de")
    browser = make.guest()
    for name in OWN:
        hidden = browser.get(reverse(f"rejoinder:{name}", args=[found.public_id]))
        absent = browser.get(reverse(f"rejoinder:{name}", args=["zzzzzz"]))
        assert (hidden.status_code, absent.status_code) == (404, 404), name
        assert hidden.content == absent.content, name
        assert hidden.headers.items() == absent.headers.items(), name
