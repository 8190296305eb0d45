"""Answering what changes meanwhile: rows are locked late, and nothing half done is stored."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rejoinder.core.errors import Conflict
from rejoinder.discussion import ports
from rejoinder.discussion.actions import change_thread, set_comment_state
from rejoinder.discussion.models import Comment, Receipt
from rejoinder.discussion.queries import find_drift
from tests import factories as make
from tests.parallel import at_once


class Meanwhile(ports.ShowEverything):
    """While a text is looked at, something happens to what it answers."""

    def __init__(self, happens: str) -> None:
        self.happens = happens

    def screen(self, draft: ports.Draft) -> None:
        if draft.parent and self.happens == "closed":
            change_thread(thread=draft.thread, closed=True)
        elif draft.parent:
            set_comment_state(comment=draft.parent, state=self.happens)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("happens", "code"),
    [("removed", "parent-gone"), ("deleted", "parent-gone"), ("held", "parent-gone"), ("closed", "closed")],
)
def test_comment_that_goes_while_it_is_answered_gets_no_answer(
    monkeypatch: pytest.MonkeyPatch, happens: str, code: str
) -> None:
    found = make.comment(make.thread())
    receipts = Receipt.objects.count()
    monkeypatch.setattr(ports, "_screener", Meanwhile(happens))
    with pytest.raises(Conflict) as refused:
        make.comment(found.thread, parent=found)
    assert refused.value.code == code
    assert (Comment.objects.count(), Receipt.objects.count()) == (1, receipts)
    assert find_drift() == []


@pytest.mark.django_db
def test_posting_takes_few_statements_and_touches_the_thread_after_the_parent() -> None:
    thread = make.thread()
    who, chain = make.commenter(), [make.comment(thread)]
    for _ in range(7):
        chain.append(make.comment(thread, parent=chain[-1]))
    make.comment(thread, by=who)
    for parent, most in ((None, 14), (chain[0], 16), (chain[2], 15), (chain[4], 15), (chain[-1], 16)):
        with CaptureQueriesContext(connection) as captured:
            make.comment(thread, parent=parent, by=who)
        done = [query["sql"] for query in captured.captured_queries]
        assert len(done) <= most, done
        touched = [number for number, sql in enumerate(done) if sql.startswith("UPDATE rejoinder_thread")]
        counted = [number for number, sql in enumerate(done) if sql.startswith("UPDATE rejoinder_comment")]
        assert len(touched) == 1
        assert touched > counted
    assert find_drift() == []


@pytest.mark.django_db(transaction=True)
def test_answers_to_a_comment_that_is_removed_at_the_same_instant_are_all_or_nothing() -> None:
    thread = make.thread()
    root = make.comment(thread)
    found = make.comment(thread, parent=root)

    def act(number: int) -> bool:
        if number == 4:
            set_comment_state(comment=found, state="removed")
            return False
        try:
            make.comment(thread, parent=found)
        except Conflict:
            return False
        return True

    answered = at_once(9, act)
    assert Comment.objects.count() == 2 + sum(answered)
    assert make.again(found).state == "removed"
    assert find_drift() == []
