"""Regular expressions of a site: safe by a time limit, tried on hostile texts before one is taken.

The `regex` package is used because it can be told how long a search may take; a linear engine would need none, and
would not know the expressions that people bring along.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import Final

import regex
from django.utils.translation import gettext as _

from rejoinder.core.errors import InvalidInput

LONGEST: Final = 1000  # characters of an expression
SECONDS: Final = 0.02  # of processor time for one text
TRIAL: Final = 0.1  # for each hostile text, when it is saved; one of those is as long as a comment can be
_LONG: Final = 10_000
_FILLS: Final = ("a", "A", "0", " ", "-", "ab", "a ", "a1", "aaaaaaaaab", "\n", "é", "http://a.", "a@a.")


class TooSlow(Exception):
    """A search was cut off."""


@lru_cache(maxsize=256)
def compiled(expression: str) -> regex.Pattern[str]:
    """Without regard to case. Raises regex.error."""
    return regex.compile(expression, regex.IGNORECASE | regex.VERSION0)


@lru_cache(maxsize=64)
def find(expression: str, text: str) -> str | None:
    """What an expression finds first in a text, or None. Raises TooSlow."""
    return _search(compiled(expression), text, SECONDS)


def places(expression: str, text: str, most: int) -> list[tuple[int, int]]:
    """Where an expression finds something in a text: characters, the end not included. Raises TooSlow."""
    try:
        found = compiled(expression).finditer(text, timeout=SECONDS)
        spans = [match.span() for match, _count in zip(found, range(most), strict=False)]
    except TimeoutError:
        raise TooSlow from None
    return [span for span in spans if span[0] < span[1]]


def _search(pattern: regex.Pattern[str], text: str, seconds: float) -> str | None:
    try:
        match = pattern.search(text, timeout=seconds)
    except TimeoutError:
        raise TooSlow from None
    return match[0] if match is not None else None


def check(expression: str) -> str:
    """The expression, if it can be used. Raises InvalidInput, which says why not."""
    if len(expression) > LONGEST:
        raise _bad(_("It is longer than 1,000 characters."), expression[:LONGEST])
    try:
        pattern = regex.compile(expression, regex.IGNORECASE | regex.VERSION0)
    except (regex.error, RecursionError, OverflowError, ValueError) as error:
        raise _bad(_("It is not a regular expression: %(why)s") % {"why": error}, expression) from None
    if pattern.fullmatch("", timeout=TRIAL) is not None:
        raise _bad(_("It finds the empty text, so it would find every comment."), expression)
    for text in hostile(expression):
        try:
            _search(pattern, text, TRIAL)
        except TooSlow:
            sentence = _(
                "It can take far too long on some texts, because it may repeat the same letters in several ways. "
                "Write it without a repetition inside a repetition."
            )
            raise _bad(sentence, expression) from None
    return expression


def hostile(expression: str) -> list[str]:
    """Texts that catastrophic expressions stumble over: long runs of what they repeat, and then something else."""
    letters = list(dict.fromkeys(char for char in expression if char.isalnum()))[:6]
    pairs = ["".join(pair) for pair in product(letters[:3], repeat=2)]
    fills = [*_FILLS, *letters, *pairs]
    ends = ("\x00", "!")
    return [(fill * (_LONG // len(fill)))[: _LONG - 1] + end for fill in fills for end in ends] + [
        (fill * 60)[:60] + "\x00" for fill in fills
    ]


def _bad(sentence: str, kept: str) -> InvalidInput:
    return InvalidInput(code="pattern", message=sentence, field="words", kept=kept)
