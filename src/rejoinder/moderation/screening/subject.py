"""What rules judge: a text, where it stands and who wrote it; before it is stored, or long after."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from rejoinder.accounts.models import Commenter
from rejoinder.core import clock
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.ports import Draft

# Of the newest so many comments of a person: what it costs does not grow with how long they have been here.
RECENT = 200


@dataclass(frozen=True, slots=True)
class Record:
    """What became of a person's newest comments on a site."""

    public: int = 0
    held: int = 0
    removed: int = 0
    since: datetime | None = None

    @property
    def judged(self) -> int:
        return self.public + self.removed

    @property
    def removed_share(self) -> float:
        """Of those that were not held."""
        return self.removed / self.judged if self.judged else 0.0


def record_of(author: int | None, site: int, *, before: int | None = None) -> Record:
    """The record of a person; `before`: as it was when this comment of theirs came, as far as that is known now."""
    if not author:
        return Record()
    theirs = Comment.objects.filter(author=author, thread__site=site)
    if before is not None:
        theirs = theirs.filter(pk__lt=before)
    rows = list(theirs.order_by("-id").values_list("state", "created")[:RECENT])
    counts = dict.fromkeys(Comment.State.values, 0)
    for state, _created in rows:
        counts[state] += 1
    since = min((created for _state, created in rows if created is not None), default=None)
    kinds = Comment.State
    return Record(counts[kinds.PUBLIC], counts[kinds.HELD], counts[kinds.REMOVED], since)


@dataclass
class Subject:
    """One text to judge. `comment`: its number where it is stored already (a new text of one, or looking back)."""

    site: int
    thread: Thread
    name: str
    body: str
    author: Commenter | None
    comment: int | None = None
    moment: datetime = field(default_factory=clock.now)

    @cached_property
    def record(self) -> Record:
        return record_of(self.author.pk if self.author else None, self.site, before=self.comment)

    @cached_property
    def age(self) -> timedelta:
        """How long its author has been known: by the account, or by their first comment here."""
        if self.author is None:
            return timedelta.max
        known = [self.author.created, *([self.record.since] if self.record.since else [])]
        return self.moment - min(known)


def of_draft(draft: Draft) -> Subject:
    return Subject(
        site=draft.viewer.site.pk,
        thread=draft.thread,
        name=draft.name,
        body=draft.body,
        author=draft.author,
        comment=draft.comment.pk if draft.comment else None,
    )


def of_comment(comment: Comment) -> Subject:
    """For looking back: the comment comes with thread and author."""
    return Subject(
        site=comment.thread.site_id,
        thread=comment.thread,
        name=comment.author_name,
        body=comment.body,
        author=comment.author,
        comment=comment.pk,
        moment=comment.created or clock.now(),
    )
