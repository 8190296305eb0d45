"""Who votes for what: a few comments get most of the votes, most get none or one."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

MEAN, MOST_VOTES = 3.0, 1_200_000  # votes a comment; votes a thread, past which each comment gets fewer
SPREAD = 1.35  # of the logarithm
LIKED = (4.0, 1.4)  # parameters of Beta for a comment's share of up-votes
FEWEST_VOTERS, MOST_VOTERS = 61, 20_000


def voters(comments: int) -> int:
    """How many people vote in a thread of that size: a prime, so that stepping through them meets each once."""
    count = max(FEWEST_VOTERS, min(MOST_VOTERS, comments // 4)) | 1
    while any(count % divisor == 0 for divisor in range(3, math.isqrt(count) + 1, 2)):
        count += 2
    return count


class Ballots:
    """Draws the votes of one comment after another."""

    def __init__(self, rng: random.Random, comments: int) -> None:
        self._rng = rng
        self.voters = voters(comments)
        self._mean = min(MEAN, MOST_VOTES / comments)

    def cast(self, *, depth: int, age: float) -> list[tuple[int, int]]:
        """Pairs of voter and value, each voter once. `age`: 0 for the thread's newest comment, 1 for the oldest."""
        seen = self._mean * (0.4 + 1.2 * age) / (1 + 0.35 * depth)
        location = math.log(seen) - SPREAD * SPREAD / 2
        count = min(int(self._rng.lognormvariate(location, SPREAD) + self._rng.random()), self.voters // 3)
        return list(self._each(count)) if count else []

    def _each(self, count: int) -> Iterator[tuple[int, int]]:
        draw = self._rng.random
        liked = self._rng.betavariate(*LIKED)
        voter, step = int(draw() * self.voters), 1 + int(draw() * (self.voters - 1))
        for _ in range(count):
            yield voter, 1 if draw() < liked else -1
            voter = (voter + step) % self.voters
