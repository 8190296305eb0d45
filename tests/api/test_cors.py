"""Which pages may read what: 30 ways to look like an origin that a site names, and not be it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from whitenoise import WhiteNoise

from rejoinder.accounts.models import Origin
from rejoinder.discussion.models import Comment
from tests import factories as make
from tests.api.asking import Asker, origin

pytestmark = pytest.mark.django_db

VARIANTS = re.findall(
    r"^ +(.+)$",
    """
    null
    https://HOST.evil.example
    https://evilHOST
    https://evil.HOST
    https://HOST.
    https://HOST:443
    https://HOST:8443
    https://HOST:80
    http://HOST
    HTTPS://HOST
    https://HOST/
    https://HOST/path
    https://HOST?
    https://HOST#
    https://user@HOST
    https://user:pass@HOST
    https://HOST@evil.example
    https://evil.example#HOST
    https://evil.example?HOST
    https://evil.example\\HOST
    https://HOST%00
    https://HOST%2eevil.example
    https://HOST,https://evil.example
    https://HOST https://evil.example
    https://xn--HOST
    https://h\u043est-HOST
    //HOST
    HOST
    https:HOST
    file://
    chrome-extension://HOST
    *
    https://*
    https://127.0.0.1
""",
    re.MULTILINE,
)


def _variants(host: str) -> list[str]:
    found = [line.replace("HOST", host) for line in VARIANTS]
    return [*found, f"https://{host.upper()}", ""]


def test_thirty_variants_of_an_origin_are_not_that_origin() -> None:
    site = make.site()
    thread = make.thread(site)
    comment = make.comment(thread)
    host = origin(site).removeprefix("https://")
    assert len(_variants(host)) >= 30
    private = [
        f"/sites/{site.key}/mine?key={thread.key}",
        f"/sites/{site.key}/challenge?key={thread.key}",
        f"/comments/{comment.public_id}",
    ]
    for variant in _variants(host):
        says = {"HTTP_ORIGIN": variant.encode("utf-8").decode("latin-1")}
        for path in private:
            _assert_closed(Asker(**says).ask(path), variant)
        for method, path in (("POST", f"/sites/{site.key}/comments"), ("POST", f"/sites/{site.key}/session")):
            asked = {
                "access-control-request-method": method,
                "access-control-request-headers": "content-type",
            }
            _assert_closed(Asker(**says).send("OPTIONS", path, headers=asked), variant)
            body = {"key": thread.key, "body": "Words.", "name": "R"} if "comments" in path else {}
            if variant:
                answer = Asker(**says).send(method, path, body)
                _assert_closed(answer, variant)
                assert answer.status_code == 403, variant
    assert Comment.objects.count() == 1


def _assert_closed(answer: Any, variant: str) -> None:
    assert "Access-Control-Allow-Origin" not in answer, variant
    assert "Access-Control-Allow-Credentials" not in answer, variant
    assert "Origin" in answer["Vary"], variant


def test_origin_that_the_site_names_may_read_and_says_which_methods() -> None:
    site, other = make.site(), make.site()
    Origin.objects.create(site=site, origin="http://localhost:4321")
    path = f"/sites/{site.key}/comments"
    for named in (origin(site), "http://localhost:4321"):
        asked = {"access-control-request-method": "POST"}
        answer = Asker(origin=named).send("OPTIONS", path, headers=asked)
        assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (204, named)
        assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, POST"
        assert "Authorization" in answer["Access-Control-Allow-Headers"]
        assert "Idempotency-Key" in answer["Access-Control-Allow-Headers"]
        assert answer["Access-Control-Allow-Credentials"] == "true"
    _assert_closed(
        Asker(origin=origin(other)).send("OPTIONS", path, headers={"access-control-request-method": "POST"}),
        "the origin of another site",
    )


def test_credentials_are_welcome_where_a_session_may_begin_and_nowhere_else() -> None:
    site = make.site()
    comment = make.comment(make.thread(site))
    one, key = f"/comments/{comment.public_id}", f"?key={comment.thread.key}"
    expected = {
        ("POST", f"/sites/{site.key}/session"): True,
        ("DELETE", f"/sites/{site.key}/session"): True,
        ("POST", f"/sites/{site.key}/comments"): True,
        ("PUT", f"{one}/vote"): True,
        ("POST", f"{one}/flags"): True,
        ("GET", one): False,
        ("PATCH", one): False,
        ("DELETE", one): False,
        ("GET", f"/sites/{site.key}/mine{key}"): False,
        ("GET", f"/sites/{site.key}/challenge{key}"): False,
    }
    for (method, path), welcome in expected.items():
        asked = {"access-control-request-method": method}
        answer = Asker(origin=origin(site)).send("OPTIONS", path.partition("?")[0], headers=asked)
        assert answer["Access-Control-Allow-Origin"] == origin(site)
        assert ("Access-Control-Allow-Credentials" in answer) == welcome, (method, path)


@pytest.mark.parametrize("said", ["https://anywhere.example", "null", ""])
def test_what_all_readers_share_is_open_to_every_origin_without_credentials(said: str) -> None:
    thread = make.thread()
    make.comment(thread)
    key = f"?key={thread.key}"
    for name in ("thread", "comments", "counts"):
        for path in (f"/sites/{thread.site.key}/{name}{key}", f"/sites/{thread.site.key}/{name}"):
            answer = Asker(**({"HTTP_ORIGIN": said} if said else {})).ask(path)
            assert answer["Access-Control-Allow-Origin"] == "*", path
            assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
            assert "Access-Control-Allow-Credentials" not in answer
    for page in (f"/threads/{thread.site.key}/window{key}", f"/threads/{thread.site.key}/window"):
        assert make.guest().get(page)["Access-Control-Allow-Origin"] == "*", "its refusals too"


def test_static_files_are_open_to_every_origin(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a {}")
    served = WhiteNoise(None, add_headers_function=settings.WHITENOISE_ADD_HEADERS_FUNCTION)
    served.add_files(str(tmp_path))
    response = served.files["/a.css"].get_response("HEAD", {})
    headers = dict(response.headers)
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_no_address_but_the_session_looks_at_a_cookie() -> None:
    """Who is signed in on our own pages, or has the cookie of a session, is nobody here without a bearer."""
    site = make.site(hold_all=True)
    thread = make.thread(site)
    author = make.guest()
    author.write(thread, "Held words.")
    held = Comment.objects.get(thread=thread)
    signed_in = make.signed_in(make.staff(site))
    for browser in (author, signed_in):
        assert browser.get(f"/api/v1/comments/{held.public_id}").status_code == 404
        mine = browser.get(f"/api/v1/sites/{site.key}/mine", {"key": thread.key})
        assert (mine.json()["kind"], mine.json()["held"]) == ("nobody", [])
