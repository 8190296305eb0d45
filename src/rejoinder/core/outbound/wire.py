"""One request over one connection, to an address that was checked before; bounded in time and bytes."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from rejoinder.core.outbound.addresses import Target, addresses_of
from rejoinder.core.outbound.answers import Answer, NoAnswer

HEAD = 64 * 1024  # bytes that lines and headers may take beside the body
# Both are sent whether or not they were asked for.
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class Deadline:
    """How much time is left of what a whole call may take."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds, more than 0. Raises NoAnswer when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise slow()
        return left


def slow() -> NoAnswer:
    return NoAnswer("The other server took too long.", code="outbound-slow")


def large() -> NoAnswer:
    return NoAnswer("The other server sent more than is taken.", code="outbound-large")


class _Bytes(io.RawIOBase):
    """What arrives, as long as there is time and room: a sender of a byte a second gets no new time for each."""

    def __init__(self, sock: socket.socket, deadline: Deadline, most: int) -> None:
        self._sock, self._deadline, self._room = sock, deadline, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._deadline.left())
        count = self._sock.recv_into(buffer)
        self._room -= count
        if self._room < 0:
            raise large()
        return count


class _Socket:
    """As much of a socket as http.client's response reads from."""

    def __init__(self, raw: _Bytes) -> None:
        self._raw = raw

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._raw, 16 * 1024)


@cache
def trust() -> ssl.SSLContext:
    """Certificates are checked for the name. Tests put their own authority here."""
    return ssl.create_default_context()


def _connect(target: Target, deadline: Deadline) -> socket.socket:
    """A connection to one of the checked addresses, encrypted where the URL says so."""
    failed: OSError | None = None
    addresses = addresses_of(target, deadline.left())[:4]
    for tried, address in enumerate(addresses):
        try:
            # One that leaves us waiting leaves time for the next.
            share = deadline.left() / (len(addresses) - tried)
            sock = socket.create_connection((address, target.port), timeout=share)
        except OSError as error:
            failed = error
            continue
        if target.scheme == "http":
            return sock
        try:
            sock.settimeout(deadline.left())
            return trust().wrap_socket(sock, server_hostname=target.host)
        except BaseException:
            sock.close()
            raise
    if isinstance(failed, TimeoutError):
        raise slow() from failed
    raise NoAnswer(
        f"{target.host} does not answer on port {target.port}.", code="outbound-failed"
    ) from failed


def _request(target: Target, method: str, headers: Mapping[str, str], body: bytes) -> bytes:
    given = {"Host": target.authority, **headers, "Accept-Encoding": "identity", "Connection": "close"}
    if body or method == "POST":
        given["Content-Length"] = str(len(body))
    lines = [f"{method} {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    text = "\r\n".join(lines)
    if not text.isascii() or any("\r" in line or "\n" in line for line in lines):
        raise NoAnswer("A header of the request cannot be sent.", code="outbound-url")
    return text.encode("ascii") + b"\r\n\r\n" + body


def exchange(
    target: Target, *, method: str, headers: Mapping[str, str], body: bytes, most: int, deadline: Deadline
) -> Answer:
    """Send one request and read one answer of at most `most` bytes. Raises NoAnswer."""
    request = _request(target, method, headers, body)
    try:
        with _connect(target, deadline) as sock:
            sock.settimeout(deadline.left())
            sock.sendall(request)
            return _read(sock, target, method, most, deadline)
    except ssl.SSLError as error:
        message = f"{target.host} could not prove that it is {target.host}, or speaks no TLS that we do."
        raise NoAnswer(message, code="outbound-tls") from error
    except TimeoutError as error:
        raise slow() from error
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        raise NoAnswer(f"{target.host} did not answer as a web server does.") from error


def _read(sock: socket.socket, target: Target, method: str, most: int, deadline: Deadline) -> Answer:
    raw = _Socket(_Bytes(sock, deadline, most + HEAD))
    with http.client.HTTPResponse(raw, method=method) as response:  # type: ignore[arg-type]
        response.begin()
        headers: dict[str, str] = {}
        for name, value in response.getheaders():
            headers.setdefault(name.lower(), value)
        content = response.read(most + 1)
        if len(content) > most:
            raise large()
        if response.length:  # more was announced than came
            raise NoAnswer(f"{target.host} broke off in the middle of its answer.")
    return Answer(target.url, response.status, headers, _plain(content, headers, most))


def _plain(content: bytes, headers: Mapping[str, str], most: int) -> bytes:
    """The body without its encoding: never more than may be taken, however little it was on the wire."""
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in {"", "identity"} or not content:
        return content
    if encoding not in _WINDOWS:
        raise NoAnswer(f"The other server sent “{encoding[:20]}”, which was not asked for.")
    unpacked = zlib.decompressobj(_WINDOWS[encoding]).decompress(content, most + 1)
    if len(unpacked) > most:
        raise large()
    return unpacked
