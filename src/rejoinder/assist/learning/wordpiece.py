"""A text as the numbers of the pieces that the sentence encoder knows: BERT's tokeniser for small letters.

Words are parted at spaces and signs, and each is taken apart into the longest pieces of the vocabulary, from its
beginning on (WordPiece: Devlin et al., 2019).
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

LONGEST = 128  # pieces that are read of a text: about 500 letters, and what bounds the time it takes
UNKNOWN, BEGIN, END = 100, 101, 102
_WORD = 100  # characters: what is longer is no word
_READ = 2000  # characters
_PLAIN: Final = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")
_ALONE: Final = re.compile(
    "([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002ceaf\U0002f800-\U0002fa1f])"
)


@cache
def vocabulary() -> dict[str, int]:
    """30,522 pieces with their numbers; `##` begins those that go on with a word. Read once a process."""
    packed = files("rejoinder.assist.prior").joinpath("wordpieces.bin").read_bytes()
    return {piece: place for place, piece in enumerate(zlib.decompress(packed).decode().split("\n"))}


def numbers(text: str) -> list[int]:
    """The pieces of a text, at most LONGEST of them, with the marks of its begin and end."""
    found: list[int] = []
    for word in _words(text[:_READ]):
        found += _pieces(word)
        if len(found) >= LONGEST - 2:
            break
    return [BEGIN, *found[: LONGEST - 2], END]


def _words(text: str) -> Iterator[str]:
    if text.isascii() and text.isprintable():
        yield from _PLAIN.findall(text.lower())
        return
    shown = "".join(" " if char.isspace() else char for char in text if char.isspace() or _shows(char))
    for part in unicodedata.normalize("NFD", _ALONE.sub(r" \1 ", shown).lower()).split():
        word = ""
        for char in part:
            kind = unicodedata.category(char)
            if kind == "Mn":
                continue
            if _is_sign(char, kind):
                yield from (word, char) if word else (char,)
                word = ""
            else:
                word += char
        if word:
            yield word


def _shows(char: str) -> bool:
    return char != "\ufffd" and unicodedata.category(char)[0] != "C"


def _is_sign(char: str, kind: str) -> bool:
    return kind[0] == "P" or (char.isascii() and not char.isalnum())


@lru_cache(20_000)
def _pieces(word: str) -> tuple[int, ...]:
    known = vocabulary()
    found: list[int] = []
    begin = 0
    while begin < len(word):
        end = len(word) if len(word) <= _WORD else begin
        while end > begin and ("##" * bool(begin) + word[begin:end]) not in known:
            end -= 1
        if end == begin:
            return (UNKNOWN,)
        found.append(known["##" * bool(begin) + word[begin:end]])
        begin = end
    return tuple(found)
