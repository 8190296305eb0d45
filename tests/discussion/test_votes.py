"""Votes: one a voter, none for oneself, and newcomers behind one address count one after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from rejoinder.core import clock
from rejoinder.discussion.actions import cast_vote, change_thread, set_comment_state
from rejoinder.discussion.actions.vote import admit_voters, forget_blocks
from rejoinder.discussion.models import Admission, Comment, Vote
from rejoinder.discussion.orders import fit_prior, rank_of
from rejoinder.discussion.queries import find_drift
from tests import factories as make
from tests.parallel import at_once


def _counts(found: Comment) -> tuple[int, int]:
    now = make.again(found)
    return now.ups, now.downs


@pytest.mark.django_db
def test_vote_is_cast_changed_and_taken_back() -> None:
    found, voter = make.comment(make.thread()), make.guest()
    seen = []
    for value in (1, -1, 0, 0):
        answer = voter.vote(found, value)
        assert answer.status_code == 200
        seen.append((answer.json()["ups"], answer.json()["downs"], answer.json()["mine"]))
        assert _counts(found) == seen[-1][:2]
    assert seen == [(1, 0, 1), (0, 1, -1), (0, 0, 0), (0, 0, 0)]
    assert not Vote.objects.exists()


@pytest.mark.django_db
def test_voting_twice_counts_once() -> None:
    found, voter = make.comment(make.thread()), make.guest()
    voter.vote(found, 1)
    before = make.again(found).thread.revision
    assert voter.vote(found, 1).json()["ups"] == 1
    assert Vote.objects.count() == 1
    assert make.again(found).thread.revision == before


@pytest.mark.django_db
def test_own_comment_cannot_be_voted_on() -> None:
    thread, author = make.thread(), make.guest()
    author.write(thread)
    answer = author.vote(make.again(Comment.objects.get()), 1)
    assert (answer.status_code, answer.json()["code"]) == (403, "own-comment")
    assert not Vote.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["held", "removed", "deleted"])
def test_comment_that_is_not_public_cannot_be_voted_on(state: str) -> None:
    found = make.comment(make.thread())
    set_comment_state(comment=found, state=state)
    assert make.guest().vote(found, 1).status_code == 404
    assert make.signed_in(make.staff(found.thread.site)).vote(found, 1).status_code == 404
    assert not Vote.objects.exists()


@pytest.mark.django_db
def test_in_a_closed_thread_nothing_is_voted_on() -> None:
    found = make.comment(make.thread())
    change_thread(thread=found.thread, closed=True)
    assert make.guest().vote(found, 1).status_code == 409
    assert not Vote.objects.exists()
    assert not Admission.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["2", "-2", "", "up", "1 ", "١", "1.0", "1" * 30])
def test_vote_of_another_value_is_refused(value: str) -> None:
    found = make.comment(make.thread())
    data = {"comment": found.public_id, "value": value}
    assert make.guest().post(f"/threads/{found.thread.site.key}/votes", data).status_code in {400, 422}
    assert not Vote.objects.exists()


@pytest.mark.django_db
def test_vote_for_a_comment_of_another_site_finds_nothing() -> None:
    found, other = make.comment(make.thread()), make.site()
    data = {"comment": found.public_id, "value": "1"}
    assert make.guest().post(f"/threads/{other.key}/votes", data).status_code == 404
    assert not Vote.objects.exists()


def _statements(act: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.django_db
def test_vote_takes_few_statements_and_locks_what_others_wait_for_last() -> None:
    thread = make.thread()
    found = [make.comment(thread) for _ in range(2)]
    who = make.viewer(thread.site, make.commenter())
    most = {1: 25, -1: 15, 0: 15}
    for value, number in most.items():
        done = _statements(partial(cast_vote, viewer=who, comment=found[0], value=value))
        assert len(done) <= number, done
    done = _statements(partial(cast_vote, viewer=who, comment=found[1], value=1))
    assert len(done) <= 15, done
    for statement, table in zip(done[-4:-1], ("comment", "thread", "standing"), strict=True):
        assert f"rejoinder_{table}" in statement


@pytest.mark.django_db
def test_one_newcomer_of_an_address_counts_and_the_others_wait_their_turn() -> None:
    found, address = make.comment(make.thread()), make.an_address()
    moment = clock.now()
    with time_machine.travel(moment, tick=False) as time:
        answers = [make.guest(address).vote(found, 1).json() for _ in range(3)]
        assert [answer["counted"] for answer in answers] == [True, False, False]
        assert "stored" in answers[1]["message"]
        assert _counts(found) == (1, 0)
        for ups in (2, 3):
            admit_voters()
            assert _counts(found) == (ups - 1, 0), "not before ten minutes have passed"
            time.shift(timedelta(minutes=10))
            admit_voters()
            assert _counts(found) == (ups, 0)
    assert find_drift() == []


@pytest.mark.django_db
def test_those_who_wait_behind_one_address_keep_no_other_waiting() -> None:
    found, crowd, home = make.comment(make.thread()), make.an_address(), make.an_address()
    moment = clock.now()
    with time_machine.travel(moment, tick=False) as time:
        for _ in range(5):
            make.guest(crowd).vote(found, -1)
        make.guest(home).vote(found, 1)
        make.guest(home).vote(found, 1)
        time.shift(timedelta(minutes=10))
        admit_voters()
    assert _counts(found) == (2, 2)


@pytest.mark.django_db
def test_waiting_vote_may_be_changed_and_counts_as_it_is_then() -> None:
    found, address = make.comment(make.thread()), make.an_address()
    moment = clock.now()
    with time_machine.travel(moment, tick=False) as time:
        make.guest(address).vote(found, 1)
        late = make.guest(address)
        late.vote(found, 1)
        assert late.vote(found, -1).json()["counted"] is False
        time.shift(timedelta(minutes=10))
        admit_voters()
    assert _counts(found) == (1, 1)
    assert late.vote(found, 0).json()["downs"] == 0
    assert find_drift() == []


@pytest.mark.django_db
def test_admitted_voter_counts_at_once_on_the_next_comment_of_the_thread() -> None:
    thread = make.thread()
    voter, first, second = make.guest(), make.comment(thread), make.comment(thread)
    assert voter.vote(first, 1).json()["counted"]
    assert voter.vote(second, -1).json()["counted"]


@pytest.mark.django_db
def test_accounts_count_at_once_whatever_their_address() -> None:
    site, address = make.site(), make.an_address()
    found = make.comment(make.thread(site))
    for _ in range(3):
        browser = make.signed_in(make.staff(site), address=address)
        assert browser.vote(found, 1).json()["counted"]
    assert _counts(found) == (3, 0)


@pytest.mark.django_db
def test_address_blocks_are_forgotten_after_thirty_days() -> None:
    found = make.comment(make.thread())
    make.guest().vote(found, 1)
    forget_blocks()
    assert Admission.objects.get().block
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        forget_blocks()
    assert not Admission.objects.get().block


@pytest.mark.django_db
def test_own_votes_are_told_to_the_voter_alone() -> None:
    found, voter = make.comment(make.thread()), make.guest()
    voter.vote(found, -1)
    address = f"/threads/{found.thread.site.key}/mine?key={found.thread.key}"
    assert voter.get(address).json()["votes"] == {found.public_id: -1}
    assert make.guest().get(address).json()["votes"] == {}


@pytest.mark.django_db
def test_votes_survive_removal_and_restoring() -> None:
    found = make.comment(make.thread())
    make.guest().vote(found, 1)
    make.decide(found, "remove")
    make.decide(found, "restore")
    assert _counts(found) == (1, 0)
    assert find_drift() == []


def test_one_vote_does_not_outrank_fifty() -> None:
    assert rank_of(48, 2) < rank_of(1, 0) < rank_of(0, 0) < rank_of(0, 1)
    assert rank_of(6, 5) < rank_of(5, 5) == rank_of(50, 50)


def test_prior_is_learned_where_there_are_votes_enough() -> None:
    assert fit_prior([]) == (1.0, 1.0)
    assert fit_prior([(5, 5)] * 10) == (1.0, 1.0)
    up, down = fit_prior([(9, 1), (7, 3), (10, 0), (8, 2)] * 20)
    assert up / (up + down) == pytest.approx(0.85)
    assert up + down > 2
    split = fit_prior([(10, 0), (0, 10)] * 40)
    assert sum(split) == pytest.approx(2, abs=0.1), (
        "comments differ as much as they can: little is known before"
    )


@pytest.mark.django_db(transaction=True)
def test_fifty_voters_at_once_are_fifty_votes() -> None:
    found = make.comment(make.thread())
    answers = at_once(50, lambda number: make.guest().vote(found, 1 if number % 5 else -1))
    assert {answer.status_code for answer in answers} == {200}
    assert _counts(found) == (40, 10)
    assert Vote.objects.aggregate(sum=Sum("value"))["sum"] == 30
    assert find_drift() == []


@pytest.mark.django_db(transaction=True)
def test_one_voter_twenty_times_at_once_has_one_vote() -> None:
    thread = make.thread()
    found, voter, other = make.comment(thread), make.guest(), make.comment(thread)
    voter.vote(other, 1)

    def vote(number: int) -> int:
        browser = make.guest()
        browser.cookies[make.COOKIE] = voter.token
        return browser.vote(found, 1 if number % 2 else -1).status_code

    assert set(at_once(20, vote)) == {200}
    assert Vote.objects.filter(comment=found).count() == 1
    assert sum(_counts(found)) == 1
    assert find_drift() == []


@pytest.mark.django_db(transaction=True)
def test_one_account_twenty_times_at_once_has_one_vote() -> None:
    """No admission keeps an account's votes apart: its vote does."""
    thread = make.thread()
    found, staff = make.comment(thread), make.staff(thread.site)

    def vote(number: int) -> int:
        who = make.viewer(thread.site, staff)
        return cast_vote(viewer=who, comment=found, value=(1, -1, 0)[number % 3]).mine

    at_once(20, vote)
    stored = [vote.value for vote in Vote.objects.filter(comment=found)]
    assert len(stored) <= 1
    assert _counts(found) == (stored.count(1), stored.count(-1))
    assert find_drift() == []


@pytest.mark.django_db(transaction=True)
def test_first_votes_of_one_newcomer_at_once_are_one_admission() -> None:
    thread = make.thread()
    found = [make.comment(thread) for _ in range(8)]
    writer = make.guest()
    writer.write(thread, "I write first.")

    def vote(number: int) -> int:
        browser = make.guest()
        browser.cookies[make.COOKIE] = writer.token
        return browser.vote(found[number], 1).status_code

    assert set(at_once(8, vote)) == {200}
    assert Admission.objects.count() == 1
    assert find_drift() == []
