"""What a request asks, read from its body: comments:analyze and comments:suggestscore."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass

from rejoinder.api.perspective.attributes import By, answered_by, rejection
from rejoinder.api.perspective.errors import empty, invalid, no_attributes, too_long
from rejoinder.api.perspective.reading import Table, field, inner, number, switch, text, texts
from rejoinder.core.text.normal import is_blank

LONGEST = 20 * 1024  # bytes of UTF-8
LONGEST_PARENT = 4_000  # characters of what is answered
MOST_ATTRIBUTES = 64
MOST_LANGUAGES = 20
LONGEST_TOKEN = 10_000

_LANGUAGE = re.compile(r"[a-z]{2,3}\Z")
# What UTF-8 cannot hold, or PostgreSQL: one character for one, so that places stay.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Comment:
    """`languages`: as the client names them, and as codes ("en-US" is "en")."""

    text: str
    parent: str
    languages: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One that is asked for. `least`: below it, nothing is answered."""

    name: str
    by: By
    least: float


@dataclass(frozen=True, slots=True)
class Analyze:
    comment: Comment
    attributes: tuple[Attribute, ...]
    spans: bool
    drops: bool  # attributes that do not speak the language are left out rather than refused
    token: str


@dataclass(frozen=True, slots=True)
class Suggest:
    """`rejected`: 0..1, what the client says about rejection; None where it says nothing about that."""

    comment: Comment
    rejected: float | None
    keep: bool
    token: str
    community: str


def analyze(body: Table) -> Analyze:
    """Raises Wrong."""
    comment = _comment(body)
    attributes = tuple(_attributes(inner(body, "requestedAttributes")))
    return Analyze(
        comment,
        attributes,
        spans=switch(body, "spanAnnotations"),
        drops=switch(body, "dropUnsupportedAttributes"),
        token=_token(body, "clientToken"),
    )


def suggest(body: Table) -> Suggest:
    """Raises Wrong."""
    comment = _comment(body)
    return Suggest(
        comment,
        _rejected(inner(body, "attributeScores")),
        keep=not switch(body, "doNotStore"),
        token=_token(body, "clientToken"),
        community=_token(body, "communityId"),
    )


def _comment(body: Table) -> Comment:
    entry = inner(body, "comment")
    words = _plain(entry)
    if len(words) > LONGEST or len(words.encode()) > LONGEST:
        raise too_long()
    if is_blank(words):
        raise empty()
    languages = tuple(one for one in texts(body, "languages") if one)
    if len(languages) > MOST_LANGUAGES:
        raise invalid("Too many languages.")
    codes = (one.lower().replace("_", "-").partition("-")[0] for one in languages)
    return Comment(words, _parent(body), languages, tuple(code for code in codes if _LANGUAGE.match(code)))


def _plain(entry: Table) -> str:
    kind = text(entry, "type")
    if kind == "HTML":
        raise invalid("Currently, only 'PLAIN_TEXT' comments are supported")
    if kind not in {"", "TEXT_TYPE_UNSPECIFIED", "PLAIN_TEXT"}:
        raise invalid("Unknown text type")
    return _UNSTORABLE.sub("\ufffd", text(entry, "text"))


def _parent(body: Table) -> str:
    """What the comment answers: the last of the entries that is prose, or the parent comment."""
    context = inner(body, "context")
    entries, pair = field(context, "entries") or [], inner(context, "articleAndParentComment")
    if entries and pair:
        raise invalid(
            "Context can have either entries or article_and_parent_comment, but both fields were populated."
        )
    if not isinstance(entries, list):
        raise invalid("Invalid value at 'context.entries'.")
    said = [text(entry, "text") for entry in entries[-100:] if isinstance(entry, dict)]
    prose = [one for one in said if one.strip() and not _is_data(one)]
    found = prose[-1] if prose else text(inner(pair, "parentComment"), "text")
    return _UNSTORABLE.sub("\ufffd", found[:LONGEST_PARENT])


def _is_data(said: str) -> bool:
    """Coral puts addresses and numbers of the comment there, as JSON: not a word of that was said by anybody."""
    if not said.lstrip().startswith(("{", "[")):
        return False
    try:
        return isinstance(json.loads(said[:LONGEST]), (dict, list))
    except (ValueError, RecursionError):
        return False


def _attributes(asked: Table) -> list[Attribute]:
    if not asked:
        raise no_attributes()
    if len(asked) > MOST_ATTRIBUTES:
        raise invalid("Too many requested attributes.")
    return [_attribute(name, inner(asked, name)) for name in asked]


def _attribute(name: str, how: Table) -> Attribute:
    by = answered_by(name)
    if by is None:
        raise invalid(f"Unknown requested attribute: {name[:60]}")
    kind = text(how, "scoreType")
    if kind not in {"", "SCORE_TYPE_UNSPECIFIED", "PROBABILITY"}:
        raise invalid(f"Requested score type {kind[:40]} is not supported by attribute {name}")
    return Attribute(name, by, number(how, "scoreThreshold") or 0.0)


def _rejected(suggested: Table) -> float | None:
    """The strongest reason to reject; approval where there is none among what is suggested."""
    if not suggested:
        raise invalid("Missing attribute_scores")
    said = [rejection(name, _suggested(inner(suggested, name))) for name in suggested]
    return max((one for one in said if one is not None), default=None)


def _suggested(scores: Table) -> float:
    """The score of the whole, or the highest of a part."""
    summary, spans = inner(scores, "summaryScore"), field(scores, "spanScores") or []
    if not summary and not (isinstance(spans, list) and spans):
        raise invalid("Missing summary_score or span_scores")
    parts = [inner(span, "score") for span in spans[:1000] if isinstance(span, dict)]
    # Of a score that is 0, protocol buffers leave the value out.
    return max((number(one, "value") or 0.0 for one in ([summary] if summary else parts)), default=math.nan)


def _token(body: Table, name: str) -> str:
    found = text(body, name)
    if len(found) > LONGEST_TOKEN:
        raise invalid(f"Invalid value at '{name}'.")
    return found
