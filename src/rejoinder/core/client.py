"""Where a request comes from: the only code that reads forwarded headers."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

_EVERYBODY = {ip_network("0.0.0.0/0"), ip_network("::/0")}


class CatchAllProxy(ValueError):
    """Trusting everybody's forwarded header lets anybody be anybody."""


def _proxies() -> tuple[object, ...]:
    return _networks(tuple(getattr(settings, "REJOINDER_TRUSTED_PROXIES", ())))


# Asked for several times with each request.
@lru_cache(maxsize=8)
def _networks(named: tuple[str, ...]) -> tuple[object, ...]:
    networks = [ip_network(text, strict=False) for text in named]
    if _EVERYBODY & set(networks):
        raise CatchAllProxy("REJOINDER_TRUSTED_PROXIES names the whole internet; name your proxy's address.")
    return tuple(networks)


@lru_cache(maxsize=64)
def _parsed(text: str) -> object | None:
    try:
        # Behind "%" stands an interface of this machine, which names no client.
        found = ip_address(text.strip().strip("[]").partition("%")[0])
    except ValueError:
        return None
    mapped = getattr(found, "ipv4_mapped", None)
    return mapped or found


def address(request: HttpRequest) -> str:
    """The client's address: the peer's, or the right-most hop that is no trusted proxy."""
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    proxies = _proxies()
    if peer is None or not any(peer in network for network in proxies):  # type: ignore[operator]
        return str(peer or "0.0.0.0")  # noqa: S104
    for hop in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        found = _parsed(hop)
        if found is None:
            break
        peer = found
        if not any(found in network for network in proxies):  # type: ignore[operator]
            break
    return str(peer)


def came_encrypted(request: HttpRequest) -> bool:
    """Whether a trusted proxy says that the client's connection to it is https."""
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    if peer is None or not any(peer in network for network in _proxies()):  # type: ignore[operator]
        return False
    return bool(request.META.get("HTTP_X_FORWARDED_PROTO", "") == "https")


# Whichever a proxy writes, its request is not one of the machine it came from.
_MARKS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")


def came_directly_from(request: HttpRequest, written: Iterable[str]) -> bool:
    """Whether the peer itself is one of these addresses or networks, and no proxy passed the request on."""
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    if peer is None or any(name in request.headers for name in _MARKS):
        return False
    return any(peer in ip_network(text, strict=False) for text in written)


def block(request: HttpRequest) -> str:
    """A keyed digest of the client's address block: one IPv4 address or an IPv6 /64; needs the key to reverse."""
    found = ip_address(address(request))
    text = str(ip_network(f"{found}/64", strict=False)) if isinstance(found, IPv6Address) else str(found)
    return hmac.new(settings.SECRET_KEY.encode(), b"block:" + text.encode(), hashlib.sha256).hexdigest()
