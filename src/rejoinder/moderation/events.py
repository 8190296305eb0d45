from __future__ import annotations

from dataclasses import dataclass

from rejoinder.core.events import Event


@dataclass(frozen=True, kw_only=True)
class Decided(Event):
    site: int
    decision: int
    comment: int | None
    action: str


@dataclass(frozen=True, kw_only=True)
class CommentFlagged(Event):
    site: int
    comment: int
    reason: str
