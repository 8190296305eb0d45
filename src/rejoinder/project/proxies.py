"""Settings that name addresses: which proxies are believed, who may ask for figures. Never everybody."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network

from rejoinder.core.conf import ConfigurationError

# A proxy network of a data centre is not larger; what is, is "everybody" written in pieces.
WIDEST = {4: 8, 6: 16}


_HARM = {
    "REJOINDER_TRUSTED_PROXIES": "anybody could pretend to be anybody. Name your proxy's own address.",
    "REJOINDER_METRICS": "figures are not public. Name the address of what collects them.",
}


def check(written: Iterable[str], *, setting: str = "REJOINDER_TRUSTED_PROXIES") -> None:
    """Raises ConfigurationError for an entry that is no address or network, or that lets in everybody."""
    by_version: dict[int, list[IPv4Network | IPv6Network]] = {4: [], 6: []}
    for text in written:
        try:
            network = ip_network(text, strict=False)
        except ValueError as error:
            raise ConfigurationError(
                f"{setting}: “{text}” is no address or network. Write one like 10.0.0.7 or 10.0.0.0/24."
            ) from error
        by_version[network.version].append(network)
    for version, networks in by_version.items():
        for network in collapse_addresses(networks):  # type: ignore[type-var]
            if network.prefixlen < WIDEST[version]:
                raise ConfigurationError(
                    f"{setting} names {network}, which is nearly everybody: {_HARM[setting]}"
                )
