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


def judged(grammar: Grammar, low: str, rest: Tokens) -> bool:
    """Is `rest` what the verb `low` says of somebody or something?"""
    if not rest or not rest[0].word:
        return False
    if grammar.code == "en" and low in _DOING and len(rest) > 2:
        return rest[0].low.endswith("ing") and rest[0].low not in _THINGS
    needed = grammar.frames.get(low)
    if not needed or rest[0].low in _OTHERS:
        return False
    at = 0
    for options in needed:
        at = next((k for k in range(at + 1, min(len(rest), _FARTHEST)) if rest[k].low in options), 0)
        if not at or rest[at - 1].low in grammar.that:
            return False
    return not any(token.inner is not None for token in rest[:at]) and (at + 1 < len(rest) or len(needed) > 1)
