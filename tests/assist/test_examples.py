"""What Assist keeps of decisions, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rejoinder.accounts.models import Site
from rejoinder.accounts.people.erasure import ask_to_be_erased, erase
from rejoinder.accounts.people.exports import lines_of
from rejoinder.assist import actions, queries
from rejoinder.assist.examples import in_order
from rejoinder.assist.models import Example, Policy
from rejoinder.core import clock
from rejoinder.core.errors import InvalidInput
from rejoinder.core.models import Job
from tests import factories as make
from tests.assist import histories

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return make.site()


def the_example(site: Site) -> Example:
    return Example.objects.get(site=site)


def test_later_decision_takes_the_place_of_the_one_before_and_keeps_it(site: Site) -> None:
    first, second = make.staff(site), make.staff(site)
    moment = clock.now()
    actions.learn(site=site, comment_id=7, body="A thought.", label=1, at=moment, actor=first)
    actions.learn(
        site=site, comment_id=7, body="A thought.", label=0, at=moment + timedelta(hours=1), actor=second
    )
    found = the_example(site)
    assert (found.label, found.actor, found.label_before, found.actor_before) == (0, second, 1, first)


def test_decision_told_twice_is_one_and_has_no_history(site: Site) -> None:
    moment = clock.now()
    for _ in range(2):
        actions.learn(site=site, comment_id=7, body="A thought.", label=1, at=moment)
    assert the_example(site).label_before is None


def test_decision_taken_back_is_forgotten(site: Site) -> None:
    actions.learn(site=site, comment_id=7, body="A thought.", label=1, at=clock.now())
    actions.unlearn(comment_id=7)
    assert not Example.objects.filter(site=site).exists()


def test_comment_and_a_clients_token_of_the_same_number_are_two(site: Site) -> None:
    actions.learn(site=site, comment_id=7, body="Ours.", label=1, at=clock.now())
    actions.learn(site=site, comment_id="7", body="Theirs.", label=0, at=clock.now())
    actions.unlearn(comment_id="7", site=site)
    assert the_example(site).body == "Ours."


def test_site_that_is_off_keeps_nothing(site: Site) -> None:
    actions.change_policy(site=site, mode=Policy.Mode.OFF)
    actions.learn(site=site, comment_id=7, body="A thought.", label=1, at=clock.now())
    assert not Example.objects.filter(site=site).exists()


@pytest.mark.parametrize(
    "wrong", [{"mode": "reject"}, {"miss": 0.0}, {"miss": 0.9}, {"through": float("nan")}]
)
def test_policy_that_makes_no_sense_is_refused(site: Site, wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        actions.change_policy(site=site, **wrong)


def test_automation_is_off_until_somebody_switches_it_on(site: Site) -> None:
    policy = queries.policy_of(site)
    assert (policy.mode, policy.may_hold, policy.may_approve) == ("log", False, False)


def test_alarm_stops_automation_until_somebody_has_looked(site: Site) -> None:
    actions.change_policy(site=site, mode=Policy.Mode.BOTH)
    Policy.objects.filter(site=site).update(alarmed=clock.now())
    policy = queries.policy_of(site)
    assert (policy.may_hold, policy.may_approve) == (False, False)
    actions.clear_alarm(site=site)
    assert queries.policy_of(site).may_approve


def test_worker_is_asked_later_for_a_few_decisions_and_at_once_for_many(site: Site) -> None:
    histories.decide(site, actions.LOOK - 1)
    asked = Job.objects.filter(task="assist.refit", arguments__site=site.pk)
    assert [job.due > clock.now() for job in asked] == [True]
    histories.decide(site, 1, seed=2)
    assert any(job.due <= clock.now() for job in asked.all())


def test_record_of_an_author_is_what_came_before(site: Site) -> None:
    author, moment = make.commenter(), clock.now()
    for place, label in enumerate((1, 0, 1)):
        actions.learn(
            site=site,
            comment_id=place + 1,
            body="Words.",
            label=label,
            at=moment + timedelta(minutes=place),
            author=author,
        )
    assert [one.example.text.record for one in in_order(site)] == [(0, 0), (1, 1), (1, 2)]
    assert queries.record_of(site, author) == (2, 3)
    actions.change_policy(site=site, use_record=False)
    assert {one.example.text.record for one in in_order(site)} == {None}


def test_each_persons_decisions_are_counted_with_those_against_what_was_probable(site: Site) -> None:
    calm, hostile = make.staff(site), make.staff(site)
    histories.decide(site, 6, seed=1, actor=calm)
    histories.decide(site, 6, seed=1 + 1, flipped=True, actor=hostile)
    Example.objects.filter(actor=hostile).update(probability=0.1, label=1)
    rows = {row["actor"]: row for row in queries.by_actor(site)}
    assert (rows[hostile.pk]["rejected"], rows[hostile.pk]["against"]) == (6, 6)
    assert rows[calm.pk]["compared"] == 0


def test_what_somebody_decided_can_be_left_out_from_a_moment_on_and_taken_in_again(site: Site) -> None:
    hostile, moment = make.staff(site), clock.now()
    histories.decide(site, 6, actor=hostile, at=moment)
    assert actions.leave_out(site=site, actor=hostile, since=moment + timedelta(minutes=2)) == 4
    assert len(in_order(site)) == 2
    assert actions.take_in(site=site, actor=hostile) == 4
    assert len(in_order(site)) == 6


@pytest.mark.parametrize("keeps_words", [True, False])
def test_nothing_is_learned_from_who_was_erased(site: Site, keeps_words: bool) -> None:
    author, other = make.account(), make.account()
    histories.of(author, site)
    histories.of(other, site)
    erase(number=ask_to_be_erased(commenter=author, keeps_words=keeps_words).pk)
    assert [row.author for row in Example.objects.filter(site=site)] == [other]
    asked = Job.objects.filter(task="assist.refit", arguments__site=site.pk, arguments__forced=True)
    assert asked.exists()


def test_person_gets_what_was_learned_from_what_they_wrote(site: Site) -> None:
    author = make.account()
    histories.of(author, site, count=2)
    lines = [line for line in lines_of(author) if line["type"] == "assist-example"]
    assert [line["label"] for line in lines] == ["approved", "approved"]
