"""`python -m bench.assist [--seeds N] [--out FILE] [--plots FOLDER]`: every set and every way, as tables and JSON."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import Progress

from bench.assist import against, plots, tables, vectors
from bench.assist.sets import FOLDER, SETS, Row, drawn
from rejoinder.assist.learning import inputs, meaning, measures
from rejoinder.assist.learning.evaluation import THROUGH
from rejoinder.assist.learning.identity import identity_audit
from rejoinder.assist.learning.inputs import Prepared
from rejoinder.assist.learning.stack import sigmoid
from rejoinder.assist.learning.state import Model, logits
from rejoinder.assist.learning.thresholds import thresholds
from rejoinder.assist.learning.training import fit_prepared, usual_language

POINTS = (0, 100, 300, 1_000, 3_000)
WITH = "Assist with MiniLM"
LEAST_ASKED = 300  # comments that a point is asked of


def main() -> int:
    """Needs the sets beside the repository; says so where they are not."""
    asked = argparse.ArgumentParser(prog="python -m bench.assist")
    asked.add_argument("--seeds", type=int, default=3)
    asked.add_argument("--out", type=Path)
    asked.add_argument("--plots", type=Path)
    asked.add_argument(
        "--vectors", type=Path, metavar="FOLDER", help="with sentence vectors, too; they are kept there"
    )
    words = asked.parse_args()
    console = Console(stderr=True)
    if not FOLDER.is_dir():
        console.print("The labelled sets are not here: shared/data/assist beside the repository.")
        return 1
    rows: list[dict[str, Any]] = []
    with Progress(console=console) as progress:
        task = progress.add_task("sets and seeds", total=len(SETS) * words.seeds)
        for name in SETS:
            for seed in range(words.seeds):
                rows += _run(name, drawn(name, seed), seed, words.vectors)
                progress.advance(task)
    Console(width=140).print(tables.markdown(rows), markup=False, highlight=False)
    if words.out:
        words.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    if words.plots:
        plots.write(rows, words.plots)
    return 0


def _run(name: str, rows: list[Row], seed: int, folder: Path | None) -> Iterator[dict[str, Any]]:
    examples = [row.example for row in rows]
    texts = [one.text for one in examples]
    language = usual_language(texts)
    prepared = inputs.prepare(texts, language=language)
    ways = [("Assist", prepared)]
    if folder is not None and meaning.helps(language):
        ways.append((WITH, replace(prepared, vectors=vectors.of([text.body for text in texts], folder))))
    labels = np.array([float(one.label) for one in examples])
    bodies = [text.body for text in texts]
    for point in POINTS:
        begin = max(point, min(1_000, len(rows) // 2))
        if len(rows) - begin < LEAST_ASKED:
            continue
        part, later = prepared.part(begin, len(rows)), labels[begin:]
        told = {"set": name, "seed": seed, "decided": point, "asked": len(later)}
        for way, whole in ways if point else ways[:1]:
            started = time.perf_counter()
            model = fit_prepared(whole.part(0, point), examples[:point], language) if point else Model()
            refit = time.perf_counter() - started
            scores = sigmoid(logits(model, whole.part(begin, len(rows))))
            yield told | {"way": way, "refit": refit} | _measured(model, scores, later)
        yield from _others(told, part, bodies, labels, rows[begin:])


def _others(
    told: dict[str, Any], part: Prepared, bodies: list[str], labels: Any, rows: list[Row]
) -> Iterator[dict[str, Any]]:
    begin, point = len(labels) - len(rows), told["decided"]
    later = labels[begin:]
    if point:
        for way, fitted in (
            ("plain regression", against.plain_regression),
            ("NB-SVM", against.naive_bayes_svm),
        ):
            scores = fitted(bodies[:point], labels[:point], bodies[begin:])
            yield told | {"way": way, "auroc": measures.auroc(scores, later)}
        return
    yield told | {"way": "word list", "auroc": measures.auroc(against.lexicon(part), later)}
    checked = against.profanity_check(bodies[begin:])
    if checked is not None:
        yield told | {"way": "alt-profanity-check", "auroc": measures.auroc(checked, later)}
    foreign = [row.foreign for row in rows]
    if all(score is not None for score in foreign):
        yield told | {"way": "Perspective", "auroc": measures.auroc(np.array(foreign, float), later)}


def _measured(model: Model, scores: Any, labels: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "auroc": measures.auroc(scores, labels),
        "recall": measures.recall_at(scores, labels),
    }
    if model.language == "en":
        audit = identity_audit(model)[0]
        found["worst"] = [audit.group, audit.share]
    if not model.calibrated:
        return found
    told = measures.calibration(scores, labels)
    half = len(labels) // 2
    limit = thresholds(scores[:half].tolist(), labels[:half].astype(int).tolist(), through=THROUGH).approve
    below = scores[half:] <= (limit if limit is not None else -1.0)
    missed = float(labels[half:][below].mean()) if below.any() else None
    return found | {
        "ece": told["ece"],
        "floor": told["floor"],
        "saved": float(below.mean()),
        "missed": missed,
    }


if __name__ == "__main__":
    raise SystemExit(main())
