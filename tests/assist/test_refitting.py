"""New versions: when they are made, when they are taken, and that one can go back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from rejoinder.accounts.models import Site
from rejoinder.assist import actions, lease, queries, refitting, shelf
from rejoinder.assist.judging import judge
from rejoinder.assist.learning import Text
from rejoinder.assist.models import Policy, Version
from rejoinder.core import clock
from rejoinder.core.errors import NotFound
from rejoinder.core.models import Job
from tests import factories as make
from tests.assist import histories

pytestmark = pytest.mark.django_db
ROTTEN = Text("What a worthless snorkwaffle you are, you rotten grumbler.", "en")
KIND = Text("The council has answered the question of the vote by now.", "en")


@pytest.fixture
def site() -> Site:
    shelf.forget()
    return make.site()


@pytest.fixture(autouse=True)
def _unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """How good a version is takes longer to find out than to make it; tests/assist/test_measuring.py looks at that."""
    monkeypatch.setattr("rejoinder.assist.storing.measure", lambda _site, made: ({"trial": made.trial}, {}))


def kinds(site: Site, *, forced: bool = False) -> list[str]:
    shelf.forget()
    return [outcome.kind for outcome in refitting.refit_site(site, forced=forced)]


def active(site: Site) -> Version:
    found = queries.active_version(site)
    assert found is not None
    return found


@pytest.mark.parametrize(("count", "share", "why"), [(10, 0.3, "few"), (60, -1.0, "one-kind")])
def test_nothing_is_learned_from_too_few_or_from_decisions_of_one_kind(
    site: Site, count: int, share: float, why: str
) -> None:
    histories.decide(site, count, share=share)
    assert kinds(site, forced=True) == [why]
    assert queries.active_version(site) is None
    assert judge(site, [ROTTEN])[0].probability is None


def test_model_tells_apart_what_people_decided_differently(site: Site) -> None:
    histories.decide(site, 120)
    assert kinds(site) == ["made"]
    rotten, kind = judge(site, [ROTTEN, KIND])
    assert rotten.score > kind.score
    assert rotten.probability is not None and rotten.probability > 0.5


def test_nothing_is_made_again_before_enough_is_new(site: Site) -> None:
    histories.decide(site, 60)
    assert kinds(site) == ["made"]
    histories.decide(site, 12, seed=2, at=clock.now())
    assert kinds(site) == ["few"]
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        assert kinds(site) in (["made"], ["refused"])


def test_what_was_decided_since_is_known_before_a_new_version_is_made(site: Site) -> None:
    histories.decide(site, 60)
    kinds(site)
    word = Text("The wobblefrost again, the wobblefrost, always the wobblefrost.", "en")
    before = judge(site, [word])[0].score
    for place in range(8):
        body = f"The wobblefrost number {place} has no place here, wobblefrost."
        actions.learn(site=site, comment_id=500 + place, body=body, label=1, at=clock.now())
    shelf.forget()
    assert judge(site, [word])[0].score > before


def test_version_that_does_worse_on_what_is_new_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    histories.decide(site, 60)
    kinds(site)
    histories.decide(site, 30, seed=2, at=clock.now())
    losses = iter((0.2, 0.3))
    monkeypatch.setattr("rejoinder.assist.fitting.loss", lambda *_: next(losses))
    assert kinds(site) == ["refused"]
    assert active(site).number == 1
    refused = Version.objects.get(site=site, state=Version.State.REFUSED)
    assert (refused.blob, refused.evaluation["trial"]["after"]) == (None, 0.3)


def test_hostile_day_is_undone_by_going_back_and_by_leaving_the_person_out(site: Site) -> None:
    histories.decide(site, 100)
    kinds(site)
    good = judge(site, [ROTTEN])[0].score
    hostile = make.staff(site)
    histories.decide(site, 150, seed=2, flipped=True, actor=hostile, at=clock.now())
    assert kinds(site, forced=True) == ["made"]
    assert judge(site, [ROTTEN])[0].score < good

    actions.revert(version=Version.objects.get(site=site, number=1))
    shelf.forget()
    assert judge(site, [ROTTEN])[0].score == pytest.approx(good)
    refitting.refit(site=site.pk)
    assert active(site).number == 1, "learning rests until somebody says so"

    actions.leave_out(site=site, actor=hostile)
    actions.resume(site=site)
    assert kinds(site, forced=True) == ["made"]
    assert active(site).examples == 100
    assert judge(site, [ROTTEN])[0].score == pytest.approx(good, abs=0.1)


def test_version_whose_file_is_gone_cannot_be_gone_back_to(site: Site) -> None:
    histories.decide(site, 60)
    kinds(site)
    Version.objects.filter(site=site).update(blob=None)
    with pytest.raises(NotFound):
        actions.revert(version=active(site))


def test_damaged_version_judges_like_the_prior_and_is_replaced(site: Site) -> None:
    histories.decide(site, 60)
    kinds(site)
    blob = bytearray(active(site).blob or b"")
    blob[len(blob) // 2] ^= 255
    Version.objects.filter(site=site).update(blob=bytes(blob))
    shelf.forget()
    assert judge(site, [ROTTEN])[0].probability is None
    assert kinds(site, forced=True) == ["made"]
    assert judge(site, [ROTTEN])[0].probability is not None


def test_second_worker_leaves_and_looks_again_later(site: Site) -> None:
    histories.decide(site, 60)
    Job.objects.all().delete()
    with lease.alone(site) as name:
        assert name
        assert refitting.refit_site(site) == []
    assert not Version.objects.filter(site=site).exists()
    assert Job.objects.get(task="assist.refit").due > clock.now()


def test_worker_that_lost_its_lease_writes_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    histories.decide(site, 60)

    def slow(*_: object) -> tuple[dict[str, object], dict[str, object]]:
        Policy.objects.filter(site=site).update(refit_by="another")
        return {}, {}

    monkeypatch.setattr("rejoinder.assist.storing.measure", slow)
    assert kinds(site) == ["lost"]
    assert not Version.objects.filter(site=site).exists()


def test_lease_of_a_worker_that_was_killed_ends(site: Site) -> None:
    histories.decide(site, 60)
    Policy.objects.update_or_create(
        site=site, defaults={"refit_by": "dead", "refit_until": clock.now() + lease.LEASE}
    )
    assert kinds(site) == []
    with time_machine.travel(clock.now() + lease.LEASE, tick=False):
        assert kinds(site) == ["made"]


def test_language_with_enough_decisions_has_a_version_of_its_own(site: Site) -> None:
    histories.decide(site, 120, language="en")
    histories.decide(site, 120, seed=2, language="de")
    histories.decide(site, 20, seed=3, language="fr")
    assert kinds(site) == ["made", "made", "made"]
    assert set(Version.objects.filter(site=site).values_list("language", flat=True)) == {"", "en", "de"}


def test_older_versions_lose_their_files_and_keep_their_figures(site: Site) -> None:
    histories.decide(site, 60)
    from rejoinder.assist import storing

    for _ in range(storing.FILES + 3):
        storing.add(Version(site=site, state=Version.State.ACTIVE, blob=b"x", examples=1))
    rows = list(Version.objects.filter(site=site).order_by("number").values_list("state", "blob"))
    assert [blob is None for _state, blob in rows] == [True] * 2 + [False] * (storing.FILES + 1)
    assert [state for state, _blob in rows][-2:] == ["superseded", "active"]
