"""A real server behind the shipped nginx file: nobody sees what is another's, and what is removed is gone."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.ops.installations import Installation, Makers, Server, wait_until
from tests.ops.proxies import NAME, Answer, Client, Proxy, nginx

# No mark for a database: which one it is makes no difference to a proxy, and once is enough.
pytestmark = pytest.mark.long

THREAD = "/threads/demo/?key=argument"
WINDOW = "/threads/demo/window?key=argument&sort=newest"
GONE = 5.0  # seconds after which a removed text may be seen by nobody


@pytest.fixture(scope="module")
def server(makers: Makers) -> Iterator[Server]:
    installation: Installation = makers.migrated()
    installation.more = {"REJOINDER_URL": f"https://{NAME}", "REJOINDER_TRUSTED_PROXIES": "127.0.0.1"}
    installation.done("generate", "--site", "demo", "--key", "argument", "--comments", "30")
    with installation.serving("--workers", "2") as found:
        yield found


@pytest.fixture(scope="module")
def proxy(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with nginx(tmp_path_factory.mktemp("nginx"), server.port) as found:
        yield found


class Person(Client):
    """A reader's browser: it keeps its cookie, and posts from our own pages."""

    def post(self, path: str, **data: str) -> Answer:
        says = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
            "Accept": "application/json",
        }
        answer = self.ask(path, says, method="POST", body=urlencode(data).encode())
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self.headers["Cookie"] = cookie.partition(";")[0]
        return answer

    def write(self, body: str, key: str = "argument") -> str:
        """The id of the comment."""
        answer = self.post("/threads/demo/comments", key=key, body=body, name="Reader")
        assert answer.status == 201, answer.body
        return str(json.loads(answer.body)["id"])


def test_writers_see_their_words_at_once_and_others_soon(proxy: Proxy) -> None:
    with Person(proxy.port) as writer, proxy.client() as other:
        for path in (THREAD, WINDOW):
            other.ask(path)
        writer.write("These words are new here.")
        assert writer.headers["Cookie"].startswith("__Host-rejoinder-guest=")
        wrote = time.monotonic()
        for path in (THREAD, WINDOW):
            assert b"These words are new here." in writer.ask(path).body, path
        for path in (THREAD, WINDOW):
            wait_until(
                lambda path=path: b"These words are new here." in other.ask(path).body, "others see it"
            )
        assert time.monotonic() - wrote < GONE


def test_removed_words_are_gone_from_everywhere_within_five_seconds(proxy: Proxy) -> None:
    encodings = ("br", "gzip", "identity")
    with Person(proxy.port) as writer, proxy.client(Accept_Encoding="identity") as other:
        comment = writer.write("These words are to go.")
        wait_until(lambda: b"These words are to go." in other.ask(WINDOW).body, "others see it")
        tags = {
            encoding: other.ask(WINDOW, {"Accept-Encoding": encoding}).headers["ETag"]
            for encoding in encodings
        }
        assert writer.post(f"/comments/{comment}/deletion").status == 200
        removed = time.monotonic()
        assert b"These words are to go." not in writer.ask(WINDOW).body
        for path in (THREAD, WINDOW):
            wait_until(lambda path=path: b"These words are to go." not in other.ask(path).body, "it is gone")
        for encoding, tag in tags.items():
            says = {"Accept-Encoding": encoding, "If-None-Match": tag}
            wait_until(
                lambda says=says: other.ask(WINDOW, says).status == 200, "nobody is told it is unchanged"
            )
        assert time.monotonic() - removed < GONE


HOSTILE = (
    "X-Forwarded-Host",
    "X-Forwarded-Scheme",
    "X-Forwarded-Proto",
    "X-Forwarded-Prefix",
    "X-Original-URL",
)
HOSTILE += (
    "X-Host",
    "Forwarded",
    "X-HTTP-Method-Override",
    "Origin",
    "Referer",
    "Accept-Language",
    "X-Forwarded-For",
)
PATHS = (
    "/",
    "/threads/demo/",
    "/threads/demo/window",
    "/threads/demo/feed",
    "/threads/demo/mine",
    "/comments/ID/",
    "/comments/ID/reply/",
    "/comments/ID/actions/",
    "/comments/ID/fragment",
    "/accounts/login/",
)
SUFFIXES = ("", ";a.css", "/a.css", "%2fa.css", ".css", "%3Ba.js")
ASKED = 5000


def asked(chance: random.Random, comment: str) -> tuple[str, dict[str, str]]:
    """An address and headers as somebody would send who wants others to get what is not theirs."""
    path = chance.choice(PATHS).replace("ID", comment) + chance.choice(SUFFIXES)
    query = {"key": "argument"} if chance.random() < 0.9 else {}
    if chance.random() < 0.3:
        query[chance.choice(["utm_source", "cb", "callback", "_", "x;y"])] = f"canary{chance.randrange(5)}"
    headers = {name: f"https://canary{chance.randrange(5)}.example" for name in chance.sample(HOSTILE, 3)}
    headers["Accept-Encoding"] = "identity"
    if chance.random() < 0.2:
        headers["Accept"] = "application/json"
    return f"{path}?{urlencode(query)}", headers


def test_nothing_private_and_nothing_poisoned_in_5000_mixed_requests(proxy: Proxy, server: Server) -> None:
    chance = random.Random(7)
    with Person(proxy.port) as one, Person(proxy.port) as two, proxy.client() as nobody:
        comment = one.write("In the open.")
        secrets = {one: one.headers["Cookie"].partition("=")[2], two: ""}
        two.write("In the open as well.")
        secrets[two] = two.headers["Cookie"].partition("=")[2]
        mine = {who: json.loads(who.ask("/threads/demo/mine?key=argument").body)["own"] for who in (one, two)}
        assert all(len(own) == 1 for own in mine.values())
        found: list[str] = []
        for _ in range(ASKED):
            who = chance.choice([one, two, nobody, nobody])
            path, headers = asked(chance, comment)
            answer = who.ask(path, headers)
            found += [
                f"{answer.status} {path} {fault}"
                for fault in faults(who, path, headers, answer, secrets, mine)
            ]
        assert found == []


def faults(
    who: Client,
    path: str,
    headers: dict[str, str],
    answer: Answer,
    secrets: dict[Person, str],
    mine: dict[Person, dict[str, object]],
) -> Iterator[str]:
    """What is wrong with an answer: another's token or part; in a shared one, a form's token or a stranger's word."""
    text = answer.body.decode()
    said = f"{text}{answer.headers}"
    public = "public" in answer.headers.get("Cache-Control", "")
    if answer.status >= 500:
        yield "fails"
    for other, secret in secrets.items():
        if secret in said:
            yield "holds a guest's token"
        if (
            other is not who
            and path.startswith("/threads/demo/mine")
            and any(f'"{own}"' in text for own in mine[other])
        ):
            yield "holds what is another's"
    if public and "csrfmiddlewaretoken" in text:
        yield "holds a form's token"
    if public and "Set-Cookie" in answer.headers:
        yield "sets a cookie"
    if public and "http://" in "".join(re.findall(r'rel="canonical"[^>]*', text)):
        yield "has links without https"
    for word in re.findall(r"canary\d", said):
        if not any(word in text for text in (path, *headers.values())):
            yield "holds another request's word"
        elif public and word not in path:
            yield "holds a header's word"


def smuggled() -> list[bytes]:
    """60 requests whose length can be read in two ways, with a second request hidden in them."""
    lengths = [
        b"Transfer-Encoding: chunked",
        b"Transfer-Encoding : chunked",
        b"Transfer-Encoding:\tchunked",
        b"Transfer-Encoding: xchunked",
        b"Transfer-Encoding: chunked, identity",
        b"Transfer-Encoding: identity, chunked",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
        b"Transfer-Encoding: x\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding:\r\n chunked",
        b"X: y\nTransfer-Encoding: chunked",
        b"Transfer_Encoding: chunked",
        b"transfer-encoding: CHUNKED",
        b"Transfer-Encoding: \x0bchunked",
        b'Transfer-Encoding: "chunked"',
        b"Content-Encoding: chunked",
    ]
    found = []
    for number, length in enumerate(lengths):
        hidden = b"GET /smuggled-%d-%%d HTTP/1.1\r\nHost: %s\r\nX: " % (number, NAME.encode())
        chunked = b"0\r\n\r\n" + hidden
        found += [
            # The one in front goes by the length, the one behind by the chunks; and the other way round.
            message(b"Content-Length: %d" % len(chunked % 0), length, chunked % 0),
            message(b"Content-Length: 4", length, b"%x\r\n%s\r\n0\r\n\r\n" % (len(hidden % 1), hidden % 1)),
            # Two lengths; a length that is none.
            message(b"Content-Length: 0\r\nContent-Length: %d" % len(chunked % 2), length, chunked % 2),
            message(b"Content-Length: +%d" % len(chunked % 3), length, chunked % 3),
        ]
    return found


def message(length: bytes, other: bytes, body: bytes) -> bytes:
    head = b"POST /healthz HTTP/1.1\r\nHost: %s\r\n" % NAME.encode()
    return head + length + b"\r\n" + other + b"\r\n\r\n" + body


def test_no_request_hides_in_another(proxy: Proxy, server: Server) -> None:
    attacks = smuggled()
    assert len(attacks) == 60
    for attack in attacks:
        with proxy.raw() as sock:
            sock.settimeout(0.3)
            sock.sendall(attack)
            try:
                while sock.recv(4096):
                    pass
            except (TimeoutError, ConnectionError):
                pass  # it waits for more, or has hung up: either is an answer
        with proxy.client() as victim:
            for _ in range(2):
                answer = victim.ask("/healthz")
                assert (answer.status, answer.body) == (200, b"ok\n"), attack
    # What the proxy did not pass on as a request of its own has reached nobody as one.
    passed_on = set(re.findall(r"/smuggled-\d+-\d", proxy.log.read_text()))
    reached = set(re.findall(r"/smuggled-\d+-\d", server.said))
    assert reached <= passed_on


def test_slow_clients_hold_nobody_up(proxy: Proxy) -> None:
    """60 connections whose headers, and as many whose bodies, do not come: others are answered as before."""
    head = b"POST /threads/demo/comments HTTP/1.1\r\nHost: %s\r\n" % NAME.encode()
    slow = []
    try:
        for number in range(60):
            raw = proxy.raw()
            sock = raw.__enter__()
            slow.append(raw)
            sock.sendall(head if number % 2 else head + b"Content-Length: 1000\r\n\r\na")
        began = time.monotonic()
        with proxy.client() as other:
            for _ in range(50):
                assert other.ask("/healthz").status == 200
        assert time.monotonic() - began < 5
    finally:
        for raw in slow:
            raw.__exit__(None, None, None)


def test_figures_are_closed_from_outside_and_open_beside(
    proxy: Proxy, server: Server, tmp_path: Path
) -> None:
    with proxy.client() as outside:
        assert outside.ask("/metrics").status == 404
    assert server.get("/metrics")[0] == 200
