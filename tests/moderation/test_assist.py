"""Assist's part in moderation: what it learns from, what it moves, holds and approves, and what it never does."""

from __future__ import annotations

from copy import copy
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.urls import reverse

from rejoinder import assist
from rejoinder.accounts.models import Site
from rejoinder.assist.actions import change_policy, learn
from rejoinder.assist.models import Example, Policy, Score, Version
from rejoinder.assist.refitting import refit_site
from rejoinder.core import clock, jobs
from rejoinder.discussion.models import Comment
from rejoinder.moderation.models import Card, Decision
from tests import factories as make

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not assist.available(), reason="the extra assist is not installed"),
]

THINGS = [
    "bridge",
    "council",
    "ferry",
    "garden",
    "harbour",
    "library",
    "market",
    "mayor",
    "museum",
    "orchard",
    "school",
    "street",
    "tram",
]
SAID = "I think that the {0} near the {1} is worth what it costs, and the {2} as well.".format
SOLD = "Cheap pills for the {0}, order now at my page, best price for {1} and {2}!".format
BAD = SOLD("garden", "school", "tram")
GOOD = SAID("museum", "ferry", "market")


# What a site has learned and learned from: worked out once, as it takes longer than all that is asked of it.
LEARNED: list[Example | Version] = []


def taught(site: Site, **policy: Any) -> None:
    """A site whose people decided 600 times, one in six against advertising, and what it lets Assist do."""
    change_policy(site=site, **policy)
    if not LEARNED:
        _learn(site)
        LEARNED.extend([*Example.objects.filter(site=site), *Version.objects.filter(site=site)])
        return
    for kind in (Example, Version):
        rows = [copy(row) for row in LEARNED if isinstance(row, kind)]
        for row in rows:
            row.pk, row.site = None, site
        kind._default_manager.bulk_create(rows)


def _learn(site: Site) -> None:
    chance, start = Random(7), clock.now() - timedelta(days=30)
    for number in range(600):
        words = chance.sample(THINGS, 3)
        label = int(number % 6 == 0)
        body = f"{(SOLD if label else SAID)(*words)} {number}"
        learn(
            site=site, comment_id=f"t{number}", body=body, label=label, at=start + timedelta(minutes=number)
        )
    assert [outcome.kind for outcome in refit_site(site, forced=True)] == ["made"]


@pytest.fixture
def site() -> Site:
    return make.site()


def fresh(site: Site) -> Site:
    return Site.objects.get(pk=site.pk)


def posted(site: Site, body: str) -> Comment:
    answer = make.Browser().write(make.thread(site), body)
    assert answer.status_code == 201, answer.content
    return Comment.objects.order_by("-pk")[0]


def test_what_stands_decided_is_learned_and_what_is_taken_back_is_forgotten(site: Site) -> None:
    comment = make.comment(make.thread(site), "Words to be judged.")
    staff = make.staff(site)
    make.decide(comment, "remove", by=staff)
    jobs.work_once()
    example = Example.objects.get()
    assert (example.label, example.body, example.actor_id) == (1, "Words to be judged.", staff.pk)
    assert example.saw is False
    make.decide(make.again(comment), "restore", by=staff)
    jobs.work_once()
    assert [(row.label, row.label_before) for row in Example.objects.all()] == [(0, 1)]


def test_what_nobody_decided_teaches_nothing(site: Site) -> None:
    change_policy(site=site, mode=Policy.Mode.LOG)
    Site.objects.filter(pk=site.pk).update(hold_all=True)
    posted(fresh(site), "Held by the site, not by anybody.")
    jobs.work_once()
    assert Decision.objects.filter(action="hold").exists()
    assert not Example.objects.exists()


def test_worker_judges_what_is_posted_and_puts_its_card_in_its_place(site: Site) -> None:
    taught(site, mode=Policy.Mode.LOG)
    Site.objects.filter(pk=site.pk).update(hold_all=True)
    site = fresh(site)
    good, bad = posted(site, GOOD), posted(site, BAD)
    assert Card.objects.get(pk=good.pk).p == Card.objects.get(pk=bad.pk).p
    jobs.work_once()
    assert Card.objects.get(pk=bad.pk).rank < Card.objects.get(pk=good.pk).rank
    assert Card.objects.get(pk=bad.pk).p > 0.5 > Card.objects.get(pk=good.pk).p
    # It only sorts: both wait still.
    assert {make.again(good).state, make.again(bad).state} == {Comment.State.HELD}


def test_assist_holds_only_where_the_site_lets_it_and_says_that_it_did(site: Site) -> None:
    taught(site, mode=Policy.Mode.LOG)
    assert posted(fresh(site), SOLD("library", "street", "mayor")).state == Comment.State.PUBLIC
    change_policy(site=site, mode=Policy.Mode.HOLD)
    held = posted(fresh(site), BAD)
    assert held.state == Comment.State.HELD
    decision = held.decisions.get()
    assert (decision.rule, decision.actor, decision.code) == ("Assist", None, "first")
    assert decision.machine.startswith("Assist ")
    assert posted(fresh(site), GOOD).state == Comment.State.PUBLIC
    assert Score.objects.get(pk=held.pk).would == "hold"


def test_assist_approves_what_only_waits_because_everything_does(site: Site, monkeypatch: Any) -> None:
    monkeypatch.setattr("rejoinder.assist.judging.BLIND", 0.0)
    taught(site, mode=Policy.Mode.BOTH)
    Site.objects.filter(pk=site.pk).update(hold_all=True)
    plain = posted(fresh(site), GOOD)
    watched = posted(fresh(site), f"{GOOD} Look at harbour-lights today.")
    make.decide(watched, "approve", by=make.staff(site))
    make.decide(make.again(watched), "hold", by=make.staff(site))
    jobs.work_once()
    assert make.again(plain).state == Comment.State.PUBLIC
    approval = plain.decisions.get(action="approve")
    assert (approval.actor, approval.rule) == (None, "Assist")
    assert not Card.objects.filter(pk=plain.pk).exists()
    # What a person holds waits for a person.
    assert make.again(watched).state == Comment.State.HELD
    # And nobody learns from a machine's own decisions.
    assert not Example.objects.filter(key=f"comment:{plain.pk}").exists()


def test_what_is_decided_blind_waits_and_shows_no_figures(site: Site, monkeypatch: Any) -> None:
    monkeypatch.setattr("rejoinder.assist.judging.BLIND", 1.0)
    taught(site, mode=Policy.Mode.BOTH)
    Site.objects.filter(pk=site.pk).update(hold_all=True)
    blind, seen = posted(fresh(site), GOOD), posted(fresh(site), BAD)
    jobs.work_once()
    assert make.again(blind).state == Comment.State.HELD
    browser = make.signed_in(make.staff(site))
    page = browser.get(reverse("rejoinder:console-queue", args=[site.key])).content.decode()
    assert page.count('name="assist"') == 1
    assert page.count("Assist: rejected with a probability of") == 1
    address = reverse("rejoinder:console-decide", args=[site.key])
    for comment, says in [(blind, ""), (seen, "1")]:
        data = {"comment": comment.public_id, "action": "remove", "code": "spam", "assist": says}
        assert browser.post(address, data, headers={"accept": "application/json"}).status_code == 201
    jobs.work_once()
    assert blind.decisions.get(action="remove").machine == ""
    assert seen.decisions.get(action="remove").machine.startswith("Assist ")
    assert [Example.objects.get(key=f"comment:{one.pk}").saw for one in (blind, seen)] == [False, True]


def test_posting_goes_on_where_the_model_cannot_be_asked(site: Site) -> None:
    taught(site, mode=Policy.Mode.HOLD)
    Version.objects.filter(site=site).update(blob=b"no model at all", number=99)
    from rejoinder.assist import shelf

    shelf.forget()
    assert posted(fresh(site), GOOD).state == Comment.State.PUBLIC
