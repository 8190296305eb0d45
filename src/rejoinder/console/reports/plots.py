"""Bars as SVG: figures by day, drawn here, coloured by the page's own style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, GAP = 600, 100, 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in units of a plot that is WIDTH by HEIGHT."""

    x: int
    y: int
    width: int
    height: int


def bars(values: Sequence[int], top: int, *, part: int = 0, parts: int = 1) -> list[Bar]:
    """A bar for each value, the highest as high as `top`. `part` of `parts` that stand side by side.

    What is not nothing is seen: such a bar is at least two units high.
    """
    room = WIDTH / max(1, len(values))
    width = max(1, int((room - GAP) / parts))
    found = []
    for number, value in enumerate(values):
        height = max(2, round(HEIGHT * value / max(1, top))) if value else 0
        found.append(Bar(int(number * room + GAP / 2) + part * width, HEIGHT - height, width, height))
    return found
