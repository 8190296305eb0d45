"""What a thread's page says of itself: its title, its address, who wrote it, when, in which section."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rejoinder.core import clock
from rejoinder.core.db import locked, writing
from rejoinder.core.text.normal import clean
from rejoinder.discussion.counters import touch
from rejoinder.discussion.errors import no_thread
from rejoinder.discussion.models import Thread
from rejoinder.discussion.models.thread import MAX_BYLINE, MAX_SECTION, MAX_TITLE


def describe_thread(
    *,
    thread: Thread,
    title: str = "",
    url: str = "",
    byline: str = "",
    section: str = "",
    published: datetime | None = None,
    read: bool = False,
) -> Thread:
    """Store what staff or the page itself say of a thread; what they do not say stays as it is.

    `read`: it was read from the page just now. Raises NotFound for a thread that is no more.
    """
    said: dict[str, Any] = {
        "title": _line(title, MAX_TITLE),
        "url": url,
        "byline": _line(byline, MAX_BYLINE),
        "section": _line(section, MAX_SECTION),
        "published": published,
    }
    with writing():
        row = locked(Thread.objects.select_related("site").filter(pk=thread.pk), of=("self",)).first()
        if row is None:
            raise no_thread()
        changed = [name for name, value in said.items() if value and getattr(row, name) != value]
        for name in changed:
            setattr(row, name, said[name])
        if read:
            row.read = clock.now()
        row.save(update_fields=[*changed, "read"])
        if {"title", "url"} & set(changed):  # what pages of the thread show
            touch(row.pk)
    return row  # type: ignore[no-any-return]


def _line(text: str, longest: int) -> str:
    """On one line, without what cannot be stored or shown, and no longer than its column."""
    tidy = " ".join(clean(text).split())
    return tidy if len(tidy) <= longest else tidy[: longest - 1] + "…"
