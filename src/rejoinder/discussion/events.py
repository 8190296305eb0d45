"""What happens in a discussion. Ids are row numbers; nothing here is text of people."""

from __future__ import annotations

from dataclasses import dataclass

from rejoinder.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CommentPosted(Event):
    site: int
    thread: int
    comment: int
    state: str


@dataclass(frozen=True, kw_only=True)
class CommentEdited(Event):
    site: int
    thread: int
    comment: int


@dataclass(frozen=True, kw_only=True)
class CommentStateChanged(Event):
    site: int
    thread: int
    comment: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class VoteCast(Event):
    site: int
    thread: int
    comment: int
    voter: int
    value: int


@dataclass(frozen=True, kw_only=True)
class ThreadChanged(Event):
    site: int
    thread: int
    closed: bool
    hold: bool


@dataclass(frozen=True, kw_only=True)
class ThreadOpened(Event):
    site: int
    thread: int


@dataclass(frozen=True, kw_only=True)
class ThreadMoved(Event):
    """It has another key; the one before leads there."""

    site: int
    thread: int


@dataclass(frozen=True, kw_only=True)
class ThreadsMerged(Event):
    """All that belonged to `source` belongs to `thread` now; `source` is no more."""

    site: int
    source: int
    thread: int
