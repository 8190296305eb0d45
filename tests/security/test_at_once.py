"""Votes and posts through the API, many at the same instant, in any order, from wherever they say they come."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum

from rejoinder.accounts.models import Commenter, Session, Site
from rejoinder.accounts.sessions import open_session
from rejoinder.core.models import Event
from rejoinder.discussion.models import Comment, Vote
from rejoinder.discussion.queries import find_drift
from tests import factories as make
from tests.api.asking import Asker, origin, speaking
from tests.parallel import at_once

KEY = {"HTTP_IDEMPOTENCY_KEY": "0123456789abcdef"}
FORGED = (
    "X_FORWARDED_FOR",
    "X_REAL_IP",
    "FORWARDED",
    "CF_CONNECTING_IP",
    "TRUE_CLIENT_IP",
    "X_CLIENT_IP",
    "X_CLUSTER_CLIENT_IP",
)


def bearer_of(who: Commenter, site: Site) -> str:
    return open_session(commenter=who, site=site, origin=origin(site), kind=Session.Kind.GUEST).access_token


def assert_counts_are_rows(comment: Comment) -> None:
    now = make.again(comment)
    cast = [
        (now.votes.filter(value=value, counted=True).aggregate(n=Sum("value"))["n"] or 0) for value in (1, -1)
    ]
    assert (now.ups, -now.downs) == tuple(cast)
    assert find_drift() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("times", [16, pytest.param(200, marks=pytest.mark.long)])
def test_one_person_votes_many_times_at_once_and_has_one_vote(times: int) -> None:
    """For, against, taken back, in threads of their own: in the end one row or none, and the counts are the rows."""
    comment = make.comment(make.thread())
    site = comment.thread.site
    bearer = bearer_of(make.commenter(), site)
    path = f"/comments/{comment.public_id}/vote"

    def vote(number: int) -> int:
        page = Asker(origin=origin(site), bearer=bearer)
        if number % 3 == 2:
            return int(page.send("DELETE", path).status_code)
        return int(page.send("PUT", path, {"value": 1 if number % 3 else -1}).status_code)

    for begun in range(0, times, 20):
        assert set(at_once(min(20, times - begun), vote)) <= {200, 429}
    assert comment.votes.count() <= 1
    assert_counts_are_rows(comment)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("times", [8, pytest.param(60, marks=pytest.mark.long)])
def test_votes_on_a_comment_that_is_taken_back_meanwhile_leave_no_wrong_count(times: int) -> None:
    thread = make.thread()
    author = make.commenter()
    comment = make.comment(thread, by=author)
    askers = [speaking(author, thread.site), *[speaking(make.commenter(), thread.site) for _ in range(times)]]

    def act(number: int) -> int:
        path = f"/comments/{comment.public_id}"
        if number == 0:
            return int(askers[0].send("DELETE", path).status_code)
        return int(askers[number].send("PUT", f"{path}/vote", {"value": 1}).status_code)

    statuses = at_once(times + 1, act)
    assert statuses[0] == 200
    assert set(statuses[1:]) <= {200, 404}
    assert make.again(comment).state == "deleted"
    assert_counts_are_rows(comment)


@pytest.mark.django_db
@pytest.mark.parametrize("acts", [60, pytest.param(10_000, marks=pytest.mark.long)])
def test_whatever_is_voted_in_whatever_order_the_score_is_the_sum_of_the_rows(acts: int) -> None:
    chance = random.Random(11)
    thread = make.thread()
    comments = [make.comment(thread) for _ in range(4)]
    people = [speaking(make.commenter(), thread.site) for _ in range(6)]
    expected: dict[tuple[int, int], int] = {}
    for act in range(acts):
        who, what = chance.randrange(len(people)), chance.randrange(len(comments))
        value = chance.choice([1, -1, 0])
        path = f"/comments/{comments[what].public_id}/vote"
        # Limits are counted by address; here they are not the question.
        people[who].defaults["REMOTE_ADDR"] = make.an_address()
        sent = ("PUT", path, {"value": value}) if value else ("DELETE", path)
        assert people[who].send(*sent).status_code == 200
        expected[who, what] = value
        if act % 500 == 0:
            _assert_as_expected(comments, expected)
    _assert_as_expected(comments, expected)


def _assert_as_expected(comments: list[Comment], expected: dict[tuple[int, int], int]) -> None:
    for number, comment in enumerate(comments):
        mine = [value for (_who, what), value in expected.items() if what == number and value]
        assert sorted(comment.votes.values_list("value", flat=True)) == sorted(mine)
        assert_counts_are_rows(comment)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("times", [12, pytest.param(50, marks=pytest.mark.long)])
@pytest.mark.parametrize("key", [KEY, {}], ids=["with a key", "double click"])
def test_one_post_sent_many_times_at_once_is_one_comment_and_one_event(
    key: dict[str, str], times: int
) -> None:
    site = make.site()
    thread, parent_author = make.thread(site), make.commenter()
    parent = make.comment(thread, by=parent_author)
    address, bearer = make.an_address(), bearer_of(make.commenter(), site)
    before = Event.objects.filter(kind="CommentPosted").count()

    def post(_number: int) -> tuple[int, str]:
        page = Asker(origin=origin(site), bearer=bearer, REMOTE_ADDR=address, **key)
        answer = page.post_comment(site, key=thread.key, parent=parent.public_id, body="Once.")
        return answer.status_code, answer.json().get("comment", {}).get("id", "")

    answers = at_once(times, post)
    assert sorted({status for status, _ in answers}) == [200, 201]
    assert [status for status, _ in answers].count(201) == 1
    assert len({number for _, number in answers}) == 1
    assert Comment.objects.filter(thread=thread, parent=parent).count() == 1
    assert Event.objects.filter(kind="CommentPosted").count() == before + 1, "and so one letter at most"
    # The answer was lost, and an hour of offline later the same request comes again.
    assert post(0) == (200, answers[0][1])


def _accepted(site: Site, act: Any, says: Any) -> list[int]:
    """What one machine is answered that says each time to be another."""
    address = make.an_address()
    return [
        act(Asker(origin=origin(site), REMOTE_ADDR=address, **says(number)), number) for number in range(34)
    ]


@pytest.mark.django_db
def test_who_says_to_come_from_elsewhere_may_do_no_more() -> None:
    """Posting, flagging and voting, with seven forged headers and without: the same answers, one by one."""
    site = make.site()
    thread = make.thread(site)
    comments = [make.comment(thread) for _ in range(3)]

    def post(page: Asker, number: int) -> int:
        return int(
            page.post_comment(site, key=thread.key, body=f"Words of mine, {number} of many.").status_code
        )

    def flag(page: Asker, number: int) -> int:
        path = f"/comments/{comments[number % 3].public_id}/flags"
        return int(page.send("POST", path, {"reason": "spam"}).status_code)

    def vote(page: Asker, number: int) -> int:
        answer = page.send("PUT", f"/comments/{comments[0].public_id}/vote", {"value": 1})
        return int(answer.status_code * 10 + answer.json().get("counted", 0))

    def forged(number: int) -> dict[str, str]:
        ip = f"203.0.113.{number}"
        return {f"HTTP_{name}": f"for={ip}" if name == "FORWARDED" else ip for name in FORGED}

    for act in (post, flag, vote):
        seen = []
        for says in (lambda _number: {}, forged):
            with transaction.atomic():
                seen.append(_accepted(site, act, says))
                transaction.set_rollback(True)
        assert seen[0] == seen[1], act.__name__
        assert len(set(seen[0])) > 1, f"{act.__name__}: there is a limit"


@pytest.mark.django_db
def test_a_customer_with_a_whole_ipv6_network_is_one_voter_at_a_time() -> None:
    site = make.site()
    comment = make.comment(make.thread(site))
    counted = []
    for number in range(12):
        page = Asker(origin=origin(site), REMOTE_ADDR=f"2001:db8:7:1:{number + 1:x}::{number + 9:x}")
        counted.append(
            page.send("PUT", f"/comments/{comment.public_id}/vote", {"value": 1}).json()["counted"]
        )
    assert counted == [True] + [False] * 11
    assert (Vote.objects.filter(counted=True).count(), make.again(comment).ups) == (1, 1)
