"""Comments that wait too and say much the same: decided once."""

from __future__ import annotations

from collections.abc import Sequence

from rejoinder.discussion.models import Comment
from rejoinder.moderation.queue.around import COUNTED_LIKE, that_may_be_like, waiting_among
from rejoinder.moderation.screening.fingerprints import LIKE, likeness, pieces_of, similar

Pieces = dict[str, frozenset[str]]


def like(comment: Comment) -> list[Comment]:
    """Those that wait and say much the same, newest first, without the comment itself."""
    found = similar(comment, most=200)
    waiting = waiting_among([one.pk for one in found])
    return [one for one in found if one.pk in waiting]


def how_many_like(comments: Sequence[Comment]) -> dict[int, int]:
    """How many wait besides each that say much the same, counted no further than COUNTED_LIKE. Two queries."""
    candidates = that_may_be_like([comment.pk for comment in comments])
    pieces: Pieces = {}  # what a flood brings is cut into pieces once
    found = {}
    for comment in comments:
        texts = candidates.get(comment.pk, [])[:COUNTED_LIKE]
        mine = _pieces(comment.body, pieces) if texts else frozenset()
        found[comment.pk] = sum(likeness(mine, _pieces(text, pieces)) >= LIKE for text in texts)
    return found


def _pieces(text: str, known: Pieces) -> frozenset[str]:
    if text not in known:
        known[text] = pieces_of(text)
    return known[text]
