"""Arrays and plain values as bytes and back, for files that may come from anyone: no pickle, every size bounded.

Layout: MAGIC, a SHA-256 of all that follows, the header's length (4 bytes, little-endian), the header (JSON in UTF-8),
then the arrays one after the other, deflated. The header says of each array its name, type and shape.
"""

from __future__ import annotations

import hashlib
import json
import math
import zlib
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rejoinder.assist.learning.types import BadModel

Array = NDArray[Any]

MAGIC: Final = b"rejoinder-assist\n"
FORMAT = 1
LARGEST = 4 * 1024 * 1024  # bytes of a file
UNPACKED = 16 * 1024 * 1024  # bytes of its arrays
_HEADER = 1024 * 1024
_TYPES: Final = frozenset({"i1", "u1", "i2", "u2", "i4", "u4", "f2", "f4", "f8"})
_SUM = 32

FOREIGN = "This file is not a model of Rejoinder's."
DAMAGED = "This model's file is damaged: take another copy of it."
NEWER = "This model was made by a newer version of Rejoinder: upgrade, then import it."
LARGE = "This file is too large for a model: at most 4 MB."


def pack(kind: str, values: Mapping[str, object], arrays: Mapping[str, Array]) -> bytes:
    """`values`: JSON only. Arrays of the types i1 to f8, little-endian.

    Raises BadModel if the result would be larger than a file may be.
    """
    plain = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    told = [[name, array.dtype.str[1:], list(array.shape)] for name, array in plain.items()]
    header = json.dumps(
        {"kind": kind, "format": FORMAT, "values": values, "arrays": told},
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    ).encode()
    body = zlib.compress(b"".join(array.tobytes() for array in plain.values()), 6)
    rest = len(header).to_bytes(4, "little") + header + body
    packed = MAGIC + hashlib.sha256(rest).digest() + rest
    if len(packed) > LARGEST:
        raise BadModel(LARGE)
    return packed


def unpack(kind: str, data: bytes) -> tuple[dict[str, Any], dict[str, Array]]:
    """(values, arrays) of what `pack` made. Raises BadModel for anything else."""
    if len(data) > LARGEST:
        raise BadModel(LARGE)
    if not data.startswith(MAGIC):
        raise BadModel(FOREIGN)
    rest = data[len(MAGIC) + _SUM :]
    if hashlib.sha256(rest).digest() != data[len(MAGIC) : len(MAGIC) + _SUM]:
        raise BadModel(DAMAGED)
    try:
        return _read(kind, rest)
    except BadModel:
        raise
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
        OverflowError,
        zlib.error,
    ) as error:
        raise BadModel(DAMAGED) from error


def _read(kind: str, rest: bytes) -> tuple[dict[str, Any], dict[str, Array]]:
    length = int.from_bytes(rest[:4], "little")
    if length > _HEADER or length + 4 > len(rest):
        raise BadModel(DAMAGED)
    header = json.loads(rest[4 : 4 + length], parse_constant=_refuse)
    if header["kind"] != kind:
        raise BadModel(FOREIGN)
    if not isinstance(header["format"], int) or header["format"] > FORMAT:
        raise BadModel(NEWER)
    told = [(str(name), str(type_), [int(size) for size in shape]) for name, type_, shape in header["arrays"]]
    wanted = sum(_bytes(type_, shape) for _, type_, shape in told)
    if wanted > UNPACKED:
        raise BadModel(LARGE)
    inflater = zlib.decompressobj()
    body = inflater.decompress(rest[4 + length :], wanted + 1)
    if len(body) != wanted or not inflater.eof:
        raise BadModel(DAMAGED)
    arrays, at = {}, 0
    for name, type_, shape in told:
        size = _bytes(type_, shape)
        arrays[name] = np.frombuffer(body[at : at + size], "<" + type_).reshape(shape)
        if type_[0] == "f" and not np.isfinite(arrays[name]).all():
            raise BadModel(DAMAGED)
        at += size
    return dict(header["values"]), arrays


def _bytes(type_: str, shape: list[int]) -> int:
    if type_ not in _TYPES or any(size < 0 for size in shape) or len(shape) > 2:
        raise BadModel(DAMAGED)
    return int(type_[1:]) * math.prod(shape)


def _refuse(constant: str) -> float:
    raise ValueError(constant)
