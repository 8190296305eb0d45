"""Do people still decide as the model expects? A two-sided CUSUM (Page, 1954) of standardised surprises.

Three sums: more is rejected than expected, less is, and (with the rates unchanged) otherwise than expected. On an alarm
automation stops; the caller starts anew with `fit(those since, previous=model)`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Literal

SLACK, LIMIT = 0.25, 12.0
_SURPRISE = 4.0  # standard deviations that one decision counts at most: a single one is no change of policy
_SURE = 0.03  # probabilities are taken as no closer to 0 and 1

Alarm = Literal["", "stricter", "milder", "otherwise"]


@dataclass(frozen=True, slots=True)
class Drift:
    """Immutable; plain numbers, to be stored as JSON.

    `stricter`, `milder`, `otherwise`: the sums. `since_...`: decisions since each sum was last 0, which is about when
    the change began.
    """

    seen: int = 0
    stricter: float = 0.0
    milder: float = 0.0
    otherwise: float = 0.0
    since_stricter: int = 0
    since_milder: int = 0
    since_otherwise: int = 0

    @property
    def alarm(self) -> Alarm:
        """Which sum is over the limit; empty if none is."""
        sides: tuple[tuple[float, Alarm], ...] = (
            (self.stricter, "stricter"),
            (self.milder, "milder"),
            (self.otherwise, "otherwise"),
        )
        height, side = max(sides, key=lambda found: found[0])
        return side if height > LIMIT else ""

    @property
    def since(self) -> int:
        """How many of the latest decisions came after the change, as far as can be told; 0 without an alarm."""
        return {
            "": 0,
            "stricter": self.since_stricter,
            "milder": self.since_milder,
            "otherwise": self.since_otherwise,
        }[self.alarm]

    def after(self, probability: float, label: int) -> Drift:
        """The state after one more decision; `probability` is what was said before the model learned of it."""
        p = min(max(probability, _SURE), 1 - _SURE)
        residual = _cut(((1.0 if label else 0.0) - p) / math.sqrt(p * (1 - p)))
        surprise = _surprise(p, label)
        moved = replace(self, seen=self.seen + 1)
        for side, step in (("stricter", residual), ("milder", -residual), ("otherwise", surprise)):
            height = max(0.0, getattr(self, side) + step - SLACK)
            since = getattr(self, "since_" + side) + 1 if height else 0
            moved = replace(moved, **{side: height, "since_" + side: since})
        return moved

    def as_dict(self) -> dict[str, float]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, float]) -> Drift:
        """From what `as_dict` gave; what is missing is 0."""
        whole = {
            name: int(kept.get(name, 0))
            for name in ("seen", "since_stricter", "since_milder", "since_otherwise")
        }
        sums = {name: float(kept.get(name, 0.0)) for name in ("stricter", "milder", "otherwise")}
        return cls(**whole, **sums)  # type: ignore[arg-type]


def _surprise(p: float, label: int) -> float:
    """The log loss of a decision above what it is on average, in its standard deviations."""
    yes, no = -math.log(p), -math.log(1 - p)
    usual = p * yes + (1 - p) * no
    spread = abs(yes - no) * math.sqrt(p * (1 - p))
    # At even chances every outcome is as surprising as expected.
    return _cut(((yes if label else no) - usual) / max(spread, 0.3))


def _cut(deviations: float) -> float:
    return min(max(deviations, -_SURPRISE), _SURPRISE)
