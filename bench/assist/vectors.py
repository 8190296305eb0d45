"""Sentence vectors of the sets' comments, where the further extra is installed: computed once, and kept in a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rejoinder.assist.learning import encoder, inputs, meaning

BATCH = 200
Vectors = NDArray[np.float32]


def of(bodies: Sequence[str], folder: Path | None) -> Vectors:
    """Bodies by encoder.WIDTH. `folder`: where those of an earlier run lie and new ones are put, each by its digest."""
    file = folder / "vectors.npz" if folder else None
    known: dict[bytes, bytes] = {}
    if file is not None and file.exists():
        with np.load(file, allow_pickle=False) as kept:
            keys = [key.tobytes() for key in kept["keys"]]
            known = dict(zip(keys, (row.tobytes() for row in kept["vectors"]), strict=True))
    wanted = {_key(body): body for body in bodies}
    missing = [key for key in wanted if key not in known]
    for begin in range(0, len(missing), BATCH):
        part = missing[begin : begin + BATCH]
        known |= dict(zip(part, meaning.kept([wanted[key] for key in part]), strict=True))
    if file is not None and missing:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(file, keys=_array(list(known), np.uint8), vectors=_array(list(known.values()), np.float16))
    return _array([known[_key(body)] for body in bodies], np.float16).astype(np.float32)


def _key(body: str) -> bytes:
    line = " ".join(inputs.counted_pieces(body))
    return hashlib.blake2b(line.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _array(rows: Sequence[bytes], type_: type) -> NDArray[np.generic]:
    width = encoder.WIDTH if type_ is np.float16 else 16
    return np.frombuffer(b"".join(rows), type_).reshape(len(rows), width)
