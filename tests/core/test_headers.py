"""What every answer carries, whatever it is an answer to."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


def _answers() -> dict[str, Any]:
    """One answer of each kind."""
    found, browser = make.comment(make.thread()), make.guest()
    site, key = found.thread.site.key, found.thread.key
    staff = make.signed_in(make.staff(found.thread.site))
    at = reverse
    return {
        "page": browser.get(at("rejoinder:thread", args=[site]), {"key": key}),
        "window": browser.get(at("rejoinder:window", args=[site]), {"key": key}),
        "feed": browser.get(at("rejoinder:feed", args=[site]), {"key": key}),
        "reply": browser.get(at("rejoinder:reply", args=[found.public_id])),
        "redirect": browser.get(at("rejoinder:comment", args=[found.public_id])),
        "mine": browser.get(at("rejoinder:mine", args=[site]), {"key": key}),
        "fragment": browser.get(at("rejoinder:fragment", args=[found.public_id])),
        "actions": browser.get(at("rejoinder:actions", args=[found.public_id])),
        "search": staff.get(at("rejoinder:search", args=[site])),
        "404": browser.get("/comments/zzzz/"),
        "no page": browser.get("/no-such-page"),
        "400": browser.get(at("rejoinder:thread", args=[site]), {"key": key, "sort": "x"}),
        "405": browser.put(at("rejoinder:thread", args=[site])),
        "422": browser.post(at("rejoinder:comments", args=[site]), {"key": key, "body": ""}),
        "403": Client(headers={"origin": "http://evil.example"}).post(at("rejoinder:comments", args=[site])),
        "confirm": Client().post(at("rejoinder:comments", args=[site]), {"key": key, "body": "x"}),
        "multipart": browser.generic(
            "POST", at("rejoinder:comments", args=[site]), b"x", "multipart/form-data"
        ),
        "host": Client(headers={"host": "evil.example"}).get("/healthz/"),
        "health": browser.get("/healthz"),
        "ready": browser.get("/readyz"),
        "sign-in": browser.get("/accounts/login/"),
    }


PUBLIC = {"page", "window", "feed", "reply", "redirect"}
PRIVATE = {"mine", "fragment", "actions", "search", "404", "400", "422", "403", "confirm"}


def test_every_answer_carries_what_protects() -> None:
    for name, answer in _answers().items():
        policy = answer["Content-Security-Policy"]
        for part in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self'"):
            assert part in policy, name
        assert "unsafe" not in policy, name
        assert answer["X-Content-Type-Options"] == "nosniff", name


def test_public_answers_set_no_cookie_and_may_be_kept() -> None:
    answers = _answers()
    for name in PUBLIC:
        assert not answers[name].cookies, name
        # A browser asks each time, a shared cache after two seconds at the latest: what is removed is gone in five.
        kept = "public, max-age=0, s-maxage=2" if name in {"page", "window"} else "public, no-cache"
        assert answers[name]["Cache-Control"] == kept, name
        assert "Cookie" not in answers[name].get("Vary", ""), name


def test_private_answers_are_kept_by_nobody() -> None:
    answers = _answers()
    for name in PRIVATE:
        assert "no-store" in answers[name]["Cache-Control"], name
        assert "public" not in answers[name]["Cache-Control"], name
        assert "Access-Control-Allow-Origin" not in answers[name], name


def test_only_windows_are_open_to_other_origins_and_to_them_without_cookies() -> None:
    for name, answer in _answers().items():
        assert ("Access-Control-Allow-Origin" in answer) == (name == "window"), name
        assert "Access-Control-Allow-Credentials" not in answer, name


def test_nothing_typed_becomes_a_header() -> None:
    site = make.site()
    for hostile in ("a\r\nSet-Cookie: x=y", "a%0d%0aSet-Cookie:x=y", "\u0085", "\u2028"):
        answer = make.guest().get(reverse("rejoinder:thread", args=[site.key]), {"key": hostile})
        assert not answer.cookies
        assert all("\n" not in value and "\r" not in value for value in answer.headers.values())


def test_the_address_of_a_form_opened_by_hand_answers_with_a_page() -> None:
    of = make.thread()
    address = reverse("rejoinder:votes", args=[of.site.key])
    page = make.guest().get(address)
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert b"<h1>" in page.content
    assert make.guest().get(address, headers={"accept": "application/json"}).content == b""
