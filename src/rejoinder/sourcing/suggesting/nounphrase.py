"""German: where a noun phrase ends, by the capitals of its nouns."""

from __future__ import annotations

from rejoinder.sourcing.suggesting.grammar import Grammar, comma
from rejoinder.sourcing.suggesting.reading import Tokens


def noun_phrase_end(grammar: Grammar, tokens: Tokens, begin: int, end: int) -> int:
    """Past the noun phrase at `begin`: up to the verb."""
    noun = False
    j = begin
    while j < end:
        token = tokens[j]
        if comma(token):
            # A relative clause belongs to it.
            if j + 1 < end and tokens[j + 1].low in grammar.relatives:
                second = next((k for k in range(j + 1, end) if comma(tokens[k])), 0)
                return second or j
            return j
        if token.inner is not None or token.capital or token.text[0].isdigit():
            noun = True
        elif not token.word or (
            token.low not in grammar.determiners
            and noun
            and not adjective(grammar, tokens, j, end)
            and not _attribute(tokens, begin, j, end)
        ):
            return j
        j += 1
    return j


def _attribute(tokens: Tokens, begin: int, j: int, end: int) -> bool:
    """ "Eine MIT den Vorgängen VERTRAUTE Person"."""
    opened = begin + 1 < j and tokens[begin + 1].low in {
        "mit",
        "in",
        "an",
        "am",
        "im",
        "bei",
        "von",
        "vom",
        "zu",
    }
    return (
        opened
        and tokens[j].low.endswith(("e", "er", "en", "em", "es"))
        and j + 1 < end
        and tokens[j + 1].capital
    )


def adjective(grammar: Grammar, tokens: Tokens, j: int, end: int) -> bool:
    return (
        tokens[j].low.endswith(("en", "e", "er", "em", "es"))
        and tokens[j - 1].low in grammar.determiners
        and j + 1 < end
        and tokens[j + 1].capital
    )
