"""Marking words in markup that was rendered: only what stands between tags is touched, and it is escaped anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

_PIECE: Final = re.compile(r"""<(?:[^>"]|"[^"]*")*>|[^<]+|<""")
_BLOCK: Final = re.compile(r"</?(?:p|br|blockquote|ul|ol|li|pre)\b")
_OPENS: Final = re.compile(r"""<a\b[^>]*?\bhref="([^"]*)\"""")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of `words_of`, the end not included, and why they are marked."""

    start: int
    end: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads, and the characters of `words_of` that it is shown as."""

    address: str
    start: int
    end: int


def words_of(html: str) -> str:
    """What one reads in markup: blocks and lines apart by a line end. Places in it are those of a Span."""
    return "".join(words for _piece, words in _pieces(html))


def links_of(html: str) -> list[Link]:
    """The links of markup, in their order."""
    found, at, opened = [], 0, ("", -1)
    for piece, words in _pieces(html):
        if match := _OPENS.match(piece):
            opened = (unescape(match[1]), at)
        elif piece == "</a>" and opened[1] >= 0:
            found.append(Link(*opened, at))
            opened = ("", -1)
        at += len(words)
    return found


def marked(html: str, spans: Iterable[Span]) -> str:
    """The same markup with <mark> around the words of the spans, titled by why. Markup of ours in, markup out.

    A span that goes across tags is marked in each text that it touches. Of two that overlap, the first keeps its words.
    """
    wanted = _apart(spans)
    if not wanted:
        return html
    drawn, at = [], 0
    for piece, words in _pieces(html):
        drawn.append(piece if _is_tag(piece) else "".join(_cut(words, at, wanted)))
        at += len(words)
    return "".join(drawn)


def _is_tag(piece: str) -> bool:
    return len(piece) > 1 and piece[0] == "<"


def _pieces(html: str) -> Iterator[tuple[str, str]]:
    """Each tag and each text of markup, and the words that it stands for."""
    for match in _PIECE.finditer(html):
        piece = match[0]
        if _is_tag(piece):
            yield piece, "\n" if _BLOCK.match(piece) else ""
        else:
            yield piece, unescape(piece)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """In their order, none over another."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        start = max(span.start, found[-1].end if found else 0)
        if start < span.end:
            found.append(Span(start, span.end, span.why))
    return found


def _cut(words: str, at: int, spans: Sequence[Span]) -> Iterator[str]:
    """A text that begins at `at`, escaped, with its part of each span marked."""
    done = 0
    for span in spans:
        start, end = max(span.start - at, done), min(span.end - at, len(words))
        if start >= end:
            continue
        why = f' title="{escape(span.why)}"' if span.why else ""
        yield f"{escape(words[done:start], quote=False)}<mark{why}>{escape(words[start:end], quote=False)}</mark>"
        done = end
    yield escape(words[done:], quote=False)
