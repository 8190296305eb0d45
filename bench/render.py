"""What rendering costs: `python -m bench.render` prints each family of bad bodies, worst first.

Milliseconds of CPU (the least of nine rounds) at 2,500, 5,000 and 10,000 characters, and the worst growth for
twice the characters. Promised: 150 ms, and 2.6. Growth is not judged below two milliseconds.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rejoinder.core.text.render import render
from tests.core.text.families import FAMILIES

SIZES = (2_500, 5_000, 10_000)
LIMIT_MS = 150.0
GROWTH = 2.6
NOISE_MS = 2.0
ROUNDS = 9


def main() -> int:
    rows = sorted(measure().items(), key=lambda row: -row[1][-1])
    table = Table("family", *(f"{size:,}" for size in SIZES), "growth", title="render, ms of CPU")
    for family, costs in rows:
        table.add_row(escape(family), *(f"{ms:.2f}" for ms in costs), f"{growth(costs):.2f}")
    Console().print(table)
    bad = [family for family, costs in rows if costs[-1] > LIMIT_MS or growth(costs) > GROWTH]
    Console().print(f"{len(rows)} families, over the promise: {escape(', '.join(bad)) or 'none'}")
    return 1 if bad else 0


def measure() -> dict[str, list[float]]:
    """Milliseconds of CPU for one rendering of each family, at each size."""
    bodies = {family: [make(size) for size in SIZES] for family, make in FAMILIES.items()}
    least = {family: [float("inf")] * len(SIZES) for family in FAMILIES}
    # Round by round over all families: a spell in which the machine is slow then spoils one round of a family,
    # not all of them.
    for _ in range(ROUNDS):
        for family, sizes in bodies.items():
            least[family] = [min(pair) for pair in zip(least[family], map(_once, sizes), strict=True)]
    return least


def growth(costs: list[float]) -> float:
    """The worst ratio between neighbours; 0 where the cost is too small to tell."""
    if costs[-1] < NOISE_MS:
        return 0.0
    return max(after / before for before, after in pairwise(costs))


def _once(body: str) -> float:
    began = time.process_time()
    render(body)
    return 1_000 * (time.process_time() - began)


if __name__ == "__main__":
    sys.exit(main())
