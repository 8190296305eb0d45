"""Making a version: fit on all that counts, and try it on decisions that neither it nor the active one has seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rejoinder.assist.examples import Told
from rejoinder.assist.learning import BadModel
from rejoinder.assist.models import Version

if TYPE_CHECKING:
    from rejoinder.assist.learning.model import Model

COMPARE = 10  # new decisions that two versions can be compared on, at least


@dataclass(frozen=True, slots=True)
class Lane:
    """What is there before a refit. `later`: those of `told` that the active version has not seen."""

    language: str
    told: list[Told]
    later: list[Told]
    active: Version | None
    model: Model | None


@dataclass(frozen=True, slots=True)
class Made:
    """A version that is not written yet. `since` and `base`: see Version."""

    model: Model
    told: Sequence[Told]
    why: str
    since: datetime | None = None
    base: int | None = None
    trial: dict[str, Any] = field(default_factory=dict)

    @property
    def taken(self) -> bool:
        return self.why != "worse"


def loaded(row: Version | None) -> Model | None:
    """A version's model; None where there is no version, or no file that can be read."""
    from rejoinder.assist.learning.files import load
    from rejoinder.assist.learning.model import usable

    if row is None or not row.blob:
        return None
    try:
        return usable(load(bytes(row.blob)))
    except BadModel:
        return None


def make(lane: Lane, *, changed: datetime | None, forced: bool) -> Made:
    """`changed`: since when decisions look otherwise, where the watch has just seen that."""
    from rejoinder.assist.learning.model import fit

    since, base, previous = _era(lane, changed)
    used = [one for one in lane.told if since is None or one.at >= since]
    trial = _compare(used, lane, previous)
    candidate = fit([one.example for one in used], previous=previous)
    return Made(candidate, used, _why(lane, trial, changed=changed, forced=forced), since, base, trial)


def _why(lane: Lane, trial: dict[str, Any], *, changed: datetime | None, forced: bool) -> str:
    if changed is not None:
        return "alarm"
    if lane.active is None:
        return "first"
    if forced:
        return "asked"
    return "better" if trial.get("after", 0.0) <= trial.get("before", 0.0) + 1e-9 else "worse"


def _era(lane: Lane, changed: datetime | None) -> tuple[datetime | None, int | None, Model | None]:
    """Since when is learned from, which version from before is a feature, and its model; else all, and None."""
    if lane.active is None:
        return None, None, None
    if changed is not None:
        return (changed, lane.active.number, lane.model) if lane.model else (None, None, None)
    if lane.active.base is None:
        return None, None, None
    before = Version.objects.filter(
        site=lane.active.site_id, language=lane.language, number=lane.active.base
    ).first()
    previous = loaded(before)
    return (lane.active.since, lane.active.base, previous) if previous else (None, None, None)


def _compare(used: list[Told], lane: Lane, previous: Model | None) -> dict[str, Any]:
    """Mean log loss on the second half of what is new: of the active version, which has seen none of it, and of one
    that has learned from all before that half. Neither has seen what it is asked. Empty where too little is new.
    """
    from rejoinder.assist.learning.model import fit

    new = {id(one) for one in lane.later}
    newest = [one for one in used if id(one) in new]
    asked = newest[len(newest) // 2 :]
    if lane.model is None or len(newest) < COMPARE:
        return {}
    held = {id(one) for one in asked}
    trial = fit([one.example for one in used if id(one) not in held], previous=previous)
    return {"before": loss(lane.model, asked), "after": loss(trial, asked), "on": len(asked)}


def loss(model: Model, told: Sequence[Told]) -> float:
    """Mean log loss in nats; what gives no probability yet is taken by its score."""
    from rejoinder.assist.learning.model import score

    total = 0.0
    for judgement, one in zip(score(model, [one.example.text for one in told], why=False), told, strict=True):
        said = judgement.probability if judgement.probability is not None else judgement.score
        p = min(max(said, 1e-4), 1 - 1e-4)
        total -= math.log(p if one.example.label else 1 - p)
    return total / max(1, len(told))
