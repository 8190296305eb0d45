"""Do people still decide as the model expects? CUSUM (Page, 1954) of log-likelihood ratios, for three ways to change.

More is rejected than expected, less is, or (with the rates unchanged) the other way round. Ratios and not standardised
residuals: these are so skewed where little is rejected that a limit which is never reached at one rate of rejections is
reached by half of all quiet sites at another. A sum of ratios passes LIMIT once in 8,100 decisions (exp 9) at most.
On an alarm automation stops; the caller starts anew with `fit(those since, previous=model)`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

LIMIT: Final = 9.0
CHANGE: Final = 1.5  # log-odds: the change of policy that is looked for; others are found too, later
TURNED: Final = -0.5  # "otherwise": what the model says counts half, and against
_SURE: Final = 0.02  # probabilities are taken as no closer to 0 and 1: one decision is no change of policy

Side = Literal["stricter", "milder", "otherwise"]
SIDES: Final[tuple[Side, ...]] = ("stricter", "milder", "otherwise")


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
    def alarm(self) -> Side | None:
        """Which sum is over the limit; the highest, if several are."""
        side = max(SIDES, key=self._height)
        return side if self._height(side) > LIMIT else None

    @property
    def since(self) -> int:
        """How many of the latest decisions came after the change, as far as can be told; 0 without an alarm."""
        return int(getattr(self, f"since_{self.alarm}")) if self.alarm else 0

    def after(self, probability: float, label: int) -> Drift:
        """The state after one more decision; `probability` is what was said before the model learned of it."""
        steps = _steps(min(max(float(probability), _SURE), 1 - _SURE), bool(label))
        moved: dict[str, Any] = {"seen": self.seen + 1}
        for side, step in zip(SIDES, steps, strict=True):
            height = max(0.0, self._height(side) + step)
            moved[side] = height
            moved["since_" + side] = getattr(self, "since_" + side) + 1 if height else 0
        return replace(self, **moved)

    def _height(self, side: Side) -> float:
        return float(getattr(self, side))

    def as_dict(self) -> dict[str, float]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, float]) -> Drift:
        """From what `as_dict` gave; what is missing is 0."""
        whole: dict[str, Any] = {
            name: int(kept.get(name, 0)) for name in ("seen", *(f"since_{side}" for side in SIDES))
        }
        whole |= {side: float(kept.get(side, 0.0)) for side in SIDES}
        return cls(**whole)


def _steps(p: float, rejected: bool) -> tuple[float, float, float]:
    """How much likelier the decision is under each of SIDES than as expected, in logarithms."""
    turned = 1 / (1 + math.exp(-TURNED * math.log(p / (1 - p))))
    other = math.log(turned / p) if rejected else math.log((1 - turned) / (1 - p))
    return _shifted(p, CHANGE, rejected), _shifted(p, -CHANGE, rejected), other


def _shifted(p: float, by: float, rejected: bool) -> float:
    return (by if rejected else 0.0) - math.log(1 - p + p * math.exp(by))
