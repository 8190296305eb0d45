"""A speaker within the marks of a quotation, as French and Spanish have it: « ..., a dit X, ... »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rejoinder.sourcing.suggesting.finding import Found, plain, sentence_end, trimmed, verb_at
from rejoinder.sourcing.suggesting.grammar import Grammar, comma
from rejoinder.sourcing.suggesting.reading import Tokens, tokens_of, words


def incise(grammar: Grammar, text: str, tokens: Tokens) -> Iterator[Found]:
    """The statements on both sides of the speaker."""
    for quote in tokens:
        if quote.inner is None:
            continue
        within = tuple(tokens_of(text, *quote.inner))[:160]
        yield from _spoken(grammar, within)


def _spoken(grammar: Grammar, within: Tokens) -> Iterator[Found]:
    for i in range(3, len(within) - 1):
        if not comma(within[i]):
            continue
        at = i + 1
        while at < min(len(within) - 1, i + 4) and within[at].low in grammar.auxiliaries | {"l'", "le"}:
            at += 1
        verb = verb_at(grammar, within, at)
        if verb is None:
            continue
        past = next(
            (j for j in range(at + 1, len(within)) if comma(within[j]) or within[j].text == "."), len(within)
        )
        source = trimmed(within[at + 1 : past])
        if not plain(grammar, source) or not grammar.sourcy(source) or past - at > 12:
            continue
        for part in (trimmed(within[:i]), trimmed(within[past:])):
            if part:
                yield Found(part, source, within[at : at + 1], verb[1], 0.9)
        return


_ON: Final = re.compile(r"^(\w+?)(?:-t)?-on$")
_AT: Final = words("à au aux chez dans de du auprès")


def one_says(grammar: Grammar, tokens: Tokens) -> Iterator[Found]:
    """ "..., assure-t-on à la mairie", "..., indique-t-on de source policière"."""
    end = sentence_end(tokens)
    for i in range(1, end - 2):
        match = _ON.match(tokens[i].low)
        manner = grammar.manner(match[1]) if match else None
        before = tokens[i - 1]
        if manner is None or not (comma(before) or before.inner is not None) or tokens[i + 1].low not in _AT:
            continue
        past = next((j for j in range(i + 2, end) if comma(tokens[j])), end)
        source, part = trimmed(tokens[i + 2 : past]), trimmed(tokens[:i])
        quote = part[-1:] if part and part[-1].inner is not None else ()
        if grammar.sourcy(source) and plain(grammar, source) and (quote or len(part) > 2):
            yield Found(quote or part, source, tokens[i : i + 1], manner, 0.9)
        return
