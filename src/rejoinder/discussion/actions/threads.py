from __future__ import annotations

from rejoinder.accounts.models import Site
from rejoinder.core import clock, events
from rejoinder.core.db import locked, writing
from rejoinder.discussion.counters import touch
from rejoinder.discussion.events import ThreadChanged
from rejoinder.discussion.models import Thread


def open_thread(*, site: Site, key: str, url: str = "", title: str = "") -> Thread:
    """The thread of a key; made when there is none, its address and title brought up to date. Runs twice without harm.

    For stories and staff: what a reader's request says about a page is a hint and does not come here.
    """
    url, title = _linkable(url), title[:300]
    with writing():
        thread, made = Thread.objects.get_or_create(
            site=site,
            key=key[:500],
            defaults={
                "url": url,
                "title": title,
                "created": clock.now(),
                "prior_up": site.prior_up,
                "prior_down": site.prior_down,
            },
        )
        if not made and ((url and thread.url != url) or (title and thread.title != title)):
            thread.url, thread.title = url or thread.url, title or thread.title
            thread.save(update_fields=["url", "title"])
            touch(thread.pk)
    return thread


def _linkable(url: str) -> str:
    """An address that may stand in a link: http(s), or a path of this very host; else an empty string."""
    own_path = url.startswith("/") and not url.startswith(("//", "/\\"))
    return url[:2000] if own_path or url.lower().startswith(("http://", "https://")) else ""


def change_thread(*, thread: Thread, closed: bool | None = None, hold: bool | None = None) -> None:
    """Close or reopen a thread, or hold what is new in it. Who may is decided by the caller (moderation)."""
    with writing():
        fresh = locked(Thread.objects.filter(pk=thread.pk)).get()
        if closed is not None:
            fresh.closed = clock.now() if closed else None
        if hold is not None:
            fresh.hold = hold
        fresh.revision += 1
        fresh.save(update_fields=["closed", "hold", "revision"])
        events.publish(
            ThreadChanged(
                site=fresh.site_id, thread=fresh.pk, closed=fresh.closed is not None, hold=fresh.hold
            )
        )
