"""Editing and deleting one's own comment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from rejoinder.core import clock
from rejoinder.discussion.actions import change_thread
from rejoinder.discussion.models import Comment, Edit
from rejoinder.discussion.queries import find_drift
from tests import factories as make
from tests.factories import Browser

pytestmark = pytest.mark.django_db


def _written(body: str = "Before.", **rules: Any) -> tuple[Browser, Comment]:
    thread, browser = make.thread(make.site(**rules)), make.guest()
    assert browser.write(thread, body, name="Ada").status_code == 201
    return browser, make.again(Comment.objects.get(body=body))


def _edit(browser: Browser, found: Comment, body: str, **headers: str) -> Any:
    return browser.post(reverse("rejoinder:edits", args=[found.public_id]), {"body": body}, headers=headers)


def _delete(browser: Browser, found: Comment) -> Any:
    return browser.post(reverse("rejoinder:deletion", args=[found.public_id]))


def test_guest_edits_within_the_window_and_what_it_was_is_kept() -> None:
    browser, found = _written()
    assert _edit(browser, found, "After.").status_code == 303
    after = make.again(found)
    assert (after.body, "After." in after.html, after.edited is not None) == ("After.", True, True)
    assert [edit.body for edit in Edit.objects.filter(comment=found)] == ["Before."]


def test_edit_raises_the_revision() -> None:
    browser, found = _written()
    before = found.thread.revision
    _edit(browser, found, "After.")
    assert make.again(found).thread.revision > before


def test_edit_that_changes_nothing_leaves_no_trace() -> None:
    browser, found = _written()
    _edit(browser, found, "  Before.  ".strip())
    assert make.again(found).edited is None
    assert not Edit.objects.exists()


@pytest.mark.parametrize("late", [timedelta(minutes=15, seconds=1), timedelta(days=400)])
def test_after_the_window_the_text_is_kept_and_nothing_changes(late: timedelta) -> None:
    moment = clock.now()
    with time_machine.travel(moment, tick=False):
        browser, found = _written()
    with time_machine.travel(moment + late, tick=False):
        answer = _edit(browser, found, "Too late, alas.")
    assert answer.status_code == 409
    assert "Too late, alas." in answer.content.decode()
    assert "The time in which a comment can be changed is over" in answer.content.decode()
    assert make.again(found).body == "Before."


def test_at_the_end_of_the_window_an_edit_is_taken() -> None:
    moment = clock.now()
    with time_machine.travel(moment, tick=False):
        browser, found = _written()
    with time_machine.travel(moment + timedelta(minutes=15), tick=False):
        assert _edit(browser, found, "Just in time.").status_code == 303


def test_bad_edit_comes_back_with_its_sentence_and_the_text() -> None:
    browser, found = _written()
    answer = _edit(browser, found, "[here](javascript:alert(1)) is my proof")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "javascript:" in page
    assert "is my proof</textarea>" in page
    assert make.again(found).body == "Before."


def test_edit_in_a_closed_thread_is_refused_and_the_text_kept() -> None:
    browser, found = _written()
    change_thread(thread=found.thread, closed=True)
    answer = _edit(browser, found, "One more word.")
    assert answer.status_code == 409
    assert "One more word." in answer.content.decode()


def test_edit_where_comments_are_held_is_held_with_a_reason() -> None:
    browser, found = _written()
    change_thread(thread=found.thread, hold=True)
    _edit(browser, found, "Buy my book.")
    after = make.again(found)
    assert (after.state, after.body) == ("held", "Buy my book.")
    assert after.decisions.get().text_seen == "Buy my book."
    assert find_drift() == []


def test_held_comment_may_be_edited_and_stays_held() -> None:
    browser, found = _written(hold_all=True)
    _edit(browser, found, "Better words.")
    after = make.again(found)
    assert (after.state, after.body) == ("held", "Better words.")


def test_removed_comment_cannot_be_edited() -> None:
    browser, found = _written()
    make.decide(found, "remove")
    assert _edit(browser, found, "Back again.").status_code == 409
    assert make.again(found).body == "Before."


def test_deleting_erases_words_name_and_history_and_keeps_the_replies() -> None:
    browser, found = _written("Wrong, I fear.")
    _edit(browser, found, "Wrong, I am sure.")
    reply = make.comment(found.thread, "You are.", parent=found)
    assert _delete(browser, found).status_code == 303
    after = make.again(found)
    assert (after.state, after.body, after.html, after.author_name) == ("deleted", "", "", "")
    assert not Edit.objects.exists()
    assert (make.again(reply).state, make.again(reply).listed, after.listed) == ("public", True, True)
    assert find_drift() == []


def test_deleted_comment_without_replies_leaves_the_thread() -> None:
    browser, found = _written()
    _delete(browser, found)
    after = make.again(found)
    assert (after.listed, after.thread.comment_count) == (False, 0)


def test_deleting_twice_is_deleting_once() -> None:
    browser, found = _written()
    _delete(browser, found)
    before = make.again(found).thread.revision
    assert _delete(browser, found).status_code == 303
    assert make.again(found).thread.revision == before


def test_author_may_delete_when_editing_is_over_and_when_it_was_removed() -> None:
    browser, found = _written()
    make.decide(found, "remove")
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        assert _delete(browser, found).status_code == 303
    assert make.again(found).body == ""


def test_thread_of_gone_comments_alone_is_empty() -> None:
    thread, browser = make.thread(), make.guest()
    browser.write(thread, "Root.")
    root = Comment.objects.get()
    browser.write(thread, "Reply.", parent=root)
    reply = Comment.objects.get(parent=root)
    _delete(browser, root)
    assert make.again(root).listed, "it holds a reply"
    _delete(browser, reply)
    assert not Comment.objects.filter(listed=True).exists()
    assert find_drift() == []
