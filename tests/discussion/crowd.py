"""A crowd that changes a thread while somebody reads it: posts, votes, takes back, removes, restores, edits."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from unittest import mock

from rejoinder.core.errors import RejoinderError
from rejoinder.discussion.actions import cast_vote, delete_comment, edit_comment
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.windows import build
from rejoinder.moderation.actions import decide_comment
from tests import factories as make

# Windows of a few comments: a thread of forty has as many of them as one of a thousand.
SMALL = {"TARGET": 4, "MOST": 7, "ROOTS": 3, "REPLIES": (2, 1, 1, 1), "FLAT": 2}


@contextmanager
def small_windows() -> Iterator[None]:
    with ExitStack() as stack:
        for name, value in SMALL.items():
            stack.enter_context(mock.patch.object(build, name, value))
        yield


class Crowd:
    def __init__(self, thread: Thread, chance: random.Random) -> None:
        self.thread, self.chance = thread, chance
        self.staff = make.staff(thread.site)
        self.people = [make.commenter() for _ in range(4)]
        # Most of what people do is to vote.
        self.acts: list[Callable[[Comment], object]] = [
            *[self.vote] * 6, self.take_back, self.post, *[self.reply] * 3, self.edit, self.delete, self.remove,
            *[self.restore] * 2,
        ]  # fmt: skip

    def act(self) -> None:
        """Somebody does something to some comment, where it can be done."""
        numbers = list(self.thread.comments.order_by("pk").values_list("pk", flat=True))
        found = make.again(Comment(pk=self.chance.choice(numbers)))
        # Gone, held or their own: nothing happens.
        with suppress(RejoinderError):
            self.chance.choice(self.acts)(found)

    def vote(self, found: Comment, value: int | None = None) -> None:
        who = make.viewer(self.thread.site, self.chance.choice(self.people))
        value = self.chance.choice([1, 1, -1]) if value is None else value
        cast_vote(viewer=who, comment=found, value=value)

    def take_back(self, found: Comment) -> None:
        self.vote(found, 0)

    def post(self, found: Comment) -> None:
        make.comment(self.thread)

    def reply(self, found: Comment) -> None:
        make.comment(self.thread, parent=found)

    def edit(self, found: Comment) -> None:
        if found.author and found.state == Comment.State.PUBLIC:
            who = make.viewer(self.thread.site, found.author)
            edit_comment(viewer=who, comment=found, body=f"Edited {make.a_number()}.")

    def delete(self, found: Comment) -> None:
        if found.author:
            delete_comment(viewer=make.viewer(self.thread.site, found.author), comment=found)

    def remove(self, found: Comment) -> None:
        self._decide(found, "remove")

    def restore(self, found: Comment) -> None:
        gone = self.thread.comments.filter(state=Comment.State.REMOVED).first()
        self._decide(gone or found, "restore")

    def _decide(self, found: Comment, action: str) -> None:
        who = make.viewer(self.thread.site, self.staff)
        decide_comment(viewer=who, comment=found, action=action, reason="So.")
