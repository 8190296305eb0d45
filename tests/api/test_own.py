"""What belongs to a person who has no page of ours: taking it along, being erased, whom they mute."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from rejoinder.accounts.models import Commenter, Erasure, Mute, Session, Site
from rejoinder.accounts.people.exports import lines_of
from rejoinder.accounts.sessions import open_session
from rejoinder.accounts.sso import sign_in, verify
from rejoinder.core import clock, ids
from rejoinder.discussion.models import Comment
from tests import factories as make
from tests.accounts import tokens
from tests.api.asking import Asker, origin, speaking

pytestmark = pytest.mark.django_db

ERASE = {"comments": "remove", "confirm": "erase"}


def _signed_in(site: Site) -> tuple[Commenter, Asker]:
    """A reader whom the site's own token names, on a page of the site."""
    who = sign_in(site=site, claims=verify(site=site, token=tokens.signed())).commenter
    opened = open_session(commenter=who, site=site, origin=origin(site), kind=Session.Kind.SSO)
    return who, Asker(origin=origin(site), bearer=opened.access_token)


def _lines(answer: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in b"".join(answer).splitlines()]


def test_reader_of_the_site_takes_along_what_the_account_page_gives_and_nobody_elses() -> None:
    site = tokens.courier()
    who, page = _signed_in(site)
    make.comment(make.thread(site), "Words of mine.", by=who)
    make.comment(make.thread(site), "Words of another.")
    answer = page.ask(f"/sites/{site.key}/me/export")
    assert answer["Content-Type"] == "application/x-ndjson; charset=utf-8"
    assert "no-store" in answer["Cache-Control"] and answer["Access-Control-Allow-Origin"] == origin(site)
    lines = _lines(answer)
    assert lines == [json.loads(json.dumps(line)) for line in lines_of(who)]
    assert [line["body"] for line in lines if line["type"] == "comment"] == ["Words of mine."]
    assert {line["type"] for line in lines} >= {"person", "identity", "session"}


def test_account_goes_to_its_own_page_and_no_page_of_a_site_learns_its_address() -> None:
    site = make.site()
    ada = make.account()
    assert ada.user
    page = speaking(ada, site)
    for answer in (
        page.ask(f"/sites/{site.key}/me/export"),
        page.send("POST", f"/sites/{site.key}/me/erase", ERASE),
    ):
        said = json.loads(answer.content)
        assert (answer.status_code, said["code"]) == (403, "own-page")
        assert (
            "http://testserver/people/me/" in said["detail"] and ada.user.email not in answer.content.decode()
        )
    assert not Erasure.objects.exists()


def test_erasing_needs_a_choice_a_confirmation_and_a_reader_who_has_just_shown_who_they_are() -> None:
    site = tokens.courier()
    who, page = _signed_in(site)
    path = f"/sites/{site.key}/me/erase"
    for body in ({}, {"comments": "remove"}, {"confirm": "erase"}, {**ERASE, "confirm": True}):
        assert page.send("POST", path, body).status_code == 422, body
    earlier = clock.now() - timedelta(minutes=16)
    day = timedelta(days=1)
    Session.objects.filter(commenter=who).update(expires=earlier + day)
    stale = page.send("POST", path, ERASE)
    assert (stale.status_code, json.loads(stale.content)["code"]) == (403, "sign-in-again")
    assert not Erasure.objects.exists()

    Session.objects.filter(commenter=who).update(expires=clock.now() + day)
    assert page.send("POST", path, ERASE).status_code == 202
    assert Erasure.objects.filter(number=who.pk, keeps_words=False).exists()
    assert page.ask(f"/sites/{site.key}/me/export").status_code == 401, "nobody acts as this person any more"


def test_guest_is_erased_and_what_they_wrote_stays_without_a_name_where_they_say_so() -> None:
    from rejoinder.accounts.people.erasure import erase

    comment = make.comment(make.thread(make.site()), "Words that stay.", name="Ada")
    site = comment.thread.site
    assert comment.author
    page = speaking(comment.author, site)
    assert page.send("POST", f"/sites/{site.key}/me/erase", {**ERASE, "comments": "keep"}).status_code == 202
    erase(number=Erasure.objects.get().pk)
    kept = Comment.objects.get(pk=comment.pk)
    assert (kept.body, kept.author_name, kept.author) == ("Words that stay.", "", None)


def test_muting_folds_what_a_person_wrote_and_is_listed_until_it_is_taken_back() -> None:
    site = tokens.courier()
    who, page = _signed_in(site)
    comment = make.comment(make.thread(site), name="Tomas")
    elsewhere = make.comment(make.thread(make.site()))
    assert comment.author and elsewhere.author
    Mute.objects.create(commenter=who, muted=elsewhere.author, created=clock.now())
    path = f"/sites/{site.key}/mutes/{ids.encode(comment.author.pk)}"
    assert page.send("PUT", path).status_code == page.send("PUT", path).status_code == 200
    mine = page.ask(f"/sites/{site.key}/mine", f"key={comment.thread.key}").json()
    assert mine["muted"] == [comment.public_id]
    listed = page.ask(f"/sites/{site.key}/mutes").json()["mutes"]
    assert [one["person"] for one in listed] == [ids.encode(comment.author.pk)], (
        "who writes here, and no others"
    )
    assert page.send("DELETE", path).status_code == 200
    assert page.ask(f"/sites/{site.key}/mutes").json() == {"mutes": []}


def test_only_those_who_wrote_on_the_site_can_be_muted_there() -> None:
    comment, elsewhere = make.comment(make.thread(make.site())), make.comment(make.thread(make.site()))
    held = make.comment(make.thread(comment.thread.site))
    Comment.objects.filter(pk=held.pk).update(state=Comment.State.HELD)
    assert comment.author
    page = speaking(comment.author, comment.thread.site)
    for number in (elsewhere.author_id, held.author_id, 999_999_999, make.commenter().pk):
        path = f"/sites/{comment.thread.site.key}/mutes/{ids.encode(number or 0)}"
        assert page.send("PUT", path).status_code == 404
    assert page.send("PUT", f"/sites/{comment.thread.site.key}/mutes/me").status_code == 404
    assert not Mute.objects.exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [("de", "Gelöscht."), ("de-AT,en;q=0.5", "Gelöscht."), ("fr, *", "Deleted."), ("", "Deleted.")],
)
def test_one_reader_is_answered_in_the_language_they_ask_for(asked: str, said: str) -> None:
    comment = make.comment(make.thread(make.site()))
    assert comment.author
    page = speaking(comment.author, comment.thread.site, HTTP_ACCEPT_LANGUAGE=asked)
    answer = page.send("DELETE", f"/comments/{comment.public_id}").json()
    assert answer["message"] == said
    shared = page.ask(f"/sites/{comment.thread.site.key}/thread", "key=none-such").json()["detail"]
    assert shared == page.ask(f"/sites/{comment.thread.site.key}/thread", "key=none-such").json()["detail"]


def test_fault_of_ours_is_a_sentence_with_the_number_that_the_log_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site = make.site()

    def broken(*_given: Any) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("rejoinder.api.endpoints.person.own_comments", broken)
    page = Asker(origin=origin(site), raise_request_exception=False)
    make.thread(site, "story")
    with capture_logs() as log:
        answer = page.ask(f"/sites/{site.key}/mine", "key=story")
    said = json.loads(answer.content)
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    written = next(line for line in log if line["event"] == "fault")
    assert written["request"] == said["request"] and said["request"] in said["detail"]
    assert "inside" in repr(written["exc_info"]) and "inside" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "", 404),
        ("GET", "/", 404),
        ("POST", "/none", 404),
        ("GET", "/sites/a/b/c/d", 404),
        ("PUT", "/sites/paper/thread", 405),
        ("DELETE", "/openapi.json", 405),
        ("POST", "/openapi.json", 405),
    ],
)
def test_address_that_is_none_is_said_as_json_too(method: str, path: str, status: int) -> None:
    answer = Asker(enforce_csrf_checks=True).send(method, path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (status == 405) == ("Allow" in answer)
