"""A learning curve of each set as SVG: Assist and plain regression over the number of decisions."""

from __future__ import annotations

import math
from html import escape
from pathlib import Path
from typing import Any

from bench.assist.tables import by, mean

WIDTH, HEIGHT, LEFT, TOP, PLOT_WIDTH, PLOT_HEIGHT = 420, 260, 48, 36, 340, 180
LOW, HIGH = 0.45, 1.0
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2328; } .title { font-weight: 600; font-size: 14px; }
.ground { fill: #fff; } .grid { stroke: #d1d9e0; } .a { stroke: #0550ae; }
.b { stroke: #8a4600; stroke-dasharray: 5 4; }
polyline { fill: none; stroke-width: 2.5; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .ground { fill: #0d1117; } .grid { stroke: #30363d; }
.a { stroke: #79c0ff; } .b { stroke: #e3b341; } }
"""


def write(rows: list[dict[str, Any]], folder: Path) -> None:
    """One file a set: assist-<set>.svg."""
    folder.mkdir(parents=True, exist_ok=True)
    for (name,), group in by(rows, "set").items():
        file = "assist-" + "-".join(name.lower().replace(",", "").replace("%", "").split()) + ".svg"
        (folder / file).write_text(draw(name, group), encoding="utf-8")


def draw(name: str, rows: list[dict[str, Any]]) -> str:
    """A plot with its title, a grid with values, and two lines told apart by their dashes."""
    ways = (("Assist", "a"), ("plain regression", "b"))
    lines = "".join(
        f'<polyline class="{kind}" points="{_points([row for row in rows if row["way"] == way])}"/>'
        for way, kind in ways
    )
    grid = "".join(
        f'<line class="grid" x1="{LEFT}" x2="{LEFT + PLOT_WIDTH}" y1="{_y(at):.0f}" y2="{_y(at):.0f}"/>'
        f'<text x="{LEFT - 8}" y="{_y(at) + 4:.0f}" text-anchor="end">{at:.1f}</text>'
        for at in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    )
    below = "".join(
        f'<text x="{_x(at):.0f}" y="{TOP + PLOT_HEIGHT + 18}" text-anchor="middle">{at:,}</text>'
        for at in (0, 100, 300, 1_000, 3_000)
    )
    title = escape(f"{name}: AUROC by decisions")
    said = "solid: Assist; dashed: plain regression"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{title}; {said}">'
        f'<style>{STYLE}</style><rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>'
        f'<text class="title" x="{LEFT}" y="20">{title}</text>{grid}{below}{lines}'
        f'<text x="{LEFT}" y="{HEIGHT - 6}">{said}</text></svg>\n'
    )


def _points(rows: list[dict[str, Any]]) -> str:
    found = sorted((point, mean(group, "auroc")) for (point,), group in by(rows, "decided").items())
    return " ".join(f"{_x(point):.1f},{_y(value):.1f}" for point, value in found if value is not None)


def _x(decided: int) -> float:
    return LEFT + PLOT_WIDTH * (0.0 if not decided else 0.2 + 0.8 * math.log(decided / 100) / math.log(30))


def _y(value: float) -> float:
    return TOP + PLOT_HEIGHT * (HIGH - value) / (HIGH - LOW)
