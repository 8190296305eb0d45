"""What is suggested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Manner = Literal["says", "claims", "denies", "estimates", "documents"]
Kind = Literal["official", "party", "agency", "medium", "witness", "document", "expert", "unnamed", ""]

# From here on a suggestion is shown; below are those whose source is a pronoun.
SHOWN = 0.5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text[begin:end]` is said by `text[source_begin:source_end]`. Offsets are code points.

    `phrase` are the words that show it, `kind` is empty where the words do not show it, `score` is of 0 to 1.
    """

    begin: int
    end: int
    source_begin: int
    source_end: int
    phrase: str
    manner: Manner
    kind: Kind
    score: float
