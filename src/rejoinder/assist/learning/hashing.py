"""Words and letters of texts as numbers of columns: word 1-2-grams and letter 2-5-grams within words, hashed.

All texts of a call are one long array of code points, and a hash of every n-gram is computed at once: about 20,000
comments a second. Nothing is fitted: a text has the same columns on every machine.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

WORD_BITS, LETTER_BITS = 17, 18
COLUMNS: Final = (1 << WORD_BITS) + (1 << LETTER_BITS)  # 393,216
_COLUMN_BITS = 19  # of a number below COLUMNS
LONGEST_GRAM = 5
WORDS = 0.6  # what the words weigh beside the letters: see docs/assist-figures.md
_TOKENS: Final = re.compile(r"\w+|[^\w\s]+")
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)
_SHIFT: Final = np.uint64(33)
_SPACE = 32


@dataclass(frozen=True, slots=True)
class Grams:
    """One entry an occurrence: its text, its column, and the piece of the text that it stands in."""

    row: Ints
    column: Ints
    piece: Ints


def _mixed(hashes: Hashes) -> Hashes:
    """MurmurHash3's finaliser (Appleby): every bit of the input bears on every bit of the output."""
    mixed = hashes ^ (hashes >> _SHIFT)
    mixed *= np.uint64(0xFF51AFD7ED558CCD)
    mixed ^= mixed >> _SHIFT
    mixed *= np.uint64(0xC4CEB9FE1A85EC53)
    mixed ^= mixed >> _SHIFT
    return mixed


def _columns(hashes: Hashes, bits: int) -> Ints:
    return (_mixed(hashes) >> np.uint64(64 - bits)).view(np.int64)


def letters(texts: Sequence[Sequence[str]]) -> Grams:
    """2 to 5 characters of each piece with a space on either side, as scikit-learn's char_wb; pieces are counted on."""
    flat = [piece for pieces in texts for piece in pieces]
    line = " " + " ".join(flat) + " " if flat else ""
    codes = np.frombuffer(line.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    spaces = codes == _SPACE
    size = len(codes)
    at = np.arange(size)
    # Where the next space is, from the second character of each n-gram on: an n-gram ends there at the latest.
    following = np.minimum.accumulate(np.where(spaces, at, size)[::-1])[::-1]
    longest = np.append(following[1:], size) - at + 1
    piece_of = np.cumsum(spaces) - 1
    row_of = np.repeat(np.arange(len(texts)), [len(pieces) for pieces in texts])
    mixed = _mixed(codes + _ODD)
    hashes = mixed
    begins, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for length in range(2, LONGEST_GRAM + 1):
        if size < length:
            break
        hashes = hashes[:-1] * _ODD
        hashes += mixed[length - 1 :]
        chosen = np.flatnonzero(longest[: len(hashes)] >= length)
        columns.append(_columns(hashes[chosen] + np.uint64(length), LETTER_BITS))
        begins.append(chosen)
    piece = piece_of[np.concatenate(begins)]
    column = np.concatenate(columns)
    column += 1 << WORD_BITS
    return Grams(row_of[piece], column, piece)


def words(texts: Sequence[Sequence[str]]) -> Grams:
    """Words, runs of signs, and each two of them that follow each other; the pair stands in the piece of its first."""
    hashes: list[int] = []
    counts: list[int] = []
    for pieces in texts:
        for found in map(_tokens, pieces):
            hashes += found
            counts.append(len(found))
    piece = np.repeat(np.arange(len(counts)), counts)
    row_of = np.repeat(np.arange(len(texts)), [len(pieces) for pieces in texts])
    row = row_of[piece]
    single = _mixed(np.array(hashes, np.uint64) + _ODD)
    beside = np.flatnonzero(row[:-1] == row[1:])
    double = single[beside] * _ODD + single[beside + 1]
    return Grams(
        np.concatenate([row, row[beside]]),
        _columns(np.concatenate([single, double]), WORD_BITS),
        np.concatenate([piece, piece[beside]]),
    )


@lru_cache(20_000)
def _tokens(piece: str) -> tuple[int, ...]:
    """A number for each word and run of signs; pieces return, so that most are at hand."""
    found = (piece,) if piece.isalpha() else _TOKENS.findall(piece)
    return tuple(zlib.crc32(token.encode("utf-8", "surrogatepass")) for token in found)


def matrix(texts: Sequence[Sequence[str]]) -> sparse.csr_matrix:
    """Texts by COLUMNS: 1 + log(count); the words of a text are of length WORDS (L2), its letters of length 1."""
    rows = len(texts)
    # A number for each entry, in as few bytes as it takes: most of the time goes into putting them in order.
    narrow: type = np.uint32 if rows <= 1 << (32 - _COLUMN_BITS) else np.int64
    grams = words(texts), letters(texts)
    keys: NDArray[Any] = np.concatenate(
        [((one.row << _COLUMN_BITS) | one.column).astype(narrow) for one in grams]
    )
    keys.sort()
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, np.int64)
    counts = np.diff(np.append(first, len(keys)))
    keys = keys[first]
    row, column = keys >> _COLUMN_BITS, (keys & ((1 << _COLUMN_BITS) - 1)).astype(np.int32)
    values = np.ones(len(keys), np.float32)
    several = np.flatnonzero(counts > 1)
    values[several] += np.log(counts[several]).astype(np.float32)
    kind = 2 * row + (column >= 1 << WORD_BITS)  # words and letters of a text each have a length of their own
    lengths = np.sqrt(np.bincount(kind, values * values, minlength=2 * rows))
    lengths[::2] /= WORDS
    values /= lengths.astype(np.float32)[kind]
    starts = np.append(0, np.cumsum(np.bincount(row, minlength=rows))).astype(np.int32)
    return sparse.csr_matrix((values, column, starts), shape=(rows, COLUMNS))
