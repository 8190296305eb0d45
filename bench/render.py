"""What rendering costs: `python -m bench.render` prints each family of bad bodies, worst first.

Milliseconds of CPU (the least of five runs) at 2,500, 5,000 and 10,000 characters, and the worst growth for
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


def main() -> int:
    rows = sorted(
        ((family, [cost(family, size) for size in SIZES]) for family in FAMILIES), key=lambda r: -r[1][-1]
    )
    table = Table("family", *(f"{size:,}" for size in SIZES), "growth", title="render, ms of CPU")
    for family, costs in rows:
        table.add_row(escape(family), *(f"{ms:.2f}" for ms in costs), f"{growth(costs):.2f}")
    Console().print(table)
    bad = [family for family, costs in rows if costs[-1] > LIMIT_MS or growth(costs) > GROWTH]
    Console().print(f"{len(rows)} families, over the promise: {escape(', '.join(bad)) or 'none'}")
    return 1 if bad else 0


def cost(family: str, size: int) -> float:
    """Milliseconds of CPU for one rendering."""
    body = FAMILIES[family](size)
    return min(_once(body) for _ in range(5))


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
