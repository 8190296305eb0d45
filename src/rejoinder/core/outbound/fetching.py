"""A call to the outside: one URL, a few redirects, one answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urljoin

from django.conf import settings

import rejoinder
from rejoinder.core.outbound.addresses import Target, target_of
from rejoinder.core.outbound.answers import Answer, NoAnswer
from rejoinder.core.outbound.wire import Deadline, exchange

MOST = 1024 * 1024  # bytes of a body
SECONDS = 5.0  # in all: resolving, connecting, redirects, reading
REDIRECTS = 3
_ELSEWHERE = {301, 302, 303, 307, 308}
# What is said to one origin is not said to the next.
_PRIVATE = {"authorization", "cookie"}


def agent() -> str:
    """Who asks, as operators of other servers find it in their logs."""
    address = getattr(settings, "REJOINDER_URL", "")
    return f"Rejoinder/{rejoinder.__version__}" + (f" (+{address})" if address.isascii() and address else "")


def anywhere(url: str) -> bool:
    return True


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    most: int = MOST,
    seconds: float = SECONDS,
    redirects: int = REDIRECTS,
    allowed: Callable[[str], bool] = anywhere,
) -> Answer:
    """The answer of another server, whatever its status. `allowed` is asked for each URL, redirects too.

    `most`: bytes of the body; `seconds`: in all. Only a GET follows redirects, and none from https to http. Raises
    NoAnswer.
    """
    deadline = Deadline(seconds)
    given = {"User-Agent": agent(), "Accept": "*/*", **(headers or {})}
    target = _allowed(url, allowed)
    for _hop in range(redirects + 1):
        answer = exchange(target, method=method, headers=given, body=body, most=most, deadline=deadline)
        place = answer.headers.get("location", "")
        if method != "GET" or answer.status not in _ELSEWHERE or not place:
            return answer
        further = _allowed(_joined(target.url, place), allowed)
        if target.scheme == "https" and further.scheme == "http":
            raise NoAnswer("The other server leads from https to http.", code="outbound-redirects")
        if further.origin != target.origin:
            given = {name: value for name, value in given.items() if name.lower() not in _PRIVATE}
        target = further
    raise NoAnswer("The other server leads on and on.", code="outbound-redirects")


def _joined(url: str, place: str) -> str:
    try:
        # Servers write what they like into this header; http.client reads it as Latin-1.
        return urljoin(url, place.encode("latin-1").decode("utf-8", "replace")).partition("#")[0]
    except ValueError:
        raise NoAnswer("The other server leads to no address.", code="outbound-redirects") from None


def _allowed(url: str, allowed: Callable[[str], bool]) -> Target:
    target = target_of(url)
    if not allowed(url):
        raise NoAnswer(f"{target.host} is not where this may be fetched from.", code="outbound-address")
    return target
