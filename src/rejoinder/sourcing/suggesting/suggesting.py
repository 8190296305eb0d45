"""From a text to its suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rejoinder.sourcing.suggesting import according, arabic, incise, konjunktiv, reported, trailing
from rejoinder.sourcing.suggesting.finding import Found, sentence_end
from rejoinder.sourcing.suggesting.grammar import Grammar
from rejoinder.sourcing.suggesting.languages import BY_LANGUAGE
from rejoinder.sourcing.suggesting.reading import Tokens, sentences
from rejoinder.sourcing.suggesting.suggestion import SHOWN, Suggestion

LANGUAGES: Final = tuple(BY_LANGUAGE)
_PRONOUN: Final = 0.3


def suggest(text: str, language: str, *, least: float = SHOWN) -> list[Suggestion]:
    """Who says what in `text`, in its order; only what scores `least`.

    Offsets are code points of `text`. A language without rules (see `LANGUAGES`) raises KeyError; of a code like
    "de-AT" the first part counts.
    """
    grammar = BY_LANGUAGE[language.lower().replace("_", "-").split("-")[0]]
    found: list[Suggestion] = []
    speaker: Found | None = None
    for tokens in sentences(text):
        row = list(_distinct(_rules(grammar, text, tokens)))
        if not row and speaker is not None and _all_quoted(tokens):
            row = [Found(tokens[:1], speaker.source, speaker.phrase, speaker.manner, 0.8)]
        speaker = row[-1] if row and row[-1].part[-1].inner is not None and len(row[-1].part) == 1 else None
        found += [_suggestion(grammar, text, one) for one in row]
    return sorted((one for one in found if one.score >= least), key=lambda one: (one.begin, one.end))


def _rules(grammar: Grammar, text: str, tokens: Tokens) -> Iterator[Found]:
    """What each rule finds in a sentence, the surest first. A question says nothing."""
    if grammar.code in {"fr", "es"}:
        yield from incise.incise(grammar, text, tokens)
        yield from incise.one_says(grammar, tokens)
    if len(tokens) < 3:
        return
    if grammar.code == "ar":
        if tokens[-1].text not in {"?", "؟"}:
            yield from arabic.according(grammar, tokens)
            yield from arabic.trailing(grammar, tokens)
            yield from arabic.reported(grammar, tokens)
        return
    if tokens[-1].text != "?":
        if grammar.code == "de":
            yield from konjunktiv.phrases(grammar, tokens)
            yield from konjunktiv.zufolge(grammar, tokens)
            yield from konjunktiv.it_is_said(grammar, tokens)
        else:
            yield from according.according(grammar, tokens)
        yield from according.likewise(grammar, tokens)
    yield from trailing.trailing(grammar, tokens)
    if tokens[-1].text != "?":
        yield from (konjunktiv if grammar.code == "de" else reported).reported(grammar, tokens)


def _distinct(row: Iterator[Found]) -> Iterator[Found]:
    """No statement twice: what overlaps one before it is left out."""
    taken: list[tuple[int, int]] = []
    for one in row:
        if not one.part or not one.source:
            continue
        begin, end = one.part[0].begin, one.part[-1].end
        if all(end <= first or begin >= last for first, last in taken):
            taken.append((begin, end))
            yield one


def _all_quoted(tokens: Tokens) -> bool:
    return len(tokens[: sentence_end(tokens)]) == 1 and tokens[0].inner is not None


def _suggestion(grammar: Grammar, text: str, found: Found) -> Suggestion:
    begin, end = found.part[0].begin, found.part[-1].end
    if len(found.part) == 1 and found.part[0].inner is not None:
        begin, end = found.part[0].inner
        while end > begin and text[end - 1] in ",،":
            end -= 1
    return Suggestion(
        begin=begin,
        end=end,
        source_begin=found.source[0].begin,
        source_end=found.source[-1].end,
        phrase=text[found.phrase[0].begin : found.phrase[-1].end],
        manner=found.manner,
        kind=grammar.kind(found.source),
        score=min(found.score, _PRONOUN) if grammar.is_pronoun(found.source) else found.score,
    )
