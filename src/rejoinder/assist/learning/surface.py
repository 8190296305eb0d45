"""What can be seen of a text without reading its words: a few numbers, each of about the size of one."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

READ = 20_000  # characters
NAMES: Final = (
    "length", "capitals", "exclamations", "questions", "links", "numbers", "repeats", "signs", "mentions", "emoji",
    "opaque",
)  # fmt: skip
_LINK: Final = re.compile(
    r"https?://|www\.|\b[\w-]{1,40}\.(?:com|net|org|info|ru|biz|ly|me|gl|tv|co)\b", re.IGNORECASE
)
_REPEAT: Final = re.compile(r"(\w)\1{3,}|([!?.])\2{3,}")
_CAPITALS: Final = re.compile(r"\b[^\W\d_]{2,}\b")
_MENTION: Final = re.compile(r"(?:^|\s)@\w")
_DIGIT: Final = re.compile(r"\d")
_SIGN: Final = re.compile(r"[^\w\s.,;:!?'\"()\-’“”]")
_EMOJI: Final = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
# What is no word in any language: base64, keys, hashes.
_OPAQUE: Final = re.compile(r"[A-Za-z0-9+/=_-]{24,}")


def features(bodies: Sequence[str]) -> NDArray[np.float64]:
    """Texts by NAMES."""
    return np.array([_of(body[:READ]) for body in bodies], float).reshape(-1, len(NAMES))


def _of(body: str) -> tuple[float, ...]:
    size = max(1, len(body))
    words = _CAPITALS.findall(body)
    shouted = sum(word.isupper() for word in words)
    return (
        math.log(size) / 2 - 2.3,
        2 * shouted / (len(words) + 3),
        _some(body.count("!")),
        _some(body.count("?")),
        _some(len(_LINK.findall(body))),
        5 * len(_DIGIT.findall(body)) / (size + 20),
        _some(len(_REPEAT.findall(body))),
        5 * len(_SIGN.findall(body)) / (size + 20),
        _some(len(_MENTION.findall(body)) if "@" in body else 0),
        _some(0 if body.isascii() else len(_EMOJI.findall(body))),
        _some(sum(not run.isalpha() for run in _OPAQUE.findall(body))),
    )


def _some(count: int) -> float:
    """0, .69, 1.1, ... and no more than 2.4: the tenth tells little more."""
    return math.log1p(min(count, 10))
