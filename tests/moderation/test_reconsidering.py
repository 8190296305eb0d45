"""Who is about to send what is usually held is asked to look again, and never stopped twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation.models import Manners
from tests import factories as make
from tests.api.asking import Asker, origin
from tests.moderation.test_rules import rule
from tests.notifications.inbox import letters, path_in, press

pytestmark = pytest.mark.django_db

BAD = "What a nincompoop wrote this."


def asking_site(*, asks: bool = True, **rules: Any) -> Thread:
    """A thread of a site that holds a word, and asks people first."""
    site = make.site(**rules)
    rule(site, "phrases", "nincompoop")
    Manners.objects.create(site=site, reconsider=asks)
    return make.thread(site)


def test_what_is_usually_held_is_asked_about_once_and_then_taken_as_it_is() -> None:
    thread, browser = asking_site(), make.guest()
    key = {"Idempotency-Key": "the-key-of-this-very-text"}
    paused = browser.write(thread, BAD, headers=key)
    assert (paused.status_code, paused.json()["code"]) == (409, "reconsider")
    assert "usually held" in paused.json()["message"]
    assert not Comment.objects.exists()
    sent = browser.write(thread, BAD, headers=key, again=paused.json()["again"])
    assert (sent.status_code, sent.json()["state"]) == (201, "held")
    retried = browser.write(thread, BAD, headers=key, again=paused.json()["again"])
    assert (retried.status_code, retried.json()["id"]) == (200, sent.json()["id"])


def test_who_changes_the_text_is_not_stopped_again_whatever_it_says_now() -> None:
    thread, browser = asking_site(), make.guest()
    again = browser.write(thread, BAD).json()["again"]
    answer = browser.write(thread, "A nincompoop, I say, but politely.", again=again)
    assert (answer.status_code, answer.json()["state"]) == (201, "held")
    # It is good once, in one thread, for what it was given for.
    assert browser.write(thread, "The next nincompoop.", again=again).status_code == 409
    elsewhere = make.thread(thread.site)
    fresh = browser.write(thread, "One more nincompoop.").json()["again"]
    assert browser.write(elsewhere, "One more nincompoop.", again=fresh).status_code == 409


def test_who_takes_the_word_out_posts_as_anybody() -> None:
    thread, browser = asking_site(), make.guest()
    again = browser.write(thread, BAD).json()["again"]
    assert browser.write(thread, "I see it differently.", again=again).json()["state"] == "public"


def test_plain_form_shows_the_sentence_and_sends_as_it_is_from_there() -> None:
    thread, browser = asking_site(), make.guest()
    data = {"key": thread.key, "body": BAD, "name": "Ada"}
    address = reverse("rejoinder:comments", args=[thread.site.key])
    page = browser.post(address, data).content.decode()
    assert "usually held" in page
    assert BAD in page
    again = page.split('name="again" value="')[1].split('"')[0]
    assert browser.post(address, {**data, "again": again}).status_code == 303
    assert Comment.objects.get().state == "held"


def test_api_says_it_as_a_problem_with_what_to_send_along() -> None:
    thread = asking_site()
    page = Asker(origin=origin(thread.site))
    paused = page.post_comment(thread.site, key=thread.key, body=BAD)
    assert (paused.status_code, paused.json()["code"]) == (409, "reconsider")
    again = paused.json()["again"]
    assert page.post_comment(thread.site, key=thread.key, body=BAD, again=again).status_code == 201


@pytest.mark.parametrize("asks", [True, False])
def test_nobody_is_asked_where_the_site_does_not_ask_or_everything_is_held(asks: bool) -> None:
    thread = asking_site(asks=asks, hold_all=asks)
    answer = make.guest().write(thread, BAD)
    assert (answer.status_code, answer.json()["state"]) == (201, "held")


def test_text_that_waited_for_its_letter_is_not_asked_about() -> None:
    """Whoever presses the button in the letter cannot be asked any more: nothing is lost."""
    thread, browser = asking_site(guest_email="confirmed"), make.guest()
    assert browser.write(thread, BAD, email="ada@mail.example").status_code == 202
    press(path_in(letters()[-1], "confirm"), by=browser)
    assert Comment.objects.get().state == "held"
