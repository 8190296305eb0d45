"""Words and phrases, looked for all at once: what they cost does not grow with the list.

A text in its normal form (see folding) is written once more without gaps, without repeated letters and with one letter
for all that pass for each other: its key. A word of the list can only stand where its own key stands in that of the
text, at the beginning of a word; a dictionary by the first letters finds those few. There the word is looked for
exactly, with what may stand between and instead of its letters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, compress, groupby, pairwise
from operator import ne
from typing import Final

from rejoinder.moderation.screening.folding import folded, forms_of, lower, places
from rejoinder.moderation.screening.signs import Found, Signs

MOST, LONGEST = 10_000, 100  # phrases of a list; characters of one
HITS = 20  # told of one text: whoever moderates needs no more
_PREFIX: Final = 4
_MERGED: Final = tuple(zip("iI1!|0@4$53€78", "lllllo" + "aasseetb", strict=True))
_INSTEAD: Final = {
    "i": "iI1!|", "l": "lI1!|", "I": "iIl1!|", "o": "o0", "a": "a4@", "s": "s5$", "e": "e3€", "t": "t7", "b": "b8",
    "0": "0o", "1": "1lI|",
}  # fmt: skip
_LETTER_OF: Final = str.maketrans("!@$|€", "lasle")
_TOKEN: Final = re.compile(r"[^ \-]+")
_WHITE: Final = re.compile(r"-* [- ]*")
_LETTER_BEFORE: Final = re.compile(r"(?:^|[ \-])[^ \-][- ]{1,12}$")
_LETTER_AFTER: Final = re.compile(r"[- ]{1,12}[^ \-](?![^ \-])")
# Scripts that put no gaps between words: what is looked for there may begin and end anywhere.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
)
# Words as long as this are seen though the gap between them is left out; "the rapist" is not "therapist".
_APART: Final = 4


@dataclass(frozen=True)
class _Word:
    """A phrase in one of its normal forms. `*` at an end lets the word go on there."""

    phrase: str
    parts: tuple[str, ...]
    opens: bool  # may begin within a word
    goes_on: bool  # may end within one

    @cached_property
    def key(self) -> str:
        return _key("".join(self.parts))

    @cached_property
    def tight(self) -> re.Pattern[str]:
        """With signs between its letters."""
        return self._compiled("-*")

    @cached_property
    def wide(self) -> re.Pattern[str]:
        """With white space between them too."""
        return self._compiled("[- ]{0,12}")

    def _compiled(self, gap: str) -> re.Pattern[str]:
        pieces = [_runs(part, gap) for part in self.parts]
        joined = pieces[0]
        for before, after, piece in zip(self.parts, self.parts[1:], pieces[1:], strict=False):
            apart = min(len(before), len(after)) >= _APART
            joined += ("[- ]*" if apart else "[- ]+") + piece
        return re.compile(joined + ("" if self.goes_on else r"(?![^ \-])"))


def _runs(part: str, gap: str) -> str:
    """A word as a pattern: each letter as often as it stands there, or three times and more."""
    found = []
    for letter, group in groupby(part):
        count = len(list(group))
        one = "[" + re.escape(_INSTEAD.get(letter, letter)) + "]"
        exact = f"{one}(?:{gap}{one}){{{count - 1}}}" if count > 1 else one
        long = f"{one}(?:{gap}{one}){{{max(count - 1, 2)},}}"
        found.append(f"(?:{long}|{exact})")
    return gap.join(found)


def _merged(letters: str) -> str:
    """One letter for all that pass for each other. Each is looked for by itself: much faster than str.translate."""
    for char, letter in _MERGED:
        letters = letters.replace(char, letter)
    return letters


def _key(letters: str) -> str:
    merged = _merged(letters)
    return "".join(compress(merged, map(ne, merged, "\0" + merged)))


def key_of(form: str) -> str:
    """The key of a text in its normal form: what is the same for texts that read the same."""
    return _key(form.replace(" ", "").replace("-", ""))


def _words(line: str) -> Iterator[_Word]:
    """A line of the list, as it looks and in small letters."""
    bare = line.strip("*")
    anywhere = bool(_UNSPACED.search(bare))
    opens, goes_on = anywhere or line.startswith("*"), anywhere or line.endswith("*")
    for form in dict.fromkeys((folded(bare), folded(lower(bare)))):
        parts = tuple(_TOKEN.findall(re.sub(r"(?<=[^ \-])[!|](?=[ \-]|$)", "", form).translate(_LETTER_OF)))
        if parts:
            yield _Word(line, parts, opens, goes_on)


class Phrases:
    """A list of phrases, made ready once; `find` is what each text costs."""

    def __init__(self, lines: Iterable[str]) -> None:
        wanted = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
        self._signs = Signs(line for line in wanted if Signs.takes(line))
        self._at_words, self._anywhere = _Index(), _Index()
        for line in wanted:
            if not Signs.takes(line):
                for word in _words(line):
                    (self._anywhere if word.opens else self._at_words).add(word)

    def find(self, text: str) -> list[Found]:
        """The phrases that stand in a text, each once, in the order of the text; no more than HITS."""
        found = {hit.phrase: hit for hit in self._signs.find(text)}
        begins: list[int] = []
        for form in forms_of(text):
            for phrase, start, end in self._in_form(form):
                if phrase not in found:
                    begins = begins or places(text)
                    found[phrase] = _placed(phrase, start, end, begins)
                if len(found) >= HITS:
                    break
        return sorted(found.values(), key=lambda hit: hit.start)[:HITS]

    def _in_form(self, form: str) -> Iterator[tuple[str, int, int]]:
        key = _Key(form)
        for word, start in self._candidates(key):
            span = _stands(word, form, start)
            if span is not None:
                yield word.phrase, *span

    def _candidates(self, key: _Key) -> Iterator[tuple[_Word, int]]:
        letters = key.letters
        yield from self._at_words.among(letters, key.starts)
        for word in self._anywhere.within(letters):
            at = letters.find(word.key)
            while at >= 0:
                yield word, key.place(at)
                at = letters.find(word.key, at + 1)


class _Index:
    """Words by the first letters of their keys; those with fewer by all of them."""

    def __init__(self) -> None:
        self._long: dict[str, tuple[tuple[str, ...], list[_Word]]] = {}
        self._short: dict[str, list[_Word]] = {}
        self._lengths: tuple[int, ...] = ()

    def add(self, word: _Word) -> None:
        key = word.key
        if len(key) < _PREFIX:
            self._short.setdefault(key, []).append(word)
            self._lengths = tuple(sorted({*self._lengths, len(key)}))
            return
        keys, words = self._long.get(key[:_PREFIX], ((), []))
        self._long[key[:_PREFIX]] = ((*keys, key), [*words, word])

    def among(self, letters: str, starts: list[tuple[int, int]]) -> Iterator[tuple[_Word, int]]:
        """The words whose keys stand where one begins, each with its place in the form."""
        pieces = [letters[at : at + _PREFIX] for _start, at in starts]
        # All keys of a beginning are compared within one call: most places hold none of them.
        for (start, at), likely in zip(starts, map(self._long.get, pieces), strict=True):
            if likely is not None and letters.startswith(likely[0], at):
                for word in likely[1]:
                    if letters.startswith(word.key, at):
                        yield word, start
        for length in self._lengths:
            shorter = [piece[:length] for piece in pieces]
            if not self._short.keys().isdisjoint(shorter):
                for (start, _at), piece in zip(starts, shorter, strict=True):
                    for word in self._short.get(piece, ()):
                        yield word, start

    def within(self, letters: str) -> Iterator[_Word]:
        """The words whose first letters stand anywhere."""
        if self._long:
            there = {letters[at : at + _PREFIX] for at in range(len(letters))} & self._long.keys()
            for prefix in there:
                yield from self._long[prefix][1]
        for key, words in self._short.items():
            if key in letters:
                yield from words


class _Key:
    """The key of a form, and where words begin: in the form, and in the key."""

    def __init__(self, form: str) -> None:
        words = form.replace("-", " ").split(" ")
        sizes = list(map(len, words))
        self._form = form
        bare = _merged("".join(words))
        keep = list(map(ne, bare, "\0" + bare))
        self.letters = "".join(compress(bare, keep))
        self._bare_places = list(accumulate(keep))
        self.starts = self._starts(sizes)

    def _starts(self, sizes: list[int]) -> list[tuple[int, int]]:
        """Where words of these sizes begin, in the form and in the key."""
        at = self._bare_places
        begins = compress(accumulate([size + 1 for size in sizes], initial=0), sizes)
        places = [at[count] - 1 for count in compress(accumulate(sizes, initial=0), sizes)]
        found = list(zip(begins, places, strict=True))
        if len(set(places)) == len(places):
            return found
        kept = found[:2]
        for start, place in found[2:]:
            # Of one-letter words that are all the same, the first and the last: "s s s s h".
            if kept[-1][1] == kept[-2][1] == place:
                kept[-1] = (start, place)
            else:
                kept.append((start, place))
        return kept

    def place(self, at: int) -> int:
        """Where in the form the letter of the key stands: the first of its run."""
        wanted = self._bare_places.index(at + 1) if at else 0
        for count, match in enumerate(re.finditer(r"[^ \-]", self._form)):
            if count == wanted:
                return match.start()
        return 0


def _stands(word: _Word, form: str, start: int) -> tuple[int, int] | None:
    """Where a word stands from here on, or None: where it is spelt with spaces, only if that is how it is meant."""
    match = word.tight.match(form, start)
    if match is None:
        match = word.wide.match(form, start)
        if match is None or not _is_spelt(match[0]):
            return None
    said = match[0]
    if said.replace("-", "").replace(" ", "").isdecimal() and not "".join(word.parts).isdecimal():
        return None  # a number, not a word in digits
    if _is_within_spelling(form, start, said):
        return None
    return match.span()


def _is_spelt(said: str) -> bool:
    """Whether of each two pieces with white space between, one is a single letter: "b a d", "f uck", not "pen is"."""
    sizes = [len(piece.replace("-", "")) for piece in _WHITE.split(said)]
    return all(min(pair) == 1 for pair in pairwise(sizes))


def _is_within_spelling(form: str, start: int, said: str) -> bool:
    """Whether it is a part of something spelt letter by letter: "U.S. hit", "c-l-a-s-s"."""
    pieces = _TOKEN.findall(said)
    if len(pieces) < 2 or len(pieces[0]) > 1:
        return False
    letters = all(len(piece) == 1 for piece in pieces)
    if letters and len(pieces) >= 4:
        return False
    before = _LETTER_BEFORE.search(form[max(0, start - 16) : start])
    after = _LETTER_AFTER.match(form, start + len(said)) if letters else None
    return before is not None or after is not None


def _placed(phrase: str, start: int, end: int, begins: list[int]) -> Found:
    """From places in the form to places in the text, by where its characters begin in the form."""
    return Found(phrase, bisect_right(begins, start) - 1, bisect_left(begins, end))
