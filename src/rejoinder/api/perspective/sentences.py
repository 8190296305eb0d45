"""Where the sentences of a text begin and end, and places in it as Perspective counts them."""

from __future__ import annotations

import re
from itertools import accumulate

# A text of 20 kB can be ten thousand sentences of a letter each; a person reads no more spans than this.
MOST = 64

# The end of a sentence: its marks, with quotes and brackets that close, before a space or in scripts without spaces;
# or the end of a line. What follows must not be a small letter: "e.g. this".
_END = re.compile(
    r"""(?:[.!?…؟۔।]{1,10}["'”’»)\]]{0,3}(?=\s)(?!\s{1,20}[a-zà-öø-ÿа-я])|[。！？]{1,10}[」』”）]{0,3}|\n)"""
)
# What ends with a point and no sentence: titles, and single letters of names.
_SHORT = re.compile(r"(?:^|[\s(])(?:[A-ZÄÖÜ]|Mr|Mrs|Ms|Dr|Prof|St|vs|No|Nr|z\.B|d\.h|bzw|ca|etc|p|pp)\.\Z")


def sentences(text: str) -> list[tuple[int, int]]:
    """(begin, end) of each sentence in characters, end exclusive, blanks around them left out. At most MOST."""
    bounds, begin = [], 0
    for match in _END.finditer(text):
        if not _SHORT.search(text, max(begin, match.end() - 8), match.end()):
            bounds.append((begin, match.end()))
            begin = match.end()
    bounds.append((begin, len(text)))
    found = [trimmed for bound in bounds if (trimmed := _trimmed(text, *bound))]
    step = -(-len(found) // MOST) or 1
    groups = [found[at : at + step] for at in range(0, len(found), step)]
    return [(group[0][0], group[-1][1]) for group in groups]


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int] | None:
    part = text[begin:end]
    begin += len(part) - len(part.lstrip())
    end = begin + len(part.strip())
    return (begin, end) if end > begin else None


class Places:
    """Places in a text as the format counts them: in units of UTF-16, as JavaScript and Java do."""

    def __init__(self, text: str) -> None:
        wide = any(char > "\uffff" for char in text)
        self._units = [0, *accumulate(1 + (char > "\uffff") for char in text)] if wide else None

    def __call__(self, character: int) -> int:
        return character if self._units is None else self._units[character]
