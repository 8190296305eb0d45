"""Who speaks stands before: "the mayor said that ...", "the army claimed: ...", "sources put the number at ..."."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rejoinder.sourcing.suggesting.finding import (
    Found,
    blocked,
    clause,
    next_comma,
    sentence_end,
    subject_before,
    verb_at,
)
from rejoinder.sourcing.suggesting.grammar import Grammar, comma, figures
from rejoinder.sourcing.suggesting.judging import judged
from rejoinder.sourcing.suggesting.reading import Tokens, words

# Between verb and "that": "told the court on Friday that".
_FARTHEST: Final = 14


def reported(grammar: Grammar, tokens: Tokens) -> Iterator[Found]:
    """Each verb of saying with its subject before it and what is said after it."""
    end = sentence_end(tokens)
    past = 0
    for i in range(1, end):
        verb = verb_at(grammar, tokens, i) if tokens[i].begin >= past else None
        if verb is None or blocked(grammar, tokens, verb[0]):
            continue
        first, manner = verb
        if tokens[i].low in {"cuenta", "cuentan"} and i + 1 < end and tokens[i + 1].low == "con":
            continue
        source = subject_before(grammar, tokens, first)
        if not source or _provides(tokens, i, source):
            continue
        said = _said(grammar, tokens, i, end)
        if said is None:
            continue
        part, score = said
        sure = score >= _SURE and manner != "documents"
        known = grammar.sourcy(source) or grammar.is_pronoun(source) or _somebody(tokens[i].low, source)
        if not sure and not known:
            continue
        if part:
            yield Found(part, source, tokens[i : i + 1], manner, score)
            past = part[-1].end


def _somebody(low: str, source: Tokens) -> bool:
    """ "A porter said ...": somebody by whatever trade."""
    return low in {"said", "told"} and len(source) < 4 and source[0].low in {"a", "an", "one", "two", "three"}


def _provides(tokens: Tokens, i: int, source: Tokens) -> bool:
    """ "La loi prévoit que", "hizo que el río": nothing is said."""
    low = tokens[i].low
    if low in {"hizo", "hicieron", "fait", "laissé"}:
        return i + 1 < len(tokens) and tokens[i + 1].low in {"que", "qu'"}
    return low in _PROVIDING and any(token.low in _LAWS for token in source)


_PROVIDING: Final = words("prévoit prévoient prévu prevé prevén previsto")
_LAWS: Final = words(
    "loi plan ley décret texte contrat contrato règlement reglamento accord acuerdo proyecto projet budget decreto"
    " presupuesto convention convenio programme programa calendrier calendario"
)
_SURE: Final = 0.9


def _said(grammar: Grammar, tokens: Tokens, i: int, end: int) -> tuple[Tokens, float] | None:
    """What is said after the verb at `i`, and how sure that is."""
    quote = quoted(grammar, tokens, i, end)
    if quote is not None:
        return tokens[quote : quote + 1], 0.95
    that = _that(grammar, tokens, i, end)
    if that is not None:
        return clause(grammar, tokens, that + 1, end), 0.95
    low = tokens[i].low
    rest = tokens[i + 1 : end]
    if judged(grammar, low, rest) or (low in grammar.figure_verbs and puts_figure(grammar, rest)):
        return clause(grammar, tokens, i + 1, end), 0.85
    if rest and _withholds(grammar, rest, low):
        past = next_comma(tokens, i + 1, end) if rest[0].low == "to" else end
        return clause(grammar, tokens, i + 1, past), 0.85
    if grammar.code == "en":
        return _bare(grammar, tokens, i, end)
    return None


def puts_figure(grammar: Grammar, rest: Tokens) -> bool:
    """ "The number AT 130": a figure soon after the word for it."""
    return any(t.low in grammar.figure_words and figures(rest[k + 1 : k + 7]) for k, t in enumerate(rest))


def quoted(grammar: Grammar, tokens: Tokens, i: int, end: int) -> int | None:
    """A quotation after a colon or a comma."""
    for j in range(i + 1, min(end - 1, i + 10)):
        if tokens[j].inner is not None or tokens[j].low in grammar.that:
            return None
        after = tokens[j + 1]
        if after.inner is not None and (
            tokens[j].text == ":" or (comma(tokens[j]) and len(after.text.split()) > 3)
        ):
            return j + 1
    return None


def _that(grammar: Grammar, tokens: Tokens, i: int, end: int) -> int | None:
    """Where "that" stands after the verb at `i`."""
    for j in range(i + 1, min(end - 1, i + _FARTHEST)):
        token = tokens[j]
        if token.low in grammar.that:
            if tokens[j - 1].low in grammar.not_that or (
                grammar.code == "en" and _points(grammar, tokens, j)
            ):
                return None
            return j
        if token.inner is not None or token.text == ":" or token.low in grammar.finite | grammar.lead:
            return None
        if verb_at(grammar, tokens, j) is not None and grammar.noun_kind(token.low) is None:
            return None
    return None


def _points(grammar: Grammar, tokens: Tokens, j: int) -> bool:
    """Is "that" a pronoun here, as in "he said that was fine"? Then the statement holds it."""
    return tokens[j + 1].low in grammar.finite


def _withholds(grammar: Grammar, rest: Tokens, low: str) -> bool:
    """ "Denied any wrongdoing", "claimed to have won", "nie avoir tiré", "accused the council of ignoring"."""
    if rest[0].low in grammar.infinitives:
        return True
    if grammar.verbs.get(low) == "denies" and rest[0].low in {"any", "all", "that"}:
        return True
    if grammar.verbs.get(low) == "claims" and [token.low for token in rest[:2]] == ["to", "have"]:
        return True
    if low in {"claimed", "claims", "claim"} and rest[0].low == "responsibility":
        return True
    accuses = low.startswith(("accus", "acus", "soupçonn"))
    return accuses and any(token.low in {"of", "de", "d'"} for token in rest[1:])


def _bare(grammar: Grammar, tokens: Tokens, i: int, end: int) -> tuple[Tokens, float] | None:
    """A clause without "that": "said the trains would run", "told the court he had slept"."""
    begin = i + 1
    if tokens[i].low in {"told", "tells", "tell"}:
        begin = _past_addressee(grammar, tokens, begin, end)
    if (
        begin + 1 < end
        and tokens[begin].low in {"in", "on", "at", "after"}
        and tokens[begin + 1].low != "least"
    ):
        begin = next((j for j in range(begin + 1, min(end, begin + 10)) if tokens[j].low in _THEY), end)
    if end - begin < 3 or tokens[begin].low in {
        "to",
        "whether",
        "if",
        "how",
        "what",
        "when",
        "where",
        "why",
        "of",
    }:
        return None
    rest = tokens[begin:end]
    if comma(rest[0]) or any(token.inner is not None for token in rest[:2]):
        return None
    limit = _limit(grammar, rest)
    clausal = any(
        (token.low in grammar.finite and rest[k].low not in grammar.lead)
        or (token.low.endswith("ed") and tokens[i].low in _SAYS)
        for k, token in enumerate(rest[1:limit])
    )
    if tokens[i].low not in grammar.strong or not clausal:
        return None
    return clause(grammar, tokens, begin, end), 0.85


def _limit(grammar: Grammar, rest: Tokens) -> int:
    """Up to where a verb belongs to the clause: another clause ends it, a relative one within it does not."""
    for k, token in enumerate(rest[:-1]):
        if comma(token) and rest[k + 1].low in grammar.relatives:
            past = next_comma(rest, k + 1, len(rest))
            within = past + 1 < len(rest) and rest[past + 1].low in grammar.finite
            return past + 2 if within else k
        if comma(token) and rest[k + 1].low in grammar.lead:
            return k
    return len(rest)


_THEY: Final = words("it they he she")
_SAYS: Final = words("said says say told claims claim believe believes insists insisted")


def _past_addressee(grammar: Grammar, tokens: Tokens, begin: int, end: int) -> int:
    """Past "told WHOM": up to the words that begin the clause."""
    for j in range(begin + 1, min(end, begin + 8)):
        if tokens[j].low in grammar.determiners and tokens[j - 1].low not in {
            "of",
            "in",
            "at",
            "to",
            "for",
            "on",
        }:
            return j
    return begin + 1
