"""From Django's response to what the short path sends."""

from __future__ import annotations

import structlog
from django.http import HttpResponse, HttpResponseBase

from rejoinder.discussion.delivery.body import Body, Header, Plain, make
from rejoinder.discussion.delivery.stamp import SHARED, Stamp

log = structlog.get_logger("rejoinder.delivery")

# What depends on the encoding, or is said by the HTTP server.
_DROPPED = {b"content-length", b"content-encoding", b"vary", b"etag", b"date", b"connection"}


def taken(response: HttpResponseBase) -> Body | Plain | None:
    """The bytes of a page that is the same for all, or of what else the address answers without a cookie.

    None where that may not be given to somebody else.
    """
    if not isinstance(response, HttpResponse) or response.cookies:
        return None
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.items()]
    stamp: Stamp | None = getattr(response, "stamp", None)
    if stamp is None or response.status_code != 200:
        return _plain(response, headers)
    if "cookie" in response.get("Vary", "").lower() or response.get("Cache-Control") != SHARED:
        log.error("a page is called shared and is not", vary=response.get("Vary", "")[:200])
        return None
    kept = tuple(header for header in headers if header[0] not in _DROPPED)
    return make(stamp, kept, response.content, response.seconds)  # type: ignore[attr-defined]


def _plain(response: HttpResponse, headers: list[Header]) -> Plain:
    length = (b"content-length", str(len(response.content)).encode())
    headers = [header for header in headers if header[0] != b"content-length"]
    start = {"type": "http.response.start", "status": response.status_code, "headers": [*headers, length]}
    return Plain(start, response.content)
