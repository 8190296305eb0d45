"""From the model's score to the value that a client's threshold was chosen for.

Perspective's TOXICITY was no probability of rejection: measured on a newsroom's comments, .5 was passed by 2% of what
its moderators approved, .8 by 0.2%. Clients hold above .8 or flag above .5, so a value means the same here: how many
of the approved comments score that high.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

HALF, HALF_SHARE = 0.5, 0.02
HIGH, HIGH_SHARE = 0.8, 0.002
_LEAST = 0.05  # between the anchors, in log-odds: a value never jumps
_EDGE = 1e-6


@dataclass(frozen=True, slots=True)
class Anchors:
    """Scores (log-odds) that 2% and 0.2% of approved comments reach."""

    half: float
    high: float

    @classmethod
    def at(cls, half: float, high: float) -> Anchors:
        """By scores of 0..1."""
        return cls(_odds(half), _odds(high))

    def value(self, score: float) -> float:
        """The value of a score (0..1): grows with it, is .5 at `half` and .8 at `high`."""
        steep = _odds(HIGH) / max(self.high - self.half, _LEAST)
        return _share(steep * (_odds(score) - self.half))

    def severe(self, score: float) -> float:
        """The same for SEVERE_TOXICITY: .5 where TOXICITY is .8."""
        steep = _odds(HIGH) / max(self.high - self.half, _LEAST)
        return _share(steep * (_odds(score) - max(self.high, self.half + _LEAST)))


def _odds(share: float) -> float:
    kept = min(max(share, _EDGE), 1 - _EDGE)
    return math.log(kept / (1 - kept))


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-min(max(odds, -50.0), 50.0)))


# The shipped prior's own: what 2% and 0.2% of comments reached that nobody objected to (English, 19,800 of them; those
# of Perspective itself were 0.49 and 0.81).
PRIOR = Anchors.at(0.48, 0.69)
