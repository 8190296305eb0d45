"""From comments as they were met to a tree that holds: keys unique, parents before replies, no circles."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rejoinder.transfer.importers.found import FoundComment, Unplaced, excerpt
from rejoinder.transfer.importers.markdown import one_line

# Longer ids (an address used as one, the place of a reply hundreds of levels down) become a hash, so that a
# key fits an indexed column and ten thousand levels cost no more than their own size.
LONGEST_KEY = 150


@dataclass
class Draft:
    """A comment as it was met. `own` is the source's id or "", `parent` an index into the same list."""

    where: str
    author: str = ""
    body: str = ""
    own: str = ""
    parent: int | None = None
    created: datetime | None = None
    url: str = ""
    up: int | None = None


def settle(drafts: Sequence[Draft]) -> tuple[tuple[FoundComment, ...], tuple[Unplaced, ...]]:
    """The tree in reading order. A reply in a circle of replies becomes a comment of its own, and is
    reported."""
    parents, unplaced = _without_circles(drafts)
    children: list[list[int]] = [[] for _ in drafts]
    roots: list[int] = []
    for at, parent in enumerate(parents):
        (roots if parent is None else children[parent]).append(at)
    keys = _keys(drafts, parents, roots, children)
    found: list[FoundComment] = []
    waiting = roots[::-1]
    while waiting:
        at = waiting.pop()
        waiting += reversed(children[at])
        draft, parent = drafts[at], parents[at]
        key_above = None if parent is None else keys[parent]
        found.append(
            FoundComment(keys[at], key_above, draft.author, draft.body, draft.created, draft.url, draft.up)
        )
    return tuple(found), tuple(unplaced)


def _without_circles(drafts: Sequence[Draft]) -> tuple[list[int | None], list[Unplaced]]:
    parents = [draft.parent for draft in drafts]
    unplaced: list[Unplaced] = []
    walk_of = [-1] * len(drafts)
    for start in range(len(drafts)):
        at: int | None = start
        last = start
        while at is not None and walk_of[at] == -1:
            walk_of[at], last, at = start, at, parents[at]
        if at is not None and walk_of[at] == start:
            parents[last] = None
            why = "replies in a circle; taken as a comment on the article"
            unplaced.append(Unplaced(drafts[last].where, why, excerpt(drafts[last].body)))
    return parents, unplaced


def _keys(
    drafts: Sequence[Draft],
    parents: Sequence[int | None],
    roots: Sequence[int],
    children: Sequence[Sequence[int]],
) -> list[str]:
    """The source's ids where they are unique; the others get their place, with "~" where an id looks like
    one."""
    keys = [""] * len(drafts)
    taken: set[str] = set()
    for at, draft in enumerate(drafts):
        own = _short(one_line(draft.own))
        if own and own not in taken:
            keys[at] = own
            taken.add(own)
    if all(keys):
        return keys
    numbers = _numbers(len(drafts), [roots, *children])
    for at in range(len(drafts)):
        if not keys[at]:
            keys[at] = _untaken(_short(_place(at, parents, numbers)), taken)
    return keys


def _numbers(size: int, families: Sequence[Sequence[int]]) -> list[int]:
    numbers = [0] * size
    for family in families:
        for number, at in enumerate(family, start=1):
            numbers[at] = number
    return numbers


def _place(at: int, parents: Sequence[int | None], numbers: Sequence[int]) -> str:
    steps: list[str] = []
    upward: int | None = at
    while upward is not None:
        steps.append(str(numbers[upward]))
        upward = parents[upward]
    return ".".join(reversed(steps))


def _short(key: str) -> str:
    if len(key) <= LONGEST_KEY:
        return key
    return "#" + hashlib.sha256(key.encode()).hexdigest()[:40]


def _untaken(key: str, taken: set[str]) -> str:
    while key in taken:
        key += "~"
    taken.add(key)
    return key
