"""A new version from all that was decided, taken only where it does no worse on decisions that it has not seen.

Everything is worked out outside of any transaction and written in one at the end: a refit that is killed leaves nothing
behind, and its job comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from rejoinder.accounts.models import Commenter, Site
from rejoinder.assist import available
from rejoinder.assist.examples import Told, in_order, lanes, name_languages
from rejoinder.assist.fitting import Lane, loaded, make
from rejoinder.assist.lease import alone
from rejoinder.assist.models import Policy, Version
from rejoinder.assist.queries import policy_of
from rejoinder.assist.storing import store
from rejoinder.assist.vectors import keep_vectors
from rejoinder.assist.watching import watch
from rejoinder.core import clock, jobs
from rejoinder.core.db import writing

ENOUGH = 25  # new decisions that are worth a version at once
SOME = 10  # that are, once the first of them is PAUSE old
PAUSE = timedelta(minutes=10)
FIRST = 25  # decisions that a first version needs, with at least OF_EACH of each kind
OF_EACH = 2
AGAIN = timedelta(minutes=1)
PATIENCE = 60.0  # seconds for vectors of old decisions, once the further extra was added


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a refit did for one language. `kind`: made, refused, lost (its lease), or why there was nothing to do: few,
    one-kind, nothing-new.
    """

    language: str
    kind: str
    number: int = 0
    figures: dict[str, Any] = field(default_factory=dict)


def refit(*, site: int, forced: bool = False) -> None:
    """The job."""
    row = Site.objects.filter(pk=site).first()
    if row is None or not available():
        return
    policy = policy_of(row)
    if policy.mode != Policy.Mode.OFF and policy.paused is None:
        refit_site(row, forced=forced, patience=PATIENCE)


def refit_site(
    site: Site, *, forced: bool = False, actor: Commenter | None = None, patience: float | None = None
) -> list[Outcome]:
    """Look at what is new and make what is due. Forced: a new version in any case, if it can be made at all.

    Empty where another worker is at it, or vectors of old decisions take longer than `patience` (seconds); a job then
    looks again.
    """
    with alone(site) as lease:
        if not lease:
            return _again(site, AGAIN, forced=forced)
        name_languages(site)
        if not keep_vectors(site, seconds=patience):
            return _again(site, timedelta(0), forced=forced)
        told = in_order(site)
        outcomes = [
            _refit_lane(site, language, those, lease=lease, forced=forced, actor=actor)
            for language, those in lanes(told).items()
        ]
        with writing():
            newest = max((one.order for one in told), default=None)
            Policy.objects.filter(site=site).update(looked=newest)
    return outcomes


def _again(site: Site, pause: timedelta, *, forced: bool) -> list[Outcome]:
    due = clock.now() + pause
    jobs.enqueue("assist.refit", key=f"assist:{site.pk}:again", due=due, site=site.pk, forced=forced)
    return []


def _refit_lane(
    site: Site, language: str, told: list[Told], *, lease: str, forced: bool, actor: Commenter | None
) -> Outcome:
    active = Version.objects.filter(site=site, language=language, state=Version.State.ACTIVE).first()
    seen = active.until if active is not None else None
    lane = Lane(
        language, told, [one for one in told if seen is None or one.order > seen], active, loaded(active)
    )
    changed = watch(site, lane)
    if reason := _not_due(lane, forced=forced or changed is not None):
        return Outcome(language, reason)
    made = make(lane, changed=changed, forced=forced)
    kind, number = store(site, lane, made, lease=lease, actor=actor)
    return Outcome(language, kind, number, made.trial)


def _not_due(lane: Lane, *, forced: bool) -> str:
    """Why there is nothing to be made now, or an empty string."""
    if lane.active is None or forced:
        return cannot(lane.told)
    if not lane.later:
        return "nothing-new"
    waited = clock.now() - min(one.order for one in lane.later) >= PAUSE
    new = len(lane.later)
    return cannot(lane.told) if new >= ENOUGH or (new >= SOME and waited) else "few"


def cannot(told: Sequence[Told]) -> str:
    """Why nothing can be learned from these: too few, or all of one kind. Else an empty string."""
    if len(told) < FIRST:
        return "few"
    rejected = sum(one.example.label for one in told)
    return "" if min(rejected, len(told) - rejected) >= OF_EACH else "one-kind"


jobs.register("assist.refit", refit)
