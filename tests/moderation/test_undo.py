"""One's own decision can be taken back for ten minutes; a stale one is told what changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from rejoinder.core import clock
from rejoinder.core.errors import Conflict, Refused
from rejoinder.discussion.actions import edit_comment
from rejoinder.discussion.models import Comment
from rejoinder.discussion.queries import find_drift
from rejoinder.moderation.actions import decide_comment, decide_thread, undo, version_of
from rejoinder.moderation.decisions.errors import Overtaken
from rejoinder.moderation.models import Card, Decision
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "state"),
    [
        (["remove"], "public"),
        (["hold"], "public"),
        (["hold", "approve"], "held"),
        (["hold", "remove"], "held"),
        (["remove", "restore"], "removed"),
    ],
)
def test_undo_brings_back_the_state_before(path: list[str], state: str) -> None:
    found = make.comment(make.thread())
    site = found.thread.site
    judge = make.viewer(site, make.staff(site))
    for action in path:
        last = decide_comment(viewer=judge, comment=found, action=action, reason="A reason.")
    row = undo(viewer=judge, decision=last)
    assert (row.action, row.undoes, row.actor) == ("undo", last, judge.commenter)
    assert make.again(found).state == state
    assert Card.objects.filter(comment=found).exists() == (state == "held")
    assert find_drift() == []
    with pytest.raises(Conflict, match="taken back already"):
        undo(viewer=judge, decision=last)


def test_what_a_rule_held_is_held_again_after_an_undone_approval() -> None:
    thread = make.thread(make.site(hold_all=True))
    found = make.comment(thread)
    judge = make.viewer(thread.site, make.staff(thread.site))
    for _ in range(2):
        approved = decide_comment(viewer=judge, comment=found, action="approve", reason="Fine.")
        undo(viewer=judge, decision=approved)
        assert make.again(found).state == "held"


def test_undo_is_for_whoever_decided_for_ten_minutes_and_while_nothing_happened() -> None:
    found = make.comment(make.thread())
    site = found.thread.site
    judge, other = (make.viewer(site, make.staff(site)) for _ in range(2))
    first = decide_comment(viewer=judge, comment=found, action="remove", reason="A reason.")
    with pytest.raises(Refused, match="Only whoever decided"):
        undo(viewer=other, decision=first)
    with (
        time_machine.travel(clock.now() + timedelta(minutes=11)),
        pytest.raises(Conflict, match="ten minutes"),
    ):
        undo(viewer=judge, decision=first)
    decide_comment(viewer=other, comment=found, action="restore", reason="It was fine.")
    with pytest.raises(Overtaken, match="Restored"):
        undo(viewer=judge, decision=first)
    assert Decision.objects.filter(action="undo").count() == 0


def test_closing_a_thread_is_taken_back() -> None:
    thread = make.thread()
    judge = make.viewer(thread.site, make.staff(thread.site))
    closed = decide_thread(viewer=judge, thread=thread, action="close", reason="Enough.")
    undo(viewer=judge, decision=closed)
    thread.refresh_from_db()
    assert thread.closed is None


def test_second_moderator_is_told_who_decided_what_and_when() -> None:
    found = make.comment(make.thread())
    site = found.thread.site
    first = make.viewer(site, make.staff(site, name="Anna Bell"))
    second = make.viewer(site, make.staff(site))
    made = decide_comment(viewer=first, comment=found, action="remove", reason="It insults.", code="abuse")
    with pytest.raises(Overtaken) as caught:
        decide_comment(viewer=second, comment=found, action="hold", reason="Let us see.")
    assert str(caught.value).startswith("Decided already, by Anna Bell on ")
    assert str(caught.value).endswith(": Removed. It insults.")
    facts = caught.value.facts()
    assert (facts["by"], facts["action"], facts["reason"]) == ("Anna Bell", "remove", "It insults.")
    assert facts["created"] == made.created.isoformat()


def test_decision_on_words_changed_a_second_ago_is_told_the_words_then_and_now() -> None:
    author = make.account()
    found = make.comment(make.thread(), "The words that were read.", by=author)
    site = found.thread.site
    seen = version_of(found)
    edit_comment(viewer=make.viewer(site, author), comment=found, body="Quite other words.")
    edit_comment(viewer=make.viewer(site, author), comment=found, body="And others again.")
    with pytest.raises(Overtaken) as caught:
        judge = make.viewer(site, make.staff(site))
        decide_comment(viewer=judge, comment=found, action="remove", reason="No.", seen=seen)
    assert caught.value.code == "edited"
    assert (caught.value.before, caught.value.now) == ("The words that were read.", "And others again.")
    assert Comment.objects.get(pk=found.pk).state == "public"
