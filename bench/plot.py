"""Two plots as SVG, written by hand: requests/s and bytes of the first reading against the size of the thread.

Both axes are logarithmic. Each series has a colour, a mark of its own shape and its name beside its last point, so
that no colour need be told from another; colours follow the reader's light or dark scheme.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from bench.figures import Row

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 78, 190, 56, 56
BESIDE = {"nginx": "nginx, a file", "cache": "Rejoinder behind nginx"}
LINE = 15  # least distance of two names beside the plot

STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-size: 16px; font-weight: 600; }
  .axis { stroke: #59636e; } .grid { stroke: #d1d9e0; }
  .s0 { --c: #0550ae; } .s1 { --c: #1a7f37; } .s2 { --c: #6e4a00; } .s3 { --c: #a40e26; } .s4 { --c: #7d2ea8; }
  .s5 { --c: #59636e; }
  .line { stroke: var(--c); fill: none; stroke-width: 2; } .dot { fill: var(--c); } .name { fill: var(--c); }
  .s0 .line { stroke-width: 3; } .s0 .name { font-weight: 600; }
  .ground { fill: #ffffff; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; } text { fill: #e6edf3; } .axis { stroke: #9198a1; } .grid { stroke: #30363d; }
    .s0 { --c: #79c0ff; } .s1 { --c: #56d364; } .s2 { --c: #e3b341; } .s3 { --c: #ff938a; } .s4 { --c: #d2a8ff; }
    .s5 { --c: #b1bac4; }
  }
"""


@dataclass(frozen=True, slots=True)
class Series:
    """`points`: size of the thread, value; both above zero. `place` says which colour and mark."""

    name: str
    place: int
    points: list[tuple[int, float]]


def plots(results: Row) -> Iterator[tuple[str, str]]:
    """Name and drawing of each plot for which there are figures."""
    found = list(series(results, _requests))
    if found:
        yield "requests", draw("First reading of a thread: requests per second", "requests/s", found)
    # What stands beside or before ours sends the very same bytes: one line for all of them.
    found = [one for one in series(results, _bytes) if one.name not in BESIDE.values()]
    if found:
        yield "bytes", draw("First reading of a thread: bytes sent", "bytes", found)


def _requests(row: Row) -> float:
    return float(row["rps"]["median"])


def _bytes(row: Row) -> float:
    return float(row["bytes"])


def series(results: Row, value: Callable[[Row], float]) -> Iterator[Series]:
    """Ours and nginx from the warm readings of the first database, the peers from theirs."""
    warm: list[Row] = next((into["read"] for into in results["databases"].values() if into.get("read")), [])
    peers = (results.get("peers") or {}).get("read") or []
    own = [row for row in warm if (row["what"], row["order"], row["encoding"]) == ("first", "best", "br")]
    names = [("rejoinder", "Rejoinder"), *BESIDE.items()]
    rows = own + [row for row in peers if row["who"] != "rejoinder" or not own]
    names += [(who, who) for who in sorted({row["who"] for row in peers} - {"rejoinder"})]
    for place, (who, name) in enumerate(names):
        points = sorted((row["size"], value(row)) for row in rows if row["who"] == who and value(row) > 0)
        if points:
            yield Series(name, place, points)


def draw(title: str, unit: str, found: list[Series]) -> str:
    """The SVG, with a title and a description that says the figures."""
    across = _Scale([size for one in found for size, _ in one.points], LEFT, WIDTH - RIGHT)
    upward = _Scale([value for one in found for _, value in one.points], HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="title desc">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(_said(unit, found))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<text class="title" x="{LEFT}" y="28">{escape(title)}</text>',
        *_axes(across, upward),
        *_lines(found, across, upward),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class _Scale:
    """A logarithmic scale over whole powers of ten, from one edge to the other."""

    def __init__(self, values: list[float] | list[int], begin: float, end: float) -> None:
        self.low = math.floor(math.log10(min(values)))
        self.high = max(math.ceil(math.log10(max(values))), self.low + 1)
        self.begin, self.end = begin, end

    def __call__(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(self.begin + share * (self.end - self.begin), 1)

    @property
    def ticks(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def _axes(across: _Scale, upward: _Scale) -> Iterator[str]:
    for tick in upward.ticks:
        y = upward(tick)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{_short(tick)}</text>'
    for tick in across.ticks:
        x = across(tick)
        yield f'<line class="axis" x1="{x}" x2="{x}" y1="{HEIGHT - BOTTOM}" y2="{HEIGHT - BOTTOM + 5}"/>'
        yield f'<text x="{x}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{_short(tick)}</text>'
    floor = HEIGHT - BOTTOM
    yield f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{floor}" y2="{floor}"/>'
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield f'<text x="{middle}" y="{HEIGHT - 12}" text-anchor="middle">comments in the thread</text>'


def _lines(found: list[Series], across: _Scale, upward: _Scale) -> Iterator[str]:
    heights = _apart({one.name: upward(one.points[-1][1]) for one in found})
    for one in found:
        places = [(across(size), upward(value)) for size, value in one.points]
        yield f'<g class="s{one.place % 6}">'
        yield f'<polyline class="line" points="{" ".join(f"{x},{y}" for x, y in places)}"/>'
        yield from (_mark(one.place, x, y) for x, y in places)
        x, y = WIDTH - RIGHT + 14, heights[one.name]
        # From a point far from the edge dots lead to its name.
        end = f'x1="{places[-1][0]}" y1="{places[-1][1]}" x2="{x - 4}" y2="{y}"'
        yield f'<line class="line" style="stroke-width:1;stroke-dasharray:1 4" {end}/>'
        yield f'<text class="name" x="{x}" y="{y + 4}">{escape(one.name)}</text></g>'


def _apart(wanted: dict[str, float]) -> dict[str, float]:
    """Heights near those that are wanted, none nearer to another than a line of text."""
    placed: dict[str, float] = {}
    last = -math.inf
    for name, height in sorted(wanted.items(), key=lambda item: item[1]):
        last = placed[name] = max(height, last + LINE)
    return placed


def _mark(place: int, x: float, y: float) -> str:
    shapes = (
        f'<circle class="dot" cx="{x}" cy="{y}" r="5"/>',
        f'<rect class="dot" x="{x - 4}" y="{y - 4}" width="8" height="8"/>',
        f'<path class="dot" d="M{x} {y - 6}l6 6-6 6-6-6z"/>',
        f'<path class="dot" d="M{x} {y - 6}l6 10h-12z"/>',
        f'<path class="dot" d="M{x} {y + 6}l6-10h-12z"/>',
        f'<path class="dot" d="M{x - 6} {y - 2}h12v4h-12z"/>',
    )
    return shapes[place % len(shapes)]


def _short(value: float) -> str:
    for bound, letter in ((1e6, "M"), (1e3, "k")):
        if value >= bound:
            return f"{value / bound:g}{letter}"
    return f"{value:g}"


def _said(unit: str, found: list[Series]) -> str:
    """The figures in words, for who does not see the plot."""
    sentences = []
    for one in found:
        points = ", ".join(f"{value:,.0f} at {size:,}" for size, value in one.points)
        sentences.append(f"{one.name}: {points} comments.")
    return f"In {unit}. " + " ".join(sentences)
