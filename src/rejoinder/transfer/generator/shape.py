"""The shape of a thread: who answers whom, how deep, when.

A copying model: to answer the parent of a comment drawn at random is to answer in proportion to the answers that
one has already, which gives the heavy tails of real threads without looking at any list. Beside it: answers to what
was said just now, and disputes between two people that go on for a while.
"""

from __future__ import annotations

import random
from array import array
from dataclasses import dataclass

from rejoinder.discussion.windows.shape import INDENTED

ROOT = 0.26  # share of comments that open something
RECENT, RECENT_SPAN = 0.34, 40  # share of replies to one of the latest
DISPUTE, DISPUTE_GOES_ON = 0.03, 0.86
DEEPEST = 90
NEWCOMER, MOST_AUTHORS = 0.3, 30_000
BACK_AND_FORTH = 0.8
FRONT_LOADED = 2.4  # the exponent by which comments come earlier than evenly
NOBODY = -1


@dataclass(slots=True)
class Node:
    """A comment to be, by its number in the thread. Parent, branch and author are numbers too; NOBODY is none."""

    parent: int
    branch: int
    depth: int
    author: int


class Shape:
    """Grows a thread one comment at a time. Remembers 16 bytes a comment."""

    def __init__(self, rng: random.Random, comments: int) -> None:
        self._draw = rng.random
        self._newcomer = min(NEWCOMER, MOST_AUTHORS / comments)
        self._parents, self._branches = array("i"), array("i")
        self._depths, self._authors = array("i"), array("i")
        self._in_dispute = False
        self.authors = 0

    def grow(self) -> Node:
        """The next comment."""
        parent = self._parent()
        depth = self._depths[parent] + 1 if parent != NOBODY else 0
        node = Node(parent, self._branch(parent), depth, self._author(parent))
        self._parents.append(node.parent)
        self._branches.append(node.branch)
        self._depths.append(node.depth)
        self._authors.append(node.author)
        return node

    def _parent(self) -> int:
        count, draw = len(self._parents), self._draw
        if count == 0:
            return NOBODY
        self._in_dispute = draw() < (DISPUTE_GOES_ON if self._in_dispute else DISPUTE)
        if self._in_dispute:
            return self._shallow(count - 1)
        if draw() < ROOT:
            return NOBODY
        if draw() < RECENT:
            return self._shallow(count - 1 - int(draw() * min(RECENT_SPAN, count)))
        found = int(draw() * count)
        copied = self._parents[found]
        return self._shallow(found if copied == NOBODY else copied)

    def _shallow(self, found: int) -> int:
        return found if self._depths[found] < DEEPEST else self._parents[found]

    def _branch(self, parent: int) -> int:
        """Past the indented levels: the ancestor beneath which the conversation goes on flat."""
        if parent == NOBODY or self._depths[parent] < INDENTED:
            return NOBODY
        return parent if self._depths[parent] == INDENTED else self._branches[parent]

    def _author(self, parent: int) -> int:
        draw = self._draw
        if not self.authors or draw() < self._newcomer:
            self.authors += 1
            return self.authors - 1
        answered = self._authors[parent] if parent != NOBODY else NOBODY
        grandparent = self._parents[parent] if parent != NOBODY else NOBODY
        if self._in_dispute and grandparent != NOBODY and draw() < BACK_AND_FORTH:
            found = self._authors[grandparent]
        else:
            found = self._authors[int(draw() * len(self._authors))]
        # Few answer themselves.
        return found if found != answered else (found + 1) % self.authors


def hours(comments: int) -> float:
    """For how long a thread of that size is written in: 2,000 comments in three days, a million in three weeks."""
    return float(8.0 * comments**0.3)


def moment(number: int, comments: int, draw: float) -> float:
    """When a comment is written, as a share of the thread's time; rises with the number. `draw` is in [0, 1)."""
    return float(((number + draw) / comments) ** FRONT_LOADED)
