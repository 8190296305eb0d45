"""Nothing is ignored and nothing converted: what a request carries is understood, or refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from rejoinder.discussion.models import Comment, Vote
from tests import factories as make
from tests.api.asking import Asker, origin, speaking

pytestmark = pytest.mark.django_db


def _mutations(name: str, value: str, other: str) -> Iterator[tuple[str, str]]:
    """(what it is, query): a scoping parameter absent, empty, twice, in other case, of another type, padded, hidden."""
    yield "absent", ""
    yield "empty", f"{name}="
    yield "twice the same", f"{name}={quote(value)}&{name}={quote(value)}"
    yield "twice, another", f"{name}={quote(value)}&{name}={quote(other)}"
    yield "other case", f"{name.upper()}={quote(value)}"
    yield "as a list", f"{name}[]={quote(value)}"
    yield "as an object", f"{name}[key]={quote(value)}"
    yield "padded name", f"%20{name}={quote(value)}"
    yield "with a zero byte", f"{name}={quote(value)}%00"
    yield "not UTF-8", f"{name}=%ff%fe"
    yield "half a percent sign", f"{name}=%"
    yield "with a surrogate", f"{name}=%ed%a0%80"
    yield "beside an unknown one", f"{name}={quote(value)}&admin=1"
    yield "behind a semicolon", f"a=1;{name}={quote(value)}"


@pytest.mark.parametrize("address", ["thread", "comments", "mine", "challenge", "counts"])
def test_key_that_is_mutated_is_refused_and_shows_nothing(address: str) -> None:
    site = make.site()
    thread, other = make.thread(site), make.thread(site)
    comment = make.comment(thread, "Marked words.")
    assert comment.author
    page = speaking(comment.author, site)
    for what, query in _mutations("key", thread.key, other.key):
        if address == "counts" and what == "twice, another":
            continue  # there it is how one asks for two
        answer = page.ask(f"/sites/{site.key}/{address}", query)
        assert answer.status_code in {400, 404}, (what, answer.content)
        assert answer["Content-Type"] == "application/problem+json", what
        assert b"Marked" not in answer.content, what


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=0", "out-of-range"),
        ("limit=51", "out-of-range"),
        ("limit=-1", "wrong-type"),
        ("limit=%2B5", "wrong-type"),
        ("limit=5.0", "wrong-type"),
        ("limit=05", "wrong-type"),
        ("limit=1_0", "wrong-type"),
        ("limit=true", "wrong-type"),
        ("limit=%D9%A1", "wrong-type"),
        ("limit=99999999999999999999", "wrong-type"),
        ("sort=BEST", "out-of-range"),
        ("sort=common-ground", "out-of-range"),
        ("cursor=" + "x" * 201, "out-of-range"),
        ("cursor=nonsense", "bad-request"),
        ("cursor=r.best.1.0&parent=1", "cursor"),
        ("offset=10", "unknown-parameter"),
        ("limit=5&limit=6", "given-twice"),
    ],
)
def test_parameter_out_of_range_or_of_another_type_is_refused(query: str, code: str) -> None:
    thread = make.thread()
    answer = Asker().ask(f"/sites/{thread.site.key}/comments", f"key={thread.key}&{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert answer.json()["detail"]
    assert answer["Access-Control-Allow-Origin"] == "*"


BODIES: list[tuple[Any, int, str]] = [
    (b"", 415, "content-type"),
    (b"{", 400, "json"),
    (b"[]", 400, "json"),
    (b'"text"', 400, "json"),
    (b"null", 400, "json"),
    (b'{"value": 1, "value": -1}', 400, "given-twice"),
    (b'{"value": 1, "comment": "x"}', 422, "unknown-parameter"),
    (b'{"value": NaN}', 400, "json"),
    (b'{"value": 1e0}', 422, "wrong-type"),
    (b'{"value": true}', 422, "wrong-type"),
    (b'{"value": "1"}', 422, "wrong-type"),
    (b'{"value": [1]}', 422, "wrong-type"),
    (b'{"value": null}', 422, "wrong-type"),
    (b'{"value": 2}', 422, "out-of-range"),
    (b'{"value": 0}', 422, "out-of-range"),
    (b'{"VALUE": 1}', 422, "unknown-parameter"),
    (b"{}", 422, "missing"),
    (b'{"value": 1}\xff', 400, "json"),
    ('{"value": 1}'.encode("utf-16"), 400, "json"),
    (b'{"value": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400, "json"),
    (b'{"value": ' + b"9" * 5000 + b"}", 400, "json"),
]


@pytest.mark.parametrize(("raw", "status", "code"), BODIES)
def test_body_that_is_not_what_it_must_be_is_refused(raw: bytes, status: int, code: str) -> None:
    comment = make.comment(make.thread())
    page = Asker(origin=origin(comment.thread.site))
    answer = page.send("PUT", f"/comments/{comment.public_id}/vote", raw)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "text/plain; application/json",
        "application/json; charset=utf-16",
        "application/jsonx",
    ],
)
def test_what_a_form_of_another_site_could_send_is_no_request(kind: str) -> None:
    site = make.site()
    thread = make.thread(site)
    body = json.dumps({"key": thread.key, "body": "Words.", "name": "Reader"}).encode()
    for says in ({}, {"HTTP_ORIGIN": "https://elsewhere.example"}, {"HTTP_ORIGIN": "null"}):
        answer = Asker(**says).send("POST", f"/sites/{site.key}/comments", body, content_type=kind)
        assert (answer.status_code, answer.json()["code"]) == (415, "content-type")
    assert not Comment.objects.exists()


def test_scoping_fields_of_a_comment_are_neither_empty_nor_of_another_type() -> None:
    site = make.site()
    thread = make.thread(site)
    parent = make.comment(thread).public_id
    for name in ("key", "url", "parent"):
        for value in ("", None, 1, True, [], [parent], {"id": parent}):
            body = {"key": thread.key, "body": "Words.", "name": "Reader", name: value}
            answer = Asker(origin=origin(site)).send("POST", f"/sites/{site.key}/comments", body)
            assert answer.status_code == 422, (name, value)
            assert answer.json()["field"] == name
    assert thread.comments.count() == 1


def test_method_or_address_that_is_not_there_is_a_problem_in_the_same_shape() -> None:
    comment = make.comment(make.thread())
    answer = Asker().send("PUT", f"/comments/{comment.public_id}", {"body": "x"})
    assert (answer.status_code, answer.json()["code"]) == (405, "method")
    assert answer["Allow"] == "DELETE, GET, OPTIONS, PATCH"
    for path in (
        "/nothing",
        "/sites/%00/thread",
        "/sites/a b/thread",
        "/comments/",
        "/sites/x/thread/",
        "/sites/%0A/thread",
        "/",
    ):
        missing = Asker().ask(path)
        assert (missing.status_code, missing["Content-Type"]) == (404, "application/problem+json"), path


def test_body_where_none_belongs_is_refused() -> None:
    comment = make.comment(make.thread())
    answer = Asker().send("DELETE", f"/comments/{comment.public_id}/vote", {"value": 1})
    assert (answer.status_code, answer.json()["code"]) == (400, "no-body")


# Z3: columns and powers that no writer may set by naming them.
PRIVILEGED = re.findall(
    r"\w+",
    """
    id pk state status listed held hold hold_all removed deleted approved public published author author_id author_name
    user user_id commenter commenter_id is_staff is_superuser staff role roles moderator admin owner permissions scope
    scopes badge badges created created_at edited updated place rank tie depth branch branch_id branch_count reply_count
    ups downs score votes pinned featured thread thread_id site site_id revision html body_html renderer_version anchor
    import_key guest_token token block session session_id verified confirmed
""",
)


def test_sixty_privileged_names_are_refused_in_every_write() -> None:
    assert len(set(PRIVILEGED)) >= 60
    comment = make.comment(make.thread(), "As it was.")
    site, one = comment.thread.site, f"/comments/{comment.public_id}"
    assert comment.author
    page = speaking(comment.author, site)
    writes: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", f"/sites/{site.key}/comments", {"key": comment.thread.key, "body": "Words."}),
        ("PATCH", one, {"body": "Words."}),
        ("PUT", f"{one}/vote", {"value": 1}),
        ("POST", f"{one}/flags", {"reason": "spam"}),
        ("POST", f"/sites/{site.key}/session", {}),
    ]
    before = list(Comment.objects.values())
    for name in PRIVILEGED:
        for method, path, body in writes:
            if name in body or (name == "token" and path.endswith("/session")):
                continue
            answer = page.send(method, path, body | {name: 1})
            assert (answer.status_code, answer.json()["code"]) == (422, "unknown-parameter"), (path, name)
    assert list(Comment.objects.values()) == before


def test_absent_and_forbidden_comments_answer_alike_headers_included() -> None:
    held = make.comment(make.thread(make.site(hold_all=True)))
    site, other = held.thread.site, make.site()
    absent = "zzzzzzz"
    stranger, elsewhere = speaking(make.commenter(), site), speaking(make.commenter(), other)
    nobody, forged = Asker(origin=origin(site)), Asker(origin=origin(site), bearer="forged")
    for asker in (stranger, elsewhere, nobody, forged):
        for method, tail, body in (
            ("GET", "", None),
            ("PATCH", "", {"body": "x"}),
            ("DELETE", "", None),
            ("PUT", "/vote", {"value": 1}),
            ("DELETE", "/vote", None),
            ("POST", "/flags", {"reason": "spam"}),
        ):
            answers = [
                asker.send(method, f"/comments/{number}{tail}", body) for number in (held.public_id, absent)
            ]
            first, second = ((one.status_code, one.content, dict(one.headers)) for one in answers)
            assert first == second, (method, tail)
            assert first[0] == (401 if asker is forged else 404)


def test_key_that_leads_nowhere_and_one_of_another_site_answer_alike() -> None:
    site, other = make.site(), make.site()
    thread = make.thread(other)
    for name in ("thread", "comments", "mine"):
        answers = [
            Asker().ask(f"/sites/{site.key}/{name}", urlencode({"key": key}))
            for key in (thread.key, "nowhere")
        ]
        assert [one.status_code for one in answers] == [404, 404]
        assert answers[0].content == answers[1].content
