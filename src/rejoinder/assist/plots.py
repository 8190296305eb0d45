"""Plots as inline SVG, each with its figures as a table: whoever does not see the one reads the other.

Colours come from the page's style sheet by class (`axis`, `grid`, `line`, `band`, `mark`, `ideal`), so that they follow
its colour scheme. All labels are given by the caller, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT = 480, 260
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 28, 40
LETTER = 6.5  # about the width of a digit at the size of the labels

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Axis:
    """From `low` to `high`, with marks at `ticks`. `percent`: 0.25 is written 25%."""

    label: str
    low: float
    high: float
    ticks: Sequence[float]
    percent: bool = False

    def at(self, value: float) -> float:
        """Where a value lies between the ends: 0..1, held within."""
        span = self.high - self.low or 1.0
        return min(1.0, max(0.0, (value - self.low) / span))

    def written(self, value: float) -> str:
        """A value as the labels write it."""
        return f"{value:.0%}" if self.percent else f"{value:,.10g}"


@dataclass(frozen=True, slots=True)
class Series:
    """Points in the order of x. `band`: lower and upper y at each, for what is not certain."""

    name: str
    points: Sequence[Point]
    band: Sequence[tuple[float, float]] = field(default_factory=tuple)
    kind: str = "line"


def chart(
    title: str, x: Axis, y: Axis, series: Sequence[Series], *, ideal: Sequence[Point] = ()
) -> SafeString:
    """One plot. `ideal`: a thin line to compare with, such as the diagonal of a calibration plot."""
    parts = [_frame(x, y)]
    if ideal:
        parts.append(f'<polyline class="ideal" points="{_path(x, y, ideal)}"/>')
    for number, one in enumerate(series):
        parts += _drawn(x, y, one, number)
    return mark_safe(  # noqa: S308  (every text in it was escaped)
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> SafeString:
    """The figures of a plot. The first cell of a row names it."""
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return mark_safe(  # noqa: S308  (every text in it was escaped)
        f"<table><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def _drawn(x: Axis, y: Axis, one: Series, number: int) -> list[str]:
    parts = []
    if one.band:
        upper = [(point[0], high) for point, (_low, high) in zip(one.points, one.band, strict=True)]
        lower = [(point[0], low) for point, (low, _high) in zip(one.points, one.band, strict=True)]
        parts.append(f'<polygon class="band s{number}" points="{_path(x, y, [*upper, *reversed(lower)])}"/>')
    if one.kind == "line" and len(one.points) > 1:
        parts.append(f'<polyline class="line s{number}" points="{_path(x, y, one.points)}"/>')
    for place in one.points:
        across, down = _place(x, y, place)
        said = escape(f"{one.name}: {x.written(place[0])}, {_short(y, place[1])}")
        parts.append(
            f'<circle class="mark s{number}" cx="{across:.1f}" cy="{down:.1f}" r="3"><title>{said}</title></circle>'
        )
    return parts


def _short(axis: Axis, value: float) -> str:
    return f"{value:.1%}" if axis.percent else f"{value:.3g}"


def _frame(x: Axis, y: Axis) -> str:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts = []
    for tick in y.ticks:
        down = _place(x, y, (x.low, tick))[1]
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{down:.1f}" y2="{down:.1f}"/>')
        parts.append(
            f'<text class="tick" x="{LEFT - 6}" y="{down + 4:.1f}" text-anchor="end">{escape(y.written(tick))}</text>'
        )
    for tick in x.ticks:
        across = _place(x, y, (tick, y.low))[0]
        text = x.written(tick)
        # The last label stays within the picture.
        across = min(across, WIDTH - LETTER * len(text) / 2)
        parts.append(
            f'<text class="tick" x="{across:.1f}" y="{bottom + 16}" text-anchor="middle">{escape(text)}</text>'
        )
    parts.append(f'<polyline class="axis" points="{LEFT},{TOP} {LEFT},{bottom} {right},{bottom}"/>')
    middle = (LEFT + right) / 2
    parts.append(
        f'<text class="label" x="{middle:.0f}" y="{HEIGHT - 6}" text-anchor="middle">{escape(x.label)}</text>'
    )
    parts.append(f'<text class="label" x="4" y="12">{escape(y.label)}</text>')
    return "".join(parts)


def _place(x: Axis, y: Axis, point: Point) -> Point:
    across = LEFT + x.at(point[0]) * (WIDTH - LEFT - RIGHT)
    down = TOP + (1.0 - y.at(point[1])) * (HEIGHT - TOP - BOTTOM)
    return across, down


def _path(x: Axis, y: Axis, points: Sequence[Point]) -> str:
    return " ".join(f"{across:.1f},{down:.1f}" for across, down in (_place(x, y, point) for point in points))
