"""The one way out: nobody makes the server ask inside, wait long, or take much."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from typing import Any

import pytest

from rejoinder.core.outbound import NoAnswer, fetch
from rejoinder.core.outbound.addresses import is_public
from rejoinder.core.outbound.sessions import session
from tests.outside import Asked, Reply, let_in, names, outside, speaking

INSIDE = """
127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 0x7f.1 0177.0.0.1 017700000001 127.0.0.1.
localhost LOCALHOST localhost. 127.255.255.254 0 0.0.0.0 0x0 00000000 10.0.0.1 10.255.255.255
172.16.0.1 172.31.255.255 192.168.0.1 192.168.1.1 0xc0a80001 3232235521 169.254.169.254 2852039166
0xa9fea9fe 0251.0376.0251.0376 100.64.0.1 100.127.255.254 198.18.0.1 192.0.0.8 192.0.2.1 224.0.0.1
239.255.255.250 240.0.0.1 255.255.255.255 [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1]
[::ffff:7f00:1] [0:0:0:0:0:ffff:7f00:1] [::127.0.0.1] [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1]
[64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2001:0:7f00:1::] [fe80::1] [fec0::1]
[fc00::1] [fd12:3456::1] [ff02::1] [2001:db8::1] [3fff::1] [100::1] [fd00:ec2::254]
"""
MALFORMED = """
file:///etc/passwd gopher://127.0.0.1:{port}/ ftp://127.0.0.1:{port}/ dict://127.0.0.1:{port}/
//127.0.0.1:{port}/ http://user@127.0.0.1:{port}/ http://news.example@127.0.0.1:{port}/
http://127.0.0.1:{port}\\@news.example/ http:// http://[fe80::1%25lo]:{port}/
http://[::1%25lo]:{port}/ http://127.0.0.1:{port}:80/ http://127。0。0。1:{port}/
http://①②⑦.0.0.1:{port}/ http://127.0.0.1:22/ http://news.example:25/ http://127.0.0.1:99999/
http://..:{port}/ http:127.0.0.1:{port} http:///127.0.0.1:{port}/
http://127.0.0.1%00.news.example:{port}/ javascript:alert(1) http://[::ffff:127.0.0.1%25x]:{port}/
http://127.0.0.1:0/
"""


def silent(connection: socket.socket) -> None:
    connection.recv(1024)


def page(asked: Asked) -> Reply:
    return 200, {"Content-Type": "text/html"}, b"<title>A page</title>"


@pytest.mark.parametrize("host", INSIDE.split())
def test_nothing_inside_is_asked(host: str) -> None:
    with speaking(silent) as (port, callers):
        with pytest.raises(NoAnswer):
            fetch(f"http://{host}:{port}/latest/meta-data/", seconds=2)
        assert callers == []


@pytest.mark.parametrize("form", MALFORMED.split())
def test_an_address_that_means_two_things_is_refused(form: str) -> None:
    with speaking(silent) as (port, callers):
        with pytest.raises(NoAnswer):
            fetch(form.format(port=port), seconds=2)
        assert callers == []


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822", "1.1.1.1"])
def test_the_public_internet_is_public(address: str) -> None:
    assert is_public(address)


def test_the_address_that_was_checked_is_the_one_that_is_asked(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """A name whose address changes between two looks is looked at once."""
    let_in(settings, "127.0.0.1/32")
    with outside(page) as good, speaking(silent, host="127.0.0.2") as (_port, callers):
        answers = iter(["127.0.0.1", "127.0.0.2"])
        monkeypatch.setattr("rejoinder.core.outbound.addresses.resolver", lambda host, port: [next(answers)])
        found = fetch(f"http://turning.example:{good.port}/")
        assert (found.status, found.body, callers) == (200, b"<title>A page</title>", [])
        assert good.asked[0].headers["host"] == f"turning.example:{good.port}"
        assert next(answers) == "127.0.0.2"


def test_what_is_public_and_inside_is_asked_in_public_only(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    let_in(settings, "127.0.0.1/32")
    names(monkeypatch, {"both.example": "127.0.0.2 127.0.0.1"})
    with outside(page) as good:
        assert fetch(f"http://both.example:{good.port}/").ok


@pytest.mark.parametrize("way", ["fetch", "session"])
@pytest.mark.parametrize("inside", ["http://127.0.0.2:{port}/", "http://[::1]:{port}/", "file:///etc/passwd"])
def test_a_redirect_is_checked_as_the_first_address(settings: Any, way: str, inside: str) -> None:
    let_in(settings, "127.0.0.1/32")
    with speaking(silent, host="127.0.0.2") as (port, callers):
        place = inside.format(port=port)
        expected = NoAnswer if way == "fetch" else OSError  # as requests' errors are
        with outside(lambda asked: (302, {"Location": place}, b"")) as first, pytest.raises(expected):
            fetch(first.url) if way == "fetch" else session().get(first.url)
        assert len(first.asked) == 1
        assert callers == []


def test_three_redirects_are_followed_and_no_fourth(settings: Any) -> None:
    let_in(settings)

    def on(asked: Asked) -> Reply:
        left = int(asked.path[1:])
        return (302, {"Location": f"/{left - 1}"}, b"") if left else page(asked)

    with outside(on) as server:
        assert fetch(f"{server.url}/3").url == f"{server.url}/0"
        with pytest.raises(NoAnswer) as caught:
            fetch(f"{server.url}/4")
    assert caught.value.code == "outbound-redirects"


def test_each_redirect_must_be_allowed(settings: Any) -> None:
    let_in(settings)
    with outside(page) as other, outside(lambda asked: (301, {"Location": other.url}, b"")) as first:
        with pytest.raises(NoAnswer):
            fetch(first.url, allowed=lambda url: url.startswith(first.url))
        assert other.asked == []


def test_what_is_said_to_one_origin_is_not_said_to_the_next(settings: Any) -> None:
    let_in(settings)
    with outside(page) as other, outside(lambda asked: (307, {"Location": other.url}, b"")) as first:
        fetch(first.url, headers={"Authorization": "Bearer secret", "X-Plain": "told"})
    assert first.asked[0].headers["authorization"] == "Bearer secret"
    assert "authorization" not in other.asked[0].headers
    assert other.asked[0].headers["x-plain"] == "told"


def test_proxies_and_passwords_of_the_environment_are_not_used(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: object
) -> None:
    let_in(settings, "127.0.0.1/32")
    with speaking(silent, host="127.0.0.2") as (port, callers), outside(page) as server:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.2:{port}")
        assert fetch(server.url).ok
        assert session().get(server.url, proxies={"http": f"http://127.0.0.2:{port}"}).status_code == 200
        assert callers == []


def test_a_sender_of_a_byte_at_a_time_gets_no_more_time(settings: Any) -> None:
    let_in(settings)
    over = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not over.wait(0.05):
            connection.sendall(b"x")

    with speaking(drip) as (port, _callers):
        began = time.monotonic()
        with pytest.raises(NoAnswer) as caught:
            fetch(f"http://127.0.0.1:{port}/", seconds=0.4)
        over.set()
    assert caught.value.code == "outbound-slow"
    assert time.monotonic() - began < 10


def test_a_resolver_that_hangs_gets_no_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def hang(host: str, port: int) -> list[str]:
        over.wait(20)
        return []

    monkeypatch.setattr("rejoinder.core.outbound.addresses.resolver", hang)
    with pytest.raises(NoAnswer) as caught:
        fetch("http://slow.example/", seconds=0.2)
    over.set()
    assert caught.value.code == "outbound-slow"


def _endless_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-More: " + b"x" * 4000 + b"\r\n")


def _endless_chunks(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")


def _endless_continues(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


def _endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x" * 4096)


@pytest.mark.parametrize("say", [_endless_headers, _endless_chunks, _endless_continues, _endless])
def test_what_never_ends_is_ended(settings: Any, say: object) -> None:
    let_in(settings)
    with speaking(say) as (port, _callers), pytest.raises(NoAnswer):  # type: ignore[arg-type]
        fetch(f"http://127.0.0.1:{port}/", most=50_000)


def test_little_that_unpacks_to_much_is_refused(settings: Any) -> None:
    let_in(settings)
    bomb = gzip.compress(b"\0" * 30_000_000)
    with (
        outside(lambda asked: (200, {"Content-Encoding": "gzip"}, bomb)) as server,
        pytest.raises(NoAnswer) as caught,
    ):
        fetch(server.url)
    assert caught.value.code == "outbound-large"
    assert server.asked[0].headers["accept-encoding"] == "identity"


def test_what_was_packed_unasked_is_unpacked(settings: Any) -> None:
    let_in(settings)
    packed = gzip.compress(b"<title>Small</title>")
    with outside(lambda asked: (200, {"Content-Encoding": "gzip"}, packed)) as server:
        assert fetch(server.url).body == b"<title>Small</title>"


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n....",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n",
    ],
)
def test_what_is_no_whole_answer_is_none(settings: Any, said: bytes) -> None:
    let_in(settings)

    def say(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(said)

    with speaking(say) as (port, _callers), pytest.raises(NoAnswer):
        fetch(f"http://127.0.0.1:{port}/")


def test_a_header_cannot_be_slipped_in(settings: Any) -> None:
    let_in(settings)
    with outside(page) as server:
        with pytest.raises(NoAnswer):
            fetch(server.url, headers={"X-Name": "a\r\nX-Admin: yes"})
        assert server.asked == []


def test_a_path_beyond_ascii_goes_as_browsers_send_it(settings: Any) -> None:
    let_in(settings)
    with outside(page) as server:
        fetch(f"{server.url}/straße?q=ü%20x")
    assert server.asked[0].path == "/stra%C3%9Fe?q=%C3%BC%20x"


def test_cookies_are_neither_kept_nor_sent(settings: Any) -> None:
    let_in(settings)
    with outside(lambda asked: (200, {"Set-Cookie": "a=b; Path=/"}, b"{}")) as server:
        way = session()
        way.get(server.url)
        way.post(server.url, data={"code": "1"})
    assert "cookie" not in server.asked[1].headers
    assert (server.asked[1].method, server.asked[1].body) == ("POST", b"code=1")
