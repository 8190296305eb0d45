"""Whatever a request brings, the answer is one of ours: never a 5xx, always with the headers that protect."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make

pytestmark = pytest.mark.django_db

FIELDS = ("key", "url", "sort", "cursor", "at", "q", "state", "before", "page", "seen")
FORM = (
    "key",
    "url",
    "body",
    "name",
    "parent",
    "comment",
    "value",
    "reason",
    "note",
    "action",
    "idempotency_key",
)


def routes(resolver: URLResolver | None = None, prefix: str = "") -> list[tuple[str, str]]:
    """(name, pattern) of every address of rejoinder.urls, as the URLconf has them."""
    found = []
    for entry in (resolver or get_resolver("rejoinder.urls")).url_patterns:
        if isinstance(entry, URLResolver):
            found += routes(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            found.append((entry.name or "", prefix + str(entry.pattern)))
    return found


values = (
    st.text(max_size=40)
    | st.binary(max_size=40).map(lambda raw: raw.decode("latin-1"))
    | st.sampled_from(
        ["", "0", "-1", "1", "best", "KEY", "ID", "https://KEY.example/x", "r.best.1.0", "remove"]
    )
    | st.text("\x00\ud800\u202e'\"%_;<>[]{}()\\/", max_size=12)
    | st.integers(-(2**70), 2**70).map(str)
)
queries = st.lists(st.tuples(st.sampled_from(FIELDS) | st.text(max_size=8), values), max_size=5)
forms = st.lists(st.tuples(st.sampled_from(FORM) | st.text(max_size=8), values), max_size=7)
headers = st.dictionaries(
    st.sampled_from(
        ["accept", "origin", "cookie", "referer", "idempotency-key", "accept-language", "x-forwarded-for"]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40),
    max_size=3,
)


def _encoded(pairs: list[tuple[str, str]]) -> bytes:
    from urllib.parse import quote_from_bytes

    def quoted(text: str) -> str:
        return quote_from_bytes(text.encode("utf-8", "surrogatepass"))

    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs).encode()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_request_gets_a_server_error(data: st.DataObject) -> None:
    with transaction.atomic():
        found = make.comment(make.thread())
        site = found.thread.site
        browser: Any = make.guest()
        if data.draw(st.booleans(), "staff"):
            browser = make.signed_in(make.staff(site))
        browser.raise_request_exception = True
        _, pattern = data.draw(st.sampled_from(routes()), "route")
        known = {"KEY": site.key, "ID": found.public_id}

        def meant(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
            key = {"key": found.thread.key, "comment": found.public_id}
            return [
                (name, key[name] if name in key and value in known else value.replace("KEY", site.key))
                for name, value in pairs
            ]

        path = "/" + pattern.replace("<slug:site>", site.key).replace("<slug:comment>", found.public_id)
        method = data.draw(
            st.sampled_from(["GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"]), "method"
        )
        query = _encoded(meant(data.draw(queries, "query")))
        body = _encoded(meant(data.draw(forms, "form"))) if method == "POST" else b""
        kind = "application/x-www-form-urlencoded"
        answer = browser.generic(
            method, f"{path}?{query.decode()}", body, kind, headers=data.draw(headers, "headers")
        )
        assert answer.status_code < 500
        assert answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        transaction.set_rollback(True)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(path=st.text(max_size=30), comment=st.text("0123456789abcdefghjkmnpqrstvwxyzILOU-_", max_size=15))
def test_no_address_gets_a_server_error(path: str, comment: str) -> None:
    from urllib.parse import quote

    browser = make.guest()
    for address in (
        quote(f"/{path}", errors="replace"),
        f"/comments/{comment}/",
        f"/threads/{comment}/?key=x",
    ):
        assert browser.get(address).status_code < 500
