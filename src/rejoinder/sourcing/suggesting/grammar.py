"""What a language brings to the rules, and what the rules ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from rejoinder.sourcing.suggesting.reading import Token, Tokens, words
from rejoinder.sourcing.suggesting.suggestion import Kind, Manner

__all__ = ["NONE", "Grammar", "comma", "figures", "frames", "kinds", "manners", "stem", "words"]

NONE: Final[frozenset[str]] = frozenset()


def manners(**forms: str) -> dict[str, Manner]:
    """Forms of verbs by manner, as `says="said says"`."""
    return {form: manner for manner, row in forms.items() for form in row.split()}  # type: ignore[misc]


def kinds(**nouns: str) -> dict[str, Kind]:
    """Nouns of sources by kind; `other` for those that show none."""
    return {
        noun: "" if kind == "other" else kind  # type: ignore[misc]
        for kind, row in nouns.items()
        for noun in row.split()
    }


def frames(needed: Mapping[str, str]) -> dict[str, tuple[frozenset[str], ...]]:
    """Forms of verbs to the words that must follow in this order, as `{"blamed": "for/on", "stuft": "als ein"}`."""
    return {
        form: tuple(frozenset(options.split("/")) for options in after.split())
        for row, after in needed.items()
        for form in row.split()
    }


_ENDINGS: Final = ("ون", "ين", "ان", "ات", "ها", "هم", "ة", "ا")


def stem(low: str) -> str:
    """An Arabic noun without article, "and", the plural's or the feminine's ending, or a possessive."""
    for before in ("وال", "بال", "لل", "ال"):
        if low.startswith(before) and len(low) > len(before) + 2:
            low = low[len(before) :]
            break
    for end in _ENDINGS:
        if low.endswith(end) and len(low) > len(end) + 2:
            return low[: -len(end)]
    return low


@dataclass(frozen=True)
class Grammar:
    """Words of one language, as `Token.low` has them."""

    code: str
    # Finite forms that say who speaks, and those that need an auxiliary before them.
    verbs: Mapping[str, Manner]
    nouns: Mapping[str, Kind]
    participles: Mapping[str, Manner] = field(default_factory=dict)
    # Those of `verbs` that mean a statement even without "that".
    strong: frozenset[str] = NONE
    auxiliaries: frozenset[str] = NONE
    # "According to", longest first, and what stands after the source ("zufolge").
    phrases: tuple[tuple[str, ...], ...] = ()
    after: frozenset[str] = NONE
    # "As", of "as the mayor put it".
    likewise: frozenset[str] = NONE
    that: frozenset[str] = NONE
    # Words before "that" that make it another one.
    not_that: frozenset[str] = NONE
    # Words by which a verb says nothing of what was said: not, would, if ...
    blocks: frozenset[str] = NONE
    pronouns: frozenset[str] = NONE
    # Subjects that are nobody: it, there, what ...
    nobody: frozenset[str] = NONE
    # What may stand before a subject without belonging to it, and between it and its verb.
    lead: frozenset[str] = NONE
    adverbs: frozenset[str] = NONE
    # Finite verbs that are common: they show that words are a clause.
    finite: frozenset[str] = NONE
    infinitives: frozenset[str] = NONE
    relatives: frozenset[str] = NONE
    determiners: frozenset[str] = NONE
    # Where the source's words or the statement end.
    stops: frozenset[str] = NONE
    # "Put the number at": verbs, and the word before the figure.
    figure_verbs: frozenset[str] = NONE
    figure_words: frozenset[str] = NONE
    # Verbs that speak of an object, by the words that must follow it: described X AS Y.
    frames: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)
    # Do names alone begin with capitals?
    capitals: bool = True
    # Words are found as the ends of longer ones, as in German.
    compounds: bool = False

    def noun_kind(self, low: str) -> Kind | None:
        """None if the word is not one of a source."""
        if low in self.nouns:
            return self.nouns[low]
        if self.code == "ar":
            return self.nouns.get(stem(low))
        return self._compound(low) if self.compounds else None

    def _compound(self, low: str) -> Kind | None:
        """By the end of the word, with or without an ending of its case."""
        for form in (low, low[:-1], low[:-2]) if low.endswith(("n", "s")) else (low,):
            for begin in range(max(0, len(form) - 16), len(form) - 2):
                if form[begin:] in self.nouns and (not begin or begin > 2):
                    return self.nouns[form[begin:]]
        return None

    def sourcy(self, tokens: Tokens) -> bool:
        """Do the words name somebody or something that can say something?"""
        if any(self.noun_kind(token.low) is not None for token in tokens):
            return True
        if self.compounds:
            # A title and a name, or two names.
            return any(one.capital and after.capital for one, after in pairwise(tokens))
        return self.capitals and any(token.capital and token.low not in self.determiners for token in tokens)

    def kind(self, tokens: Tokens) -> Kind:
        """The kind that the first telling word shows."""
        found = [kind for token in tokens if (kind := self.noun_kind(token.low))]
        for sure in ("unnamed", "agency", "party", "witness"):
            if sure in found:
                return sure
        return found[0] if found else ""

    def manner(self, low: str) -> Manner | None:
        return self.verbs.get(low)

    def is_pronoun(self, tokens: Tokens) -> bool:
        return len(tokens) == 1 and tokens[0].low in self.pronouns


def figures(tokens: Tokens) -> bool:
    return any(token.text[0].isdigit() or token.low in _NUMBERS for token in tokens)


_NUMBERS: Final = words(
    "two three four five six seven eight nine ten dozen dozens hundred hundreds thousand thousands million millions"
    " billion billions zwei drei vier fünf sechs sieben acht neun zehn zwölf hundert hunderte tausend tausende"
    " million millionen milliarde milliarden deux trois quatre cinq sept huit neuf dix douze cent cents mille"
    " millions milliard milliards dos tres cuatro cinco seis siete ocho nueve diez doce cien cientos mil millones"
    " مليون ملايين مليار الف الاف مئة مئات"
)


def comma(token: Token) -> bool:
    return token.text in {",", "،", "—", "–", ";", "؛", "-"}
