"""From the HTTP server's event loop to Django: each request in one of a few threads that keep their connections.

Django's own ASGI handler opens a database connection for each request and takes a body that was cut for a request
that ended; a WSGI adapter of the shelf takes it for a whole one. Here a request whose body did not arrive whole is
never begun (docs/decisions/0010-threads-behind-the-short-path.md has the measurement).
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterable
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from django.core import signals
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.http import HttpResponseBase
from django.urls import set_script_prefix

from rejoinder.core.asgi import Headers, Receive, Scope, Send
from rejoinder.core.db import leave_lost_file
from rejoinder.project.turns import Turns

IN_MEMORY = 1024 * 1024  # of a body, or of a file that is sent; what is longer waits on disk
PART = 256 * 1024
# Computing threads give way to the event loop this often (s): a reader's answer from memory does not wait for them.
SWITCH = 0.001
# A connection that answered so lately (s) is not asked first whether it lives: that is a statement for each request.
LATELY = 1.0


class Bridge:
    """Django as an ASGI application. Its threads also do what else must not hold the event loop (`run`)."""

    def __init__(self, *, threads: int) -> None:
        sys.setswitchinterval(SWITCH)
        self.handler = WSGIHandler()
        self.turns = Turns(threads=threads)
        self.run = self.turns.run
        self._thread = threading.local()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _body(receive)
        if body is None:
            return
        with body:
            start, content = await self.run(self._work, environ_of(scope, body))
        await send(start)
        if isinstance(content, bytes):
            await send({"type": "http.response.body", "body": content, "more_body": False})
            return
        with content:
            while part := content.read(PART):
                await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _work(self, environ: dict[str, Any]) -> tuple[dict[str, Any], bytes | IO[bytes]]:
        """One request, in a thread: the beginning of the answer, and its content, or a file with it."""
        response = self.respond(environ)
        try:
            status = {"type": "http.response.start", "status": response.status_code}
            start = {**status, "headers": headers_of(response)}
            if not response.streaming:
                return start, response.content  # type: ignore[attr-defined]
            return start, _collected(response)
        finally:
            response.close()

    def get(self, scope: Scope) -> HttpResponseBase:
        """Django's response to a request without a body, in the present thread. The caller closes it."""
        return self.respond(environ_of(scope, BytesIO()))

    def respond(self, environ: dict[str, Any]) -> HttpResponseBase:
        """Django's response, in the present thread. The caller closes it."""
        set_script_prefix(environ["SCRIPT_NAME"])
        signals.request_started.send(sender=WSGIHandler, environ=environ)
        leave_lost_file()
        if time.monotonic() - getattr(self._thread, "answered", 0.0) < LATELY:
            connection.health_check_done = True  # type: ignore[attr-defined]
        response: HttpResponseBase = self.handler.get_response(WSGIRequest(environ))
        # After an error of the database, Django looks before the next request whether the connection lives.
        self._thread.answered = 0.0 if connection.errors_occurred else time.monotonic()
        return response


def _collected(parts: Iterable[Any]) -> IO[bytes]:
    """A stream as a file: the thread is free when it is drawn, however slowly it is read."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by who sends it)
    for part in parts:
        file.write(part)
    file.seek(0)
    return file


async def _body(receive: Receive) -> IO[bytes] | None:
    """The whole body, or None when the client went away before it had come."""
    body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by the caller)
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            body.close()
            return None
        body.write(message.get("body", b""))
        if not message.get("more_body", False):
            return body


def environ_of(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """The request as WSGI wants it (PEP 3333), at the beginning of its body."""
    size = body.tell()
    body.seek(0)
    host, port = scope.get("server") or ("localhost", 80)
    client = scope.get("client")
    raw_path = scope.get("raw_path")
    path = unquote_to_bytes(raw_path) if raw_path else scope["path"].encode("utf-8", "surrogateescape")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": path.decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0] if client else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    _add_headers(environ, scope["headers"])
    # What came, not what was announced: a chunked body announces nothing.
    environ["CONTENT_LENGTH"] = str(size)
    return environ


def _add_headers(environ: dict[str, Any], headers: Headers) -> None:
    for raw_name, raw_value in headers:
        # "X_Forwarded_For" would become the name that a proxy's own header has.
        if b"_" in raw_name or raw_name == b"content-length":
            continue
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        if name != "CONTENT_TYPE":
            name = "HTTP_" + name
        if name in environ:
            value = environ[name] + ("; " if name == "HTTP_COOKIE" else ",") + value
        environ[name] = value


def headers_of(response: HttpResponseBase) -> list[tuple[bytes, bytes]]:
    """A response's headers with its cookies, for the HTTP server."""
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.items()]
    cookies = [
        (b"set-cookie", morsel.OutputString().encode("latin-1")) for morsel in response.cookies.values()
    ]
    return headers + cookies
