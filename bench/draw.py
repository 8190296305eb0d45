"""What drawing a window costs: `python -m bench.draw` prints milliseconds of CPU for 10, 50 and 80 comments.

Only the markup: the rows are made up, no database is asked. Median and least of the rounds; "first" is a median with
nothing remembered from the window before, as a process draws its first one in a language. Promised: 4 ms for 80.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from statistics import median
from tempfile import TemporaryDirectory

import django
from rich.console import Console
from rich.table import Table

from rejoinder.discussion.windows import markup
from rejoinder.discussion.windows.shape import Window
from tests.discussion import scenes

SIZES = (10, 50, 80)
LIMIT_MS = 4.0
ROUNDS = 51


def main() -> int:
    table = Table("comments", "kB", "median", "least", "first", title="drawing, ms of CPU")
    costs = {size: measure(scenes.crowd(size)) for size in SIZES}
    for size, (usual, least, first, length) in costs.items():
        table.add_row(f"{size}", f"{length / 1000:.0f}", f"{usual:.2f}", f"{least:.2f}", f"{first:.2f}")
    Console().print(table)
    return 1 if costs[SIZES[-1]][0] > LIMIT_MS else 0


def measure(window: Window) -> tuple[float, float, float, int]:
    """Milliseconds for a drawing (median, least) and for one with nothing remembered; its length in bytes."""

    def draw() -> object:
        return markup.window(window)

    def forget_and_draw() -> object:
        markup._month.cache_clear()
        return draw()

    length = len(markup.window(window).encode())
    usual = [_once(draw) for _ in range(ROUNDS)]
    first = [_once(forget_and_draw) for _ in range(ROUNDS)]
    return median(usual), min(usual), median(first), length


def _once(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return 1_000 * (time.process_time() - began)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        os.environ |= {"REJOINDER_DATA": folder, "DJANGO_SETTINGS_MODULE": "rejoinder.project.settings"}
        django.setup()
        sys.exit(main())
