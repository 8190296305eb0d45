"""What was read of texts, at hand until the next refit: most of what is learned from was learned from before.

Reading takes more than twice as long as fitting. Kept are the arrays alone, under a digest of the text: no words. What
is not asked for again goes after KEPT, so that what was erased is not kept here either.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rejoinder.assist.learning import duplicates, hashing, inputs
from rejoinder.assist.learning.inputs import Prepared
from rejoinder.assist.learning.types import Text

KEPT: Final = 3600.0  # seconds since it was last asked for
LARGEST: Final = 48 * 1024 * 1024  # bytes of all that is kept in a process: some 15,000 comments
_BATCH = 512  # texts that are read at once
_OF_A_TEXT: Final = 800  # bytes of what is not counted: objects, digest, place in the order

Key = bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as arrays: the columns of hashing.matrix and their values, and its row of Prepared's others."""

    columns: NDArray[np.int32]
    values: NDArray[np.float32]
    signature: duplicates.Signatures
    fixed: NDArray[np.float64]
    spoken: str
    same: bytes

    @property
    def size(self) -> int:
        """Bytes, about."""
        return (
            self.columns.nbytes + self.values.nbytes + self.fixed.nbytes + self.signature.nbytes + _OF_A_TEXT
        )


@dataclass(slots=True)
class _Kept:
    reading: Reading
    used: float


_kept: OrderedDict[Key, _Kept] = OrderedDict()  # what was asked for last is at the end
_size = [0]
_turn = Lock()


def prepare(texts: Sequence[Text], *, language: str, meant: bool = False) -> Prepared:
    """As inputs.prepare, but for `pieces`, which are empty: for learning, where no reasons are asked for."""
    if meant and any(text.vector is None for text in texts):
        return inputs.prepare(texts, language=language, meant=True)  # whose vectors are made of the pieces
    keys = [_key(text, language) for text in texts]
    with _turn:
        _let_go(time.monotonic())
        found = {key: _kept[key].reading for key in keys if key in _kept}
    missing = list({key: text for key, text in zip(keys, texts, strict=True) if key not in found}.items())
    for begin in range(0, len(missing), _BATCH):
        part = missing[begin : begin + _BATCH]
        readings = _read([text for _, text in part], language)
        found |= dict(zip((key for key, _ in part), readings, strict=True))
    _keep({key: found[key] for key in keys})
    prepared = _joined(texts, [found[key] for key in keys])
    return inputs.with_vectors(prepared) if meant else prepared


def let_go() -> None:
    """Forget what was not asked for within KEPT."""
    with _turn:
        _let_go(time.monotonic())


def held() -> int:
    """How many texts' readings are kept in this process."""
    return len(_kept)


def forget() -> None:
    """Forget all."""
    with _turn:
        _kept.clear()
        _size[0] = 0


def _key(text: Text, language: str) -> Key:
    """Of all of a text that is read, and nothing that changes: not its author's record."""
    told = "\0".join((text.language or language, str(text.detected), text.parent, text.body))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _read(texts: Sequence[Text], language: str) -> list[Reading]:
    prepared = inputs.prepare(texts, language=language)
    starts, matrix = prepared.matrix.indptr, prepared.matrix
    return [
        Reading(
            matrix.indices[starts[row] : starts[row + 1]].copy(),
            matrix.data[starts[row] : starts[row + 1]].copy(),
            prepared.signatures[row].copy(),
            prepared.fixed[row].copy(),
            prepared.spoken[row],
            prepared.same[row],
        )
        for row in range(len(texts))
    ]


def _keep(readings: dict[Key, Reading]) -> None:
    """Put these at the end of the order; what is too much goes from its beginning."""
    now = time.monotonic()
    with _turn:
        for key, reading in readings.items():
            if _kept.pop(key, None) is None:
                _size[0] += reading.size
            _kept[key] = _Kept(reading, now)
        while _size[0] > LARGEST:
            _drop()


def _let_go(now: float) -> None:
    while _kept and now - next(iter(_kept.values())).used > KEPT:
        _drop()


def _drop() -> None:
    _, oldest = _kept.popitem(last=False)
    _size[0] -= oldest.reading.size


def _joined(texts: Sequence[Text], readings: Sequence[Reading]) -> Prepared:
    if not readings:
        return inputs.prepare(texts, language="")
    starts = np.append(0, np.cumsum([len(one.columns) for one in readings])).astype(np.int32)
    columns = np.concatenate([one.columns for one in readings])
    values = np.concatenate([one.values for one in readings])
    return Prepared(
        texts,
        [[] for _ in readings],
        [one.spoken for one in readings],
        sparse.csr_matrix((values, columns, starts), shape=(len(readings), hashing.COLUMNS)),
        np.stack([one.signature for one in readings]),
        np.stack([one.fixed for one in readings]),
        [one.same for one in readings],
    )
