"""Stories and comments for machines: schema.org in JSON-LD, safe inside a <script>.

Shapes: NewsArticle, DiscussionForumPosting and Comment, https://schema.org; a deleted comment that keeps its
replies together has creativeWorkStatus "Deleted".
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.html import format_html

from rejoinder.core.text.plain import strip_tags
from rejoinder.discussion.windows.shape import Shown, Window

# "<" ends the script early, "&" is an entity to XML parsers, the separators end a line in old JavaScript.
_ESCAPES: Final = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class ScriptJSON:
    """JSON that cannot leave the <script> it stands in."""

    value: Any

    def __html__(self) -> str:
        return json.dumps(self.value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)

    def __str__(self) -> str:
        # What a template prints: by way of __html__, so not escaped again.
        return format_html("{}", self)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told of a story. Addresses are absolute, "" where there is none; authors: (name, address)."""

    url: str
    headline: str
    description: str
    language: str
    section: str
    image: str
    published: datetime | None
    modified: datetime | None
    authors: tuple[tuple[str, str], ...]
    publisher: str
    home: str
    root: str
    # More of the story's own node, and nodes of their own: see claimed.py.
    more: Mapping[str, Any] = field(default_factory=dict)
    nodes: Sequence[Mapping[str, Any]] = ()


def graph(facts: Facts, window: Window | None) -> ScriptJSON:
    """The story, its claims, and its discussion where there is one: the comments of the window, nested."""
    nodes = [{**_article(facts, window), **facts.more}, *facts.nodes]
    if window is not None:
        nodes.append(_discussion(facts, window))
    return ScriptJSON({"@context": "https://schema.org", "@graph": nodes})


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None, [], ())}


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _publisher(facts: Facts) -> dict[str, Any]:
    return {"@type": "NewsMediaOrganization", "name": facts.publisher, "url": facts.home}


def _article(facts: Facts, window: Window | None) -> dict[str, Any]:
    people = [_present({"@type": "Person", "name": name, "url": url}) for name, url in facts.authors]
    return _present(
        {
            "@type": "NewsArticle",
            "@id": f"{facts.url}#story",
            "mainEntityOfPage": facts.url,
            "url": facts.url,
            "headline": facts.headline,
            "description": facts.description,
            "inLanguage": facts.language,
            "articleSection": facts.section,
            "image": facts.image,
            "datePublished": _time(facts.published),
            "dateModified": _time(facts.modified),
            "author": people or _publisher(facts),
            "publisher": _publisher(facts),
            "commentCount": window.comment_count if window else None,
            "discussionUrl": f"{facts.url}#discussion" if window else None,
        }
    )


def _discussion(facts: Facts, window: Window) -> dict[str, Any]:
    return _present(
        {
            "@type": "DiscussionForumPosting",
            "@id": f"{facts.url}#discussion",
            "url": f"{facts.url}#discussion",
            "mainEntityOfPage": facts.url,
            "headline": facts.headline,
            "text": facts.description or facts.headline,
            "sharedContent": {"@id": f"{facts.url}#story"},
            "datePublished": _time(facts.published),
            "author": _publisher(facts),
            "commentCount": window.comment_count,
            "comment": [_comment(facts, shown) for shown in window.roots],
        }
    )


def _comment(facts: Facts, shown: Shown) -> dict[str, Any]:
    # Windows are at most five levels deep, whatever the thread is: see windows.shape.INDENTED.
    replies = [_comment(facts, reply) for reply in [*shown.replies, *shown.flat]]
    place = {
        "@type": "Comment",
        "url": facts.root + reverse("rejoinder:comment", args=[shown.id]),
        "comment": replies,
    }
    if shown.gone:
        return _present({**place, "creativeWorkStatus": "Deleted"})
    votes = [
        {
            "@type": "InteractionCounter",
            "interactionType": f"https://schema.org/{kind}",
            "userInteractionCount": n,
        }
        for kind, n in (("LikeAction", shown.ups), ("DislikeAction", shown.downs))
        if n
    ]
    return _present(
        {
            **place,
            "author": {"@type": "Person", "name": shown.name},
            "text": strip_tags(shown.html),
            "datePublished": _time(shown.created),
            "dateModified": _time(shown.edited),
            "interactionStatistic": votes,
        }
    )
