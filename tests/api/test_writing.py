"""Posting, changing, voting, complaining: what guests, accounts and programs may do through the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from rejoinder.accounts.models import Commenter, Session
from rejoinder.accounts.sessions import end_all_of
from rejoinder.discussion.actions.post import POSTS
from rejoinder.discussion.models import Comment, Vote
from rejoinder.moderation.models import Flag
from tests import factories as make
from tests.api.asking import Asker, origin, speaking

pytestmark = pytest.mark.django_db


def _author_of(comment: Comment) -> Commenter:
    assert comment.author
    return comment.author


def test_guests_first_comment_begins_their_session() -> None:
    site = make.site()
    thread = make.thread(site)
    page = Asker(origin=origin(site))
    answer = page.post_comment(site, key=thread.key, body="First words.")
    assert answer.status_code == 201, answer.content
    said = answer.json()
    stored = Comment.objects.get(thread=thread)
    assert (said["comment"]["id"], said["comment"]["state"]) == (stored.public_id, "public")
    assert "First words." in said["comment"]["html"]
    assert said["comment"]["may"] == ["edit", "delete", "reply"]
    assert answer["Location"] == f"/api/v1/comments/{stored.public_id}"
    assert answer["Access-Control-Allow-Origin"] == origin(site)
    assert answer["Access-Control-Allow-Credentials"] == "true"
    assert [name for name in answer.cookies if "reader" in name]
    bearer = said["session"]["access_token"]
    changed = Asker(origin=origin(site), bearer=bearer).send(
        "PATCH", f"/comments/{stored.public_id}", {"body": "Better words."}
    )
    assert changed.status_code == 200, changed.content
    assert make.again(stored).body == "Better words."


def test_second_comment_with_the_bearer_is_the_same_guests() -> None:
    site = make.site()
    thread = make.thread(site)
    first = Asker(origin=origin(site)).post_comment(site, key=thread.key).json()
    page = Asker(origin=origin(site), bearer=first["session"]["access_token"])
    second = page.post_comment(site, key=thread.key)
    assert (second.status_code, second.json()["session"]) == (201, None)
    assert len({one.author_id for one in Comment.objects.filter(thread=thread)}) == 1


def test_program_without_an_origin_gets_a_session_and_no_cookie() -> None:
    site = make.site()
    answer = Asker().post_comment(site, key=make.thread(site).key)
    assert (answer.status_code, dict(answer.cookies)) == (201, {})
    assert answer.json()["session"]["expires_in"] == 600


def test_same_post_again_with_its_key_is_the_same_comment() -> None:
    site = make.site()
    thread = make.thread(site)
    headers = {"idempotency-key": "a-key-of-my-own-0001"}
    body = {"key": thread.key, "body": "Once.", "name": "Reader"}
    path = f"/sites/{site.key}/comments"
    first = Asker(origin=origin(site)).send("POST", path, body, headers=headers)
    again = Asker(origin=origin(site)).send("POST", path, body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["comment"]["id"] == again.json()["comment"]["id"]
    assert again.json()["session"]["access_token"], "the answer was lost, the guest is the same"
    other = Asker(origin=origin(site)).send("POST", path, body | {"body": "Another text."}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key")


def test_thread_is_born_from_a_page_of_the_site_and_from_no_other() -> None:
    site = make.site()
    page = Asker(origin=origin(site))
    url = f"{origin(site)}/story"
    assert page.post_comment(site, url=url).status_code == 201
    assert page.post_comment(site, key="a-name", url=f"{origin(site)}/named").status_code == 201
    elsewhere = page.post_comment(site, url="https://elsewhere.example/story")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "no-thread")
    assert site.threads.count() == 2


def test_page_of_a_foreign_origin_is_told_so_and_nothing_is_stored() -> None:
    site = make.site()
    thread = make.thread(site)
    answer = Asker(origin="https://elsewhere.example").post_comment(site, key=thread.key)
    assert (answer.status_code, answer.json()["code"]) == (403, "origin")
    assert "Access-Control-Allow-Origin" not in answer
    assert not Comment.objects.filter(thread=thread).exists()


def test_held_comment_says_so_and_is_its_authors_alone() -> None:
    site = make.site(hold_all=True)
    thread = make.thread(site)
    page = Asker(origin=origin(site))
    said = page.post_comment(site, key=thread.key, body="Held words.").json()
    assert said["comment"]["state"] == "held"
    assert "moderator" in said["message"]
    path = f"/comments/{said['comment']['id']}"
    assert Asker().ask(path).status_code == 404
    author = Asker(origin=origin(site), bearer=said["session"]["access_token"])
    assert author.ask(path).json()["body"] == "Held words."
    mine = author.ask(f"/sites/{site.key}/mine", f"key={thread.key}").json()
    assert [held["id"] for held in mine["held"]] == [said["comment"]["id"]]
    assert "Held words." in mine["held"][0]["html"]


def test_site_without_guests_refuses_them_before_anything_is_stored() -> None:
    for rules in ({"guests": False}, {"sso_required": True}):
        site = make.site(**rules)
        answer = Asker(origin=origin(site)).post_comment(site, key=make.thread(site).key)
        assert answer.status_code == 403, rules
        assert not Session.objects.filter(site=site).exists()
        assert not Comment.objects.filter(thread__site=site).exists()


def test_author_deletes_and_the_answer_shows_the_place() -> None:
    comment = make.comment(make.thread())
    author = speaking(_author_of(comment), comment.thread.site)
    answer = author.send("DELETE", f"/comments/{comment.public_id}")
    assert (answer.status_code, answer.json()["comment"]["state"]) == (200, "deleted")
    assert make.again(comment).body == ""


def test_vote_counts_once_and_is_taken_back() -> None:
    comment = make.comment(make.thread())
    site = comment.thread.site
    voter = make.commenter()
    page, path = speaking(voter, site), f"/comments/{comment.public_id}/vote"
    for _ in range(2):
        up = page.send("PUT", path, {"value": 1}).json()
        assert (up["ups"], up["downs"], up["mine"]) == (1, 0, 1)
    mine = page.ask(f"/sites/{site.key}/mine", f"key={comment.thread.key}").json()
    assert mine["votes"] == {comment.public_id: 1}
    back = page.send("DELETE", path).json()
    assert (back["ups"], back["mine"]) == (0, 0)
    assert not Vote.objects.filter(comment=comment).exists()


def test_vote_by_nobody_makes_a_guest_and_taking_none_back_does_not() -> None:
    comment = make.comment(make.thread())
    page, path = Asker(origin=origin(comment.thread.site)), f"/comments/{comment.public_id}/vote"
    nothing = page.send("DELETE", path)
    assert (nothing.status_code, nothing.json()["session"], dict(nothing.cookies)) == (200, None, {})
    voted = page.send("PUT", path, {"value": -1})
    assert voted.json()["session"]["access_token"]
    assert Vote.objects.get(comment=comment).value == -1


def test_own_vote_is_refused_with_its_code() -> None:
    comment = make.comment(make.thread())
    page = speaking(_author_of(comment), comment.thread.site)
    answer = page.send("PUT", f"/comments/{comment.public_id}/vote", {"value": 1})
    assert (answer.status_code, answer.json()["code"]) == (403, "own-comment")


def test_flag_is_stored_with_its_reason() -> None:
    comment = make.comment(make.thread())
    page = Asker(origin=origin(comment.thread.site))
    answer = page.send("POST", f"/comments/{comment.public_id}/flags", {"reason": "spam", "note": "Look."})
    assert answer.status_code == 201, answer.content
    assert Flag.objects.get(comment=comment).reason == "spam"
    assert answer.json()["more"] is None
    answer = page.send("POST", f"/comments/{comment.public_id}/flags", {"reason": "illegal"})
    notice = reverse("rejoinder:notice", args=[comment.thread.site.key])
    assert answer.json()["more"]["url"].startswith(f"http://testserver{notice}?comment={comment.public_id}")


def test_who_signed_out_is_told_so_at_once() -> None:
    comment = make.comment(make.thread())
    who = _author_of(comment)
    page = speaking(who, comment.thread.site)
    end_all_of(who)
    for method, path, body in _everything_private(comment):
        answer = page.send(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (401, "signed-out"), path
        assert answer["WWW-Authenticate"] == "Bearer"
        assert answer["Access-Control-Allow-Origin"] == origin(comment.thread.site)


def _everything_private(comment: Comment) -> list[tuple[str, str, Any]]:
    site, one = f"/sites/{comment.thread.site.key}", f"/comments/{comment.public_id}"
    return [
        ("POST", f"{site}/comments", {"key": comment.thread.key, "body": "x"}),
        ("GET", f"{site}/mine?key={comment.thread.key}", None),
        ("GET", f"{site}/challenge?key={comment.thread.key}", None),
        ("GET", one, None),
        ("PATCH", one, {"body": "x"}),
        ("DELETE", one, None),
        ("PUT", f"{one}/vote", {"value": 1}),
        ("DELETE", f"{one}/vote", None),
        ("POST", f"{one}/flags", {"reason": "spam"}),
    ]


def test_writers_are_told_what_is_left_of_their_limit() -> None:
    site = make.site()
    thread = make.thread(site)
    page = Asker(origin=origin(site))
    first = page.post_comment(site, key=thread.key)
    assert (first["RateLimit-Limit"], first["RateLimit-Remaining"]) == (str(POSTS.most), str(POSTS.most - 1))
    assert 0 < int(first["RateLimit-Reset"]) <= 600
    for _ in range(POSTS.most - 1):
        page.post_comment(site, key=thread.key)
    over = page.post_comment(site, key=thread.key)
    assert (over.status_code, over.json()["code"], over["RateLimit-Remaining"]) == (429, "too-many", "0")
    assert over["Retry-After"] == over["RateLimit-Reset"]
    assert "Retry-After" in over["Access-Control-Expose-Headers"]


def test_nothing_of_anybody_is_said_of_a_comment_that_another_wrote_in_the_same_words() -> None:
    """Two behind one address write the same: the second learns neither the first one's session nor their text."""
    site = make.site(hold_all=True)
    thread = make.thread(site)
    address = make.an_address()
    for _ in range(2):
        page = Asker(origin=origin(site), REMOTE_ADDR=address)
        answer = page.post_comment(site, key=thread.key, body="Same words.")
    assert (answer.status_code, answer.json()["session"], dict(answer.cookies)) == (200, None, {})
