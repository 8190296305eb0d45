"""Holding: guests wait, staff do not, and everybody who waits gets to read why."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rejoinder.discussion.actions import change_thread
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.queries import find_drift
from rejoinder.moderation.models import Decision
from tests import factories as make

pytestmark = pytest.mark.django_db


def _held_thread(by: str) -> Thread:
    thread = make.thread(make.site(hold_all=by == "site"))
    if by == "thread":
        change_thread(thread=thread, hold=True)
    thread.refresh_from_db()
    return thread


@pytest.mark.parametrize("by", ["site", "thread"])
def test_guest_waits_and_reads_why(by: str) -> None:
    thread, browser = _held_thread(by), make.guest()
    answer = browser.write(thread, "May I?")
    assert (answer.status_code, answer.json()["state"]) == (201, "held")
    assert "A moderator reads it before others see it" in answer.json()["message"]
    row = Decision.objects.get()
    assert (row.action, row.actor, row.rule, row.text_seen) == ("hold", None, f"{by} holds all", "May I?")
    page = browser.get(reverse("rejoinder:actions", args=[answer.json()["id"]])).content.decode()
    assert row.reason in page
    assert "a moderator reads every comment before it appears" in page


def test_form_without_script_leads_to_the_reason() -> None:
    thread, browser = _held_thread("site"), make.guest()
    data = {"key": thread.key, "body": "May I?", "name": "Ada"}
    answer = browser.post(reverse("rejoinder:comments", args=[thread.site.key]), data, follow=True)
    assert answer.status_code == 200
    assert "waits for a moderator" in answer.content.decode()


@pytest.mark.parametrize("by", ["site", "thread"])
@pytest.mark.parametrize("role", ["owner", "editor", "moderator", "analyst"])
def test_staff_are_not_held(by: str, role: str) -> None:
    thread = _held_thread(by)
    answer = make.signed_in(make.staff(thread.site, role)).write(thread)
    assert answer.json()["state"] == "public"
    assert not Decision.objects.exists()


def test_staff_of_another_site_are_held() -> None:
    thread = _held_thread("site")
    assert make.signed_in(make.staff(make.site())).write(thread).json()["state"] == "held"


def test_held_comment_counts_nowhere_until_it_is_approved() -> None:
    thread = _held_thread("thread")
    make.guest().write(thread, "May I?")
    thread.refresh_from_db()
    before = thread.revision
    assert thread.comment_count == 0
    make.decide(make.again(Comment.objects.get()), "approve")
    thread.refresh_from_db()
    assert thread.comment_count == 1
    assert thread.revision > before
    assert find_drift() == []


def test_holding_does_not_raise_the_revision() -> None:
    """Else everybody's window would be made anew for what nobody sees."""
    thread = _held_thread("thread")
    make.guest().write(thread, "May I?")
    after = Thread.objects.get(pk=thread.pk)
    assert after.revision == thread.revision


def test_page_says_that_comments_are_read_first() -> None:
    thread = _held_thread("thread")
    page = make.guest().get(reverse("rejoinder:thread", args=[thread.site.key]), {"key": thread.key})
    assert "New comments appear once a moderator has read them" in page.content.decode()


def test_nobody_can_reply_to_or_flag_what_is_held() -> None:
    thread = _held_thread("thread")
    make.guest().write(thread, "May I?")
    held = make.again(Comment.objects.get())
    assert make.guest().write(thread, "No.", parent=held).status_code == 409
    data = {"comment": held.public_id, "reason": "spam"}
    assert make.guest().post(reverse("rejoinder:flags", args=[thread.site.key]), data).status_code == 404
