"""Orders of comments, as stored sort keys.

Best is shrunk approval: the mean of votes with a prior of pseudo-votes, learned per site, so that one vote does
not outrank fifty (Laplace's rule of succession is the prior 1 + 1). Stored as an integer, smaller is better.
"""

from __future__ import annotations

from dataclasses import dataclass

SCALE = 1_000_000_000


def approval(ups: int, downs: int, prior_up: float, prior_down: float) -> float:
    """Expected share of up-votes, in (0, 1)."""
    return (ups + prior_up) / (ups + downs + prior_up + prior_down)


def rank_of(ups: int, downs: int, prior_up: float = 1.0, prior_down: float = 1.0) -> int:
    """The stored key of best: smaller is better."""
    return -round(SCALE * approval(ups, downs, prior_up, prior_down))


# Ranks lie between -SCALE and 0; a pinned comment's lies below all of them, so it stands first in every list by rank.
_PINNED = 2 * SCALE


def is_pinned(rank: int) -> bool:
    return rank < -SCALE


def pinned_rank(rank: int) -> int:
    return rank if is_pinned(rank) else rank - _PINNED


def unpinned_rank(rank: int) -> int:
    return rank + _PINNED if is_pinned(rank) else rank


def tie_of(place: int, *, root: bool) -> int:
    """Among equals: roots newest first, so each is seen once; replies oldest first, as they were said."""
    return -place if root else place


@dataclass(frozen=True, slots=True)
class Keys:
    """Columns of a keyset, compared as one tuple, all in the same direction, with the row number last."""

    columns: tuple[str, ...]
    descending: bool = False
    # The first column changes as people vote and reply; the others never do.
    moving: bool = False

    @property
    def by(self) -> str:
        way = "DESC" if self.descending else "ASC"
        return ", ".join(f"{column} {way}" for column in self.columns)

    @property
    def beyond(self) -> str:
        """SQL that holds for what comes after a given key."""
        marks = ", ".join(["%s"] * len(self.columns))
        return f"({', '.join(self.columns)}) {'<' if self.descending else '>'} ({marks})"


@dataclass(frozen=True, slots=True)
class Order:
    name: str
    roots: Keys
    replies: Keys


BRANCH = Keys(("place", "id"))
_BEST = Keys(("rank", "tie", "id"), moving=True)
_WRITTEN = Keys(("place", "id"))

ORDERS = {
    order.name: order
    for order in (
        Order("best", roots=_BEST, replies=_BEST),
        Order("newest", roots=Keys(("place", "id"), descending=True), replies=_WRITTEN),
        Order("oldest", roots=_WRITTEN, replies=_WRITTEN),
        Order(
            "most-replied",
            roots=Keys(("reply_count", "place", "id"), descending=True, moving=True),
            replies=_BEST,
        ),
        # The other way round: where people ask, what waits for an answer, the oldest first.
        Order("unanswered", roots=Keys(("reply_count", "place", "id"), moving=True), replies=_BEST),
    )
}
DEFAULT = "best"


def fit_prior(votes: list[tuple[int, int]]) -> tuple[float, float]:
    """Pseudo-votes (up, down) for a site from its comments' (ups, downs), by the method of moments.

    The beta-binomial's two moments: mean of approval, and how much more it varies between comments than chance
    alone would make it. Few votes, or no more variance than chance: Laplace's 1 + 1.
    """
    heard = [(up, up + down) for up, down in votes if up + down >= 2]
    total = sum(n for _, n in heard)
    if len(heard) < 30 or total < 200:
        return 1.0, 1.0
    mean = sum(up for up, _ in heard) / total
    spread = sum(n * (up / n - mean) ** 2 for up, n in heard)
    chance = mean * (1 - mean)
    if chance <= 0:
        return 1.0, 1.0
    weight = total - sum(n * n for _, n in heard) / total
    rho = (spread - chance * (len(heard) - 1)) / (chance * weight - chance * (len(heard) - 1) + 1e-12)
    # Between 2 pseudo-votes (little is known) and 20 (comments hardly differ).
    size = 1 / min(max(rho, 1 / 21), 1 / 3) - 1
    return max(0.2, mean * size), max(0.2, (1 - mean) * size)
