"""One request at a time, as a browser sends it, and what came back."""

from __future__ import annotations

import gzip
import time
from dataclasses import dataclass
from http.client import HTTPConnection

import brotli

from bench.servers import HOST

# Of a response, but of one connection or one moment: no other server shall repeat them.
OF_THE_MOMENT = {"date", "server", "connection", "keep-alive", "transfer-encoding", "content-length", "age"}


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` as it came over the wire; `ms` until its last byte was there."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    ms: float

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def plain(self) -> bytes:
        """The body without its compression. Raises ValueError for one that is not known here."""
        encoding = self.header("content-encoding")
        if encoding in {"", "identity"}:
            return self.body
        if encoding == "gzip":
            return gzip.decompress(self.body)
        if encoding == "br":
            return bytes(brotli.decompress(self.body))
        raise ValueError(f"unknown encoding {encoding}")

    @property
    def lasting_headers(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.headers if name.lower() not in OF_THE_MOMENT]


class Asker:
    """A connection that is kept."""

    def __init__(self, port: int, *, encoding: str = "br", host: str = "") -> None:
        self._connection = HTTPConnection(HOST, port, timeout=60)
        self._headers = {"Accept-Encoding": encoding, "Host": host or f"{HOST}:{port}"}

    def get(self, path: str) -> Answer:
        began = time.perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        return self._answer(began)

    def post(self, path: str, form: bytes, headers: dict[str, str]) -> Answer:
        began = time.perf_counter()
        self._connection.request("POST", path, body=form, headers={**self._headers, **headers})
        return self._answer(began)

    def _answer(self, began: float) -> Answer:
        response = self._connection.getresponse()
        body = response.read()
        ms = 1_000 * (time.perf_counter() - began)
        return Answer(response.status, tuple(response.getheaders()), body, ms)

    def close(self) -> None:
        self._connection.close()


def fetch(port: int, path: str, *, encoding: str = "br", host: str = "") -> Answer:
    """One answer over a connection of its own. Raises ValueError for anything but 200."""
    asker = Asker(port, encoding=encoding, host=host)
    try:
        found = asker.get(path)
    finally:
        asker.close()
    if found.status != 200:
        raise ValueError(f"{path} answers {found.status}: {found.body[:200]!r}")
    return found
