"""Verbs with an object and no "that": "called the vote a sham", "blamed the army for the fire", "denied firing"."""

from __future__ import annotations

from typing import Final

from rejoinder.sourcing.suggesting.grammar import Grammar
from rejoinder.sourcing.suggesting.reading import Tokens, words

# How far the second word of such a verb may stand.
_FARTHEST: Final = 14
# After these the verb is another one: "called for a truce", "described in a letter".
_OTHERS: Final = words(
    "for on in off to at up out with by of from as into upon how what why where"
    " de del du des en por como comme als von vom im am zu zum zur nach para con sans sin"
)
# Verbs after which "-ing" is what was said, and words of that ending that are things.
_DOING: Final = words("denied denies deny reported described recalled recalls admitted admits")
_THINGS: Final = words(
    "building housing funding planning parking training nursing mining fishing shipping hearing meeting evening"
    " morning everything nothing anything something farming banking being king string spring wedding ruling"
    " polling policing opening outstanding missing increasing rising growing falling existing during willing"
)
_SHORT: Final = 4


def _otherwise(grammar: Grammar, low: str, rest: Tokens, at: int) -> bool:
    """ "Called the troops a second time", "expects its staff to", "dismissed the case as he was ill"."""
    if rest[at].low == "as":
        return any(token.low in grammar.finite for token in rest[at:])
    if rest[at].low == "to":
        return rest[0].low in {"its", "his", "her", "their", "our", "my", "a", "an"}
    return low == "called" and at + 1 < len(rest) and rest[at + 1].low in _TIMES


_TIMES: Final = words(
    "second third fourth few day halt taxi cab doctor meeting vote truce strike ceasefire lot bit"
)


def judged(grammar: Grammar, low: str, rest: Tokens) -> bool:
    """Is `rest` what the verb `low` says of somebody or something?"""
    if not rest or not rest[0].word:
        return False
    doing = (
        grammar.code == "en" and low in _DOING and rest[0].low.endswith("ing") and rest[0].low not in _THINGS
    )
    if doing and len(rest) > 2:
        return True
    needed = grammar.frames.get(low)
    if not needed or rest[0].low in _OTHERS:
        return False
    at = -1
    for options in needed:
        # "Called X A liar": a short word has something on both its sides.
        begin = at + 1 if max(map(len, options)) > _SHORT else max(1, at + 1)
        at = next((k for k in range(begin, min(len(rest), _FARTHEST)) if rest[k].low in options), -1)
        if at < 0 or (at and rest[at - 1].low in grammar.that):
            return False
    if grammar.code == "en" and _otherwise(grammar, low, rest, at):
        return False
    return not any(token.inner is not None for token in rest[:at]) and (
        at + 1 < len(rest) or len(rest[at].low) > _SHORT
    )
