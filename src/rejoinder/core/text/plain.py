"""Words without markup, and the first of them."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import Final

_ELLIPSIS: Final = "…"
_BLOCK_END: Final = re.compile(r"</(?:p|pre|blockquote|ul|ol)>\s*|(?=<(?:p|pre|blockquote|ul|ol)\b)")
_LINE_END: Final = re.compile(r"<br ?/?>\n?|</li>\n?")
_TAG: Final = re.compile(r"</?[a-z][^>]*>")
_BLANK_LINES: Final = re.compile(r"\n\s*\n")
_ZWJ: Final = "\u200d"
# How far back a cut may go to find the end of a word: beyond this, in Chinese or Thai, or in a long link, it
# falls between two letters.
_LONGEST_WORD: Final = 40


def strip_tags(html: str) -> str:
    """The text of HTML that `render` made: blocks apart by a blank line, lines and list items by LF."""
    text = _TAG.sub("", _LINE_END.sub("\n", _BLOCK_END.sub("\n\n", html)))
    return _BLANK_LINES.sub("\n\n", unescape(text)).strip()


def excerpt(text: str, length: int) -> str:
    """At most `length` characters of `text` on one line, cut after a word, with an ellipsis when cut."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    room = length - len(_ELLIPSIS)
    if room <= 0:
        return _ELLIPSIS[: max(length, 0)]
    cut = _word_end(line, room)
    return line[:cut].rstrip(" ,;:.-–—(") + _ELLIPSIS


def _word_end(line: str, room: int) -> int:
    space = line.rfind(" ", max(0, room - _LONGEST_WORD), room + 1)
    return space if space > 0 else _cluster_end(line, room)


def _cluster_end(line: str, cut: int) -> int:
    # Never between a letter and its marks, nor within an emoji made of several.
    while cut > 0 and (_joins(line[cut]) or line[cut - 1] == _ZWJ):
        cut -= 1
    return cut


def _joins(character: str) -> bool:
    is_skin_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    return character == _ZWJ or is_skin_tone or unicodedata.category(character) in {"Mn", "Me", "Mc"}
