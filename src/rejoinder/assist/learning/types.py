"""What goes into the model and what comes out. No arrays here: it can be imported where they are not installed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["word", "meaning", "prior", "author", "duplicate", "surface"]
Label = Literal[0, 1]


class BadModel(ValueError):
    """A file that is no model of ours: its message is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Text:
    """A comment as the model sees it.

    `record`: (rejected, decided) of its author's comments before this one; None where a site does not allow it.
    `language`: a code such as "en"; empty where nobody said. The letters and words of the body count for more, unless
    it was `detected` from these already.
    `vector`: what `meaning.kept` made of the body, where that was kept.
    """

    body: str
    language: str = ""
    parent: str = ""
    at: datetime | None = None
    record: tuple[int, int] | None = None
    vector: bytes | None = None
    detected: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what was decided: 1 for rejected, 0 for approved."""

    text: Text
    label: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a score is what it is. `weight`: log-odds, positive towards rejection; offsets in characters of the body."""

    kind: Kind
    text: str
    weight: float
    begin: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """`score`: 0..1, to rank by. `probability`: of a rejection here, None before it can be calibrated."""

    score: float
    probability: float | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """At or below `approve` a comment may be approved, at or above `hold` held; None: nothing can be promised yet."""

    approve: float | None = None
    hold: float | None = None
