from __future__ import annotations

from typing import Any

from rejoinder.accounts.models import Site
from rejoinder.core import clock, events
from rejoinder.core.db import locked, writing
from rejoinder.discussion.counters import touch
from rejoinder.discussion.events import ThreadChanged, ThreadOpened
from rejoinder.discussion.models import Thread
from rejoinder.discussion.models.thread import MAX_KEY, MAX_TITLE
from rejoinder.discussion.queries import find_thread


def open_thread(*, site: Site, key: str, url: str = "", title: str = "", hint: str = "") -> Thread:
    """The thread of a key; made when there is none, its address and title brought up to date. Runs twice without harm.

    Address and title are believed: they come from stories, staff or the page itself. What a reader's request says of a
    page's title is a `hint`.
    """
    url, title, key = _linkable(url), title[:MAX_TITLE], key[:MAX_KEY]
    with writing():
        thread = find_thread(site, key) or _make(Thread(site=site, key=key, url=url, title=title, hint=hint))
        # Two pages of a merged thread would else rename it in turns.
        own = thread.key == key
        if own and ((url and thread.url != url) or (title and thread.title != title)):
            thread.url, thread.title = url or thread.url, title or thread.title
            thread.save(update_fields=["url", "title"])
            touch(thread.pk)
    return thread


def _make(new: Thread) -> Thread:
    """The row of a new thread, or the one that somebody else made at the same moment."""
    thread, made = Thread.objects.get_or_create(
        site=new.site,
        key=new.key,
        defaults={
            "url": new.url,
            "title": new.title,
            "hint": new.hint[:MAX_TITLE],
            "created": clock.now(),
            "prior_up": new.site.prior_up,
            "prior_down": new.site.prior_down,
        },
    )
    if made:
        events.publish(ThreadOpened(site=thread.site_id, thread=thread.pk))
    return thread


def _linkable(url: str) -> str:
    """An address that may stand in a link: http(s), or a path of this very host; else an empty string."""
    own_path = url.startswith("/") and not url.startswith(("//", "/\\"))
    return url[:2000] if own_path or url.lower().startswith(("http://", "https://")) else ""


def change_thread(
    *,
    thread: Thread,
    closed: bool | None = None,
    hold: bool | None = None,
    mode: str | None = None,
    slow: int | None = None,
    calm: str | None = None,
    close_after: int | None = None,
) -> None:
    """Change what may be written in a thread: close or reopen it, hold what is new, its mode, its slowness (seconds),
    what is on by itself, after how many days it is closed (less than 0: as its section and site have it). Who may is
    decided by the caller (moderation).
    """
    asked = {"hold": hold, "mode": mode, "slow": slow, "calm": calm}
    changed: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    if close_after is not None:
        changed["close_after"] = close_after if close_after >= 0 else None
    if closed is not None:
        changed["closed"] = clock.now() if closed else None
    with writing():
        fresh = locked(Thread.objects.filter(pk=thread.pk)).get()
        for name, value in changed.items():
            setattr(fresh, name, value)
        fresh.revision += 1
        fresh.save(update_fields=[*changed, "revision"])
        events.publish(
            ThreadChanged(
                site=fresh.site_id, thread=fresh.pk, closed=fresh.closed is not None, hold=fresh.hold
            )
        )
