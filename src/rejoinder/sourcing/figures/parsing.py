"""The first figure of a phrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from rejoinder.sourcing.figures.compounds import german, stripped
from rejoinder.sourcing.figures.counted import noun
from rejoinder.sourcing.figures.dates import is_date
from rejoinder.sourcing.figures.figure import Figure
from rejoinder.sourcing.figures.languages import ARABIC, BY_LANGUAGE, ENGLISH, GERMAN
from rejoinder.sourcing.figures.reading import LONGEST, Token, tokens
from rejoinder.sourcing.figures.vocabulary import Vocabulary

_PERCENT: Final = {
    ("%",), ("٪",), ("percent",), ("per", "cent"), ("prozent",), ("pour", "cent"), ("por", "ciento"),
    ("بالمئة",), ("بالمائة",), ("في", "المئة"), ("في", "المائة"),
}  # fmt: skip
_CURRENCIES: Final = "$€£"
_YEARS: Final = (Decimal(1900), Decimal(2099))


@dataclass(frozen=True, slots=True)
class _Amount:
    """What some tokens say: low to high. `next`: the token after it; `scale`: what it was multiplied by."""

    low: Decimal
    high: Decimal
    next: int
    scale: int = 1
    rough: bool = False
    plain: bool = False  # digits without anything: may be a year


def parse(phrase: str, language: str = "en") -> Figure | None:
    """The first figure of a phrase, or None. `language`: BCP 47; of a language that is not known, as in English.

    Years by themselves, days of a month and times of day are none.
    """
    vocabulary = BY_LANGUAGE.get(language.lower().split("-")[0], ENGLISH)
    row = tokens(phrase[:LONGEST], vocabulary)
    place = 0
    while place < len(row):
        amount = _amount(row, place, vocabulary)
        if amount is None:
            place += 1
            continue
        is_day = amount.plain and is_date(row, place, amount.next, vocabulary)
        if not is_day and not _is_time(row, place, amount):
            found = _figure(phrase, row, (place, amount), vocabulary)
            if found is not None:
                return found
        place = amount.next
    return None


def _is_time(row: Sequence[Token], place: int, amount: _Amount) -> bool:
    """Part of 12:30, 3/4 or the like, or a year."""
    near = [row[at].said for at in (place - 1, amount.next) if 0 <= at < len(row)]
    return any(sign in {":", "/"} for sign in near)


def _is_year(amount: _Amount) -> bool:
    return amount.plain and _YEARS[0] <= amount.low <= _YEARS[1]


def _figure(
    phrase: str, row: Sequence[Token], at: tuple[int, _Amount], vocabulary: Vocabulary
) -> Figure | None:
    place, amount = at
    begin, least, most, about = _before(row, place, vocabulary)
    high = amount
    upper = _upper(row, place, amount, vocabulary)
    if upper is not None:
        high = upper
        # "10-15 thousand": what multiplies the second multiplies both.
        if amount.scale == 1 < upper.scale and amount.low * upper.scale <= upper.high:
            amount = _Amount(amount.low * upper.scale, amount.high * upper.scale, upper.next)
    elif _is_year(amount) and not (least or most or about):
        return None
    end, least_after, most_after, about_after = _after(row, high.next, vocabulary)
    least, most, about = least or least_after, most or most_after, about or about_after
    unit, end = _unit(phrase, row, end, vocabulary)
    if begin and row[begin - 1].said in _CURRENCIES:
        unit, begin = row[begin - 1].said, begin - 1
    elif place and row[place - 1].said in _CURRENCIES:
        unit = row[place - 1].said
    return Figure(
        low=None if most else amount.low,
        high=None if least else high.high,
        unit=unit,
        approx=about or amount.rough or high.rough,
        written=phrase[row[begin].begin : row[end - 1].end],
    )


def _upper(row: Sequence[Token], place: int, amount: _Amount, vocabulary: Vocabulary) -> _Amount | None:
    """The other end of a range, where one follows."""
    at = amount.next
    if at >= len(row):
        return None
    opened = place and vocabulary.between.get(row[place - 1].said)
    said = row[at].said
    if said in vocabulary.to or (opened and said == opened):
        upper = _amount(row, at + 1, vocabulary)
    elif opened and said.startswith(opened) and vocabulary is ARABIC:
        upper = _amount(row, at, vocabulary)
    else:
        return None
    scaled = amount.low * (upper.scale if upper and amount.scale == 1 else 1)
    return upper if upper and upper.high >= min(scaled, amount.low) else None


def _before(row: Sequence[Token], place: int, vocabulary: Vocabulary) -> tuple[int, bool, bool, bool]:
    """Where the figure's words begin, and whether they say at least, at most, about."""
    begin, least, most, about = place, False, False, False
    if begin and row[begin - 1].said in vocabulary.between:
        begin -= 1
    if begin and row[begin - 1].said in _CURRENCIES:
        begin -= 1
    while begin:
        for name, phrases in _qualifiers(vocabulary):
            if length := _ends_with(row, begin, phrases):
                begin -= length
                least, most, about = (
                    least or name == "least",
                    most or name == "most",
                    about or name == "about",
                )
                break
        else:
            break
    return begin, least, most, about


def _after(row: Sequence[Token], end: int, vocabulary: Vocabulary) -> tuple[int, bool, bool, bool]:
    """The same of what follows: "or more", "at least", "+"."""
    if end < len(row) and row[end].said == "+":
        return end + 1, True, False, False
    for name, phrases in _qualifiers(vocabulary):
        for words in phrases:
            length = len(words)
            if tuple(token.said for token in row[end : end + length]) == words and _follows(
                words, vocabulary
            ):
                return end + length, name == "least", name == "most", name == "about"
    return end, False, False, False


_FOLLOWING: Final = {
    "or more", "or fewer", "or less", "or so", "at least", "at most", "oder mehr", "oder weniger", "mindestens",
    "höchstens", "au moins", "au plus", "ou plus", "ou moins", "environ", "al menos", "por lo menos", "o más",
    "como mínimo", "como máximo", "o menos", "على الاقل", "على الاكثر", "تقريبا",
}  # fmt: skip


def _follows(words: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    return " ".join(words) in _FOLLOWING


def _qualifiers(vocabulary: Vocabulary) -> list[tuple[str, list[tuple[str, ...]]]]:
    """ "no more than" before "more than": the longest first, whatever they mean."""
    named = [("least", vocabulary.least), ("most", vocabulary.most), ("about", vocabulary.about)]
    rows = [(name, tuple(phrase.split())) for name, phrases in named for phrase in phrases]
    return [(name, [words]) for name, words in sorted(rows, key=lambda entry: -len(entry[1]))]


def _ends_with(row: Sequence[Token], end: int, phrases: list[tuple[str, ...]]) -> int:
    for words in phrases:
        there = [token.said for token in row[max(0, end - len(words)) : end]]
        # "with more than", "and more than" are one word each in Arabic.
        if tuple(there) == words or (there and there[0][:1] in "بلو" and (there[0][1:], *there[1:]) == words):
            return len(words)
    return 0


def _unit(phrase: str, row: Sequence[Token], place: int, vocabulary: Vocabulary) -> tuple[str, int]:
    """What was counted: a sign of per cent, or a noun. And where the figure with it ends."""
    for length in (1, 2):
        if tuple(token.said for token in row[place : place + length]) in _PERCENT:
            return "%", place + length
    at = place
    while at < len(row) and row[at].said in vocabulary.skips:
        at += 1
    if at < len(row) and row[at].said in _CURRENCIES:
        return row[at].said, at + 1
    return noun(phrase, row, at, vocabulary), place


def _amount(row: Sequence[Token], place: int, vocabulary: Vocabulary) -> _Amount | None:
    """The number that begins with a token, in digits or words; None where none does."""
    if place >= len(row):
        return None
    return _vague(row, place, vocabulary) or _number(row, place, vocabulary)


def _vague(row: Sequence[Token], place: int, vocabulary: Vocabulary) -> _Amount | None:
    """ "Dozens", "tens of thousands", "several hundred", "une centaine"."""
    said = _known(row[place].said, vocabulary)
    if said in vocabulary.several or said in vocabulary.vague:
        low, high = (2, 9) if said in vocabulary.several else vocabulary.vague[said]
        at = place + 1
        while at < len(row) and row[at].said in vocabulary.skips:
            at += 1
        scale = _scale(row[at].said, vocabulary) if at < len(row) else 0
        if scale:
            top = (high + 1) * scale - 1
            return _Amount(Decimal(low * scale), Decimal(top), at + 1, scale, rough=True)
        if said in vocabulary.vague:
            return _Amount(Decimal(low), Decimal(high), place + 1, 1, rough=True)
    if said in vocabulary.rough:
        value = Decimal(vocabulary.rough[said])
        return _Amount(value, value, place + 1, 1, rough=True)
    if said in vocabulary.numbers and place + 1 < len(row) and row[place + 1].said in vocabulary.rough:
        value = Decimal(vocabulary.rough[row[place + 1].said] * vocabulary.numbers[said])
        return _Amount(value, value, place + 2, 1, rough=True)
    return None


def _scale(said: str, vocabulary: Vocabulary) -> int:
    said = _known(said, vocabulary)
    plural = vocabulary.vague.get(said)
    return vocabulary.scales.get(said, 0) or (plural[0] // 2 if plural and plural[0] >= 2_000 else 0)


def _known(said: str, vocabulary: Vocabulary) -> str:
    """A word without what Arabic writes together with it, where that makes it one of a figure."""
    return stripped(said, vocabulary) if vocabulary is ARABIC else said


def _number(row: Sequence[Token], place: int, vocabulary: Vocabulary) -> _Amount | None:
    total = Decimal(0)
    current: Decimal | None = None
    largest, at, words = 1, place, False
    while at < len(row):
        token = row[at]
        said = _known(token.said, vocabulary)
        if token.value is not None:
            if current is not None or total:
                break
            current = token.value
        elif (scale := vocabulary.scales.get(said, 0)) and not (
            scale < 1000 and current is not None and current >= 100
        ):
            if scale == 100 or (scale < 1000 and not words):
                current = (Decimal(1) if current is None else current) * scale
            elif scale < 1000:
                current = (current or Decimal(0)) + scale
            else:
                total += (Decimal(1) if current is None else current) * scale
                current = None
            words, largest = True, max(largest, scale)
        elif (value := _word(said, vocabulary)) is not None and _adds(current, value, vocabulary):
            is_eighty = current == 4 and value == 20
            current = Decimal(80) if is_eighty else (current or Decimal(0)) + value
            words = True
        elif not (words and _goes_on(row, at, current, vocabulary)):
            break
        at += 1
    if at == place:
        return None
    total += current or 0
    alone = not words and at == place + 1
    if words and at == place + 1 and row[place].said in _NO_NUMBERS:
        return None
    return _Amount(total, total, at, largest, plain=alone)


# Articles and single letters that are numbers only beside others.
_NO_NUMBERS: Final = {
    "ein", "eine", "einen", "einem", "einer", "un", "une", "una", "uno", "one", "k", "m", "واحد", "واحدة",
}  # fmt: skip


def _word(said: str, vocabulary: Vocabulary) -> int | None:
    found = vocabulary.numbers.get(said)
    return german(said) if found is None and vocabulary is GERMAN else found


def _adds(current: Decimal | None, value: int, vocabulary: Vocabulary) -> bool:
    """Whether a number's word may follow what was said so far: twenty one, not twenty thirty."""
    if current is None or (current % 100 == 0 and value < 100):
        return True
    if current == 4 and value == 20:
        return "vingt" in vocabulary.numbers
    if vocabulary is ARABIC and current % 100 < 10:
        return value >= 10
    rest = current % 100
    return rest >= 20 and rest % 10 == 0 and (value < 10 or (rest in {60, 80} and value < 20))


def _goes_on(row: Sequence[Token], at: int, current: Decimal | None, vocabulary: Vocabulary) -> bool:
    """ "and" within a number, and the hyphen of "twenty-one": one of the next word that may follow."""
    if at + 1 >= len(row) or (row[at].said != "-" and row[at].said not in vocabulary.joins):
        return False
    value = _word(_known(row[at + 1].said, vocabulary), vocabulary)
    return value is not None and _adds(current, value, vocabulary)
