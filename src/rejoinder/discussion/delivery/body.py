"""The bytes of a shared page: rendered once, compressed once for each encoding, told apart by an ETag."""

from __future__ import annotations

import hashlib
import re
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

import brotli
import zstandard

from rejoinder.discussion.delivery.stamp import LONGEST, Stamp

Header = tuple[bytes, bytes]

# Measured on a window of 98 kB: brotli 5 takes 1.0 ms for 10.8 kB, 10 takes 32 ms for 9.4 kB, 11 130 ms for 9.2 kB.
_COLD = 5
_HOT = 10
HOT = 200  # answers with the same bytes, after which they are compressed as far as pays


def _gzip(text: bytes) -> bytes:
    return zlib.compress(text, 6, wbits=31)


def _zstd(text: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=9).compress(text)


# By preference: where a client takes several alike, the smallest.
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda text: brotli.compress(text, quality=_COLD),
    "zstd": _zstd,
    "gzip": _gzip,
    "identity": bytes,
}
EXPAND: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "zstd": lambda packed: zstandard.ZstdDecompressor().decompress(packed),
    "gzip": lambda packed: zlib.decompress(packed, wbits=31),
    "identity": bytes,
}
_WEIGHT = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def choose(accepted: bytes) -> str:
    """The encoding for a client's Accept-Encoding (RFC 9110, 12.5.3). What cannot be read counts as not said."""
    weights: dict[str, float] = {}
    for part in accepted.decode("latin-1").lower().split(","):
        name, _semicolon, parameters = part.strip().partition(";")
        weight = _WEIGHT.fullmatch(parameters.strip())
        if name and (weight or not parameters):
            weights[name.strip()] = float(weight[1]) if weight else 1.0
    rest = weights.get("*", 0.0)
    offered = [(weights.get(name, rest), name) for name in ("br", "zstd", "gzip")]
    best = max(offered, key=lambda offer: offer[0])
    return best[1] if best[0] > 0 else "identity"


@dataclass(slots=True)
class Variant:
    """One encoding, ready to send: ASGI messages that are never changed."""

    content: bytes
    start: dict[str, object]
    whole: dict[str, object]


@dataclass(slots=True, frozen=True)
class Plain:
    """An answer that is not kept: a redirect, a refusal with its sentence."""

    start: dict[str, object]
    content: bytes


@dataclass(slots=True)
class Body:
    """A page as bytes. At least one encoding is there; the others are made when somebody asks."""

    stamp: Stamp
    headers: tuple[Header, ...]  # without those that depend on the encoding
    tag: bytes  # weak: the same in all encodings
    variants: dict[str, Variant] = field(default_factory=dict)
    seconds: float = LONGEST
    built: float = field(default_factory=time.monotonic)
    hits: int = 0
    due: int = HOT  # the answer after which to compress it as far as pays

    @property
    def is_old(self) -> bool:
        return time.monotonic() - self.built > self.seconds

    @property
    def size(self) -> int:
        """Bytes that it takes, with what Python needs around them."""
        return 2048 + sum(len(variant.content) + 1024 for variant in self.variants.values())

    def add(self, encoding: str, content: bytes) -> Variant:
        headers: list[Header] = [*self.headers, (b"etag", self.tag), (b"vary", b"Accept-Encoding")]
        if encoding != "identity":
            headers.append((b"content-encoding", encoding.encode()))
        headers.append((b"content-length", str(len(content)).encode()))
        start: dict[str, object] = {"type": "http.response.start", "status": 200, "headers": headers}
        whole: dict[str, object] = {"type": "http.response.body", "body": content, "more_body": False}
        # Replaced as a whole: another thread may be sending from the one before.
        self.variants = {**self.variants, encoding: Variant(content, start, whole)}
        return self.variants[encoding]

    def variant(self, encoding: str) -> Variant:
        """The bytes in an encoding; made from another where need be, so not on the event loop."""
        found = self.variants.get(encoding)
        return found or self.add(encoding, COMPRESS[encoding](self.text()))

    def text(self) -> bytes:
        encoding, variant = next(iter(self.variants.items()))
        return EXPAND[encoding](variant.content)

    def condense(self) -> None:
        """Compress as far as pays for a page that many read."""
        self.add("br", brotli.compress(self.text(), quality=_HOT))

    def inherit(self, before: Body) -> None:
        """Take over what was compressed of the page before, where that said the very same."""
        if (before.tag, before.headers) == (self.tag, self.headers):
            self.variants = {**self.variants, **before.variants}
            self.hits, self.due = before.hits, before.due

    @property
    def not_modified(self) -> list[Header]:
        kept = {b"cache-control", b"surrogate-key", b"cache-tag", b"access-control-allow-origin"}
        same = [header for header in self.headers if header[0] in kept]
        return [*same, (b"etag", self.tag), (b"vary", b"Accept-Encoding")]


def make(stamp: Stamp, headers: tuple[Header, ...], text: bytes, seconds: float = LONGEST) -> Body:
    """A body from a page's text, in the encoding that most browsers ask for."""
    digest = hashlib.blake2b(text, digest_size=12)
    body = Body(stamp, headers, b'W/"' + digest.hexdigest().encode() + b'"', seconds=seconds)
    body.add("br", COMPRESS["br"](text))
    return body


def matches(asked: bytes, tag: bytes) -> bool:
    """Whether If-None-Match names this tag (weak comparison, RFC 9110, 13.1.2)."""
    if asked == tag:
        return True
    names = [name.strip().removeprefix(b"W/") for name in asked.split(b",")]
    return b"*" in names or tag.removeprefix(b"W/") in names
