"""Decisions: a row each, with reason, actor and the words that were seen; never twice, never on other words."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from rejoinder.accounts.models import Site
from rejoinder.core.models import Event
from rejoinder.discussion.actions import edit_comment
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.queries import find_drift
from rejoinder.moderation.models import Decision
from tests import factories as make
from tests.factories import Browser
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

REASON = "It attacks a person instead of what they say."


def _decide(browser: Browser, found: Comment, action: str, reason: str = REASON, **more: Any) -> Any:
    data = {"comment": found.public_id, "action": action, "reason": reason} | more
    return browser.post(reverse("rejoinder:decisions", args=[found.thread.site.key]), data)


def _about(browser: Browser, thread: Thread, action: str, reason: str = REASON) -> Any:
    data = {"key": thread.key, "action": action, "reason": reason}
    return browser.post(reverse("rejoinder:decisions", args=[thread.site.key]), data)


@pytest.fixture
def found() -> Comment:
    return make.comment(make.thread(), "Words in question.")


@pytest.fixture
def moderator(found: Comment) -> Browser:
    return make.signed_in(make.staff(found.thread.site, name="Mo Derator"))


def test_decision_is_a_row_with_reason_actor_and_the_text_seen(found: Comment, moderator: Browser) -> None:
    assert _decide(moderator, found, "remove").status_code == 303
    row = Decision.objects.get()
    assert (row.action, row.reason, row.text_seen, row.rule) == ("remove", REASON, "Words in question.", "")
    assert row.actor
    assert (row.actor.name, row.site, row.thread) == ("Mo Derator", found.thread.site, found.thread)
    assert make.again(found).state == "removed"
    assert Event.objects.filter(kind="Decided").count() == 1


@pytest.mark.parametrize(
    ("path", "end"),
    [
        (["hold", "approve"], "public"),
        (["hold", "remove", "restore"], "public"),
        (["remove", "restore", "hold"], "held"),
    ],
)
def test_decisions_follow_one_another(found: Comment, moderator: Browser, path: list[str], end: str) -> None:
    for action in path:
        assert _decide(moderator, found, action).status_code == 303
    assert make.again(found).state == end
    assert [row.action for row in Decision.objects.order_by("id")] == path
    assert find_drift() == []


@pytest.mark.parametrize("reason", ["", "  ", "\u200b", "x" * 501, "a\x00b", "a\u202eb"])
def test_reason_is_required_and_comes_back(found: Comment, moderator: Browser, reason: str) -> None:
    answer = _decide(moderator, found, "remove", reason)
    assert answer.status_code == 422
    assert 'id="decide-reason-error"></p>' not in answer.content.decode(), "the sentence stands at the reason"
    if len(reason) > 500:
        assert reason in answer.content.decode()
    assert make.again(found).state == "public"
    assert not Decision.objects.exists()


@pytest.mark.parametrize("action", ["approve", "restore"])
def test_decision_that_makes_no_sense_any_more_is_a_conflict(
    found: Comment, moderator: Browser, action: str
) -> None:
    answer = _decide(moderator, found, action)
    assert answer.status_code == 409
    assert "Somebody decided about this in between" in answer.content.decode()
    assert REASON in answer.content.decode(), "the reason is kept"
    assert not Decision.objects.exists()


@pytest.mark.parametrize("action", ["", "close", "delete", "Remove", "remove ", "restore; drop"])
def test_no_other_decision_is_taken_about_a_comment(found: Comment, moderator: Browser, action: str) -> None:
    assert _decide(moderator, found, action).status_code == 422
    assert not Decision.objects.exists()


def test_decision_on_words_that_were_changed_in_between_is_a_conflict(
    found: Comment, moderator: Browser
) -> None:
    page = moderator.get(reverse("rejoinder:actions", args=[found.public_id]))
    form = next(action for action in page.context["actions"] if action["name"] == "decide")
    seen = form["fields"]["seen"]
    edit_comment(
        viewer=make.viewer(found.thread.site, found.author), comment=found, body="Quite other words."
    )
    answer = _decide(moderator, found, "hold", seen=seen)
    assert answer.status_code == 409
    assert "changed this comment in between" in answer.content.decode()
    assert make.again(found).state == "public"
    fresh = moderator.get(reverse("rejoinder:actions", args=[found.public_id]))
    form = next(action for action in fresh.context["actions"] if action["name"] == "decide")
    assert _decide(moderator, found, "hold", seen=form["fields"]["seen"]).status_code == 303


def test_deleted_comment_cannot_be_decided_about(found: Comment, moderator: Browser) -> None:
    make.viewer(found.thread.site, found.author)
    from rejoinder.discussion.actions import delete_comment

    delete_comment(viewer=make.viewer(found.thread.site, found.author), comment=found)
    for action in ("approve", "hold", "remove", "restore"):
        assert _decide(moderator, found, action).status_code == 409
    assert make.again(found).state == "deleted"


def test_author_reads_what_was_decided_and_why_but_not_by_whom(found: Comment) -> None:
    thread, author = make.thread(found.thread.site), make.guest()
    author.write(thread, "Mine.")
    mine = make.again(Comment.objects.get(body="Mine."))
    make.decide(mine, "remove", by=make.staff(thread.site, name="Mo Derator"), reason=REASON)
    page = author.get(reverse("rejoinder:actions", args=[mine.public_id])).content.decode()
    assert REASON in page
    assert "Mo Derator" not in page
    assert "Mine." in page


def test_reasons_are_read_by_nobody_else(found: Comment, moderator: Browser) -> None:
    _decide(moderator, found, "hold")
    _decide(moderator, found, "approve")
    page = make.guest().get(reverse("rejoinder:actions", args=[found.public_id]))
    assert page.status_code == 200
    assert "What was decided" not in page.content.decode()


def test_thread_is_closed_and_reopened_by_decisions(found: Comment, moderator: Browser) -> None:
    thread = found.thread
    assert _about(moderator, thread, "close").status_code == 303
    assert make.guest().write(thread).status_code == 409
    assert _about(moderator, thread, "close").status_code == 409, "it is closed already"
    assert _about(moderator, thread, "reopen").status_code == 303
    assert make.guest().write(thread).status_code == 201
    assert [row.action for row in Decision.objects.order_by("id")] == ["close", "reopen"]


def test_reason_about_a_thread_is_required(found: Comment, moderator: Browser) -> None:
    assert _about(moderator, found.thread, "close", "").status_code == 422
    found.thread.refresh_from_db()
    assert found.thread.closed is None
    assert not Decision.objects.exists()


def test_thread_that_is_not_born_cannot_be_decided_about(moderator: Browser, found: Comment) -> None:
    site = found.thread.site
    page = f"https://{site.key}.example/unborn"
    address = reverse("rejoinder:thread-actions", args=[site.key])
    assert moderator.get(address, {"key": page}).status_code == 404
    data = {"key": page, "action": "close", "reason": REASON}
    assert moderator.post(reverse("rejoinder:decisions", args=[site.key]), data).status_code == 404


def test_page_about_a_thread_offers_what_makes_sense(found: Comment, moderator: Browser) -> None:
    address = reverse("rejoinder:thread-actions", args=[found.thread.site.key]) + f"?key={found.thread.key}"
    assert 'value="close"' in moderator.get(address).content.decode()
    _about(moderator, found.thread, "close")
    page = moderator.get(address).content.decode()
    assert 'value="reopen"' in page
    assert 'value="close"' not in page
    assert REASON in page


def test_whole_site_is_held_by_a_decision(found: Comment, moderator: Browser) -> None:
    site = found.thread.site
    data = {"action": "hold-new", "reason": REASON}
    address = reverse("rejoinder:decisions", args=[site.key])
    assert moderator.post(address, data).status_code == 400, "the site is not meant by naming nothing"
    assert moderator.post(address, data | {"site": site.key}).status_code == 303
    assert moderator.post(address, data | {"site": site.key}).status_code == 409, "it is so already"
    assert Site.objects.get(pk=site.pk).hold_all
    assert Decision.objects.get().comment is None


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_make_one_decision() -> None:
    found = make.comment(make.thread())
    browsers = [make.signed_in(make.staff(found.thread.site)) for _ in range(6)]
    answers = at_once(6, lambda number: _decide(browsers[number], found, "remove").status_code)
    assert sorted(answers) == [303, 409, 409, 409, 409, 409]
    assert Decision.objects.count() == 1
    assert find_drift() == []


@pytest.mark.django_db(transaction=True)
def test_branch_taken_apart_by_many_at_once_keeps_its_counts() -> None:
    thread = make.thread()
    rows = [make.comment(thread)]
    for _ in range(9):
        rows.append(make.comment(thread, parent=rows[-1]))
    browsers = [make.signed_in(make.staff(thread.site)) for _ in rows]

    def act(number: int) -> int:
        if number % 3 == 2:
            return browsers[number].write(thread, f"Meanwhile {number}.", parent=rows[number]).status_code
        return _decide(browsers[number], rows[number], "remove").status_code

    assert set(at_once(len(rows), act)) <= {201, 303, 409}
    assert find_drift() == []
