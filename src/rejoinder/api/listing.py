"""A window as a flat list: each comment directly before what answers it."""

from __future__ import annotations

from collections.abc import Iterator

from rejoinder.accounts.models import Site
from rejoinder.api import shapes
from rejoinder.core import ids
from rejoinder.discussion import pages
from rejoinder.discussion.models import Thread
from rejoinder.discussion.windows.shape import More, Shown, Window


def flat(window: Window) -> Iterator[Shown]:
    """The comments of a window in reading order. What only stands above for context is left out."""
    waiting = list(reversed(window.roots))
    while waiting:
        shown = waiting.pop()
        yield shown
        waiting += reversed([*shown.replies, *shown.flat])


def listed(site: Site, thread: Thread, window: Window) -> shapes.CommentsGiven:
    return shapes.CommentsGiven(
        site=site.key,
        key=thread.key,
        sort=window.order,
        revision=window.revision,
        count=window.comment_count,
        closed=window.closed,
        comments=[_one(thread, shown) for shown in flat(window)],
        more=_more(window.more),
    )


def fields(thread: Thread, shown: Shown) -> dict[str, object]:
    """What all shapes of a comment have in common."""
    return {
        "id": shown.id,
        "parent": ids.encode(shown.parent_number) if shown.parent_number else None,
        "depth": shown.depth,
        "state": shown.state,
        "name": shown.name,
        "badges": [badge.code for badge in shown.badges],
        "highlights": list(shown.highlights),
        "passage": shown.anchor or None,
        "corrected": shown.corrected,
        "html": str(shown.html),
        "created": shown.created,
        "edited": shown.edited,
        "ups": shown.ups,
        "downs": shown.downs,
        "reply_count": shown.reply_count,
        "permalink": pages.thread_url(thread.site.key, thread.key, at=shown.id) + f"#c-{shown.id}",
    }


def _one(thread: Thread, shown: Shown) -> shapes.Listed:
    more, flat_more = _more(shown.more), _more(shown.flat_more)
    return shapes.Listed.model_validate({**fields(thread, shown), "more": more, "more_flat": flat_more})


def _more(more: More | None) -> shapes.More | None:
    return shapes.More(cursor=more.cursor, count=more.count) if more else None
