"""A comment of which something is told, with where it stands."""

from __future__ import annotations

from typing import Any

from rejoinder.accounts.models import Site
from rejoinder.discussion import pages
from rejoinder.discussion.models import Comment


def quoted(site: Site, comment: Comment | None) -> dict[str, Any]:
    """`shown`, `thread` (its title) and `thread_url`; nothing of one that its author has deleted."""
    if comment is None or comment.state == Comment.State.DELETED:
        return {}
    return {
        "shown": pages.one(site, comment, own=True),
        "thread": comment.thread.title or comment.thread.key,
        "thread_url": pages.thread_url(site.key, comment.thread.key),
    }
