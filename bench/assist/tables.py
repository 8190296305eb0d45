"""The figures as Markdown: means over seeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np

Row = dict[str, Any]


def mean(rows: Iterable[Row], name: str) -> float | None:
    """Of what was measured; None where nothing was."""
    values = [row[name] for row in rows if row.get(name) is not None]
    return float(np.mean(values)) if values else None


def by(rows: Iterable[Row], *names: str) -> dict[tuple[Any, ...], list[Row]]:
    """Rows that agree in these."""
    found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row[name] for name in names)].append(row)
    return found


def markdown(rows: list[Row]) -> str:
    """Two tables: how well each way ranks, and what Assist's probabilities are worth."""
    points = sorted({row["decided"] for row in rows})
    lines = [
        "| set | way | " + " | ".join(f"{point:,}" for point in points) + " |",
        "|---" * (len(points) + 2) + "|",
    ]
    for (set_, way), group in by(rows, "set", "way").items():
        cells = [_said(mean([row for row in group if row["decided"] == point], "auroc")) for point in points]
        lines.append(f"| {set_} | {way} | " + " | ".join(cells) + " |")
    lines += [
        "",
        "| set | way | decisions | recall at 5% | ECE (floor) | saved | missed | worst group |",
        "|---" * 8 + "|",
    ]
    ours = [row for row in rows if row["way"].startswith("Assist")]
    for (set_, way, point), group in by(ours, "set", "way", "decided").items():
        worst = max((row["worst"][1] for row in group if "worst" in row), default=None)
        ece = f"{_said(mean(group, 'ece'))} ({_said(mean(group, 'floor'))})"
        shares = " | ".join(_share(mean(group, name)) for name in ("saved", "missed"))
        lines.append(
            f"| {set_} | {way} | {point:,} | {_said(mean(group, 'recall'))} | {ece} | {shares} | {_share(worst)} |"
        )
    return "\n".join(lines)


def _said(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"
