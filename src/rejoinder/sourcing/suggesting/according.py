"""Words that name the source without a sentence of its own: "according to", "laut", "selon", "as X put it"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rejoinder.sourcing.suggesting.finding import Found, clause, plain, sentence_end, trimmed, verb_at, whole
from rejoinder.sourcing.suggesting.grammar import Grammar, comma
from rejoinder.sourcing.suggesting.reading import Tokens, words
from rejoinder.sourcing.suggesting.suggestion import Manner


def according(grammar: Grammar, tokens: Tokens) -> Iterator[Found]:
    """ "According to X, ..." and "..., according to X", also in the middle."""
    end = sentence_end(tokens)
    i = 0
    while i < end:
        size = phrase_at(grammar, tokens, i)
        if size and i + size + 1 < end and verb_at(grammar, tokens, i + size) is not None:
            # "Según anunció el ejército".
            size += 1
        if size:
            found = _opening(grammar, tokens, i, size, end) if _opens(grammar, tokens, i) else None
            found = found or _closing(grammar, tokens, i, size, end)
            if found is not None and found.part and _sound(grammar, found.source):
                yield found
                return
        i += size or 1


_SOURCES: Final = words("source sources")


def phrase_at(grammar: Grammar, tokens: Tokens, i: int) -> int:
    """How many tokens from `i` are such a phrase; 0 if they are not."""
    low = tokens[i].low
    if low == "de" and grammar.code == "fr" and tokens[i + 1 : i + 2] and tokens[i + 1].low in _SOURCES:
        # "De source policière, ..."
        told = tokens[i + 2 : i + 3] and tokens[i + 2].low not in {"en", "à", "dans", "d'", "de"}
        return 1 if told and (i == 0 or comma(tokens[i - 1])) else 0
    for phrase in grammar.phrases:
        if low == phrase[0] and tuple(token.low for token in tokens[i : i + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def _sound(grammar: Grammar, source: Tokens) -> bool:
    return (
        plain(grammar, source)
        and (grammar.sourcy(source) or grammar.is_pronoun(source))
        and (source[0].low not in {"moi", "toi", "mí"})
    )


def _opens(grammar: Grammar, tokens: Tokens, i: int) -> bool:
    return all(token.low in grammar.lead or not token.word for token in tokens[:i])


def _opening(grammar: Grammar, tokens: Tokens, i: int, size: int, end: int) -> Found | None:
    """At the head of the sentence: the source ends at the comma that the statement follows."""
    begin = i + size
    past = next((j for j in range(begin, end) if comma(tokens[j])), end)
    if past < end and (last := _past_apposition(grammar, tokens, past, end)):
        past = last
    if past + 1 >= end:
        return None
    return Found(
        clause(grammar, tokens, past + 1, end), trimmed(tokens[begin:past]), tokens[i:begin], "says", 0.95
    )


_WITHIN: Final = words(
    "sans con sin pour para entre selon según il elle ils elles on se no ne ni hay y et dans"
)


def _past_apposition(grammar: Grammar, tokens: Tokens, first: int, end: int) -> int:
    """The second comma, where words between two commas only say who the source is; else 0."""
    second = next((j for j in range(first + 1, end - 2) if comma(tokens[j])), 0)
    between = tokens[first + 1 : second]
    if not between or len(between) > 10 or len(tokens) - second < 4:
        return 0
    after = tokens[second + 1].low
    bare = (
        grammar.code in {"fr", "es"}
        and between[0].word
        and between[0].low not in grammar.determiners | _WITHIN
    )
    named = tokens[first - 1].capital and len(between) < 7 and after not in grammar.relatives | grammar.lead
    unsaid = not any(token.low in grammar.finite | _IS for token in between)
    if named and unsaid and (bare or between[0].low in {"the", "a", "an", "his", "her", "their"}):
        return second
    tells = between[0].low in grammar.relatives or (
        all(token.low not in grammar.finite for token in between)
        and (
            between[0].capital
            or between[0].low in {"de", "du", "del", "the", "a", "un", "une", "una", "an", "jefe"}
        )
        and (
            all(token.capital for token in between)
            or grammar.noun_kind(between[0].low) is not None
            or any(grammar.noun_kind(token.low) is not None for token in between[:3])
        )
    )
    return second if tells else 0


def _closing(grammar: Grammar, tokens: Tokens, i: int, size: int, end: int) -> Found | None:
    """After the statement, or in the midst of it."""
    begin = i + size
    past = begin
    while past < end and not comma(tokens[past]) and tokens[past].inner is None:
        if past > begin and tokens[past].low in grammar.stops:
            break
        past += 1
    part = trimmed(tokens[:i])
    while part and part[0].low in grammar.lead:
        part = trimmed(part[1:])
    if past + 1 < end and comma(tokens[past]) and _unfinished(grammar, part):
        # In the midst: "X, according to Y, has ...".
        part = trimmed(tokens[:end])
    elif past < end and tokens[past].text == ",":
        past = _ending_apposition(grammar, tokens, past, end) or past
    if len(part) < 3:
        return None
    return Found(part, whole(grammar, tokens[begin:past]), tokens[i:begin], "says", 0.9)


_IS: Final = words("est sont était es son fue era")


def _unfinished(grammar: Grammar, part: Tokens) -> bool:
    """Is this but the head of a sentence: "The film", "The hotel is"?"""
    if part and part[-1].low in grammar.finite | _IS:
        return True
    return len(part) < 7 and not any(token.low in grammar.finite for token in part)


def _ending_apposition(grammar: Grammar, tokens: Tokens, first: int, end: int) -> int:
    rest = tokens[first + 1 : end]
    tells = rest and rest[0].low in grammar.relatives | {"the", "a", "an"} and len(rest) < 12
    return end if tells and not any(comma(token) for token in rest) else 0


def likewise(grammar: Grammar, tokens: Tokens) -> Iterator[Found]:
    """ "As X put it, ...", "Comme l'a expliqué X, ...", "Wie X mitteilte, ..."."""
    end = sentence_end(tokens)
    if not end or tokens[0].low not in grammar.likewise:
        return
    commas = [j for j in range(2, end) if comma(tokens[j])][:4]
    for past in commas:
        found = _as_said(grammar, tokens, past)
        if found is not None:
            source, at, manner = found
            if past + 2 < end and plain(grammar, source) and grammar.sourcy(source):
                yield Found(clause(grammar, tokens, past + 1, end), source, tokens[at : at + 1], manner, 0.9)
            return


def _as_said(grammar: Grammar, tokens: Tokens, past: int) -> tuple[Tokens, int, Manner] | None:
    """Source, number of the verb and manner of the words before the comma at `past`."""
    for at in range(1, past):
        verb = verb_at(grammar, tokens, at)
        if verb is None and not (tokens[at].low in {"put", "puts"} and tokens[at + 1].low == "it"):
            continue
        manner: Manner = verb[1] if verb else "says"
        if grammar.code == "en" and at + 1 < past and verb_at(grammar, tokens, at + 1) is not None:
            # "As the report notes": the noun looks like a verb.
            continue
        if grammar.code in {"fr", "es"}:
            return trimmed(tokens[at + 1 : past]), at, manner
        if tokens[at + 1].low == "by":
            return trimmed(tokens[at + 2 : past]), at, manner
        return trimmed(tokens[1:at]), at, manner
    return None
