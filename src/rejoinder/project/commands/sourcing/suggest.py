from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rejoinder.sourcing.suggesting import Suggestion

# More than any story; what is larger is not a story.
MAX_BYTES = 5_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a plain text in UTF-8; - for standard input")
    parser.add_argument(
        "--lang",
        default="en",
        metavar="CODE",
        help="of the text: en, de, fr, es or ar, also with a region (default: en)",
    )
    parser.add_argument(
        "--all", action="store_true", help="those by pronouns, too, which are left out otherwise"
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON list, with offsets in code points"
    )


def run(arguments: argparse.Namespace) -> int:
    """Needs no database, no site and no settings."""
    from rejoinder.project.terminal import note, say
    from rejoinder.sourcing.suggesting import LANGUAGES, SHOWN, suggest

    language = arguments.lang.lower().replace("_", "-").split("-")[0]
    if language not in LANGUAGES:
        note(f"No rules for the language {arguments.lang}. There are rules for {', '.join(LANGUAGES)}.")
        return 2
    text = _read(arguments.file)
    if text is None:
        note(f"{arguments.file}: not a plain text in UTF-8 of at most {MAX_BYTES:,} bytes.")
        return 1
    found = suggest(text, language, least=0 if arguments.all else SHOWN)
    if arguments.json:
        json.dump([_row(text, one) for one in found], sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    elif found:
        _table(text, found)
    else:
        say("No suggestion.")
    return 0


def _read(name: str) -> str | None:
    """The text, or None where it is none."""
    if name == "-":
        raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        with Path(name).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES or b"\0" in raw:
        return None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _row(text: str, one: Suggestion) -> dict[str, Any]:
    return {
        "begin": one.begin,
        "end": one.end,
        "text": text[one.begin : one.end],
        "source_begin": one.source_begin,
        "source_end": one.source_end,
        "source": text[one.source_begin : one.source_end],
        "phrase": one.phrase,
        "manner": one.manner,
        "kind": one.kind or None,
        "score": one.score,
    }


def _table(text: str, found: Sequence[Suggestion]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE, header_style="")
    for head in ("Source", "Kind", "Manner", "Phrase", "What", "Score"):
        table.add_column(head, overflow="fold")
    for one in found:
        row = _row(text, one)
        cells = (row["source"], one.kind or "-", one.manner, one.phrase, row["text"], f"{one.score:.2f}")
        # As plain text: what stands in a story is no markup, and no control sign reaches the terminal.
        table.add_row(*(Text("".join(c if c.isprintable() else " " for c in cell)) for cell in cells))
    Console(highlight=False, soft_wrap=False).print(table)
