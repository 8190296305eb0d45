"""Labelled sets as newsrooms whose policy is the label. They lie beside the repository and never in it."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rejoinder.assist.learning import Example, Text

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "assist"


@dataclass(frozen=True, slots=True)
class Row:
    """`foreign`: the score of another service, where the set has one."""

    example: Example
    foreign: float | None = None


def _csv(name: str, **options: object) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, **options)  # type: ignore[call-overload]


def _row(body: str, rejected: bool, parent: str = "", foreign: str = "") -> Row:
    return Row(Example(Text(body, parent=parent), int(rejected)), float(foreign) if foreign else None)


def _cat() -> list[Row]:
    """Wikipedia talk, toxic or not, drawn down to 10% toxic."""
    rows = [
        _row(row["text"], row["label"] == "1", row.get("parent") or "", row["api"])
        for part in ("gc", "gn")
        for row in _csv(f"CAT_LARGE_{part}.csv")
    ]
    toxic = [row for row in rows if row.example.label]
    rest = [row for row in rows if not row.example.label]
    return toxic + random.Random(1).sample(rest, 9 * len(toxic))


def _davidson() -> list[Row]:
    """Tweets: hate is rejected, what is merely coarse is not."""
    return [_row(row["tweet"], row["class"] == "0") for row in _csv("davidson.csv")]


def _fox() -> list[Row]:
    """Comments beneath news, hateful or not, mostly without a coarse word."""
    lines = (FOLDER / "fox-news-comments.json").read_text(encoding="utf-8").splitlines()
    return [_row(row["text"], bool(row["label"]), row["prev"]) for row in map(json.loads, lines)]


def _youtube() -> list[Row]:
    """Spam beneath three videos."""
    names = sorted(path.name for path in (FOLDER / "youtube").glob("*.csv"))
    return [_row(row["CONTENT"], row["CLASS"] == "1") for name in names for row in _csv(f"youtube/{name}")]


def _korean() -> list[Row]:
    """Comments beneath news about entertainers: hate is rejected."""
    rows = _csv("korean/train.tsv", delimiter="\t", quoting=csv.QUOTE_NONE)
    return [_row(row["comments"], row["hate"] == "hate") for row in rows]


SETS: dict[str, Callable[[], list[Row]]] = {
    "CAT 10%": _cat,
    "Davidson, hate": _davidson,
    "Fox": _fox,
    "YouTube spam": _youtube,
    "Korean, hate": _korean,
}
MOST = 5_000  # comments of a set that a run takes


def drawn(name: str, seed: int) -> list[Row]:
    """A set in the order of a seed."""
    rows = SETS[name]()
    random.Random(seed).shuffle(rows)
    return rows[:MOST]


@dataclass(frozen=True, slots=True)
class Changed:
    """A comment, and whether it is rejected before and after a policy changes."""

    text: Text
    before: int
    after: int


def _by_class(before: str, after: str) -> list[Changed]:
    """Davidson's tweets: "0" hate, "1" merely coarse, "2" neither."""
    return [
        Changed(Text(row["tweet"]), int(row["class"] in before), int(row["class"] in after))
        for row in _csv("davidson.csv")
    ]


def _by_degree(before: tuple[str, ...], after: tuple[str, ...]) -> list[Changed]:
    rows = _csv("korean/train.tsv", delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        Changed(Text(row["comments"]), int(row["hate"] in before), int(row["hate"] in after)) for row in rows
    ]


def _by_threshold(before: float, after: float) -> list[Changed]:
    """CAT, rejected from a score of Perspective's on."""
    rows = [row for row in _cat() if row.foreign is not None]
    return [
        Changed(row.example.text, int((row.foreign or 0) >= before), int((row.foreign or 0) >= after))
        for row in rows
    ]


def _turned(rows: list[Row]) -> list[Changed]:
    return [Changed(row.example.text, row.example.label, 1 - row.example.label) for row in rows]


def _mixed() -> list[Changed]:
    """Beneath news and videos: first spam is rejected, then hate is."""
    spam = [Changed(row.example.text, row.example.label, 0) for row in _youtube()]
    return spam + [Changed(row.example.text, 0, row.example.label) for row in _fox()]


CHANGES: dict[str, Callable[[], list[Changed]]] = {
    "Davidson: coarse or hateful, then hateful": lambda: _by_class("01", "0"),
    "Davidson: hateful, then coarse or hateful": lambda: _by_class("0", "01"),
    "Korean: hateful, then offensive too": lambda: _by_degree(("hate",), ("hate", "offensive")),
    "Korean: hateful or offensive, then hateful": lambda: _by_degree(("hate", "offensive"), ("hate",)),
    "CAT: from 0.8 on, then from 0.5": lambda: _by_threshold(0.8, 0.5),
    "CAT: from 0.5 on, then from 0.8": lambda: _by_threshold(0.5, 0.8),
    "Fox and YouTube: spam, then hate": _mixed,
    "Fox: turned round": lambda: _turned(_fox()),
    "YouTube: turned round": lambda: _turned(_youtube()),
}


def changing(name: str, seed: int) -> list[Changed]:
    """A stream in the order of a seed, whose policy changes somewhere."""
    rows = CHANGES[name]()
    random.Random(seed).shuffle(rows)
    return rows[:MOST]
