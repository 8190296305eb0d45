"""Lines with their indentation, and where among them a bulleted tree of comments begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rejoinder.transfer.importers.markdown import clean

# Bullets a program puts before a name, and bullets that people also type at the start of a line of their own.
DRAWN_BULLETS = "•◦‣▪●○"
TYPED_BULLETS = "*-–"
_BULLET = re.compile(rf"([{DRAWN_BULLETS}{re.escape(TYPED_BULLETS)}])\s+(?=\S)")
# Four columns: a file that mixes tabs and spaces mostly means four spaces by a tab.
TAB_COLUMNS = 4
# A name directly above its text, without a blank line, may as well be a list item that goes on in a second
# line. Such items fill the line; names do not.
LONGEST_TIGHT_NAME = 60


@dataclass(frozen=True)
class Line:
    """One line: its number in the file (from 1), its indentation in columns, its text without edges."""

    number: int
    indent: int
    text: str

    @cached_property
    def bullet(self) -> str:
        match = _BULLET.match(self.text)
        return match.group(1) if match else ""

    @property
    def name(self) -> str:
        """What stands behind the bullet."""
        return self.text[1:].strip() if self.bullet else ""


def read_lines(text: str) -> list[Line]:
    """All lines, blank ones too. Only line feeds (and CR LF, CR) end a line: U+2028 and form feeds are
    text."""
    return [_line(number, raw) for number, raw in enumerate(clean(text).split("\n"), start=1)]


def _line(number: int, raw: str) -> Line:
    text = raw.strip()
    lead = raw[: len(raw) - len(raw.lstrip())].expandtabs(TAB_COLUMNS)
    return Line(number, len(lead), text)


def next_texts(lines: Sequence[Line]) -> list[int]:
    """For each line, the index of the next one with text (len(lines) where there is none)."""
    result = [len(lines)] * len(lines)
    following = len(lines)
    for at in range(len(lines) - 1, -1, -1):
        result[at] = following
        if lines[at].text:
            following = at
    return result


@dataclass(frozen=True)
class Outline:
    """Lines with what is known of each by what follows it. `following[i]` is the index of the next line with
    text (len(lines) where there is none); `named[i]` says that line i is a bullet with something beneath it
    that can be its text."""

    lines: Sequence[Line]
    following: Sequence[int]
    named: Sequence[bool]

    def below(self, at: int) -> Line | None:
        """The next line with text."""
        return self.lines[self.following[at]] if self.following[at] < len(self.lines) else None


def outline(lines: Sequence[Line]) -> Outline:
    """Look at each line from the last to the first: whether a bullet is a name depends on what stands below
    it."""
    size = len(lines)
    following, named = [size] * size, [False] * (size + 1)
    below = size
    for at in range(size - 1, -1, -1):
        following[at] = below
        if below < size and lines[at].bullet and lines[below].indent > lines[at].indent:
            # Beneath "- point" a deeper "- Ana" with her text is a reply, and the point is part of what the
            # comment above says. Nobody types "•", so there it is a name whose text is gone.
            named[at] = not named[below] or lines[at].bullet in DRAWN_BULLETS
        if lines[at].text:
            below = at
    return Outline(lines, following, named)


def find_start(lines: Sequence[Line], *, after: int) -> int:
    """The index of the first comment's name, or len(lines) where the page has no comments.

    Runs are looked at, each from a bullet to the next line that stands as far out as that bullet without
    being one. In a run of comments more than half of the outermost bullets have text beneath them; a list
    of one-line items has none. The last such run holds the comments, so that an article may contain lists
    with long items; an earlier one where replies stand beneath comments, since articles have no such lists.

    Where names and texts are not parted by blank lines, the run must end the file and its names must be
    short: else it is a list whose items go on in a second line.
    """
    seen = outline(lines)
    chosen = len(lines)
    for begin, end in _runs(lines, after + 1):
        start = _start_in_run(seen, begin, end)
        if start is None:
            continue
        chosen = start
        root = lines[start].indent
        if any(seen.named[at] and lines[at].indent > root for at in range(start + 1, end)):
            break
    return chosen


def _runs(lines: Sequence[Line], begin: int) -> list[tuple[int, int]]:
    """Half-open ranges of lines: from a bullet until a line without one stands as far out, after a blank
    line."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    outermost = 0
    for at in range(begin, len(lines)):
        line = lines[at]
        if not line.text:
            continue
        if line.bullet:
            if start is None:
                start, outermost = at, line.indent
            outermost = min(outermost, line.indent)
        elif start is not None and line.indent <= outermost and not lines[at - 1].text:
            runs.append((start, at))
            start = None
    return [*runs, (start, len(lines))] if start is not None else runs


def _start_in_run(seen: Outline, begin: int, end: int) -> int | None:
    """The first bullet of the run from which on more of the outermost bullets have plain text beneath them
    than have nothing. (Beneath some there are bullets: a nested list, or a text that begins with one; they
    do not count.) Read from the end, so that each bullet is counted once however long the run is."""
    texts = bare = 0
    best: int | None = None
    outermost: int | None = None
    for at in range(end - 1, begin - 1, -1):
        line, below = seen.lines[at], seen.below(at)
        if not line.bullet or (outermost is not None and line.indent > outermost):
            continue
        if outermost is None or line.indent < outermost:
            outermost, texts, bare = line.indent, 0, 0
        if not seen.named[at]:
            bare += 1
            continue
        texts += below is not None and not _may_be_name(below, beside=line)
        if texts > bare and _may_begin(seen, at, end):
            best = at
    return best


def _may_begin(seen: Outline, at: int, end: int) -> bool:
    """Whether the first name of all may stand here: its own text beneath it, parted from it or else tight."""
    below = seen.below(at)
    if below is None or seen.named[seen.following[at]]:
        return False
    if seen.following[at] > at + 1:
        return True
    if end < len(seen.lines) or _may_be_name(below, beside=seen.lines[at]):
        return False
    return len(seen.lines[at].name) <= LONGEST_TIGHT_NAME


def _may_be_name(line: Line, *, beside: Line) -> bool:
    """Whether a line has a bullet of the kind that stands before this name: drawn before all, or typed."""
    return bool(line.bullet) and not (beside.bullet in DRAWN_BULLETS and line.bullet in TYPED_BULLETS)
