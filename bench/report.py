"""The table on the terminal, and the page: `python -m bench.report FILE ...` writes the figures of a run into docs/.

What a later file has measured (`--only write`) takes the place of what the first has, and the page says so. It replaces
what stands between the two marks of docs/benchmarks.md and draws docs/images/bench-*.svg anew.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import plot
from bench.figures import Row
from bench.ours import ROOT
from bench.reach import judged
from bench.tables import Figures, tables

PAGE = ROOT / "docs" / "benchmarks.md"
IMAGES = ROOT / "docs" / "images"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
WIDTH = 170  # of a file; a terminal has its own
COLOURS = {"stretch": "green", "reached": "green", "missed": "red", "not measured": "dim"}


def judge(results: Row) -> None:
    """Put the verdicts of this run into it."""
    results["reach"] = judged(results)


def show(results: Row) -> None:
    """All tables, on stdout."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    for figures in tables(results):
        console.print(_shown(figures))
    for sentence in results["left_out"]:
        console.print(f"left out: {sentence}", markup=False)


def _shown(figures: Figures) -> Table:
    table = Table(
        title=figures.title, caption=figures.note or None, title_justify="left", caption_justify="left"
    )
    for number, column in enumerate(figures.columns):
        table.add_column(column, justify="left" if number == 0 else "right")
    for row in figures.rows:
        table.add_row(*row, style=COLOURS.get(row[-1]))
    return table


def markdown(results: Row) -> str:
    """What stands between the marks."""
    parts = [_machine(results), *map(_table, tables(results))]
    if results["left_out"]:
        parts.append("Left out in this run:\n\n" + "\n".join(f"- {line}" for line in results["left_out"]))
    return "\n\n".join(parts)


def _machine(results: Row) -> str:
    machine, asked = results["machine"], results["plan"]
    packages = ", ".join(f"{name} {version}" for name, version in machine["packages"].items() if version)
    tools = ", ".join(
        filter(None, (machine["wrk"], machine["nginx"], machine["node"] and f"node {machine['node']}"))
    )
    quick = (
        " **This was a quick run: it shows that everything works, not how fast.**" if asked["quick"] else ""
    )
    anew = "".join(
        f" Of the run of {run['machine']['date']}: {', '.join(run['parts'])}, rounds of {run['plan']['longer']:g} s."
        for run in results.get("anew", [])
    )
    return (
        f"Measured on {machine['date']}: {machine['cpu']}, {machine['cores']} cores shared by server and load, "
        f"{machine['memory_gb']} GB, {machine['system']}; Python {machine['python']}, {packages}; {tools}. "
        f"{asked['rounds']} rounds of {asked['seconds']:g} s each.{anew}{quick}"
    )


def _table(figures: Figures) -> str:
    lines = [f"### {figures.title}", ""]
    if figures.note:
        lines += [figures.note, ""]
    lines += [_line(figures.columns), "|---" + "|---:" * (len(figures.columns) - 1) + "|"]
    return "\n".join([*lines, *map(_line, figures.rows)])


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def write_page(results: Row, page: Path = PAGE, images: Path = IMAGES) -> list[Path]:
    """Rewrite the figures of the page and its plots. Raises ValueError where the marks are missing."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page.name} has no place for figures: {BEGIN} … {END}")
    page.write_text(f"{before}{BEGIN}\n{markdown(results)}\n{END}{after}", encoding="utf-8")
    written = [page]
    for name, drawing in plot.plots(results):
        path = images / f"bench-{name}.svg"
        path.write_text(drawing, encoding="utf-8")
        written.append(path)
    return written


PARTS = ("read", "cold", "write", "votes", "mixed", "memory")


def take_over(results: Row, run: Row) -> None:
    """Put what another run has measured of our databases in the place of what `results` has."""
    parts = set()
    for db, into in run["databases"].items():
        for part in PARTS:
            if into.get(part):
                results["databases"][db][part] = into[part]
                parts.add(part)
    anew = {"parts": sorted(parts), "machine": run["machine"], "plan": run["plan"]}
    results["anew"] = [*results.get("anew", []), anew]


def main(words: list[str]) -> int:
    results, *later = [json.loads(Path(word).read_text(encoding="utf-8")) for word in words]
    for run in later:
        take_over(results, run)
    judge(results)
    for path in write_page(results):
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
