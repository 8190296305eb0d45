"""What a request may weigh and how long it may take is decided before Django sees it, without keeping a byte."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from rejoinder.project import intake
from rejoinder.project.intake import LARGEST, LARGEST_UPLOAD, Intake

PIECE = b"x" * 65536


class Client:
    """Sends a request in pieces and keeps what comes back. A piece of None never arrives."""

    def __init__(self, pieces: Iterable[bytes | None] = (), *, signed_in: bool = False, **scope: Any) -> None:
        self.pieces = iter(pieces)
        self.signed_in = signed_in
        self.scope = {
            "type": "http", "method": "POST", "path": "/", "raw_path": b"/", "query_string": b"", "headers": [],
            "http_version": "1.1", **scope,
        }  # fmt: skip
        self.status, self.body, self.seen = 0, b"", 0

    async def receive(self) -> dict[str, Any]:
        try:
            piece = next(self.pieces)
        except StopIteration:
            return {"type": "http.request", "body": b"", "more_body": False}
        if piece is None:
            await asyncio.Event().wait()
            raise AssertionError
        return {"type": "http.request", "body": piece, "more_body": True}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.body += message["body"]

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        """Counts the body, as Django reads it: to the end, or until the client is gone."""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            self.seen += len(message["body"])
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"taken"})

    async def _is_signed_in(self, scope: Any) -> bool:
        return self.signed_in

    def go(self) -> int:
        application = Intake(self._app, is_signed_in=self._is_signed_in)
        asyncio.run(application(self.scope, self.receive, self.send))
        return self.status


def pieces(size: int) -> Iterable[bytes]:
    return (PIECE for _ in range(size // len(PIECE)))


def test_small_body_passes() -> None:
    client = Client(pieces(LARGEST))
    assert (client.go(), client.seen, client.body) == (200, LARGEST, b"taken")


def test_streamed_body_is_cut_off_at_the_limit() -> None:
    client = Client(pieces(1 << 30))
    assert client.go() == 413
    assert client.seen <= LARGEST
    assert b"Shorten it" in client.body


def test_announced_body_is_refused_unread() -> None:
    client = Client(pieces(LARGEST * 2), headers=[(b"content-length", str(LARGEST * 2).encode())])
    assert client.go() == 413
    assert client.seen == 0


@pytest.mark.parametrize("length", [b"-1", b"1e9", b"", b"9" * 400, b"0x10"])
def test_length_that_is_no_number_is_refused(length: bytes) -> None:
    assert Client(headers=[(b"content-length", length)]).go() in {400, 413}


def test_two_lengths_are_refused() -> None:
    assert Client(headers=[(b"content-length", b"4"), (b"content-length", b"5")]).go() == 400


@pytest.mark.parametrize(("signed_in", "status"), [(True, 200), (False, 413)])
def test_only_those_signed_in_upload_at_the_desk(signed_in: bool, status: int) -> None:
    assert Client(pieces(LARGEST * 4), path="/desk/images/add/", signed_in=signed_in).go() == status


@pytest.mark.parametrize("path", ["/", "/desk", "/threads/desk/", "/Desk/"])
def test_signed_in_readers_upload_nothing_elsewhere(path: str) -> None:
    assert Client(pieces(LARGEST * 4), path=path, signed_in=True).go() == 413


def test_uploads_have_a_limit_too() -> None:
    assert Client(pieces(LARGEST_UPLOAD * 2), path="/desk/images/add/", signed_in=True).go() == 413


def test_slow_body_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "SECONDS", 0.05)
    client = Client([b"abc", None])
    assert client.go() == 408
    assert b"too long" in client.body


def test_many_headers_are_refused() -> None:
    assert Client(headers=[(b"x-a", b"1")] * 101).go() == 431
    assert Client(headers=[(b"x-a", b"1")] * 100).go() == 200
    assert Client(headers=[(b"x-a", b"1" * intake.LARGEST_HEADERS)]).go() == 431


def test_long_address_is_refused() -> None:
    assert Client(raw_path=b"/" + b"a" * 9000).go() == 414
    assert Client(query_string=b"a" * 9000).go() == 414


def test_refusal_is_one_short_page_and_one_line_of_log(capsys: pytest.CaptureFixture[str]) -> None:
    client = Client(path="/a\r\nb\x1b[31m\u2028", headers=[(b"x-a", b"1")] * 101)
    client.go()
    assert client.body.startswith(b"<!doctype html>")
    assert len(client.body) < 300


def test_lifespan_is_answered() -> None:
    said: list[str] = []
    messages = iter(["lifespan.startup", "lifespan.shutdown"])

    async def receive() -> dict[str, str]:
        return {"type": next(messages)}

    async def send(message: Any) -> None:
        said.append(message["type"])

    client = Client()
    asyncio.run(Intake(client._app, is_signed_in=client._is_signed_in)({"type": "lifespan"}, receive, send))
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
