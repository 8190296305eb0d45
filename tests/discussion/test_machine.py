"""Whatever people and staff do, in whatever order, the counters equal the rows and the window equals them too."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from rejoinder.accounts.models import Commenter
from rejoinder.core.errors import RejoinderError
from rejoinder.discussion.actions import cast_vote, change_thread, delete_comment, edit_comment
from rejoinder.discussion.actions.vote import admit_voters
from rejoinder.discussion.models import Comment
from rejoinder.discussion.queries import find_drift
from rejoinder.discussion.windows import build
from rejoinder.moderation.actions import COMMENT_ACTIONS, decide_comment
from tests import factories as make
from tests.discussion.walking import drawn_in, listed_by_hand

numbers = st.integers(0, 10**6)


class Discussion(RuleBasedStateMachine):
    """One thread, five guests behind two addresses, one moderator."""

    comments = Bundle("comments")

    def __init__(self) -> None:
        super().__init__()
        # Each example begins with an empty thread and leaves nothing behind.
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        self.thread = make.thread()
        self.people = [make.commenter() for _ in range(5)]
        self.staff = make.staff(self.thread.site)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)

    def _viewer(self, who: Commenter) -> Any:
        from dataclasses import replace

        return replace(
            make.viewer(self.thread.site, who), block=f"home-{self.thread.pk}-{who.pk % 2}-{who.pk}"
        )

    def _someone(self, number: int) -> Commenter:
        return self.people[number % len(self.people)]

    @initialize(target=comments)
    def begin(self) -> Any:
        return multiple(*[make.comment(self.thread, by=who).pk for who in self.people[:3]])

    @rule(target=comments, who=numbers)
    def post(self, who: int) -> int:
        return make.comment(self.thread, by=self._someone(who)).pk

    @rule(target=comments, above=comments, who=numbers)
    def reply(self, above: int, who: int) -> Any:
        try:
            return make.comment(self.thread, by=self._someone(who), parent=self._comment(above)).pk
        except RejoinderError:
            assert self._comment(above).state != Comment.State.PUBLIC
            return multiple()

    def _comment(self, number: int) -> Comment:
        return Comment.objects.select_related("thread__site").get(pk=number)

    @rule(number=comments, who=numbers, value=st.sampled_from([1, -1, 0]))
    def vote(self, number: int, who: int, value: int) -> None:
        found, voter = self._comment(number), self._someone(who)
        try:
            cast_vote(viewer=self._viewer(voter), comment=found, value=value)
        except RejoinderError:
            assert found.state != Comment.State.PUBLIC or found.author_id == voter.pk

    @rule(number=comments, action=st.sampled_from(sorted(COMMENT_ACTIONS)))
    def decide(self, number: int, action: str) -> None:
        found = self._comment(number)
        try:
            decide_comment(viewer=self._viewer(self.staff), comment=found, action=action, reason="So.")
        except RejoinderError:
            assert found.state not in COMMENT_ACTIONS[action][1]

    @rule(number=comments)
    def edit(self, number: int) -> None:
        found = self._comment(number)
        if found.author and found.state in {"public", "held"}:
            body = f"Edited {make.a_number()}."
            edit_comment(viewer=self._viewer(found.author), comment=found, body=body)

    @rule(number=consumes(comments))
    def delete(self, number: int) -> None:
        found = self._comment(number)
        assert found.author
        delete_comment(viewer=self._viewer(found.author), comment=found)

    @rule(hold=st.booleans())
    def hold_new(self, hold: bool) -> None:
        change_thread(thread=self.thread, hold=hold)
        self.thread.refresh_from_db()

    @rule()
    def admit(self) -> None:
        admit_voters()

    @invariant()
    def counters_equal_rows(self) -> None:
        assert find_drift() == []

    @invariant()
    def window_equals_the_rows(self) -> None:
        self.thread.refresh_from_db()
        for order in ("best", "oldest"):
            window = build.first(self.thread.site, self.thread, order)
            assert sorted(drawn_in(window)) == sorted(listed_by_hand(self.thread))
            assert window.comment_count == self.thread.comments.filter(state="public").count()


@pytest.mark.django_db
def test_counters_and_windows_follow_whatever_is_done() -> None:
    quiet = settings(
        max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Discussion, settings=quiet)
