"""Marks of passages in the HTML of a story: a place in its plain text becomes spans around its words.

Pure functions on clean HTML (of a few tags, well-formed), which is cut, never rebuilt: what has no mark comes out as it
came. A mark is one span a block, cut only where it would cross an element or another mark. Words that do not agree with
the plain text get no mark: none stands in a wrong place.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.utils.html import format_html

from rejoinder.newsroom.tracing import places
from rejoinder.newsroom.wording import BLOCKS, Part
from rejoinder.sourcing.passages import normal
from rejoinder.sourcing.passages.folding import SEAM

_ALL: Final = 1 << 60  # behind any text
_TOKEN: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^>\"]|\"[^\"]*\")*)>|[^<]+|<")


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage to be drawn: [begin, end) of the story's text. `tone`: a class of its own, or ""."""

    id: str
    number: int
    begin: int
    end: int
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """An element of the uppermost level with all that is in it, and the marks that end in it."""

    html: str
    ended: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    """`kind`: text, open, close or void; `begin`, `end`: in the raw text of its run; an element's end is its last's."""

    kind: str
    raw: str
    name: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class _Cut:
    """A mark within one run. `last`: it ends here, and the number of its note follows."""

    mark: Mark
    begin: int
    end: int
    last: bool


class Marker:
    """Draws the marks of one story, block after block. `label`: what a screen reader calls a note's number."""

    def __init__(self, marks: Sequence[Mark], label: Callable[[int], str]) -> None:
        self._marks = sorted(marks, key=lambda mark: (mark.begin, -mark.end))
        self._begun: set[str] = set()
        self._label = label

    def chunks(self, html: str, parts: Sequence[Part], *, rich: bool = True) -> list[Chunk]:
        """`html` in elements of the uppermost level; `parts`: those of the story's text that stand in it.

        `rich`: a line's end in the source is a blank to a reader.
        """
        found: list[Chunk] = []
        cursor = 0
        for chunk in _elements(html):
            written: list[str] = []
            ended: list[Mark] = []
            for piece in _runs(chunk):
                if isinstance(piece, str):
                    written.append(piece)
                    continue
                text, cursor, marks = self._run(piece, parts, cursor, rich)
                written.append(text)
                ended += marks
            found.append(Chunk("".join(written), tuple(ended)))
        return found

    def _run(
        self, tokens: list[re.Match[str]], parts: Sequence[Part], cursor: int, rich: bool
    ) -> tuple[str, int, list[Mark]]:
        """A run of text with the elements in it: marked, how far in the parts it was, and the marks that end in it."""
        raw = "".join(_decoded(token, rich) for token in tokens)
        as_it_is = "".join(token[0] for token in tokens)
        tidy = normal(raw)
        if not tidy:
            return as_it_is, cursor, []
        begin, cursor = _begin(tidy.split(SEAM), parts, cursor)
        if begin is None:
            return as_it_is, cursor, []
        touched = [mark for mark in self._marks if mark.begin < begin + len(tidy) and mark.end > begin]
        at = places(raw, tidy) if touched else None
        if at is None:
            return as_it_is, cursor, []
        cuts = [
            _Cut(
                mark,
                at[max(0, mark.begin - begin)],
                at[min(len(tidy), mark.end - begin)],
                mark.end <= begin + len(tidy) + len(SEAM),
            )
            for mark in touched
        ]
        pen = _Pen(cuts, self._begun, self._label)
        return pen.write(_tokens(tokens, rich)), cursor, [cut.mark for cut in cuts if cut.last]


def _elements(html: str) -> Iterator[list[re.Match[str]]]:
    """The tokens of each element of the uppermost level; loose text is one of its own."""
    depth, chunk = 0, list[re.Match[str]]()
    for token in _TOKEN.finditer(html):
        block = token[2] in BLOCKS
        if block and not token[1] and depth == 0 and chunk:
            yield chunk
            chunk = []
        chunk.append(token)
        if block:
            depth += -1 if token[1] else 1
            if depth == 0:
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def _runs(chunk: list[re.Match[str]]) -> Iterator[str | list[re.Match[str]]]:
    """The tags of blocks as they are, and what stands between two of them."""
    run: list[re.Match[str]] = []
    for token in chunk:
        if token[2] in BLOCKS:
            if run:
                yield run
                run = []
            yield token[0]
        else:
            run.append(token)
    if run:
        yield run


def _decoded(token: re.Match[str], rich: bool) -> str:
    if token[2]:
        return "\n" if token[2] == "br" and not token[1] else ""
    text = entities.unescape(token[0])
    return text.replace("\n", " ") if rich else text


def _begin(texts: list[str], parts: Sequence[Part], cursor: int) -> tuple[int | None, int]:
    """Where these texts stand in the story, looked for from the cursor on, and the cursor after them."""
    for at in range(cursor, len(parts) - len(texts) + 1):
        if [part.text for part in parts[at : at + len(texts)]] == texts:
            return parts[at].begin, at + len(texts)
    return None, cursor


def _tokens(run: list[re.Match[str]], rich: bool) -> list[_Token]:
    """With their places in the run's raw text; an element is told where it ends, so that no mark ends within it."""
    found: list[_Token] = []
    opened: list[int] = []
    at = 0
    for token in run:
        text = _decoded(token, rich)
        if not token[2] or token[2] == "br":
            kind = "void" if token[2] else "text"
            found.append(_Token(kind, token[0] if token[2] else text, token[2] or "", at, at + len(text)))
            at += len(text)
        elif not token[1]:
            opened.append(len(found))
            found.append(_Token("open", token[0], token[2], at, at))
        else:
            if opened:
                first = opened.pop()
                begun = found[first]
                found[first] = _Token("open", begun.raw, begun.name, begun.begin, at)
            found.append(_Token("close", token[0], token[2], at, at))
    return found


class _Pen:
    """Writes one run. The stack holds what is open: elements (tokens) and marks (cuts)."""

    def __init__(self, cuts: Sequence[_Cut], begun: set[str], label: Callable[[int], str]) -> None:
        self._cuts, self._begun, self._label = cuts, begun, label
        self._stack: list[_Token | _Cut] = []
        self._out: list[str] = []
        self._numbers: list[Mark] = []

    def write(self, tokens: list[_Token]) -> str:
        for token in tokens:
            if token.kind == "text":
                self._text(token)
                continue
            if token.kind == "open":
                self._close(at=token.begin)
                self._open(token.begin, reach=token.end)
                # What ends within the element goes on inside.
                self._close(at=token.begin, before=token.end)
                self._stack.append(token)
            elif token.kind == "close":
                self._close(at=token.begin, before=_ALL)
                if self._stack:
                    self._stack.pop()
            self._out.append(token.raw)
            self._tell_numbers()
        self._close(at=tokens[-1].end, before=_ALL)
        return "".join(self._out)

    def _text(self, token: _Token) -> None:
        bounds = {place for cut in self._cuts for place in (cut.begin, cut.end)}
        edges = sorted({token.begin, token.end, *(at for at in bounds if token.begin < at < token.end)})
        for begin, end in pairwise(edges):
            self._close(at=begin)
            self._open(begin)
            words = token.raw[begin - token.begin : end - token.begin]
            self._out.append(entities.escape(words, quote=False))

    def _open(self, at: int, reach: int = 0) -> None:
        """Begin the marks in which the next words stand; before an element, only those that reach its end."""
        for cut in self._cuts:
            if cut not in self._stack and cut.begin <= at < cut.end and cut.end >= reach:
                self._stack.append(cut)
                name = "" if cut.mark.id in self._begun else format_html(' id="p-{}"', cut.mark.id)
                self._begun.add(cut.mark.id)
                tone = f" {cut.mark.tone}" if cut.mark.tone else ""
                self._out.append(
                    format_html('<span class="passage{}"{} data-passage="{}">', tone, name, cut.mark.id)
                )

    def _close(self, at: int, before: int = 0) -> None:
        """End the marks that are over at this place, and those over before another one, within the innermost element.

        Marks that began after these end too, and begin anew with the next words.
        """
        limit = max(at + 1, before)
        top = len(self._stack)
        while top and isinstance(self._stack[top - 1], _Cut):
            top -= 1
        above = [item for item in self._stack[top:] if isinstance(item, _Cut)]
        over = next((number for number, cut in enumerate(above) if cut.end < limit), len(above))
        del self._stack[top + over :]
        self._out.append("</span>" * (len(above) - over))
        self._numbers += [cut.mark for cut in reversed(above[over:]) if cut.last and cut.end <= at]
        self._tell_numbers()

    def _tell_numbers(self) -> None:
        """The numbers of notes, once no link is open: a link holds no other."""
        if any(isinstance(item, _Token) and item.name == "a" for item in self._stack):
            return
        for mark in self._numbers:
            self._out.append(
                format_html(
                    '<sup class="ref"><a href="#n-{}" role="doc-noteref" tabindex="-1" aria-label="{}">{}</a></sup>',
                    mark.id,
                    self._label(mark.number),
                    mark.number,
                )
            )
        self._numbers = []
