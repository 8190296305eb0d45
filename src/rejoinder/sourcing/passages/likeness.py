"""How alike a place is to what was chosen: its words, what stands around it, and where it stands."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import Indel

from rejoinder.sourcing.passages.anchor import CONTEXT, Anchor

# Weights of the words, of what stands before and after, and of the place.
_QUOTE, _BEFORE, _AFTER, _PLACE = 50.0, 20.0, 20.0, 2.0
# Two pieces of unlike text of one language share about this much of their letters in order.
_CHANCE: Final = 0.4

ATTACH, CHANGED = 0.75, 0.5


def of_words(one: list[str], other: list[str]) -> float:
    """0 to 1: by words and by letters, so that an ending that was changed is not a word that was changed."""
    if one == other:
        return 1.0
    by_letters = Indel.normalized_similarity(" ".join(one), " ".join(other))
    return (Indel.normalized_similarity(one, other) + by_letters) / 2


def of_letters(one: str, other: str) -> float:
    """0 to 1: the share of letters that stand in one order in both, blanks alike."""
    return Indel.normalized_similarity(" ".join(one.split()), " ".join(other.split()))


def _of_context(one: str, other: str) -> float:
    alike = of_letters(one, other)
    return max(0.0, (alike - _CHANCE) / (1 - _CHANCE))


def of_place(anchor: Anchor, length: int, text: str, place: tuple[int, int], *, quote: float) -> float:
    """0 to 1: that `place` in `text` is an anchor's, by the weights. `length`: of the text it was chosen in.

    `quote`: how alike the words are. What an anchor does not have, at the edge of its text, does not count.
    """
    begin, end = place
    weighed = [(_QUOTE, quote)]
    if anchor.before.strip():
        weighed.append((_BEFORE, _of_context(anchor.before, text[max(0, begin - CONTEXT) : begin])))
    if anchor.after.strip():
        weighed.append((_AFTER, _of_context(anchor.after, text[end : end + CONTEXT])))
    if length:
        apart = abs(anchor.position / length - begin / max(1, len(text)))
        weighed.append((_PLACE, max(0.0, 1 - apart)))
    return sum(weight * value for weight, value in weighed) / sum(weight for weight, _value in weighed)
