from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

COLUMNS = ("text", "label", "time", "author", "parent")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", help="decisions, one an entry: CSV with a head, JSON lines or a JSON list"
    )
    for name in COLUMNS:
        parser.add_argument(f"--{name}", default=name, metavar="NAME", help=f"its column (default: {name})")
    parser.add_argument(
        "--rejected",
        action="append",
        default=[],
        metavar="VALUE",
        help="a label that means rejected, all others then mean approved; may be given again",
    )
    parser.add_argument("--language", default="", metavar="CODE", help="of the texts (default: found out)")
    parser.add_argument(
        "-o",
        "--output",
        default="assist-report.html",
        metavar="FILE",
        help="the report (default: assist-report.html)",
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON, too")


def run(arguments: argparse.Namespace) -> int:
    """Needs no database, no site and no settings."""
    from rejoinder.assist.report.page import page
    from rejoinder.assist.report.reading import Columns, read
    from rejoinder.project.commands.assist.needed import check_installed
    from rejoinder.project.terminal import note, say

    check_installed()
    columns = Columns(
        **{name: getattr(arguments, name) for name in COLUMNS},
        rejected=frozenset(value.strip().lower() for value in arguments.rejected),
        language=arguments.language,
    )
    path = Path(arguments.file)
    history = read(path, columns)
    figures = _figures(history)
    output = Path(arguments.output)
    output.write_text(page(path.name, figures), encoding="utf-8")
    if arguments.json:
        json.dump(figures, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        note(f"Report: {output}")
    else:
        say(_sentence(figures))
        say(f"Report: {output}")
    return 0


def _figures(history: Any) -> dict[str, Any]:
    from dataclasses import asdict

    from rejoinder.assist.learning import meaning
    from rejoinder.assist.learning.evaluation import evaluate
    from rejoinder.assist.learning.identity import identity_audit
    from rejoinder.assist.learning.model import fit
    from rejoinder.assist.learning.training import usual_language
    from rejoinder.project.progress import told

    examples = history.examples
    if meaning.helps(usual_language([one.text for one in examples])):
        with told(len(examples), "Reading") as tell:
            examples = meaning.brought(examples, progress=tell)
    with told(len(examples), "Decisions") as tell:
        figures = evaluate(examples, progress=lambda done, _all: tell(done))
    audit = [asdict(row) for row in identity_audit(fit(examples))]
    return figures | {
        "identity": audit,
        "empty": history.empty,
        "timed": history.timed,
        "authors": history.authors,
    }


def _sentence(figures: dict[str, Any]) -> str:
    if figures["auroc"] is None:
        return "Too few decisions of both kinds to say how good Assist would be."
    found = next((one for one in figures["savings"] if one["miss"] == 0.02), None)
    saved = f"{found['saved']:.0%}" if found and found["saved"] else "0 for now"
    ece = figures["calibration"]["ece"]
    honest = f", calibration error {ece:.3f}" if ece is not None else ""
    return (
        f"{figures['examples']:,} decisions, {figures['rejected']:,} rejected: AUROC {figures['auroc']:.3f}{honest};"
        f" of the queue saved at 2% miss: {saved}."
    )
