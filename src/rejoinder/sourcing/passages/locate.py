"""Finding a place in a text by its words and what stands around them: without another version to compare with."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import LCSseq

from rejoinder.sourcing.passages import likeness
from rejoinder.sourcing.passages.anchor import Anchor, Changed, Detached, Found, How, Place
from rejoinder.sourcing.passages.words import Words, words_of

# Words that occur oftener say little about where to look.
_COMMON: Final = 60
_MOST_WINDOWS: Final = 6
# Of a word that stands everywhere, those nearest to where it was, on either side.
_MOST_EXACT: Final = 50
# Of fewer words, the same ones may be others.
TELLING: Final = 3

# Whether a word of the text may belong to the place.
May = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class _Candidate:
    first: int  # numbers of words
    last: int
    quote: float
    score: float


def locate(anchor: Anchor, text: str, *, length: int = 0) -> Place:
    """Where an anchor's place is in a text, `normal` or not. `length`: of the text it was chosen in, if known."""
    return find(anchor, words_of(text), length=length)


def find(anchor: Anchor, words: Words, *, length: int = 0, may: May | None = None) -> Place:
    """The same in words that are known. `may` leaves out what is known to be something else."""
    quote = words_of(anchor.quote).said
    if not quote:
        return Detached()
    exact = [place for place in _exact(anchor, words, quote, length) if may is None or may(place[0])]
    if len(exact) == 1 and len(quote) >= TELLING:
        return Found(*exact[0][1], How.EXACT, 1.0)
    if exact:
        if len(exact) > 1 and not (anchor.before.strip() or anchor.after.strip() or length):
            return Detached()  # nothing tells which of them it is, and it is not guessed
        best = max(
            exact, key=lambda place: likeness.of_place(anchor, length, words.text, place[1], quote=1.0)
        )
        score = likeness.of_place(anchor, length, words.text, best[1], quote=1.0)
        return _judged(*best[1], score, How.EXACT)
    found = max(
        _candidates(anchor, words, quote, length, may), key=lambda one: (one.score, -one.first), default=None
    )
    if found is None or found.quote < likeness.CHANGED:
        return Detached()
    return _judged(words.begins[found.first], words.ends[found.last - 1], found.score, How.FUZZY)


def _judged(begin: int, end: int, score: float, how: How) -> Place:
    if score >= likeness.ATTACH:
        return Found(begin, end, how, score)
    return Changed(begin, end, how, score) if score >= likeness.CHANGED else Detached()


def _exact(
    anchor: Anchor, words: Words, quote: list[str], length: int
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Each place with the very words: the number of its first word, and [begin, end)."""
    rarest = min(range(len(quote)), key=lambda place: len(words.where.get(quote[place], ())))
    occurrences = words.where.get(quote[rarest], [])
    expected = anchor.position * len(words.said) // max(1, length, anchor.position)
    at = bisect_left(occurrences, expected)
    for number in occurrences[max(0, at - _MOST_EXACT) : at + _MOST_EXACT]:
        first = number - rarest
        if first >= 0 and words.said[first : first + len(quote)] == quote:
            yield first, (words.begins[first], words.ends[first + len(quote) - 1])
    if not occurrences:  # it may begin or end within a word
        yield from _letters(anchor, words)


def _letters(anchor: Anchor, words: Words) -> Iterator[tuple[int, tuple[int, int]]]:
    begin = words.text.find(anchor.quote)
    while begin >= 0:
        yield words.within(begin, begin + 1)[0], (begin, begin + len(anchor.quote))
        begin = words.text.find(anchor.quote, begin + len(anchor.quote))


def _candidates(
    anchor: Anchor, words: Words, quote: list[str], length: int, may: May | None
) -> Iterator[_Candidate]:
    """Places where many of the words stand, about as far from one another as in the quote."""
    bucket = max(4, len(quote) // 3)
    votes: Counter[int] = Counter()
    for place, word in enumerate(quote):
        where = words.where.get(word, ())
        if len(where) <= _COMMON:
            votes.update({(number - place) // bucket for number in where if may is None or may(number)})
    for start, _count in votes.most_common(_MOST_WINDOWS):
        begin = max(0, (start - 1) * bucket)
        end = min(len(words.said), (start + 2) * bucket + len(quote))
        allowed = [number for number in range(begin, end) if may is None or may(number)]
        if fitted := _fitted(quote, words.said, allowed):
            first, last = fitted
            alike = likeness.of_words(quote, words.said[first:last])
            at = words.begins[first], words.ends[last - 1]
            yield _Candidate(
                first, last, alike, likeness.of_place(anchor, length, words.text, at, quote=alike)
            )


def _fitted(quote: list[str], said: list[str], allowed: list[int]) -> tuple[int, int] | None:
    """The part [first, last) of a window that has most of the quote in least space."""
    window = [said[number] for number in allowed]
    common = [
        allowed[block.dest_start + step]
        for block in LCSseq.opcodes(quote, window)
        if block.tag == "equal"
        for step in range(block.dest_end - block.dest_start)
    ]
    if not common:
        return None
    begin, end = 0, len(common)

    def worth(begin: int, end: int) -> float:
        return 2 * (end - begin) / (len(quote) + common[end - 1] - common[begin] + 1)

    while end - begin > 1 and worth(begin + 1, end) > worth(begin, end):
        begin += 1
    while end - begin > 1 and worth(begin, end - 1) > worth(begin, end):
        end -= 1
    return common[begin], common[end - 1] + 1
