"""Addresses of guests: asked for by the site's rule, confirmed by a button, and nobody's business else."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier
from threading import Thread as Worker

import pytest
import time_machine
from django.db import connection
from django.test import override_settings

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.ports import confirmed, erasables, exportables
from rejoinder.core import clock
from rejoinder.core.mail import CONSOLE
from rejoinder.discussion.actions import change_thread
from rejoinder.discussion.models import Comment, Thread
from rejoinder.notifications import jobs as notification_jobs
from rejoinder.notifications.models import Contact, Waiting
from tests import factories as make
from tests.api.asking import Asker
from tests.notifications.inbox import an_email, asking, letters, path_in, press

pytestmark = pytest.mark.django_db


def test_site_that_asks_for_no_address_keeps_none() -> None:
    thread = make.thread(asking("none"))
    assert make.guest().write(thread, "Words.", email=an_email(), notify="1").status_code == 201
    assert not Contact.objects.filter(site=thread.site).exists()
    assert letters() == []


@pytest.mark.parametrize("policy", ["required", "confirmed"])
@pytest.mark.parametrize(
    ("email", "code"), [("", "email-missing"), ("no address", "email"), ("a@b\r\nBcc: c@d.org", "email")]
)
def test_missing_address_is_said_at_its_field(policy: str, email: str, code: str) -> None:
    thread = make.thread(asking(policy))
    refused = make.guest().write(thread, "Words.", email=email)
    assert refused.status_code == 422
    assert (refused.json()["field"], refused.json()["code"]) == ("email", code)
    assert not Comment.objects.filter(thread=thread).exists()


def test_form_without_scripts_comes_back_with_what_was_typed() -> None:
    thread = make.thread(asking("required"))
    data = {"key": thread.key, "body": "Words.", "name": "Ada", "email": "no address"}
    page = make.guest().post(f"/threads/{thread.site.key}/comments", data).content.decode()
    assert 'name="email" type="email"' in page
    assert 'value="no address"' in page
    assert "This is not an e-mail address" in page


def test_required_address_is_kept_and_gets_no_letter_unless_asked_for() -> None:
    thread, email = make.thread(asking("required")), an_email()
    assert make.guest().write(thread, "Words.", email=email).json()["state"] == "public"
    assert Contact.objects.get(email=email).confirmed is None
    assert letters(email) == []


def test_address_is_on_no_page_that_others_see() -> None:
    site = asking("required")
    thread, email = make.thread(site), an_email()
    make.guest().write(thread, "Words.", email=email)
    for path in ("", "window", "feed", "mine"):
        page = make.guest().get(f"/threads/{site.key}/{path}", {"key": thread.key}).content.decode()
        assert email not in page


def test_text_is_no_comment_until_the_button_is_pressed() -> None:
    thread, email, browser = make.thread(asking("confirmed")), an_email(), make.guest()
    kept = browser.write(thread, "My first words.", email=email, name="Ada")
    assert kept.status_code == 202
    assert "press the button" in kept.json()["message"]
    assert browser.token
    assert not Comment.objects.filter(thread=thread).exists()
    (letter,) = letters(email)
    assert "My first words" not in str(letter.body)
    path = path_in(letter, "confirm")
    for _ in range(3):
        assert "My first words." in make.guest().get(path).content.decode()
    assert not Comment.objects.filter(thread=thread).exists()
    done = press(path)
    assert "Your comment is posted" in done.content.decode()
    comment = Comment.objects.get(thread=thread)
    assert (comment.body, comment.author_name, comment.state) == ("My first words.", "Ada", "public")
    # It is the guest's who wrote it, in whatever browser the letter was opened.
    mine = browser.get(f"/threads/{thread.site.key}/mine", {"key": thread.key}).json()
    assert list(mine["own"]) == [comment.public_id]


def test_thread_with_a_key_of_its_own_is_born_by_the_first_confirmed_text() -> None:
    """Nobody has written there yet, and the letter may be opened anywhere: page and title are kept with the text."""
    site, email = asking("confirmed"), an_email()
    origin = f"https://{site.key}.example"
    page = {"key": "ferry-7", "url": f"{origin}/ferry", "title": "The ferry"}
    sent = Asker(origin=origin).post_comment(site, body="My first words.", email=email, **page)
    assert sent.status_code == 202
    assert not Thread.objects.filter(site=site).exists()
    (letter,) = letters(email)
    press(path_in(letter, "confirm"))
    born = Comment.objects.get(body="My first words.").thread
    assert (born.key, born.url, born.hint) == ("ferry-7", f"{origin}/ferry", "The ferry")


def test_without_scripts_a_page_says_what_is_missing() -> None:
    thread, email = make.thread(asking("confirmed")), an_email()
    data = {"key": thread.key, "body": "Words.", "name": "Ada", "email": email}
    answer = make.guest().post(f"/threads/{thread.site.key}/comments", data)
    page = answer.content.decode()
    assert answer.status_code == 202
    assert "open the page in that letter and press the button" in page
    assert "Error" not in page
    assert "Back to the discussion" in page


def test_who_has_confirmed_posts_at_once_from_then_on() -> None:
    thread, email, browser = make.thread(asking("confirmed")), an_email(), make.guest()
    browser.write(thread, "First.", email=email)
    (letter,) = letters(email)
    press(path_in(letter, "confirm"))
    assert browser.write(thread, "Second.", email=email).status_code == 201
    # Another browser with the same address is not known to be the same person.
    assert make.guest().write(thread, "Third.", email=email).status_code == 202


def test_button_pressed_twice_posts_once() -> None:
    thread, email = make.thread(asking("confirmed")), an_email()
    make.guest().write(thread, "Once.", email=email)
    (letter,) = letters(email)
    path = path_in(letter, "confirm")
    number = str(Waiting.objects.get(contact__email=email).pk)
    for _ in range(3):
        assert press(path, drafts=[number]).status_code == 200
    assert Comment.objects.filter(thread=thread).count() == 1


@pytest.mark.django_db(transaction=True)
def test_button_pressed_from_many_windows_at_once_posts_once() -> None:
    thread, email = make.thread(asking("confirmed")), an_email()
    make.guest().write(thread, "Once, from many windows.", email=email)
    (letter,) = letters(email)
    path = path_in(letter, "confirm")
    number = str(Waiting.objects.get(contact__email=email).pk)
    ready, answers = Barrier(8), []

    def once() -> None:
        ready.wait()
        try:
            answers.append(press(path, drafts=[number]).status_code)
        finally:
            connection.close()

    workers = [Worker(target=once) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert answers == [200] * 8
    assert Comment.objects.filter(thread=thread).count() == 1


def test_same_text_sent_again_waits_once_and_writes_once() -> None:
    thread, email, browser = make.thread(asking("confirmed")), an_email(), make.guest()
    for _ in range(4):
        assert browser.write(thread, "Again and again.", email=email).status_code == 202
    assert Waiting.objects.filter(contact__email=email).count() == 1
    assert len(letters(email)) == 1


def test_thousand_visitors_with_one_address_make_one_letter() -> None:
    thread, email = make.thread(asking("confirmed")), an_email()
    name, _at, host = email.partition("@")
    for number in range(60):
        spelt = f"{name}+{number}@{host}" if number % 2 else email.upper()
        assert make.guest().write(thread, f"Mail bomb {number}.", email=spelt).status_code == 202
    assert len([sent for sent in letters() if name in sent.to[0].lower()]) == 1


@pytest.mark.parametrize("policy", ["optional", "confirmed"])
def test_one_visitor_cannot_have_us_write_to_many(policy: str) -> None:
    thread, place = make.thread(asking(policy)), make.an_address()
    answers = [
        make.guest(place).write(thread, f"To somebody else {number}.", email=an_email()).status_code
        for number in range(14)
    ]
    assert len(letters()) == 10
    assert set(answers[:10]) == {201 if policy == "optional" else 202}
    assert set(answers[10:]) == {201 if policy == "optional" else 429}


def test_what_others_wrote_under_my_address_is_shown_and_not_taken_for_mine() -> None:
    thread, email = make.thread(asking("confirmed")), an_email()
    make.guest().write(thread, "Written by somebody else.", email=email, name="Mallory")
    make.guest().write(thread, "Written by me.", email=email, name="Ada")
    (letter,) = letters(email)
    path = path_in(letter, "confirm")
    page = make.guest().get(path).content.decode()
    assert page.count(" checked") == 1
    mine = str(Waiting.objects.get(name="Ada").pk)
    press(path, drafts=[mine])
    assert [comment.body for comment in Comment.objects.filter(thread=thread)] == ["Written by me."]


def test_no_is_an_answer_that_deletes() -> None:
    thread, email = make.thread(asking("confirmed")), an_email()
    make.guest().write(thread, "Not by the owner of the address.", email=email)
    (letter,) = letters(email)
    path = path_in(letter, "confirm")
    assert "deleted" in press(path, act="deny").content.decode()
    assert not Contact.objects.filter(email=email).exists()
    assert make.guest().get(path).status_code == 404


def test_draft_of_another_address_is_not_posted_by_its_number() -> None:
    thread = make.thread(asking("confirmed"))
    one, other = an_email(), an_email()
    make.guest().write(thread, "One's.", email=one)
    make.guest().write(thread, "The other's.", email=other)
    foreign = str(Waiting.objects.get(contact__email=other).pk)
    (letter,) = letters(one)
    press(path_in(letter, "confirm"), drafts=[foreign, "0", "-1", "9" * 40, "x"])
    assert not Comment.objects.filter(thread=thread).exists()


def test_thread_closed_in_between_gives_the_text_back() -> None:
    thread, email = make.thread(asking("confirmed")), an_email()
    make.guest().write(thread, "Too late, alas.", email=email)
    (letter,) = letters(email)
    change_thread(thread=thread, closed=True)
    page = press(path_in(letter, "confirm")).content.decode()
    assert "closed" in page
    assert "Too late, alas." in page


def test_what_waited_is_screened_like_any_other() -> None:
    thread, email = make.thread(asking("confirmed", hold_all=True)), an_email()
    make.guest().write(thread, "Read me first.", email=email)
    (letter,) = letters(email)
    assert "A moderator reads it" in press(path_in(letter, "confirm")).content.decode()
    assert Comment.objects.get(thread=thread).state == "held"


def test_site_that_needs_confirmation_and_has_no_mail_says_so_and_loses_nothing() -> None:
    thread = make.thread(asking("confirmed"))
    with override_settings(EMAIL_BACKEND=CONSOLE, DEBUG=False):
        refused = make.guest().write(thread, "Words.", email=an_email())
    assert refused.status_code == 503
    assert "cannot send mail" in refused.json()["message"]


def test_page_of_a_letter_is_kept_nowhere_and_tells_nobody_its_address() -> None:
    thread, email = make.thread(asking("confirmed")), an_email()
    make.guest().write(thread, "Words.", email=email)
    (letter,) = letters(email)
    page = make.guest().get(path_in(letter, "confirm"))
    assert page["Cache-Control"] == "no-store, private"
    assert page["Referrer-Policy"] == "no-referrer"
    assert "letter" in page.content.decode()


def test_addresses_that_nobody_confirmed_are_forgotten() -> None:
    thread, email, kept = make.thread(asking("confirmed")), an_email(), an_email()
    needed = make.thread(asking("required"))
    make.guest().write(thread, "Words.", email=email)
    make.guest().write(needed, "Words.", email=kept)
    with time_machine.travel(clock.now() + timedelta(days=8)):
        notification_jobs.forget()
    assert not Contact.objects.filter(email=email).exists()
    assert Contact.objects.filter(email=kept).exists()


def test_person_takes_it_along_and_has_it_erased() -> None:
    thread, email, browser = make.thread(asking("required")), an_email(), make.guest()
    browser.write(thread, "Words.", email=email)
    who = Commenter.objects.get(comments__thread=thread)
    lines = list(exportables["rejoinder_notifications"](who))
    assert [line["email"] for line in lines] == [email]
    assert list(confirmed["rejoinder_notifications"](email)) == []
    erasables["rejoinder_notifications"][1](who, True)
    assert not Contact.objects.filter(email=email).exists()
