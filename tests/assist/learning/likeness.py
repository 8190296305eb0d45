"""A stand-in for the sentence encoder: it knows which of our invented words mean the like, and nothing else."""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
import pytest

from rejoinder.assist.learning import encoder, meaning, means, neutral

ALIKE = {"snollygost": "insult", "grumblefitz": "insult", "wobblenought": "insult", "twaddlepate": "insult"}


@cache
def _direction(word: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.blake2b(ALIKE.get(word, word).encode(), digest_size=4).digest(), "big")
    return np.random.default_rng(seed).standard_normal(encoder.WIDTH)


def _vector(line: str) -> bytes:
    words = [word.strip(".,!?") for word in line.split()] or [""]
    whole = np.sum([_direction(word) * (4 if word in ALIKE else 1) for word in words], axis=0)
    return np.asarray(whole / np.linalg.norm(whole), "<f2").tobytes()


def pretend(monkeypatch: pytest.MonkeyPatch, *, there: bool = True) -> None:
    """As if the further extra were installed, or were not."""
    monkeypatch.setattr(meaning, "state", lambda: "there" if there else "absent")
    monkeypatch.setattr(meaning, "_read", lambda lines: [_vector(line) for line in lines])
    means._plain_sentences.cache_clear()
    neutral._with_vectors.cache_clear()
