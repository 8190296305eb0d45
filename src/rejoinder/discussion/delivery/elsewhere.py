"""Shared pages in Valkey, where that is configured: what one process drew, the others need not.

Only bytes and numbers are read back, never objects; a page counts only while its stamp is the present one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import redis

from rejoinder.core.cache import Absence
from rejoinder.discussion.delivery.body import Body
from rejoinder.discussion.delivery.stamp import Stamp


class Elsewhere:
    """`version`: of the program, its renderer and its static files; pages of another one are not seen."""

    def __init__(self, client: redis.Redis, *, version: str, present: Callable[[Stamp], Stamp]) -> None:
        self._client, self._version, self._present = client, version, present
        self._absence = Absence("pages are drawn here")

    def _name(self, key: Any) -> str:
        digest = hashlib.blake2b(repr(key).encode("utf-8", "surrogatepass"), digest_size=20)
        return f"rejoinder:page:{self._version}:{digest.hexdigest()}"

    def get(self, key: Any) -> Body | None:
        """The page, if it is there and the present one."""
        if self._absence:
            return None
        try:
            packed = self._client.get(self._name(key))
        except redis.RedisError as error:
            self._absence.begin(error)
            return None
        body = unpack(packed) if isinstance(packed, bytes) else None
        return body if body is not None and self._present(body.stamp) == body.stamp else None

    def put(self, key: Any, body: Body) -> None:
        if self._absence:
            return
        try:
            self._client.set(self._name(key), pack(body), px=int(body.seconds * 1000))
        except redis.RedisError as error:
            self._absence.begin(error)


def pack(body: Body) -> bytes:
    """One line of JSON, then the bytes of one encoding."""
    encoding, variant = next(iter(body.variants.items()))
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in body.headers]
    facts = {
        "stamp": body.stamp,
        "headers": headers,
        "tag": body.tag.decode(),
        "encoding": encoding,
        "seconds": body.seconds,
    }
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
