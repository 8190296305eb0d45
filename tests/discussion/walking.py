"""Walking through a thread as a reader does: from the first window by its cursors to the last."""

from __future__ import annotations

from collections.abc import Iterator

from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.windows import build
from rejoinder.discussion.windows.cursor import parse
from rejoinder.discussion.windows.shape import More, Shown, Window


def everything(window: Window) -> Iterator[Shown]:
    """Each comment that a window holds, not those above it."""
    waiting = [*window.roots]
    while waiting:
        shown = waiting.pop()
        yield shown
        waiting += [*shown.replies, *shown.flat]


def drawn_in(window: Window) -> list[int]:
    return [shown.number for shown in everything(window)]


def cursors_of(window: Window) -> list[str]:
    mores: list[More | None] = [window.more]
    for shown in everything(window):
        mores += [shown.more, shown.flat_more]
    return [more.cursor for more in mores if more is not None]


def walk(thread: Thread, order: str) -> Iterator[Window]:
    """All windows that the first one leads to."""
    window = build.first(thread.site, thread, order)
    yield window
    waiting = cursors_of(window)
    while waiting:
        cursor = parse(waiting.pop(0), thread=thread.pk, order=order)
        window = build.further(thread.site, thread, cursor)
        yield window
        waiting += cursors_of(window)


def visited(thread: Thread, order: str) -> list[int]:
    return [number for window in walk(thread, order) for number in drawn_in(window)]


def listed_by_hand(thread: Thread) -> set[int]:
    """The comments that a window may hold, computed anew: public, or above one that is."""
    rows = {row.pk: row for row in Comment.objects.filter(thread=thread)}
    listed = set()
    for row in rows.values():
        current: Comment | None = row if row.state == Comment.State.PUBLIC else None
        while current is not None and current.pk not in listed:
            listed.add(current.pk)
            current = rows.get(current.parent_id or 0)
    return listed
