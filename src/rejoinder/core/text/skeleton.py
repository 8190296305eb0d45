"""Names that look alike: what a reader cannot tell apart compares equal.

`skeleton` is that of Unicode Technical Standard #39, section 4, over the table beside this file. `name_key`
goes on from there: two names with one key would pass for each other in a thread.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

# Badges that NFKC would spell out ("TM") are dropped before it.
_BADGES: Final = re.compile("[™℠℗®©]")
# The standard takes a small capital for a letter of its own; at the size of a name it passes for the letter.
_SMALL_CAPITALS: Final = str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋĸʟᴍʍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijkklmmnoprstuvwyz")
# What passes for a letter in the middle of a word only.
_WITHIN_WORD: Final = re.compile(r"(?<=\w)[!$@](?=\w)")
_LETTER_OF: Final = {"!": "l", "$": "s", "@": "a"}
# The standard joins I, l, 1 and |; after case folding i stands for I as well.
_TWINS: Final = str.maketrans({"i": "l", "5": "s"})
# One more of a letter that stands twice already goes unseen: "Kalllio"; with i as l, three are common.
_LONG_RUN: Final = re.compile(r"(l)(?=lll)|([^\W\d_l])(?=\2\2)")


def skeleton(text: str) -> str:
    """The prototype that `text` shares with all that look like it (UTS #39). To compare, never to show."""
    prototypes = _prototypes()
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFD", "".join(prototypes.get(c, c) for c in decomposed))


def name_key(name: str) -> str:
    """What two names are compared by: the same for names that differ in case, script, accents, signs only.

    Never empty for a name that shows anything.
    """
    text = unicodedata.normalize("NFKC", _BADGES.sub("", name))
    # Case tells look-alikes apart (Cyrillic В is B, but в is not b), so look before folding and after.
    text = _look(_look(text))
    text = _WITHIN_WORD.sub(lambda match: _LETTER_OF[match[0]], text)
    key = "".join(filter(_counts, text)).translate(_TWINS).replace("vv", "w")
    return _LONG_RUN.sub("", key) or "".join(name.casefold().split())


def looks_like(name: str, others: Iterable[str]) -> str | None:
    """The first of `others` that `name` would pass for, itself included; None if it stands apart from all."""
    keys = _keys(name)
    return next((other for other in others if not keys.isdisjoint(_keys(other))), None)


# Names come again and again: those that are protected with each comment. 0.1 ms a name otherwise.
@lru_cache(maxsize=2048)
def _keys(name: str) -> frozenset[str]:
    # Greek Η looks like H, but η like n: a name and its lower case may have two keys.
    return frozenset({name_key(name), name_key(name.casefold())})


def _look(text: str) -> str:
    return skeleton(text).translate(_SMALL_CAPITALS).casefold()


def _counts(character: str) -> bool:
    category = unicodedata.category(character)
    if category in {"Mn", "Mc"}:  # vowel signs of class 0 spell the name; accents and points only adorn it
        return unicodedata.combining(character) == 0
    # Letters too new for this Python count as "Cn".
    return category[0] in "LN" or category == "Cn"


@cache
def _prototypes() -> dict[str, str]:
    table = files("rejoinder.core.text").joinpath("confusables.txt").read_text("ascii")
    return dict(_entries(line for line in table.splitlines() if not line.startswith("#")))


def _entries(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        points, _, sources = line.partition(":")
        prototype = "".join(chr(int(point, 16)) for point in points.split())
        for source in sources.split():
            first, _, last = source.partition("-")
            for code in range(int(first, 16), int(last or first, 16) + 1):
                yield chr(code), prototype
