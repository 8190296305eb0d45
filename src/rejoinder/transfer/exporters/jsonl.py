"""Threads and comments as JSON lines: one object a line, a thread before its comments, both in order of number.

What is exported is what everybody may see (a comment that is gone keeps its place, without name and words), and no
column that is private: no address, no voter, no token.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.core import ids
from rejoinder.core.errors import NotFound
from rejoinder.core.text.render import RENDERER_VERSION, render
from rejoinder.discussion.models import Comment, Thread

PAGE = 1000  # rows held at a time
_COLUMNS = (
    "id", "parent_id", "author_name", "body", "html", "renderer_version", "created", "state", "ups", "downs",
    "anchor",
)  # fmt: skip
# Line ends for some readers of lines, though not for JSON.
_ESCAPED = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}


def export(*, site: Site, key: str | None = None) -> Iterator[str]:
    """The lines, each with its line end: of the site, or of one thread. Raises NotFound when there is no such one."""
    threads = Thread.objects.filter(site=site)
    if key is not None:
        threads = threads.filter(key=key)
        if not threads.exists():
            raise NotFound(
                _("The site %(site)s has no thread “%(key)s”.") % {"site": site.key, "key": key[:100]}
            )
    return (line for thread in _paged(threads) for line in _thread(site, thread))


def _paged(rows: Any) -> Iterator[Any]:
    """All rows by number, a page at a time; each page reads an index from where the last one ended."""
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk")[:PAGE]):
        yield from page
        last = page[-1].pk


def _thread(site: Site, thread: Thread) -> Iterator[str]:
    yield _line(
        {
            "type": "thread",
            "site": site.key,
            "key": thread.key,
            "url": thread.url,
            "title": thread.title,
            "created": _moment(thread.created),
            "closed": _moment(thread.closed),
            "comments": thread.comment_count,
        }
    )
    for row in _paged(Comment.objects.filter(thread=thread, listed=True).only(*_COLUMNS)):
        yield _line(_comment(thread, row))


def _comment(thread: Thread, row: Comment) -> dict[str, Any]:
    public = row.state == Comment.State.PUBLIC
    return {
        "type": "comment",
        "id": row.public_id,
        "parent": ids.encode(row.parent_id) if row.parent_id else None,
        "thread": thread.key,
        "author": {"name": row.author_name if public else ""},
        "body": row.body if public else "",
        "body_html": _html(row) if public else "",
        "created": _moment(row.created),
        "state": row.state,
        "score": row.score if public else 0,
        **({"passage": row.anchor} if row.anchor and public else {}),
    }


def _html(row: Comment) -> str:
    return row.html if row.renderer_version == RENDERER_VERSION else render(row.body)


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED) + "\n"
