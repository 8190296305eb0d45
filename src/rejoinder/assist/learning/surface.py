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
_LONG = 24
_OPAQUE: Final = re.compile(r"[A-Za-z0-9+/=_-]{24,}")
_HOST: Final = re.compile(r"\.(?:com|net|org|info|ru|biz|ly|me|gl|tv|co)\b")
_ASCII: Final = [chr(code) for code in range(128)]
_DIGITS: Final = "".join(filter(_DIGIT.match, _ASCII)).encode()
_SIGNS: Final = "".join(filter(_SIGN.match, _ASCII)).encode()


def features(bodies: Sequence[str]) -> NDArray[np.float64]:
    """Texts by NAMES."""
    return np.array([_of(body[:READ]) for body in bodies], float).reshape(-1, len(NAMES))


def _of(body: str) -> tuple[float, ...]:
    size = max(1, len(body))
    words = _CAPITALS.findall(body)
    shouted = sum(map(str.isupper, words))
    digits, signs = _digits_and_signs(body)
    return (
        math.log(size) / 2 - 2.3,
        2 * shouted / (len(words) + 3),
        _some(body.count("!")),
        _some(body.count("?")),
        _some(len(_LINK.findall(body)) if _has_link(body.lower()) else 0),
        5 * digits / (size + 20),
        _some(len(_REPEAT.findall(body)) if _repeats(body) else 0),
        5 * signs / (size + 20),
        _some(len(_MENTION.findall(body)) if "@" in body else 0),
        _some(0 if body.isascii() else len(_EMOJI.findall(body))),
        _some(sum(not run.isalpha() for run in _OPAQUE.findall(body)) if _is_long(body) else 0),
    )


# Most texts have no link, no run and no key: what can be seen at once is not looked for.
def _has_link(small: str) -> bool:
    return "://" in small or "www." in small or _HOST.search(small) is not None


def _repeats(body: str) -> bool:
    return any(4 * char in body for char in set(body))


def _is_long(body: str) -> bool:
    return max(map(len, body.split()), default=0) >= _LONG


def _digits_and_signs(body: str) -> tuple[int, int]:
    if not body.isascii():
        return len(_DIGIT.findall(body)), len(_SIGN.findall(body))
    plain = body.encode("ascii")
    return len(plain) - len(plain.translate(None, _DIGITS)), len(plain) - len(plain.translate(None, _SIGNS))


def _some(count: int) -> float:
    """0, .69, 1.1, ... and no more than 2.4: the tenth tells little more."""
    return math.log1p(min(count, 10))
