"""Near-duplicates of what was rejected here: MinHash of 4-letter pieces, 64 permutations (Broder, 1997)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Signatures = NDArray[np.uint16]

PERMUTATIONS, LIKE = 64, 0.5  # LIKE: share of pieces in common, of all that either text has
FEWEST = 20  # letters: shorter texts are alike by chance ("thank you so much")
READ = 1000  # letters
KEPT = 2000  # signatures that a model keeps: 256 kB
_PIECE = 4
_random = np.random.default_rng(64)
_FACTORS: Final = _random.integers(1, 2**63, PERMUTATIONS, dtype=np.uint64) | np.uint64(1)
_SUMS: Final = _random.integers(0, 2**63, PERMUTATIONS, dtype=np.uint64)
_POWERS: Final = np.uint64(0x100000001B3) ** np.arange(_PIECE, dtype=np.uint64)


def signatures(texts: Sequence[Sequence[str]]) -> Signatures:
    """Texts in pieces by PERMUTATIONS; zeros for a text that is too short to be compared."""
    lines = ["".join(pieces)[:READ] for pieces in texts]
    hashes = _hashes("".join(lines))
    ends = np.cumsum([len(line) for line in lines]).tolist()
    smallest = np.zeros((len(texts), PERMUTATIONS), np.uint64)
    long_enough = [len(line) >= FEWEST for line in lines]
    for row, (line, end) in enumerate(zip(lines, ends, strict=True)):
        if long_enough[row]:
            mixed = hashes[end - len(line) : end - _PIECE + 1, None] * _FACTORS
            mixed += _SUMS
            mixed.min(axis=0, out=smallest[row])
    # The upper half of a product decides; 16 bits of the smallest are kept (b-bit MinHash: Li and König, 2010).
    found = ((smallest >> np.uint64(20)) % np.uint64(65_521)).astype(np.uint16) + np.uint16(1)
    return np.where(np.array(long_enough, bool)[:, None], found, np.uint16(0))


def _hashes(line: str) -> NDArray[np.uint64]:
    """Of each _PIECE letters that follow each other."""
    codes = np.frombuffer(line.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    count = max(0, len(codes) - _PIECE + 1)
    sums = np.zeros(count, np.uint64)
    for place, power in enumerate(_POWERS):
        sums += codes[place : place + count] * power
    return sums * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(16)


def likest(
    signatures_: Signatures, kept: Signatures, *, but: Sequence[int] | None = None
) -> NDArray[np.float64]:
    """How like each is to the likest of `kept`: 0 to 1. `but`: of `kept`, the one that each is not compared with."""
    likeness = np.zeros(len(signatures_))
    if not len(kept):
        return likeness
    across = np.ascontiguousarray(kept.T)  # numbers of one permutation beside each other are compared at once
    for row, signature in enumerate(signatures_):
        if signature[0]:
            same = (across == signature[:, None]).view(np.uint8).sum(axis=0, dtype=np.uint8)
            if but is not None and but[row] >= 0:
                same[but[row]] = 0
            likeness[row] = same.max() / PERMUTATIONS
    return likeness
