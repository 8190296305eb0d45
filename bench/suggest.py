"""How often suggestions of sources are right: `python -m bench.suggest [--show LANG]`.

Reads tests/sourcing/suggesting/sets. A suggestion is right where its statement and its source are those of the set:
at least half of what either covers is common to both (0.6 for the statement). Those that a set marks as vague (a
pronoun speaks) count neither way.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rejoinder.sourcing.suggesting import LANGUAGES, Suggestion, suggest

SETS: Final = Path(__file__).parent.parent / "tests" / "sourcing" / "suggesting" / "sets"
PART, SOURCE = 0.6, 0.5
Span = tuple[int, int]


@dataclass
class Score:
    """Counts of one half of one language."""

    sentences: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    manners: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


def common(one: Span, other: Span) -> float:
    """The share of what either covers that both cover."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, both) / max(1, max(one[1], other[1]) - min(one[0], other[0]))


def fits(found: Suggestion, claim: dict[str, Any]) -> bool:
    if common((found.begin, found.end), tuple(claim["part"])) < PART:
        return False
    return (
        "source" in claim and common((found.source_begin, found.source_end), tuple(claim["source"])) >= SOURCE
    )


def rows(language: str) -> Iterator[dict[str, Any]]:
    with (SETS / f"{language}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def measure(language: str, half: str, show: bool = False) -> Score:
    """The score of one half; with `show`, each sentence that is not right is printed."""
    score = Score()
    for row in (row for row in rows(language) if row["half"] == half):
        score.sentences += 1
        left = list(row["claims"])
        wrong = []
        for found in suggest(row["text"], language):
            claim = next((one for one in left if fits(found, one)), None)
            if claim is None:
                wrong.append(found)
                continue
            left.remove(claim)
            if not claim.get("vague"):
                score.right += 1
                score.manners += found.manner == claim["manner"]
        missed = [one for one in left if not one.get("vague")]
        score.wrong += len(wrong)
        score.missed += len(missed)
        if show and (wrong or missed):
            _print(row["text"], wrong, missed)
    return score


def _print(text: str, wrong: list[Suggestion], missed: list[dict[str, Any]]) -> None:
    print("\n" + text)
    for one in wrong:
        print(
            f"  WRONG  {text[one.source_begin : one.source_end]} | {one.phrase} | {text[one.begin : one.end]}"
        )
    for claim in missed:
        print(f"  missed {text[slice(*claim.get('source', (0, 0)))]} | {text[slice(*claim['part'])]}")


def main(words: list[str]) -> int:
    if words[:1] == ["--show"]:
        measure(words[1], "dev", show=True)
        return 0
    print("language  half  sentences  precision  recall  manner")
    for language in LANGUAGES:
        for half in ("dev", "held"):
            one = measure(language, half)
            manner = one.manners / max(1, one.right)
            print(
                f"{language:8}  {half:4}  {one.sentences:9}  {one.precision:9.3f}  {one.recall:6.3f}  {manner:6.3f}"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
