"""Answering comments:analyze: what the site's model says of a text, as values that a client's thresholds fit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rejoinder.accounts.models import Site
from rejoinder.api.perspective.asking import Analyze, Attribute, Comment
from rejoinder.api.perspective.errors import not_installed, not_spoken, switched_off, undetected
from rejoinder.api.perspective.profanity import profanity
from rejoinder.api.perspective.score_map import PRIOR, Anchors
from rejoinder.api.perspective.sentences import Places, sentences
from rejoinder.api.perspective.signs import spam
from rejoinder.assist import available
from rejoinder.assist.judging import Judged, judge_in_full
from rejoinder.assist.learning import Text
from rejoinder.assist.queries import is_on

DIGITS = 6
# What the model answers for, rather than signs that are the same in all languages.
_LEARNED = {"rejection", "toxicity", "severe"}


def check_on(site: Site) -> None:
    """Raises Wrong where nothing is said and learned."""
    if not available():
        raise not_installed()
    if not is_on(site):
        raise switched_off()


def language_of(comment: Comment, site: Site) -> tuple[str, str]:
    """(the language that a text is judged in, the one that was detected or ""). Raises Wrong.

    What a client names counts, but for "en" alone: that is what Coral names wherever it knows no better.
    """
    from rejoinder.assist.learning.languages import detect

    code, sure = detect(comment.text)
    detected = code if sure else ""
    if not comment.codes:
        if not any(char.isalpha() for char in comment.text):
            raise undetected()
        return detected or site.language, detected
    if detected and (detected in comment.codes or comment.codes == ("en",)):
        return detected, detected
    return comment.codes[0], detected


def answer(site: Site, asked: Analyze) -> dict[str, Any]:
    """The JSON of an answer. Keeps nothing. Raises Wrong."""
    check_on(site)
    language, detected = language_of(asked.comment, site)
    parts, judged = _judged(site, asked, language, known=detected in {"", language})
    scores = {}
    for attribute in asked.attributes:
        if _is_dumb(attribute, judged[0]) and not asked.comment.codes:
            if not asked.drops:
                raise not_spoken(attribute.name, detected=language)
            continue
        values = [_value(attribute, *pair) for pair in zip(parts, judged, strict=True)]
        if values[0] >= attribute.least:
            scores[attribute.name] = _scores(asked, values)
    said: dict[str, Any] = {"attributeScores": scores}
    said["languages"] = list(asked.comment.languages) or [language]
    said["detectedLanguages"] = [detected or language]
    return said | ({"clientToken": asked.token} if asked.token else {})


def _bounds(asked: Analyze) -> list[tuple[int, int]]:
    """Of the spans: sentences where they are wanted, else the whole text."""
    return (asked.spans and sentences(asked.comment.text)) or [(0, len(asked.comment.text))]


def _judged(site: Site, asked: Analyze, language: str, *, known: bool) -> tuple[list[str], list[Judged]]:
    """The whole text and, where they are several, its sentences, judged in one go. `known`: `language` is what the text
    says itself, as far as it does.
    """
    text, bounds = asked.comment.text, _bounds(asked)
    parts = [text] + ([text[begin:end] for begin, end in bounds] if len(bounds) > 1 else [])
    texts = [Text(part, language, asked.comment.parent) for part in parts]
    texts[0] = replace(texts[0], detected=known)
    # Only whether something repeats what was rejected is told by reasons.
    return parts, judge_in_full(site, texts, why=any(one.by == "spam" for one in asked.attributes))


def _is_dumb(attribute: Attribute, judged: Judged) -> bool:
    """Whether nothing is known of a language: nobody decided here yet, and what is shipped speaks English."""
    return attribute.by in _LEARNED and judged.version is None and judged.language != "en"


def _value(attribute: Attribute, text: str, judged: Judged) -> float:
    if attribute.by == "nothing" or _is_dumb(attribute, judged):
        return 0.0
    if attribute.by == "spam":
        return spam(text, judged.judgement)
    if attribute.by == "profanity":
        return profanity(text, judged.language)
    anchors = Anchors.at(*judged.marks) if judged.marks else PRIOR
    if attribute.by == "rejection" and judged.judgement.probability is not None:
        return judged.judgement.probability
    score = judged.judgement.score
    return anchors.severe(score) if attribute.by == "severe" else anchors.value(score)


def _scores(asked: Analyze, values: list[float]) -> dict[str, Any]:
    bounds, place = _bounds(asked), Places(asked.comment.text)
    of_parts = values[1:] or values
    spans = [
        {"begin": place(begin), "end": place(end), "score": _score(value)}
        for (begin, end), value in zip(bounds, of_parts, strict=True)
    ]
    return {"spanScores": spans, "summaryScore": _score(values[0])}


def _score(value: float) -> dict[str, Any]:
    return {"value": round(value, DIGITS), "type": "PROBABILITY"}
