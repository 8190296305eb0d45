"""A speaker within the marks of a quotation, as French and Spanish have it: « ..., a dit X, ... »."""

from __future__ import annotations

from collections.abc import Iterator

from rejoinder.sourcing.suggesting.finding import Found, plain, trimmed, verb_at
from rejoinder.sourcing.suggesting.grammar import Grammar, comma
from rejoinder.sourcing.suggesting.reading import Tokens, tokens_of


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
