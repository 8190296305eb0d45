"""deploy/Caddyfile: what it lets through, and what it says where the server is away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rejoinder.project.intake import LARGEST, LARGEST_UPLOAD
from tests.ops.proxies import DEPLOY, Asked, Proxy, Upstream, caddy, standing_in
from tests.ops.test_nginx import HOSTILE

PACKED = {
    "Content-Encoding": "br",
    "Vary": "Accept-Encoding",
    "Cache-Control": "public, max-age=0, s-maxage=2",
}


def say(asked: Asked) -> tuple[int, dict[str, str], bytes]:
    return 200, PACKED, b"packed already"


@pytest.fixture(scope="module")
def upstream() -> Iterator[Upstream]:
    with standing_in(say) as found:
        yield found


@pytest.fixture(scope="module")
def proxy(upstream: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with caddy(tmp_path_factory.mktemp("caddy"), upstream.port) as found:
        yield found


def test_pages_come_through_as_they_were_compressed(proxy: Proxy) -> None:
    with proxy.client(Accept_Encoding="br") as client:
        answer = client.ask("/threads/demo/")
    assert (answer.body, answer.headers["Content-Encoding"]) == (b"packed already", "br")
    assert answer.headers["Cache-Control"] == PACKED["Cache-Control"]


def test_what_a_client_says_of_itself_is_set_anew_or_dropped(proxy: Proxy, upstream: Upstream) -> None:
    hostile = {
        name: text for name, text in HOSTILE.items() if "_" not in name
    }  # those Rejoinder drops itself
    with proxy.client() as client:
        client.ask("/hostile", hostile)
    asked = upstream.asked[-1]
    kept = {name: asked.headers[name.lower()] for name in hostile if name.lower() in asked.headers}
    assert kept == {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "http"}
    assert asked.headers["host"] == "talk.courier.example"


def test_figures_are_closed(proxy: Proxy, upstream: Upstream) -> None:
    with proxy.client() as client:
        for path in ("/metrics", "/metrics?a=b", "/%6detrics"):
            assert client.ask(path).status == 404, path
    assert not [asked for asked in upstream.asked if "etrics" in asked.path]


def test_bodies_are_passed_on_for_the_server_to_judge(proxy: Proxy, upstream: Upstream) -> None:
    with proxy.client() as client:
        assert client.ask("/threads/demo/comments", method="POST", body=bytes(LARGEST + 1)).status == 200
    assert upstream.asked[-1].size == LARGEST + 1
    assert f"max_size {LARGEST_UPLOAD >> 20}MiB" in (DEPLOY / "Caddyfile").read_text()


def test_server_that_is_away_is_said_to_be(proxy: Proxy, upstream: Upstream) -> None:
    upstream.respond = lambda asked: None
    try:
        with proxy.client() as client:
            answer = client.ask("/away")
    finally:
        upstream.respond = say
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert b"in a moment" in answer.body
