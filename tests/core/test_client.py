"""Where a request comes from: no header makes anybody somebody else, unless a named proxy wrote it."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from rejoinder.core.client import CatchAllProxy, address, block
from tests import factories as make
from tests.factories import Browser

FORGED = {
    "HTTP_X_FORWARDED_FOR": "203.0.113.9",
    "HTTP_X_REAL_IP": "203.0.113.9",
    "HTTP_FORWARDED": "for=203.0.113.9",
    "HTTP_CF_CONNECTING_IP": "203.0.113.9",
    "HTTP_TRUE_CLIENT_IP": "203.0.113.9",
    "HTTP_X_CLIENT_IP": "203.0.113.9",
    "HTTP_X_CLUSTER_CLIENT_IP": "203.0.113.9",
}


def _from(peer: str, **headers: str) -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR=peer, **headers)


def test_without_a_named_proxy_no_header_counts() -> None:
    assert address(_from("198.51.100.1", **FORGED)) == "198.51.100.1"


@pytest.mark.parametrize("header", sorted(set(FORGED) - {"HTTP_X_FORWARDED_FOR"}))
def test_behind_a_proxy_only_its_own_header_counts(header: str, settings: Any) -> None:
    settings.REJOINDER_TRUSTED_PROXIES = ["10.0.0.1"]
    assert address(_from("10.0.0.1", **{header: "203.0.113.9"})) == "10.0.0.1"


@pytest.mark.parametrize(
    ("peer", "hops", "found"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "192.0.2.1, 203.0.113.9", "203.0.113.9"),  # the left one is what the client claims
        ("10.0.0.1", "192.0.2.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "192.0.2.1, rubbish, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"),
        ("203.0.113.50", "192.0.2.1", "203.0.113.50"),  # not through the proxy
        ("10.0.0.1", "[2001:db8::1]", "2001:db8::1"),
        ("10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "fe80::1%eth0", "fe80::1"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
    ],
)
def test_right_most_hop_that_is_no_proxy_is_the_client(
    settings: Any, peer: str, hops: str, found: str
) -> None:
    settings.REJOINDER_TRUSTED_PROXIES = ["10.0.0.0/24"]
    assert address(_from(peer, HTTP_X_FORWARDED_FOR=hops)) == found


@pytest.mark.parametrize("everybody", ["0.0.0.0/0", "::/0"])
def test_trusting_everybody_is_refused(settings: Any, everybody: str) -> None:
    settings.REJOINDER_TRUSTED_PROXIES = [everybody]
    with pytest.raises(CatchAllProxy, match="whole internet"):
        address(_from("198.51.100.1"))


def test_ipv6_customer_is_one_client() -> None:
    one, two, other = "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"
    assert block(_from(one)) == block(_from(two)) != block(_from(other))
    assert block(_from("fe80::1%eth0")) == block(_from("fe80::2"))


def test_ipv4_address_is_one_client_however_it_is_written() -> None:
    assert block(_from("198.51.100.1")) == block(_from("::ffff:198.51.100.1")) != block(_from("198.51.100.2"))


def test_block_does_not_tell_the_address(settings: Any) -> None:
    digest = block(_from("198.51.100.1"))
    assert "198" not in digest[:3]
    settings.SECRET_KEY = "another key, long enough for anybody at all"
    assert block(_from("198.51.100.1")) != digest


@pytest.mark.parametrize("peer", ["", "unix:", "not an address"])
def test_peer_without_an_address_is_one_client(peer: str) -> None:
    assert address(_from(peer)) == "0.0.0.0"
    assert block(_from(peer))


@pytest.mark.django_db
def test_only_a_trusted_proxy_says_that_a_connection_is_encrypted(settings: Any) -> None:
    """The guest's cookie is bound to the host, and a form's https origin is ours, where it is."""
    thread = make.thread()
    says = {"host": "testserver", "x-forwarded-proto": "https", "origin": "https://testserver"}

    def post() -> Browser:
        browser = make.guest("127.0.0.1")
        del browser.defaults["HTTP_SEC_FETCH_SITE"]
        browser.write(thread, headers={**says, "x-forwarded-for": make.an_address()})
        return browser

    assert not post().cookies, "another origin than http://testserver"
    settings.REJOINDER_TRUSTED_PROXIES = ["127.0.0.1"]
    [cookie] = post().cookies.values()
    assert cookie.key == "__Host-rejoinder-guest"
    assert cookie["secure"] and cookie["path"] == "/" and not cookie["domain"]
    says["x-forwarded-proto"] = "http"
    assert not post().cookies
