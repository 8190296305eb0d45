"""Scripts and style sheets as readers get them: as they stand, without our comments."""

from __future__ import annotations

import re

_OWN_LINE = re.compile(r"^[ \t]*//(?!#).*\n?", re.MULTILINE)
_BLOCK = re.compile(r"^[ \t]*/\*(?!!).*?\*/[ \t]*\n?", re.MULTILINE | re.DOTALL)
_TEMPLATE = re.compile(r"`(?:\\.|[^`\\])*`", re.DOTALL)


def without_comments(text: str, *, lines: bool) -> str:
    """The text without comments that stand on lines of their own; `lines`: those that begin with // too.

    Text between backticks stays as it is. Comments behind code stay: telling them from strings and regular
    expressions would take a parser, and they are few.
    """
    pieces, position = [], 0
    for literal in _TEMPLATE.finditer(text) if lines else ():
        pieces += [_strip(text[position : literal.start()], lines=lines), literal[0]]
        position = literal.end()
    return "".join([*pieces, _strip(text[position:], lines=lines)])


def _strip(text: str, *, lines: bool) -> str:
    text = _BLOCK.sub("", text)
    return _OWN_LINE.sub("", text) if lines else text
