"""`python -m bench.assist.changes [--seeds N]`: a policy changes in the middle of a stream. What is learned then?

Until the change, decisions are by the old policy; from there on by the new one. Every 25 decisions a model is made, as
on a site; the watch looks at what the one in use says of each. AUROC is of comments that nobody has decided, by the
policy of that moment.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import Progress

from bench.assist.sets import CHANGES, FOLDER, Changed, changing
from bench.assist.tables import by, mean
from rejoinder.assist.learning import Example, inputs, measures
from rejoinder.assist.learning.drift import Drift
from rejoinder.assist.learning.inputs import Prepared
from rejoinder.assist.learning.stack import sigmoid
from rejoinder.assist.learning.state import Model, logits
from rejoinder.assist.learning.training import fit_prepared, usual_language

BEFORE, LEAST_ASKED = (
    1_000,
    400,
)  # decisions by the old policy (of a small set 600), comments that are asked of
POINTS = (100, 300, 500)  # decisions by the new one
STEP = 25
WAYS = ("Assist", "forgot", "went on", "always knew")


@dataclass(frozen=True, slots=True)
class Stream:
    """Comments in order; `old` and `new`: what is decided of each before and after `turn`. `unseen`: from there on
    nobody decides.
    """

    prepared: Prepared
    old: NDArray[np.float64]
    new: NDArray[np.float64]
    language: str
    turn: int
    unseen: int

    def fit(self, begin: int, end: int, labels: NDArray[np.float64], previous: Model | None = None) -> Model:
        """A model of the decisions from `begin` to `end`."""
        texts = self.prepared.texts[begin:end]
        examples = [
            Example(text, int(label)) for text, label in zip(texts, labels[begin:end].tolist(), strict=True)
        ]
        return fit_prepared(self.prepared.part(begin, end), examples, self.language, previous=previous)

    def auroc(self, model: Model, labels: NDArray[np.float64]) -> float | None:
        """Of what nobody has decided."""
        scores = logits(model, self.prepared.part(self.unseen, len(labels)))
        return measures.auroc(scores, labels[self.unseen :])


def stream(rows: Sequence[Changed]) -> Stream:
    """Read once, for all that is learned from them."""
    texts = [row.text for row in rows]
    language = usual_language(texts)
    turn = BEFORE if len(rows) >= BEFORE + POINTS[-1] + LEAST_ASKED else 600
    return Stream(
        inputs.prepare(texts, language=language),
        np.array([float(row.before) for row in rows]),
        np.array([float(row.after) for row in rows]),
        language,
        turn,
        turn + POINTS[-1],
    )


def watched(here: Stream, old: Model) -> tuple[int | None, dict[int, Model]]:
    """(decisions until the alarm, the model in use at each of POINTS), from `old` on."""
    decided = np.append(here.old[: here.turn], here.new[here.turn :])
    model, state, since, previous, alarmed = old, Drift(), 0, None, None
    found = {}
    for begin in range(here.turn, here.unseen, STEP):
        end = begin + STEP
        if previous is None:
            said = sigmoid(logits(model, here.prepared.part(begin, end)))
            for count, (chance, label) in enumerate(
                zip(said.tolist(), decided[begin:end].tolist(), strict=True), 1
            ):
                state = state.after(chance, int(label))
                if state.alarm and previous is None:
                    alarmed = begin + count - here.turn
                    since, previous = max(0, begin + count - state.since), model
        model = here.fit(since, end, decided, previous)
        if end - here.turn in POINTS:
            found[end - here.turn] = model
    return alarmed, found


def run(name: str, seed: int) -> list[dict[str, Any]]:
    """A row for each of POINTS."""
    here = stream(changing(name, seed))
    decided = np.append(here.old[: here.turn], here.new[here.turn :])
    old = here.fit(0, here.turn, here.old)
    alarmed, ours = watched(here, old)
    told = {
        "change": name,
        "seed": seed,
        "rates": [float(here.old.mean()), float(here.new.mean())],
        "alarm": alarmed,
        "before": here.auroc(old, here.old),
    }
    rows = []
    for point in POINTS:
        end = here.turn + point
        models = {
            "Assist": ours[point],
            "forgot": here.fit(here.turn, end, here.new),
            "went on": here.fit(0, end, decided),
            "always knew": here.fit(0, end, here.new),
        }
        found = {way: here.auroc(model, here.new) for way, model in models.items()}
        rows.append(told | {"decided": point} | found)
    return rows


def markdown(rows: list[dict[str, Any]]) -> str:
    """A row for each change: means over seeds, and the worst seed against whoever forgot."""
    lines = [
        "| change | rejects | seen after | 100 | 300 | 500 | forgot | went on | always knew | worst seed |",
        "|---" * 10 + "|",
    ]
    for (name,), group in by(rows, "change").items():
        last = [row for row in group if row["decided"] == POINTS[-1]]
        alarms = [row["alarm"] for row in last if row["alarm"] is not None]
        seen = f"{np.median(alarms):.0f}" if alarms else "not"
        rates = f"{mean_of(last, 0):.0%} to {mean_of(last, 1):.0%}"
        ours = [_said([row for row in group if row["decided"] == point], "Assist") for point in POINTS]
        others = [_said(last, way) for way in WAYS[1:]]
        worst = min(row["Assist"] - row["forgot"] for row in last)
        cells = [name, rates, seen, *ours, *others, f"{worst:+.3f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def mean_of(rows: list[dict[str, Any]], place: int) -> float:
    """The rate of rejections before (0) or after (1)."""
    return float(np.mean([row["rates"][place] for row in rows]))


def _said(rows: list[dict[str, Any]], name: str) -> str:
    value = mean(rows, name)
    return "-" if value is None else f"{value:.3f}"


def main() -> int:
    """Needs the sets beside the repository; says so where they are not."""
    asked = argparse.ArgumentParser(prog="python -m bench.assist.changes")
    asked.add_argument("--seeds", type=int, default=5)
    asked.add_argument("--out", type=Path)
    words = asked.parse_args()
    console = Console(stderr=True)
    if not FOLDER.is_dir():
        console.print("The labelled sets are not here: shared/data/assist beside the repository.")
        return 1
    rows: list[dict[str, Any]] = []
    with Progress(console=console) as progress:
        task = progress.add_task("changes and seeds", total=len(CHANGES) * words.seeds)
        for name in CHANGES:
            for seed in range(words.seeds):
                rows += run(name, seed)
                progress.advance(task)
    Console(width=180).print(markdown(rows), markup=False, highlight=False)
    if words.out:
        words.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
