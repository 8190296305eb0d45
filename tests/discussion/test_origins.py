"""Forms count when they come from a page of ours; another site's are refused, and the text is kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.discussion.models import Comment, Thread
from tests import factories as make

pytestmark = pytest.mark.django_db


def _post(thread: Thread, client: Client | None = None, **headers: str) -> Any:
    client = client or Client(REMOTE_ADDR=make.an_address(), enforce_csrf_checks=True)
    data = {"key": thread.key, "body": "My <careful> words.", "name": "Ada"}
    return client.post(reverse("rejoinder:comments", args=[thread.site.key]), data, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"origin": "http://testserver"},
        {"sec-fetch-site": "same-origin", "origin": "http://testserver"},
    ],
)
def test_own_form_is_taken_without_a_token(headers: dict[str, str]) -> None:
    assert _post(make.thread(), **headers).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": ""},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "https://testserver"},
        {"origin": "http://testserver:81"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://evil.example"},
        {"origin": "http://user@testserver"},
        {"origin": "http://["},
        {"origin": "http://testserver, http://evil.example"},
        {"origin": "//testserver"},
    ],
)
def test_form_of_another_site_is_refused_and_the_text_kept(headers: dict[str, str]) -> None:
    answer = _post(make.thread(), **headers)
    assert answer.status_code == 403
    assert "My &lt;careful&gt; words." in answer.content.decode()
    assert "sent from another site" in answer.content.decode()
    assert not answer.cookies
    assert not Comment.objects.exists()


def test_browser_that_does_not_say_gets_a_page_that_keeps_the_text_and_posts_it() -> None:
    thread, client = make.thread(), Client(REMOTE_ADDR=make.an_address(), enforce_csrf_checks=True)
    page = _post(thread, client)
    assert page.status_code == 200
    assert not Comment.objects.exists()
    assert page["Cache-Control"] == "no-store, private"
    assert "My &lt;careful&gt; words.</textarea>" in page.content.decode()
    token = page.context["csrf_token"]
    data = {
        "key": thread.key,
        "body": "My <careful> words.",
        "name": "Ada",
        "csrfmiddlewaretoken": str(token),
    }
    answer = client.post(reverse("rejoinder:comments", args=[thread.site.key]), data)
    assert answer.status_code == 303
    assert Comment.objects.get().body == "My <careful> words."


def test_guessed_token_is_no_token() -> None:
    thread, client = make.thread(), Client(REMOTE_ADDR=make.an_address(), enforce_csrf_checks=True)
    client.cookies["rejoinder_csrf"] = "a" * 32
    data = {"key": thread.key, "body": "Hm.", "name": "Ada", "csrfmiddlewaretoken": "b" * 32}
    answer = client.post(reverse("rejoinder:comments", args=[thread.site.key]), data)
    assert answer.status_code == 200
    assert "One more step" in answer.content.decode()
    assert not Comment.objects.exists()


def test_program_that_does_not_say_is_refused() -> None:
    answer = _post(make.thread(), accept="application/json")
    assert answer.status_code == 403
    assert answer.json()["code"] == "refused"


def test_token_does_not_make_another_sites_form_ours() -> None:
    thread, client = make.thread(), Client(REMOTE_ADDR=make.an_address(), enforce_csrf_checks=True)
    token = str(_post(thread, client).context["csrf_token"])
    data = {"key": thread.key, "body": "Hm.", "name": "Ada", "csrfmiddlewaretoken": token}
    address = reverse("rejoinder:comments", args=[thread.site.key])
    assert client.post(address, data, headers={"origin": "http://evil.example"}).status_code == 403


def test_every_route_that_writes_refuses_other_origins() -> None:
    found = make.comment(make.thread())
    staff = make.signed_in(make.staff(found.thread.site), HTTP_SEC_FETCH_SITE="cross-site")
    site = found.thread.site.key
    data = {"key": found.thread.key, "comment": found.public_id, "value": "1", "body": "x", "name": "Ada"}
    data |= {"reason": "spam", "action": "remove"}
    routes = [
        reverse(f"rejoinder:{name}", args=[site]) for name in ("comments", "votes", "flags", "decisions")
    ]
    routes += [reverse(f"rejoinder:{name}", args=[found.public_id]) for name in ("edits", "deletion")]
    for route in routes:
        assert staff.post(route, data).status_code == 403, route
    after = make.again(found)
    assert (after.state, after.body, after.ups, after.flags.count()) == ("public", found.body, 0, 0)
