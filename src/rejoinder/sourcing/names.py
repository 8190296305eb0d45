"""What names of sources are compared by."""

from __future__ import annotations

import unicodedata


def key_of(name: str) -> str:
    """Case, width and blanks do not tell sources apart; accents do."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
