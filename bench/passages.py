"""`python -m bench.passages`: how many places in a text are found again after its desk edited it.

Right: attached where the truth has it (nine tenths of the letters in common), or told of where it was deleted or torn.
Wrong: attached somewhere else, or attached though it is gone. Copy: of a paragraph that was pasted twice, attached to
the other one. Asked: told to the desk though it could have been attached.

The texts are the demonstration's, in three languages, alone and together.
"""

from __future__ import annotations

import random
import time
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bench.edits import Draft, Editor, draft_of
from rejoinder.sourcing.passages import Anchor, Changed, Found, Place, anchor_of, carry_all, locate

_STORIES = Path(__file__).parents[1] / "src/rejoinder/project/demo/content/stories"
_ALIKE = 0.9  # of the letters of both together
Truth = tuple[int, int] | None
Where = dict[int, tuple[int, int]]  # by the number of a word of the old text


@dataclass(frozen=True, slots=True)
class Case:
    """A place of an old text. `words`: the numbers [first, last) of its words."""

    kind: str
    anchor: Anchor
    words: tuple[int, int]


def texts() -> dict[str, str]:
    """Plain texts by name: each story of the demonstration, and all of one language in one."""
    found: dict[str, str] = {}
    for path in sorted(_STORIES.glob("*.toml")):
        story = tomllib.loads(path.read_text("utf-8"))
        found[path.stem] = "\n\n".join(
            block["text"].strip() for block in story["blocks"] if block["kind"] in {"text", "quote"}
        )
    found["together"] = "\n\n".join(found.values())
    return found


def cases(rng: random.Random, draft: Draft, count: int) -> list[Case]:
    """Sentences, parts of them, two in a row, and some that cross blocks."""
    text, where, _again = draft.text()
    blocks = [[(line[0].number, line[-1].number + 1) for line in block] for block in draft.blocks]
    found: list[Case] = []
    while len(found) < count:
        kind = rng.choices(("sentence", "part", "two", "across"), (50, 36, 8, 6))[0]
        place = rng.randrange(len(blocks))
        first, last = rng.choice(blocks[place])
        if kind == "part" and last - first > 5:
            first = rng.randrange(first, last - 4)
            last = rng.randint(first + 3, last)
        elif kind == "two":
            last = min(last + 12, blocks[place][-1][1])
        elif kind == "across" and place + 1 < len(blocks):
            first, last = blocks[place][-1][0], blocks[place + 1][0][1]
        begin, end = where[first][0], where[last - 1][1]
        if last - first >= 3 and end - begin < 1200:
            found.append(Case(kind, anchor_of(text, begin, end), (first, last)))
    return found


def truth(case: Case, where: Where, copies: Where) -> tuple[str, Truth]:
    """What became of a place: "there" and where, "gone", "torn" (its words are in two places) or "half".

    Where only a copy is left, the place was moved by pasting and deleting.
    """
    first, last = case.words
    left = sorted(where[number] for number in range(first, last) if number in where)
    if not left:
        return truth(case, copies, {}) if copies else ("gone", None)
    begin, end = left[0][0], max(place[1] for place in left)
    strange = sum(
        1 for number, place in where.items() if not first <= number < last and begin <= place[0] < end
    )
    if strange > 1:
        return "torn", None
    if len(left) < 0.7 * (last - first):
        return "half", (begin, end)
    return "there", (begin, end)


def common(one: tuple[int, int], other: tuple[int, int]) -> float:
    both = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return both / (max(one[1], other[1]) - min(one[0], other[0]))


def verdict(place: Place, state: str, there: Truth) -> str:
    """right, wrong or asked (told to the desk though it is there)."""
    if isinstance(place, Found):
        at = place.begin, place.end
        return "right" if there is not None and common(at, there) >= _ALIKE else "wrong"
    if state == "there":
        return "asked"
    if isinstance(place, Changed) and state == "gone":
        return "asked"  # shown as changed, though nothing of it is left
    return "right"


@dataclass(frozen=True, slots=True)
class Revision:
    """An old text, a new one, places of the old, and where its words and their copies are in the new."""

    old: str
    new: str
    cases: list[Case]
    where: Where
    copies: Where


def revise(seed: int, name: str, source: str) -> Revision:
    """One revision, always the same of a seed: 1 to 5% of the words changed, and what an editor does besides."""
    rng = random.Random(f"{seed}-{name}")
    draft = draft_of(source)
    old = draft.text()[0]
    chosen = cases(rng, draft, 40)
    return Revision(old, *_edited(rng, draft, chosen))


def _edited(rng: random.Random, draft: Draft, chosen: list[Case]) -> tuple[str, list[Case], Where, Where]:
    new, where, copies = Editor(rng, draft, changed=rng.uniform(0.01, 0.05)).edit().text()
    return new, chosen, where, copies


def measure(seeds: range, *, stored: bool = True) -> Counter[str]:
    """Verdicts over revisions of all texts. `stored`: the old version is at hand, as it is here; else anchors alone."""
    counted: Counter[str] = Counter()
    for seed in seeds:
        for name, source in texts().items():
            revision = revise(seed, name, source)
            for case, place in zip(revision.cases, _found(revision, stored), strict=True):
                state, there = truth(case, revision.where, revision.copies)
                said = verdict(place, state, there)
                if said == "wrong" and verdict(place, *truth(case, revision.copies, {})) == "right":
                    said = "copy"
                counted.update((said, f"{state}: {said}", f"{case.kind}: {said}"))
    return counted


def _found(revision: Revision, stored: bool) -> list[Place]:
    anchors = [case.anchor for case in revision.cases]
    if stored:
        return carry_all(anchors, revision.old, revision.new)
    return [locate(anchor, revision.new, length=len(revision.old)) for anchor in anchors]


def main() -> None:
    for name, stored in (("versions compared", True), ("by the anchor alone", False)):
        began = time.perf_counter()
        counted = measure(range(1000, 1060), stored=stored)
        shares = ("right", "asked", "copy", "wrong")
        total = sum(counted[share] for share in shares)
        print(f"{name}: {total} places, {time.perf_counter() - began:.1f} s")
        for share in shares:
            print(f"  {share:6} {counted[share] / total:7.2%}")
        for key in sorted(key for key in counted if ":" in key):
            print(f"    {key:22} {counted[key]}")


if __name__ == "__main__":
    main()
