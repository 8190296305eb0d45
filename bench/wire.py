"""HTTP over a bare connection, as light as it can be written: the load must not cost what it measures."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bench.servers import HOST


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    head: bytes
    body: bytes


class Wire:
    """One kept connection; one request at a time."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def send(self, request: bytes) -> Reply:
        """Raises OSError or IncompleteReadError where the server lets go in the middle of an answer."""
        if self._writer is None or self._writer.is_closing():
            self._reader, self._writer = await asyncio.open_connection(HOST, self.port)
        assert self._reader is not None
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        low = head.lower()
        body = await self._body(self._reader, low)
        if b"connection: close" in low:
            self.close()
        return Reply(int(head[9:12]), head, body)

    async def _body(self, reader: asyncio.StreamReader, head: bytes) -> bytes:
        at = head.find(b"content-length:")
        if at >= 0:
            return await reader.readexactly(int(head[at + 15 : head.index(b"\r\n", at)]))
        if b"transfer-encoding: chunked" not in head:
            return b""
        parts = []
        while size := int((await reader.readline()).split(b";")[0], 16):
            parts.append(await reader.readexactly(size))
            await reader.readexactly(2)
        await reader.readexactly(2)
        return b"".join(parts)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


def request(method: str, port: int, path: str, *, headers: dict[str, str], body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}:{port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body
