"""Shared pages in Valkey, where that is configured: what one process drew, the others need not.

Only bytes and numbers are read back, never objects; a page counts only while its stamp is the present one.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from typing import Any

import redis
import structlog

from rejoinder.discussion.delivery.body import Body
from rejoinder.discussion.delivery.stamp import Stamp

log = structlog.get_logger("rejoinder.delivery")

_REST = 5.0  # seconds before a Valkey that failed is asked again


class Elsewhere:
    """`version`: of the program, its renderer and its static files; pages of another one are not seen."""

    def __init__(self, client: redis.Redis, *, version: str, present: Callable[[Stamp], Stamp]) -> None:
        self._client, self._version, self._present = client, version, present
        self._away_until = 0.0

    def _name(self, key: Any) -> str:
        digest = hashlib.blake2b(repr(key).encode("utf-8", "surrogatepass"), digest_size=20)
        return f"rejoinder:page:{self._version}:{digest.hexdigest()}"

    def get(self, key: Any) -> Body | None:
        """The page, if it is there and the present one."""
        if time.monotonic() < self._away_until:
            return None
        try:
            packed = self._client.get(self._name(key))
        except redis.RedisError as error:
            self._away_until = time.monotonic() + _REST
            log.warning("valkey is away; pages are drawn here", error=str(error)[:200])
            return None
        body = unpack(packed) if isinstance(packed, bytes) else None
        return body if body is not None and self._present(body.stamp) == body.stamp else None

    def put(self, key: Any, body: Body) -> None:
        if time.monotonic() < self._away_until:
            return
        try:
            self._client.set(self._name(key), pack(body), px=int(body.seconds * 1000))
        except redis.RedisError:
            self._away_until = time.monotonic() + _REST


def pack(body: Body) -> bytes:
    """One line of JSON, then the bytes of one encoding."""
    encoding, variant = next(iter(body.variants.items()))
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in body.headers]
    facts: dict[str, Any] = {
        "stamp": body.stamp,
        "headers": headers,
        "tag": body.tag.decode(),
        "encoding": encoding,
    }
    facts["seconds"] = body.seconds
    return json.dumps(facts).encode() + b"\n" + variant.content


def unpack(packed: bytes) -> Body | None:
    line, _newline, content = packed.partition(b"\n")
    try:
        facts = json.loads(line)
        headers = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in facts["headers"])
        body = Body(Stamp(*facts["stamp"]), headers, facts["tag"].encode(), seconds=float(facts["seconds"]))
        body.add(facts["encoding"], content)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return body
