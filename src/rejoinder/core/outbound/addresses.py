"""Where a call may go: which URLs, and which addresses behind their names."""

from __future__ import annotations

import queue
import re
import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

from django.conf import settings

from rejoinder.core.outbound.answers import NoAnswer

IP = IPv4Address | IPv6Address
# (name, port) -> the addresses it has, as text; raises OSError. Tests put their own here.
Resolver = Callable[[str, int], list[str]]

USUAL = {"http": 80, "https": 443}
LONGEST_URL = 2000
# No space, control character or backslash: browsers, proxies and parsers disagree on what those mean.
_PLAIN = re.compile(r"[!-\[\]-~]+")
_LABELS = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")

# Not the public internet, by IANA's registries of special addresses for IPv4 and IPv6 (RFC 6890 and later). Python's
# is_global is asked too; these are those that some of its versions let pass, and ways to write an IPv4 address in IPv6.
_SPECIAL = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"),
            *("192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
            *("224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32"),
            *("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "100::/64", "2001::/23"),
            *("2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10"),
            "ff00::/8",
        ),
    )
)
# Where names of IPv4 hosts are resolved for a network without IPv4 (RFC 6052): the last 32 bits are the address.
_TRANSLATED = ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """One URL, taken apart: what to connect to and what to ask there."""

    url: str
    scheme: str
    host: str  # in ASCII, small letters, an IPv6 address without brackets
    port: int
    path: str  # with the query

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """As it stands in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == USUAL[self.scheme] else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """A URL that may be asked for. Raises NoAnswer for one that is malformed, not http(s) or names a user."""
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
        host = name if ":" in name else name.encode("idna").decode("ascii").lower().rstrip(".")
    except (ValueError, UnicodeError):
        raise _bad_url(url) from None
    rest = _ascii((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    named = bool(_LABELS.fullmatch(host)) or _is_ipv6(host)
    if (
        len(url) > LONGEST_URL
        or parts.scheme not in USUAL
        or not named
        or "@" in parts.netloc
        or not _PLAIN.fullmatch(rest)
        or not _is_for_web(USUAL[parts.scheme] if port is None else port)
    ):
        raise _bad_url(url)
    return Target(url, parts.scheme, host, port or USUAL[parts.scheme], rest)


def _ascii(text: str) -> str:
    """Letters beyond ASCII as browsers send them; what is written in percents already stays so."""
    return "".join(char if char.isascii() else quote(char, errors="replace") for char in text)


def _is_ipv6(host: str) -> bool:
    try:
        return isinstance(ip_address(host), IPv6Address) and "%" not in host
    except ValueError:
        return False


def _is_for_web(port: int) -> bool:
    """Below 1024 live mail, shells and directories, which might take a request for something of theirs."""
    return port in USUAL.values() or port >= 1024


def _bad_url(url: str) -> NoAnswer:
    return NoAnswer(f"{url[:100]!a} is not an address that can be fetched.", code="outbound-url")


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet; or to a network that the operator has named."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip in _TRANSLATED:
        ip = IPv4Address(int(ip) & 0xFFFFFFFF)
    if isinstance(ip, IPv6Address) and ip.scope_id is not None:
        return False
    named = map(ip_network, getattr(settings, "REJOINDER_PRIVATE_NETWORKS", ()))
    if any(ip in network for network in named):
        return True
    return ip.is_global and not any(ip in network for network in _SPECIAL)


def system_resolver(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


resolver: Resolver = system_resolver


def addresses_of(target: Target, seconds: float) -> list[str]:
    """The public addresses of a host, in the order to try them. Raises NoAnswer when there are none, or too late."""
    found = _resolve(target, seconds)
    public = [address for address in found if is_public(address)]
    if not public:
        raise NoAnswer(f"{target.host} is not on the public internet.", code="outbound-address")
    return public


def _resolve(target: Target, seconds: float) -> Iterable[str]:
    """In a thread of its own: the system's resolver knows no time limit that we could set."""
    answers: queue.Queue[list[str] | OSError] = queue.Queue(1)

    def ask() -> None:
        try:
            answers.put(resolver(target.host, target.port))
        except (OSError, UnicodeError) as error:
            answers.put(OSError(str(error)))

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise NoAnswer(
            f"The name {target.host} could not be resolved in time.", code="outbound-slow"
        ) from None
    if isinstance(answer, OSError):
        raise NoAnswer(f"There is no host {target.host}.", code="outbound-name") from answer
    return answer
