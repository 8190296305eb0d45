"""The model as pure functions over arrays: nothing here knows of a database, a site or a request.

Importing this package needs no numpy. The functions are in `model` (fit, update, score), `files` (dump, load),
`evaluation`, `thresholds`, `drift`, `identity` and `languages`; ask `available()` before importing those.
"""

from __future__ import annotations

from importlib.util import find_spec

from rejoinder.assist.learning.types import (
    BadModel,
    Example,
    Judgement,
    Kind,
    Label,
    Reason,
    Text,
    Thresholds,
)

__all__ = [
    "BadModel",
    "Example",
    "Judgement",
    "Kind",
    "Label",
    "Reason",
    "Text",
    "Thresholds",
    "available",
]

NEEDED = ("numpy", "scipy", "sklearn", "py3langid", "threadpoolctl")


def available() -> bool:
    """Whether what the extra `assist` brings is installed."""
    return all(find_spec(name) is not None for name in NEEDED)
