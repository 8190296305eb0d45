"""The short path: shared pages from memory, in front of Django, as long as they are the present ones."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

import structlog
from django.http import HttpResponseBase

from rejoinder.core import metrics
from rejoinder.core.asgi import App, Receive, Scope, Send
from rejoinder.discussion.delivery import addresses
from rejoinder.discussion.delivery.body import HOT, Body, Plain, choose, matches
from rejoinder.discussion.delivery.elsewhere import Elsewhere
from rejoinder.discussion.delivery.kept import OLDEST, Page, Pages
from rejoinder.discussion.delivery.response import taken
from rejoinder.discussion.delivery.revisions import Revisions, Unreadable
from rejoinder.discussion.delivery.stamp import Stamp

log = structlog.get_logger("rejoinder.delivery")
T = TypeVar("T")

_MOST_CHOICES = 1000

# What a shared page may not depend on, and what would keep Django from sending it whole.
_PERSONAL = {
    b"cookie",
    b"authorization",
    b"if-none-match",
    b"if-modified-since",
    b"accept-encoding",
    b"range",
}
_MOST_HEADERS = 16 * 1024


class Django(Protocol):
    """What stands behind: `Bridge` of the server."""

    async def run(self, function: Callable[..., T], *arguments: Any, ahead: bool = False) -> T: ...

    def get(self, scope: Scope) -> HttpResponseBase: ...


def _scheme(scope: Scope, headers: dict[bytes, bytes]) -> bytes | None:
    """What tells http from https. A forwarded one counts from trusted proxies only: kept apart by who says it."""
    told = headers.get(b"x-forwarded-proto")
    if told is None:
        return None
    client = scope.get("client") or ("",)
    return told + b" " + str(client[0]).encode()


class Delivery:
    """The ASGI application in front of another one. `most`: bytes of pages kept in this process."""

    def __init__(
        self,
        behind: App,
        *,
        django: Django,
        revisions: Revisions,
        most: int,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self.behind, self.django, self.revisions = behind, django, revisions
        self.pages = Pages(most)
        self.elsewhere = elsewhere
        self._choices: dict[bytes, str] = {b"": "identity"}
        self._tasks: set[asyncio.Task[Any]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.behind(scope, receive, send)
            return
        headers = dict(scope["headers"])
        raw = (scope["path"], scope["query_string"], headers.get(b"host"), _scheme(scope, headers))
        began = time.perf_counter()
        page = self.pages.find(raw) or self._meet(raw, scope)
        if page is None:
            await self.behind(scope, receive, send)
            return
        body, how = page.body, "memory"
        try:
            seen = self.revisions.peek(body.stamp) if body is not None else None
        except Unreadable:
            seen = body.stamp if body is not None else None  # nothing changes while the database is away
        # Who carries a cookie may have written: for them the database is asked now, not a moment ago.
        exact = b"cookie" in headers
        if body is None or seen != body.stamp or exact or body.is_old:
            found = await self._present(page, seen=seen, exact=exact)
            if not isinstance(found, Body):
                await self._answer_otherwise(found, scope, receive, send)
                return
            how = "memory" if found is body else "built"
            body = found
        size = await self._send(page, body, headers, scope["method"] == "HEAD", send)
        metrics.served(page.kind, how if size else "unchanged", time.perf_counter() - began, size)

    async def _answer_otherwise(
        self, found: Plain | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if found is None:
            await self.behind(scope, receive, send)
            return
        await send(found.start)
        await send(
            {"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else found.content}
        )

    def _meet(self, raw: Any, scope: Scope) -> Page | None:
        """The page of an address that is new here; None where there is no shared one."""
        path, query, host, proto = raw
        if (
            sum(len(name) + len(value) for name, value in scope["headers"]) > _MOST_HEADERS
            or len(query) > 4096
        ):
            return None
        found = addresses.one_spelling(path, query.decode("latin-1"))
        if found is None:
            return None
        kind, spelled = found
        key = (path, spelled, host, proto)
        page = self.pages.get(key)
        if page is None:
            kept = [(name, value) for name, value in scope["headers"] if name not in _PERSONAL]
            asked = {**scope, "method": "GET", "query_string": spelled.encode("latin-1"), "headers": kept}
            page = Page(key, asked, kind)
        self.pages.remember(page, raw)
        return page

    async def _present(self, page: Page, *, seen: Stamp | None, exact: bool) -> Body | Plain | None:
        """The page as it is now, or, where it changes all the time and the reader wrote nothing, as it just was.

        Plain where there is no shared page at this address; None: Django shall answer this very request. `seen`: the
        stamp of a moment ago, None where nobody looked.
        """
        body = page.body
        if body is not None:
            in_a_storm = not exact and time.monotonic() - body.built < OLDEST and not page.rested()
            # Who wrote nothing waits neither for a look that can only tell what is known, nor for the drawing.
            if seen is None or seen == body.stamp or not in_a_storm:
                try:
                    now = await self.revisions.now(body.stamp)
                except Unreadable:
                    return body
                if now == body.stamp and not body.is_old:
                    return body
            if in_a_storm:
                if page.building is None and page.may_draw_anew():
                    self._begin(page)
                return body
            page.may_draw_anew()
        return await self._drawn(page, exact=exact)

    async def _drawn(self, page: Page, *, exact: bool) -> Body | Plain | None:
        """The page drawn anew: once, however many wait for it."""
        arrived = time.monotonic()
        while True:
            building = page.building or self._begin(page)
            began = page.began
            found: Body | Plain | None = await asyncio.shield(building)
            # One that was begun before this reader came may lack what this reader wrote.
            if found is None or not exact or began >= arrived:
                return found

    def _begin(self, page: Page) -> asyncio.Task[Body | Plain | None]:
        page.began = time.monotonic()
        building = page.building = self._later(self._build(page))
        return building

    async def _build(self, page: Page) -> Body | Plain | None:
        found: Body | Plain | None = None
        try:
            found = await self.django.run(self._make, page, ahead=True)
        except Exception as error:  # whatever it is, Django gets to answer for it
            log.error(
                "a shared page could not be drawn", path=ascii(page.key[0])[:300], error=repr(error)[:500]
            )
        finally:
            page.building = None
        if isinstance(found, Body):
            if page.body is not None:
                found.inherit(page.body)
            page.body = found
            self.pages.weigh(page)
        else:
            self.pages.forget(page)
        return found

    def _make(self, page: Page) -> Body | Plain | None:
        """In a thread: from where another process keeps it, or from Django."""
        found = self.elsewhere.get(page.key) if self.elsewhere is not None else None
        if found is not None:
            return found
        response = self.django.get(page.scope)
        try:
            drawn = taken(response)
        finally:
            response.close()
        if isinstance(drawn, Body) and self.elsewhere is not None:
            self.elsewhere.put(page.key, drawn)
        return drawn

    async def _send(self, page: Page, body: Body, headers: dict[bytes, bytes], head: bool, send: Send) -> int:
        """Send the page, or that the reader has it. Returns the bytes of its body, 0 where they were not needed."""
        asked = headers.get(b"if-none-match")
        if asked is not None and matches(asked, body.tag):
            await send({"type": "http.response.start", "status": 304, "headers": body.not_modified})
            await send({"type": "http.response.body", "body": b""})
            return 0
        accepted = headers.get(b"accept-encoding", b"")
        encoding = self._choices.get(accepted) or self._choose(accepted)
        variant = body.variants.get(encoding)
        if variant is None:
            variant = await self.django.run(body.variant, encoding, ahead=True)
            self.pages.weigh(page)
        await send(variant.start)
        await send({"type": "http.response.body", "body": b""} if head else variant.whole)
        body.hits += 1
        if body.hits == body.due:
            self._many_read(page, body)
        return len(variant.content)

    def _choose(self, accepted: bytes) -> str:
        if len(self._choices) > _MOST_CHOICES:
            self._choices.clear()
        found = self._choices[accepted] = choose(accepted)
        return found

    def _later(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _many_read(self, page: Page, body: Body) -> None:
        """Compress it further; later, where it changes all the time and would be stale before it is smaller."""
        if page.rested():
            self._later(self._condense(page, body))
        else:
            body.due += HOT

    async def _condense(self, page: Page, body: Body) -> None:
        if page.body is None or page.body.tag != body.tag or "br" not in body.variants:
            return
        await self.django.run(body.condense)
        if page.body is not body and page.body is not None:  # drawn anew meanwhile
            page.body.inherit(body)
        self.pages.weigh(page)
