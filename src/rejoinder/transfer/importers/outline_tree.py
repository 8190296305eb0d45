"""A bulleted tree of lines to comments: who answers whom, told by indentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_low

from rejoinder.transfer.importers.found import FoundComment, Unplaced, excerpt
from rejoinder.transfer.importers.markdown import from_plain, one_line
from rejoinder.transfer.importers.outline import DRAWN_BULLETS, TYPED_BULLETS, Line, Outline, outline
from rejoinder.transfer.importers.tree import Draft, settle


@dataclass
class _Open:
    """A comment whose lines are still being read."""

    draft: Draft
    at: int
    indent: int
    texts: list[str] = field(default_factory=list)


def read_comments(lines: Sequence[Line]) -> tuple[tuple[FoundComment, ...], tuple[Unplaced, ...]]:
    """Read the lines from the first name on.

    A name answers the nearest comment above it whose bullet stands more than half a step further out; a
    deviation of less than that is taken for a slip. A line of text belongs to the nearest comment above it
    whose bullet stands further out, or, directly beneath another line, to the comment of that line.
    """
    if not lines:
        return (), ()
    seen = outline(lines)
    bullets = DRAWN_BULLETS if lines[0].bullet in DRAWN_BULLETS else DRAWN_BULLETS + TYPED_BULLETS
    names = [seen.named[at] and line.bullet in bullets for at, line in enumerate(lines)]
    half = _step(seen, names) / 2
    met: list[_Open] = []
    above: list[_Open] = []
    unplaced: list[Unplaced] = []
    owner: _Open | None = None
    for at, line in enumerate(lines):
        if names[at]:
            while above and line.indent - above[-1].indent <= half:
                above.pop()
            draft = Draft(f"line {line.number}", one_line(line.name), parent=above[-1].at if above else None)
            above.append(_Open(draft, len(met), line.indent))
            met.append(above[-1])
            owner = above[-1]
        elif not line.text:
            above[-1].texts.append("")
        else:
            owner = owner if lines[at - 1].text and not line.bullet else _owner(above, line)
            if owner is None:
                unplaced.append(_stray(line))
            else:
                owner.texts += [line.text] if owner is above[-1] else ["", line.text]
    for comment in met:
        comment.draft.body = from_plain("\n".join(comment.texts))
    comments, circles = settle([comment.draft for comment in met])
    return comments, (*unplaced, *circles)


def _owner(above: Sequence[_Open], line: Line) -> _Open | None:
    return next((comment for comment in reversed(above) if comment.indent < line.indent), None)


def _stray(line: Line) -> Unplaced:
    why = "a name without a text" if line.bullet else "a line that belongs to no comment"
    return Unplaced(f"line {line.number}", why, excerpt(line.text))


def _step(seen: Outline, names: Sequence[bool]) -> int:
    """How far a reply stands inside what it answers, in columns: as far as texts stand inside their names, or
    the usual distance from one name to a deeper next one where that is less. Distances of a third of the
    former or less are slips."""
    indents = [line.indent for line, name in zip(seen.lines, names, strict=True) if name]
    texts = [
        below.indent - seen.lines[at].indent
        for at, name in enumerate(names)
        if name and (below := seen.below(at)) is not None
    ]
    text_step = median_low(texts)
    deeper = Counter(b - a for a, b in pairwise(indents) if b - a > text_step / 3)
    if not deeper:
        return text_step
    usual = max(deeper, key=lambda step: (deeper[step], -step))
    return min(text_step, usual)
