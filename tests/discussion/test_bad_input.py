"""What people type that cannot be taken: a sentence where they are, their text kept, nothing stored."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from rejoinder.accounts.models import Commenter
from rejoinder.discussion.actions import change_thread, set_comment_state
from rejoinder.discussion.models import Comment, Thread
from tests import factories as make
from tests.factories import Browser

pytestmark = pytest.mark.django_db


def _posted(thread: Thread, browser: Browser | None = None, **data: Any) -> Any:
    """The answer to a plain form, as a browser without scripts sends it."""
    address = reverse("rejoinder:comments", args=[thread.site.key])
    return (browser or make.guest()).post(
        address, {"key": thread.key, "body": "Words.", "name": "Ada"} | data
    )


def _page(answer: Any) -> str:
    return unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("body", "sentence", "kept"),
    [
        ("", "Your comment is empty", ""),
        (" \n\t \u200b\u2060", "Your comment is empty", ""),
        ("---", "Your comment is empty", "---"),
        ("x" * 10_001, "10,001 characters long; the limit is 10,000", "x" * 10_001),
        ("one\x00two", "control character (U+0000)", "onetwo"),
        ("a" + "\u0301" * 100, "piles up more accents", "á" + "\u0301" * 4),
        ("right \u202eto left", "turns the direction", "right to left"),
        ("\u2066isolate", "turns the direction", "isolate"),
        ("[proof](javascript:alert(1))", "starts with “javascript:”", "[proof](javascript:alert(1))"),
        ("[proof](JaVaScRiPt:alert(1))", "Links may start with", "[proof](JaVaScRiPt:alert(1))"),
        ("![x](data:text/html;base64,PHNj)", "starts with “data:”", "![x](data:text/html;base64,PHNj)"),
        ("\ud800half", "half a character", "half"),
    ],
)
def test_text_that_cannot_be_taken_comes_back(body: str, sentence: str, kept: str) -> None:
    thread = make.thread()
    if "\ud800" in body:  # no form can send it; a script of somebody's own might
        from rejoinder.core.errors import InvalidInput

        with pytest.raises(InvalidInput, match=sentence) as refusal:
            make.comment(thread, body)
        assert refusal.value.kept == kept
        return
    answer = _posted(thread, body=body)
    page = _page(answer)
    assert answer.status_code == 422
    assert sentence in page
    assert f"{kept}</textarea>" in page
    assert 'value="Ada"' in page
    assert not Comment.objects.exists()
    assert not Commenter.objects.exists()
    assert not answer.cookies


def test_bytes_that_are_no_text_are_refused_with_a_sentence_and_the_rest_is_kept() -> None:
    thread = make.thread()
    raw = f"key={thread.key}&name=Ada&body=half%ED%A0%80a%FFcharacter".encode()
    answer = make.guest().post(
        reverse("rejoinder:comments", args=[thread.site.key]), raw, "application/x-www-form-urlencoded"
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "could not be read as text" in page
    assert "halfacharacter" in page
    assert not Comment.objects.exists()


def test_ten_thousand_brackets_are_a_comment() -> None:
    thread = make.thread()
    assert _posted(thread, body="[" * 10_000).status_code == 303
    assert Comment.objects.get().body == "[" * 10_000


@pytest.mark.parametrize("state", ["held", "removed", "deleted"])
def test_reply_to_a_comment_that_is_gone_keeps_the_text(state: str) -> None:
    found = make.comment(make.thread())
    set_comment_state(comment=found, state=state)
    answer = _posted(found.thread, parent=found.public_id)
    assert answer.status_code == 409
    assert "Words.</textarea>" in _page(answer)
    assert "The comment you answer has been removed" in _page(answer)
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("parent", ["foreign", "zzzzzz", "0", "-1", "'", "1 OR 1=1", "\x00", "a" * 5000, "١"])
def test_reply_to_what_is_not_in_this_thread_keeps_the_text(parent: str) -> None:
    foreign = make.comment(make.thread())
    thread = make.thread(foreign.thread.site)
    answer = _posted(thread, parent=foreign.public_id if parent == "foreign" else parent)
    assert answer.status_code == 409
    assert "Words.</textarea>" in _page(answer)
    assert not thread.comments.exists()


def test_post_to_a_closed_thread_keeps_the_text() -> None:
    thread = make.thread()
    change_thread(thread=thread, closed=True)
    answer = _posted(thread)
    assert answer.status_code == 409
    assert "This discussion is closed" in _page(answer)
    assert "Words.</textarea>" in _page(answer)


@pytest.mark.parametrize(
    "name",
    [
        "Maria Keller",
        "maria keller",
        "MARIA  KELLER",
        "Maria\u200b Keller",
        "Μaria Keller",
        "Маrіа Kеllеr",
        "Maria Ke11er",
    ],
)
def test_name_like_a_staff_members_is_refused(name: str) -> None:
    thread = make.thread()
    make.staff(thread.site, "editor", name="Maria Keller")
    answer = _posted(thread, name=name)
    assert answer.status_code == 422
    assert "looks like that of somebody who works here" in _page(answer)
    assert "Words.</textarea>" in _page(answer)


def test_name_like_the_publications_is_refused() -> None:
    thread = make.thread()
    assert _posted(thread, name=thread.site.name.upper()).status_code == 422


def test_name_of_another_sites_staff_is_free() -> None:
    make.staff(make.site(), "editor", name="Maria Keller")
    assert _posted(make.thread(), name="Maria Keller").status_code == 303


@pytest.mark.parametrize(
    "name", ["Ada ✔", "Ada\nMod", "ada@example.org", "www.example.org", "x" * 61, "a\u202eb", "A\x00da"]
)
def test_name_that_is_none_is_refused_at_its_field(name: str) -> None:
    answer = _posted(make.thread(), name=name)
    assert answer.status_code == 422
    assert 'id="name-new-error"></p>' not in _page(answer), "the sentence stands at the name"
    assert "Words.</textarea>" in _page(answer)


def test_typed_badge_is_text_and_no_badge() -> None:
    thread = make.thread()
    _posted(thread, body='<span class="badge">Staff</span> says so', name="Ada")
    page = make.guest().get(reverse("rejoinder:thread", args=[thread.site.key]), {"key": thread.key})
    assert '<span class="badge">' not in page.content.decode()


def test_staff_write_under_their_own_name_with_a_badge() -> None:
    thread = make.thread()
    editor = make.staff(thread.site, "editor", name="Maria Keller")
    assert _posted(thread, make.signed_in(editor), name="Somebody Else").status_code == 303
    assert Comment.objects.get().author_name == "Maria Keller"
    page = make.guest().get(reverse("rejoinder:thread", args=[thread.site.key]), {"key": thread.key})
    assert '<span class="badge">Staff</span>' in page.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"key": ""},
        {"key": ["a", "b"]},
        {"key": "k" * 100_000},
        {"key": "\x00"},
        {"url": ["", "x"]},
        {"url": "https://x.example/" + "y" * 100_000},
        {"parent": "p" * 100_000},
        {"name": "n" * 100_000},
        {"idempotency_key": "i" * 100_000},
        {"body": "b" * 100_000},
    ],
)
def test_far_too_much_is_refused_and_nothing_stored(data: dict[str, Any]) -> None:
    answer = _posted(make.thread(), **data)
    assert answer.status_code in {400, 404, 409, 422}
    assert not Comment.objects.exists()


def test_more_than_the_server_reads_at_once_is_refused_with_a_sentence() -> None:
    answer = _posted(make.thread(), body="b" * 1_200_000)
    assert answer.status_code == 413
    assert "more than this page takes at once" in _page(answer)


def test_thousands_of_fields_are_refused_with_a_sentence() -> None:
    answer = _posted(make.thread(), **{f"field{number}": "x" for number in range(2000)})
    assert answer.status_code == 413


def test_key_of_another_sites_thread_names_nothing_here() -> None:
    theirs, ours = make.thread(key="shared-name"), make.site()
    answer = make.guest().post(
        reverse("rejoinder:comments", args=[ours.key]), {"key": theirs.key, "body": "Lost?", "name": "Ada"}
    )
    assert answer.status_code == 404
    assert "Lost?" in _page(answer)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"\x00\xff", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="body"\r\n\r\nhalf',
            "multipart/form-data; boundary=x",
        ),
        (b"--x--", "multipart/form-data"),
        (b"--x--", "multipart/form-data; boundary=\xc3\xa9"),
        (b'{"body": "json"}', "application/json"),
        (b"<body>xml</body>", "text/xml"),
        (b"body=plain", "text/plain"),
        (b"body=%", "application/x-www-form-urlencoded"),
        (b"body=x", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"body=x", "application/x-www-form-urlencoded; charset=no-such"),
        (b"", ""),
        (b"\xff" * 2000, "application/x-www-form-urlencoded"),
    ],
)
def test_form_that_cannot_be_read_is_refused(raw: bytes, kind: str) -> None:
    thread = make.thread()
    for name in ("comments", "votes", "flags", "decisions"):
        address = reverse(f"rejoinder:{name}", args=[thread.site.key])
        answer = make.guest().generic("POST", address, raw, kind)
        assert 400 <= answer.status_code < 500, name
    assert not Comment.objects.exists()
