"""Write a generated thread, a batch a transaction: whenever it is interrupted, what is there is consistent."""

from __future__ import annotations

import random
from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from rejoinder.accounts.models import Commenter, Site
from rejoinder.core import clock
from rejoinder.core.db import writing
from rejoinder.core.errors import Conflict, InvalidInput
from rejoinder.core.text.render import RENDERER_VERSION, render
from rejoinder.core.text.skeleton import name_key
from rejoinder.discussion.actions import open_thread
from rejoinder.discussion.models import Comment, Thread, Vote
from rejoinder.discussion.models.thread import MAX_KEY
from rejoinder.discussion.orders import rank_of, tie_of
from rejoinder.transfer.generator import bulk
from rejoinder.transfer.generator.ballots import Ballots
from rejoinder.transfer.generator.shape import NOBODY, Node, Shape, hours, moment
from rejoinder.transfer.generator.text import LANGUAGES, Voice

BATCH = 5000
MOST = 5_000_000
REMEMBERED = 20_000  # bodies that replies can still refer to
VOTED_WITHIN = timedelta(hours=12)

_PEOPLE = ("id", "name", "name_key", "created")
_COMMENTS = (
    "id", "thread_id", "parent_id", "depth", "branch_id", "author_id", "author_name", "body", "html",
    "renderer_version", "created", "state", "listed", "place", "rank", "tie", "reply_count", "branch_count", "ups",
    "downs",
)  # fmt: skip
_VOTES = ("comment_id", "voter_id", "value", "counted", "created")


def generate(
    *, site: Site, key: str, comments: int, seed: int = 1, tell: Callable[[int], None] = lambda done: None
) -> Thread:
    """A thread of so many comments, with the votes that their counts count. `tell` hears how many are stored.

    The same seed gives the same thread, but for the times, which end just before now. Raises Conflict when the
    site has a thread with that key, InvalidInput for what cannot be one and for a number below 1 or above five million.
    """
    if not 1 <= comments <= MOST:
        message = f"A thread of {comments} comments cannot be generated; one of 1 to {MOST:,} can."
        raise InvalidInput(code="comments", message=message, field="comments")
    if not 0 < len(key) <= MAX_KEY or not key.isprintable():
        message = f"A thread's key is 1 to {MAX_KEY} characters that can be printed."
        raise InvalidInput(code="key", message=message, field="key")
    if Thread.objects.filter(site=site, key=key).exists():
        raise Conflict(f"The site {site.key} has a thread “{key}” already. Choose another key.")
    thread = open_thread(site=site, key=key, title=f"A generated thread of {comments:,} comments")
    growing = Growing(thread, comments, seed=seed)
    Thread.objects.filter(pk=thread.pk).update(created=growing.end - growing.length)
    fill(growing, tell=tell)
    thread.refresh_from_db()
    return thread


def fill(growing: Growing, *, tell: Callable[[int], None] = lambda done: None) -> None:
    """Write all of a thread that has no comments yet, a batch a transaction."""
    while growing.done < growing.comments:
        with writing():
            growing.add_batch(min(BATCH, growing.comments - growing.done))
        tell(growing.done)
    for model in (Comment, Vote):
        bulk.settle(model)


class Growing:
    """What is known of a thread while it is written: numbers in the thread to rows, and what was said last.

    `theme` is one of the voice's; nothing is written before `since`.
    """

    def __init__(
        self,
        thread: Thread,
        comments: int,
        *,
        seed: int,
        theme: str | None = None,
        since: datetime | None = None,
    ) -> None:
        rng = random.Random(seed)  # noqa: S311 (nothing here is secret)
        language = thread.site.language.split("-")[0]
        self.thread, self.comments, self.done = thread, comments, 0
        self.draw, self.stored = rng.random, bulk.moments()
        self.voice = Voice(rng, language if language in LANGUAGES else "en", theme=theme)
        self.shape, self.ballots = Shape(rng, comments), Ballots(rng, comments)
        self.end = clock.now() - timedelta(minutes=2)
        self.length = timedelta(hours=hours(comments))
        if since is not None:
            self.length = max(min(self.length, self.end - since), timedelta(minutes=1))
        self.rows = array("q")
        self.people = array("q")
        self.names: list[str] = []
        self.said: deque[str] = deque(maxlen=REMEMBERED)

    def add_batch(self, count: int) -> None:
        """Store the next comments with their authors and votes, and the counters that count them."""
        nodes = [self.shape.grow() for _ in range(count)]
        self._add_people(max(self.shape.authors, self.ballots.voters))
        first = self.done
        self.rows.extend(bulk.reserve(Comment, count))
        replies = Counter(node.parent for node in nodes if node.parent != NOBODY)
        branches = Counter(node.branch for node in nodes if node.branch != NOBODY)
        votes: list[tuple[Any, ...]] = []
        bulk.insert(Comment, _COMMENTS, self._comments(nodes, replies, branches, votes))
        bulk.insert(Vote, _VOTES, votes)
        for column, found in (("reply_count", replies), ("branch_count", branches)):
            older = ((self.rows[number], by) for number, by in sorted(found.items()) if number < first)
            bulk.add_to(Comment, column, older)
        Thread.objects.filter(pk=self.thread.pk).update(
            comment_count=F("comment_count") + count, revision=F("revision") + 1
        )

    def _add_people(self, wanted: int) -> None:
        missing = wanted - len(self.people)
        if missing <= 0:
            return
        since = self.stored(self.end - self.length)
        names = [self.voice.name() for _ in range(missing)]
        numbers = bulk.reserve(Commenter, missing)
        bulk.insert(
            Commenter,
            _PEOPLE,
            (
                (number, name, name_key(name)[:240], since)
                for number, name in zip(numbers, names, strict=True)
            ),
        )
        self.people.extend(numbers)
        self.names += names

    def _comments(
        self, nodes: list[Node], replies: Counter[int], branches: Counter[int], votes: list[tuple[Any, ...]]
    ) -> Iterator[tuple[Any, ...]]:
        """Their rows, one by one: PostgreSQL stores what was written while the next is being thought of."""
        for node in nodes:
            yield self._comment(node, (replies[self.done], branches[self.done]), votes)
            self.done += 1

    def _comment(self, node: Node, counts: tuple[int, int], votes: list[tuple[Any, ...]]) -> tuple[Any, ...]:
        share = moment(self.done, self.comments, self.draw())
        created = self.end - self.length * (1 - share)
        body = self._body(node)
        ups, downs = self._vote(node, created, share, votes)
        place = clock.micros(created)
        return (
            self.rows[self.done],
            self.thread.pk,
            self.rows[node.parent] if node.parent != NOBODY else None,
            node.depth,
            self.rows[node.branch] if node.branch != NOBODY else None,
            self.people[node.author],
            self.names[node.author],
            body,
            render(body),
            RENDERER_VERSION,
            self.stored(created),
            Comment.State.PUBLIC.value,
            True,
            place,
            rank_of(ups, downs, self.thread.prior_up, self.thread.prior_down),
            tie_of(place, root=node.parent == NOBODY),
            *counts,
            ups,
            downs,
        )

    def _body(self, node: Node) -> str:
        back = self.done - node.parent
        if node.parent != NOBODY and back <= len(self.said):
            body = self.voice.reply_to(self.said[-back])
        else:
            body = self.voice.body()
        self.said.append(body)
        return body

    def _vote(
        self, node: Node, created: datetime, share: float, votes: list[tuple[Any, ...]]
    ) -> tuple[int, int]:
        ups = downs = 0
        row = self.rows[self.done]
        for voter, value in self.ballots.cast(depth=node.depth, age=1 - share):
            if voter == node.author:
                continue  # nobody votes for himself
            when = min(created + VOTED_WITHIN * self.draw(), self.end)
            votes.append((row, self.people[voter], value, True, self.stored(when)))
            ups, downs = (ups + 1, downs) if value == 1 else (ups, downs + 1)
        return ups, downs
