"""Where in a text, as it is shown, the words stand that made a rule speak."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from rejoinder.core.text.marks import Span, links_of, words_of
from rejoinder.moderation.models import Rule
from rejoinder.moderation.screening import patterns
from rejoinder.moderation.screening.kinds import Ready

# A phrase is found once a search: what was found is put out of sight, and searched for again so often.
ROUNDS: Final = 3
_MARKUP: Final = re.compile(r"[*_~`\\]")  # what was found was found in Markdown
MOST: Final = 50  # marks of one rule in one text


def rules_said(signals: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The rules that a decision names among its signals, with the words that were found then."""
    said = (signal for signal in signals if signal.get("name") == "rule")
    return {str(one.get("rule", "")): [str(text) for text in one.get("found", ())] for one in said}


def spans_of(html: str, rule: str, ready: Ready | None, found: Sequence[str]) -> list[Span]:
    """What a rule finds in rendered markup now. Where it finds nothing any more, or is gone: what it `found` then."""
    places = _PLACES[ready.rule.kind](ready, html) if ready and ready.rule.kind in _PLACES else []
    if not places and found and (ready is None or ready.rule.kind in _PLACES):
        places = _literally(words_of(html), found)
    return [Span(start, end, rule) for start, end in places[:MOST]]


def _of_phrases(ready: Ready, html: str) -> list[tuple[int, int]]:
    text, places = words_of(html), list[tuple[int, int]]()
    for _round in range(ROUNDS):
        hits = ready.phrases.find(text)
        if not hits:
            break
        for hit in hits:
            places.append((hit.start, hit.end))
            text = text[: hit.start] + "\n" * (hit.end - hit.start) + text[hit.end :]
    return places


def _of_pattern(ready: Ready, html: str) -> list[tuple[int, int]]:
    try:
        return patterns.places(ready.rule.words, words_of(html), MOST)
    except patterns.TooSlow:
        return []


def _of_links(ready: Ready, html: str) -> list[tuple[int, int]]:
    return [(link.start, link.end) for link in links_of(html) if _host(link.address) not in ready.hosts]


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _literally(text: str, found: Sequence[str]) -> list[tuple[int, int]]:
    shown = (_MARKUP.sub("", one).strip() for one in found)
    said = "|".join(map(re.escape, filter(None, shown)))
    if not said:
        return []
    return [match.span() for match in re.finditer(rf"(?<!\w)(?:{said})(?!\w)", text, re.IGNORECASE)]


_PLACES: Final[dict[str, Callable[[Ready, str], list[tuple[int, int]]]]] = {
    Rule.Kind.PHRASES: _of_phrases,
    Rule.Kind.PATTERN: _of_pattern,
    Rule.Kind.LINKS: _of_links,
}
