"""Days of a month, which count nothing: "October 18", "18. bis 20. Oktober", "el 18 de octubre"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from rejoinder.sourcing.figures.reading import Token
from rejoinder.sourcing.figures.vocabulary import Vocabulary

_LAST_DAY: Final = Decimal(31)
# Between a day and its month.
_BETWEEN: Final = frozenset({"st", "nd", "rd", "th", "er", "of", "de", "من"})


def is_date(row: Sequence[Token], place: int, after: int, vocabulary: Vocabulary) -> bool:
    """Whether the number at `place`, before the token `after`, is the day of a month that stands beside it."""
    if not _is_day(row, place):
        return False
    joins = vocabulary.to | vocabulary.joins | set(vocabulary.between.values())
    back = place - 1
    while back > 0 and row[back].said in vocabulary.to and _is_day(row, back - 1):
        back -= 2
    if back >= 0 and row[back].said in vocabulary.months:
        return True
    at = after
    while at < len(row):
        if row[at].said in _BETWEEN:
            at += 1
        elif row[at].said in joins and _is_day(row, at + 1):
            at += 2
        else:
            break
    return at < len(row) and row[at].said in vocabulary.months


def _is_day(row: Sequence[Token], at: int) -> bool:
    value = row[at].value if 0 <= at < len(row) else None
    return value is not None and 1 <= value <= _LAST_DAY and value == value.to_integral_value()
