"""deploy/nginx.conf: what it keeps, for how long, for whom; and what it lets through."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ops.installations import wait_until
from tests.ops.proxies import Asked, Proxy, Upstream, nginx, standing_in

PUBLIC = {"Cache-Control": "public, max-age=0, s-maxage=2", "Vary": "Accept-Encoding"}
OURS = (
    "rejoinder-guest=abc",
    "a=b; __Host-rejoinder-guest=abc",
    "rejoinder_session=abc",
    "x=y;rejoinder_session=z",
)


def say(asked: Asked) -> tuple[int, dict[str, str], bytes]:
    """A public page that tells which encoding and which request it is."""
    return 200, PUBLIC, f"{asked.headers.get('accept-encoding')} {time.monotonic_ns()}".encode()


@pytest.fixture(scope="module")
def upstream() -> Iterator[Upstream]:
    with standing_in(say) as found:
        yield found


@pytest.fixture(scope="module")
def proxy(upstream: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    changes = {"client_header_timeout": "1s", "proxy_read_timeout": "1s"}
    with nginx(tmp_path_factory.mktemp("nginx"), upstream.port, **changes) as found:
        yield found


@pytest.fixture(autouse=True)
def _anew(upstream: Upstream) -> None:
    upstream.respond = say
    upstream.asked.clear()


ACCEPTS = {
    "gzip, deflate, br, zstd": "br",
    "zstd;q=0.9, br ; q=1.0, gzip": "br",
    "gzip;q=1, br;q=0.001": "br",
    "BR": "br",
    "gzip, br;q=0, zstd": "zstd",
    "br;q=0.000,zstd;q=0,gzip": "gzip",
    "gzip": "gzip",
    "deflate, gzip;q=0.5": "gzip",
    "": "identity",
    "identity": "identity",
    "*": "identity",
    "brotli, xgzip, gzip-x": "identity",
    "gzip;q=0": "identity",
    "br;level=4": "identity",
}


def test_one_copy_of_each_encoding_however_it_is_asked_for(proxy: Proxy, upstream: Upstream) -> None:
    with proxy.client() as client:
        for accepted, encoding in ACCEPTS.items():
            answer = client.ask("/copies", {"Accept-Encoding": accepted})
            assert answer.body.split()[0].decode() == encoding, accepted
    assert upstream.count("/copies") == 4


def test_kept_for_as_long_as_was_said_and_no_longer(proxy: Proxy, upstream: Upstream) -> None:
    with proxy.client() as client:
        first = client.ask("/seconds").body
        assert client.ask("/seconds").body == first
        began = time.monotonic()
        wait_until(lambda: client.ask("/seconds").body != first, "there is a new one")
        assert time.monotonic() - began < 4, "two seconds, three by the proxy's clock"


@pytest.mark.parametrize("cookie", OURS)
def test_who_has_written_or_signed_in_is_neither_served_from_it_nor_kept(
    cookie: str, proxy: Proxy, upstream: Upstream
) -> None:
    path = f"/own-{OURS.index(cookie)}"
    with proxy.client() as anybody, proxy.client(Cookie=cookie) as writer:
        mine = [writer.ask(path).body for _ in range(3)]
        shared = anybody.ask(path).body
        assert len({*mine, shared}) == 4
        assert anybody.ask(path).body == shared
        assert writer.ask(path).body != shared
        assert anybody.ask(path, {"Cookie": "tracker=rejoinder; other=1"}).body == shared
        assert anybody.ask(path, {"Authorization": "Bearer x"}).body != shared


def test_writer_is_answered_by_an_etag(proxy: Proxy, upstream: Upstream) -> None:
    with proxy.client(Cookie=OURS[0]) as writer:
        writer.ask("/tag", {"If-None-Match": '"x"'})
    assert upstream.asked[-1].headers["if-none-match"] == '"x"'


NOT_KEPT = {
    "no-store": {"Cache-Control": "no-store, private"},
    "private": {"Cache-Control": "private, s-maxage=60"},
    "no-cache": {"Cache-Control": "public, no-cache"},
    "cookie": {**PUBLIC, "Set-Cookie": "a=b"},
    "varies by cookie": {**PUBLIC, "Vary": "Cookie"},
    "varies by more": {**PUBLIC, "Vary": "Accept-Encoding, Origin"},
    "nothing said": {},
}


@pytest.mark.parametrize("name", NOT_KEPT)
def test_what_is_not_for_all_is_not_kept(name: str, proxy: Proxy, upstream: Upstream) -> None:
    upstream.respond = lambda asked: (200, NOT_KEPT[name], say(asked)[2])
    path = f"/not-kept-{name.replace(' ', '-')}"
    with proxy.client() as client:
        assert client.ask(path).body != client.ask(path).body


def test_errors_are_not_kept(proxy: Proxy, upstream: Upstream) -> None:
    for status in (404, 500):
        upstream.respond = lambda asked, status=status: (status, {}, b"no")
        with proxy.client() as client:
            assert client.ask(f"/{status}").status == client.ask(f"/{status}").status == status
        assert upstream.count(f"/{status}") == 2


HOSTILE = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Port": "1",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Scheme": "evil",
    "X-Forwarded-Server": "evil.example",
    "X-Real-IP": "203.0.113.9",
    "X-Original-URL": "/evil",
    "X-Rewrite-URL": "/evil",
    "Forwarded": "for=203.0.113.9;host=evil.example",
    "Proxy": "evil.example",
    "X_Forwarded_For": "203.0.113.9",
}


def test_what_a_client_says_of_itself_is_set_anew_or_dropped(proxy: Proxy, upstream: Upstream) -> None:
    with proxy.client() as client:
        client.ask("/hostile", HOSTILE)
    [asked] = upstream.asked
    kept = {name: asked.headers[name.lower()] for name in HOSTILE if name.lower() in asked.headers}
    assert kept == {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"}
    assert asked.headers["host"] == "talk.courier.example"


def test_every_part_of_an_address_makes_a_copy_of_its_own(proxy: Proxy, upstream: Upstream) -> None:
    paths = [
        "/k",
        "/k?",
        "/k?utm_source=1",
        "/k;a.css",
        "/k/a.css",
        "/K",
        "/%6B",
        "//k",
        "/k?a=1&b=2",
        "/k?b=2&a=1",
    ]
    with proxy.client() as client:
        assert len({client.ask(path).body for path in paths}) == len(paths)


def test_crowd_that_asks_for_a_new_page_asks_once(proxy: Proxy, upstream: Upstream) -> None:
    def slowly(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        time.sleep(0.3)
        return say(asked)

    upstream.respond = slowly
    bodies: list[bytes] = []

    def ask() -> None:
        with proxy.client() as client:
            bodies.append(client.ask("/crowd").body)

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(bodies) == 20 and len(set(bodies)) == 1
    assert upstream.count("/crowd") == 1


@pytest.mark.long
@pytest.mark.parametrize("how", ["hangs up", "fails", "is silent"])
def test_no_page_outlives_its_time_because_the_server_is_away(
    how: str, proxy: Proxy, upstream: Upstream
) -> None:
    """Removed text must be gone within five seconds, whether or not the server that knows it can be asked."""

    def fail(asked: Asked) -> tuple[int, dict[str, str], bytes] | None:
        if how == "is silent":
            time.sleep(1.5)
        return (500, {}, b"broken") if how == "fails" else None

    path = f"/old-{how.replace(' ', '-')}"
    with proxy.client() as client:
        shown = client.ask(path).body
        last = began = time.monotonic()
        upstream.respond = fail
        while time.monotonic() < began + 5:
            if client.ask(path).body == shown:
                last = time.monotonic()
            time.sleep(0.02)
    assert 1 < last - began < 4


def test_server_that_is_away_is_said_to_be(proxy: Proxy, upstream: Upstream) -> None:
    upstream.respond = lambda asked: None
    with proxy.client() as client:
        answer = client.ask("/away")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"in a moment" in answer.body


def test_figures_are_closed(proxy: Proxy, upstream: Upstream) -> None:
    with proxy.client() as client:
        for path in ("/metrics", "/metrics?a=b", "/%6detrics", "/./metrics"):
            assert client.ask(path).status == 404, path
    assert not upstream.asked


def test_bodies_are_held_to_the_limits_of_the_server(proxy: Proxy, upstream: Upstream) -> None:
    from rejoinder.project.intake import LARGEST, LARGEST_UPLOAD

    def post(path: str, size: int) -> int:
        with proxy.client() as client:
            return client.ask(path, method="POST", body=bytes(size)).status

    assert post("/threads/demo/comments", LARGEST) == 200
    assert post("/threads/demo/comments", LARGEST + 1) == 413
    assert post("/desk/images/add/", LARGEST + 1) == 200
    assert upstream.asked[-1].size == LARGEST + 1
    from tests.ops.proxies import DEPLOY

    assert f"client_max_body_size {LARGEST_UPLOAD >> 20}m;" in (DEPLOY / "nginx.conf").read_text()


def test_another_name_gets_nothing(proxy: Proxy, upstream: Upstream) -> None:
    with proxy.client() as client, pytest.raises(OSError):
        client.ask("/", {"Host": "evil.example"})
    from tests.ops.proxies import Client

    with Client(proxy.plain, secure=False) as plain:
        answer = plain.ask("/a?b=c")
        assert (answer.status, answer.headers["Location"]) == (301, "https://talk.courier.example/a?b=c")
    assert not upstream.asked


def test_headers_that_do_not_come_end_the_connection(proxy: Proxy) -> None:
    with proxy.raw() as sock:
        sock.sendall(b"GET / HTTP/1.1\r\nHost: talk.courier.example\r\nX-Slow: ")
        sock.settimeout(5)
        assert b" 200 " not in sock.recv(1000)


def test_body_that_comes_slowly_reaches_nobody_until_it_is_whole(proxy: Proxy, upstream: Upstream) -> None:
    with proxy.raw() as sock:
        head = b"POST /slow HTTP/1.1\r\nHost: talk.courier.example\r\nContent-Length: 4\r\n\r\n"
        sock.sendall(head + b"ab")
        time.sleep(0.3)
        assert not upstream.asked
        sock.sendall(b"cd")
        sock.settimeout(5)
        assert b" 200 " in sock.recv(1000)


def test_shipped_file_says_the_limits_on_slow_clients(tmp_path: Path) -> None:
    from tests.ops.proxies import DEPLOY

    text = (DEPLOY / "nginx.conf").read_text()
    for line in ("client_header_timeout 10s;", "client_body_timeout 30s;", "limit_conn rejoinder_clients"):
        assert line in text
