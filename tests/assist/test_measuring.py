"""What is said of a version, and the alarm when people begin to decide otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rejoinder.accounts.models import Site
from rejoinder.assist import actions, queries, refitting, shelf
from rejoinder.assist.models import Policy, Version
from rejoinder.core import clock
from tests import factories as make
from tests.assist import histories

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    shelf.forget()
    return make.site()


def test_version_says_how_well_it_foretells_and_promises_no_more_than_that(site: Site) -> None:
    histories.decide(site, 320)
    refitting.refit_site(site)
    found = queries.active_version(site)
    assert found is not None
    figures = found.evaluation
    assert figures["examples"] == 320
    assert figures["auroc"] > 0.9
    assert len(figures["later"]) == figures["judged"]
    assert figures["identity"]
    assert set(found.thresholds) == {"approve", "hold"}
    actions.change_policy(site=site, miss=0.0001)
    refitting.refit_site(site, forced=True)
    stricter = queries.active_version(site)
    assert stricter is not None
    assert stricter.thresholds["approve"] is None, "what cannot be promised is not done"


def test_change_of_policy_raises_an_alarm_stops_automation_and_begins_anew(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rejoinder.assist.storing.measure", lambda _site, _made: ({}, {}))
    histories.decide(site, 150)
    refitting.refit_site(site)
    actions.change_policy(site=site, mode=Policy.Mode.BOTH)
    changed = clock.now()
    histories.decide(site, 60, seed=2, share=0.5, flipped=True, at=changed)
    refitting.refit_site(site)
    policy = queries.policy_of(site)
    assert (policy.may_hold, policy.may_approve) == (False, False)
    assert policy.alarm["version"] == 1
    found = queries.active_version(site)
    assert found is not None
    assert (found.why, found.base) == ("alarm", 1)
    assert found.since is not None
    assert abs(found.since - changed) < timedelta(minutes=15)

    actions.clear_alarm(site=site)
    histories.decide(site, 40, seed=3, share=0.5, flipped=True, at=clock.now() + timedelta(hours=2))
    refitting.refit_site(site, forced=True)
    later = queries.active_version(site)
    assert later is not None
    assert (later.base, later.since) == (1, found.since), "the version before the change stays a voice in it"
    assert Version.objects.get(site=site, number=1).blob is not None


def test_calm_decisions_raise_no_alarm(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rejoinder.assist.storing.measure", lambda _site, _made: ({}, {}))
    histories.decide(site, 150)
    refitting.refit_site(site)
    histories.decide(site, 90, seed=2, at=clock.now())
    refitting.refit_site(site)
    assert queries.policy_of(site).alarmed is None
