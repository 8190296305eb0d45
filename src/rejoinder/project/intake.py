"""What a request may weigh and how long it may take to arrive, decided before Django sees a byte.

Bytes are counted as they stream through: nothing is kept here, so a gigabyte costs what a megabyte costs.
Slow headers are the HTTP server's matter (10 s).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from rejoinder.core import metrics
from rejoinder.core.asgi import App, Message, Receive, Scope, Send

log = structlog.get_logger("rejoinder.request")

LARGEST = 1024 * 1024  # a comment of 10,000 characters, percent-encoded, is 120 kB
LARGEST_UPLOAD = 64 * 1024 * 1024  # pictures and documents, by staff who are signed in
UPLOADS = "/desk/"
MODELS = "/console/", "/assist/changes"  # how the address begins and ends that takes a model of Assist
SECONDS = 30.0  # for a body to arrive
SECONDS_UPLOAD = 300.0
MOST_HEADERS = 100  # Django joins repeated ones, at a cost that grows with the square
LARGEST_HEADERS = 32 * 1024
LONGEST_TARGET = 8 * 1024
LEFT_OVER = (
    4 * 1024 * 1024
)  # bytes read after a refusal, so that a client still sending gets to read the answer
PATIENCE = 2.0  # seconds for that


@dataclass(frozen=True, slots=True)
class Refusal:
    status: int
    sentence: str


TOO_LARGE = Refusal(413, "That is more than this address takes at once. Shorten it and send it again.")
TOO_SLOW = Refusal(408, "The request took too long to arrive. Send it again.")
TARGET_TOO_LONG = Refusal(414, "This address is too long.")
HEADERS_TOO_LARGE = Refusal(431, "The request carries too many or too long headers.")
MALFORMED = Refusal(400, "The request could not be read.")


@dataclass(slots=True)
class Allowance:
    """What one request may still bring."""

    size: int
    deadline: float
    refusal: Refusal | None = None
    complete: bool = False


class Intake:
    """The ASGI application around another one. `is_signed_in` is asked before a body above 1 MiB is let in."""

    def __init__(self, app: App, *, is_signed_in: Callable[[Scope], Awaitable[bool]]) -> None:
        self.app = app
        self.is_signed_in = is_signed_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            await self._handle(scope, receive, send)

    async def _handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = check_head(scope)
        if refusal is None:
            allowance = await self._allowance(scope)
            refusal = check_length(scope, allowance.size)
        if refusal is not None:
            await _refuse(refusal, scope, receive, send)
            return
        started = False

        async def watched_send(message: Message) -> None:
            nonlocal started
            if allowance.refusal is None or started:
                started = True
                await send(message)

        await self.app(scope, metered(receive, allowance), watched_send)
        if allowance.refusal is not None and not started:
            await _refuse(allowance.refusal, scope, receive, send)

    async def _allowance(self, scope: Scope) -> Allowance:
        now = asyncio.get_running_loop().time()
        small = Allowance(LARGEST, now + SECONDS)
        if scope["method"] in {"GET", "HEAD"} or not takes_files(str(scope["path"])):
            return small
        if not await self.is_signed_in(scope):
            return small
        return Allowance(LARGEST_UPLOAD, now + SECONDS_UPLOAD)


def takes_files(path: str) -> bool:
    """Whether more than a megabyte may come here, from somebody who is signed in."""
    return path.startswith(UPLOADS) or (path.startswith(MODELS[0]) and path.endswith(MODELS[1]))


def metered(receive: Receive, allowance: Allowance) -> Receive:
    """The same messages, until there are too many bytes or too much time: then the client counts as gone."""

    async def meter() -> Message:
        if allowance.complete:
            return await receive()
        if allowance.refusal is not None:
            return {"type": "http.disconnect"}
        left = allowance.deadline - asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(max(left, 0.001)):  # no task of its own, as wait_for makes
                message = await receive()
        except TimeoutError:
            allowance.refusal = TOO_SLOW
            return {"type": "http.disconnect"}
        allowance.size -= len(message.get("body", b""))
        allowance.complete = not message.get("more_body", False)
        if allowance.size < 0:
            allowance.refusal = TOO_LARGE
            return {"type": "http.disconnect"}
        return message

    return meter


def check_head(scope: Scope) -> Refusal | None:
    """What is wrong with address and headers, if anything."""
    if (
        len(scope["raw_path"] if scope.get("raw_path") else scope["path"]) + len(scope["query_string"])
        > LONGEST_TARGET
    ):
        return TARGET_TOO_LONG
    headers = scope["headers"]
    if (
        len(headers) > MOST_HEADERS
        or sum(len(name) + len(value) for name, value in headers) > LARGEST_HEADERS
    ):
        return HEADERS_TOO_LARGE
    return None


def check_length(scope: Scope, largest: int) -> Refusal | None:
    """Judge by the announced length, before anything is read."""
    announced = [value for name, value in scope["headers"] if name == b"content-length"]
    if not announced:
        return None
    if len(set(announced)) > 1 or not announced[0].isdigit():
        return MALFORMED
    return TOO_LARGE if len(announced[0]) > 15 or int(announced[0]) > largest else None


async def _refuse(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    metrics.refused(refusal.status)
    log.info("request", method=scope["method"], path=ascii(scope["path"])[1:-1][:300], status=refusal.status)
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{refusal.status}</title>'
        f"<p>{refusal.sentence}</p></html>\n"
    ).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(page)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    ]
    if str(scope.get("http_version", "")).startswith("1"):
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    # The answer is out before the rest is read; a connection closed on unread bytes would take it back.
    await send({"type": "http.response.body", "body": page, "more_body": True})
    if refusal is TOO_LARGE:
        await _read_on(receive)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _read_on(receive: Receive) -> None:
    give_up = asyncio.get_running_loop().time() + PATIENCE
    left = LEFT_OVER
    while left > 0 and (time := give_up - asyncio.get_running_loop().time()) > 0:
        try:
            message = await asyncio.wait_for(receive(), time)
        except TimeoutError:
            return
        left -= len(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
