"""Comments and facts about the article from JSON-LD, schema.org's vocabulary as JSON in a script element.

Read as JSON only: contexts are not fetched, so names count as schema.org's own. Nested objects, lists,
`@graph` and references by `@id` are followed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from rejoinder.core.text.numbers import whole
from rejoinder.transfer.importers.dates import parse_moment
from rejoinder.transfer.importers.dom import absolute, parse
from rejoinder.transfer.importers.found import PageUnreadable, Unplaced
from rejoinder.transfer.importers.harvest import Harvest
from rejoinder.transfer.importers.markdown import from_plain, one_line
from rejoinder.transfer.importers.markdown_html import from_html
from rejoinder.transfer.importers.tree import Draft

Node = dict[str, Any]
_COMMENT_TYPES = frozenset({"Comment", "UserComments"})
_ARTICLE = re.compile(
    r"(?:\w*Article|BlogPosting|Report|Review|Recipe|LiveBlogPosting|DiscussionForumPosting)$"
)
# Text that contains these is HTML; any other angle bracket is the commenter's own.
_HTML_TEXT = re.compile(r"</p>|<br\s*/?>|</div>|</a>", re.IGNORECASE)


class Graph:
    """All objects of a page's JSON-LD in reading order, each with the comment it stands in (or None)."""

    def __init__(self, root: HtmlElement) -> None:
        self.unplaced: list[Unplaced] = []
        self.nodes: list[tuple[Node, Node | None]] = []
        self._by_id: dict[str, Node] = {}
        for script in root.iter("script"):
            if "ld+json" in (script.get("type") or "").lower():
                self._read(script)
        for node, _ in self.nodes:
            if isinstance(name := node.get("@id"), str) and len(node) > 1:
                self._by_id.setdefault(name, node)

    def _read(self, script: HtmlElement) -> None:
        text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", script.text or "")
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            self.unplaced.append(Unplaced(f"line {script.sourceline}", "JSON-LD that cannot be read"))
            return
        self.nodes += _objects(data)

    def resolve(self, found: Any) -> Any:
        """An object for a bare reference to it; anything else as it is."""
        if isinstance(found, dict) and set(found) <= {"@id", "@type"} and isinstance(found.get("@id"), str):
            return self._by_id.get(found["@id"], found)
        return found

    def article(self) -> Node:
        """The object that describes the article; empty where there is none."""
        return next(
            (node for node, _ in self.nodes if any(_ARTICLE.match(kind) for kind in _types(node))), {}
        )

    def text(self, found: Any, *names: str) -> str:
        """The first text among an object's properties: a string, a list's first, a named thing's name."""
        for name in names:
            if text := self._text(found.get(name) if isinstance(found, dict) else None):
                return text
        return ""

    def _text(self, found: Any) -> str:
        for _ in range(4):
            found = self.resolve(found)
            if isinstance(found, list):
                found = found[0] if found else ""
            elif isinstance(found, dict):
                found = found.get("name") or found.get("@value") or found.get("url") or ""
        return found if isinstance(found, str) else str(found) if isinstance(found, int) else ""


def harvest_jsonld(graph: Graph, base: str) -> Harvest:
    """The comments of a page's JSON-LD."""
    met = [
        (node, above) for node, above in graph.nodes if _COMMENT_TYPES & set(_types(node)) and len(node) > 2
    ]
    place: dict[int, int] = {}
    names: dict[str, int] = {}
    drafts: list[Draft] = []
    for node, above in met:
        place[id(node)] = len(drafts)
        drafts.append(_draft(graph, node, base))
        for name in (node.get("@id"), node.get("url"), node.get("identifier")):
            if isinstance(name, str) and name:
                names.setdefault(name, place[id(node)])
        if above is not None and id(above) in place:
            drafts[-1].parent = place[id(above)]
    _follow_references(graph, met, names, drafts)
    return Harvest(drafts, graph.unplaced)


def _follow_references(
    graph: Graph, met: Sequence[tuple[Node, Node | None]], names: dict[str, int], drafts: Sequence[Draft]
) -> None:
    """Replies that name what they answer (`parentItem`), and comments that name their replies (`comment`)."""
    for at, (node, _) in enumerate(met):
        for target in _names_of(node.get("parentItem")):
            if drafts[at].parent is None and names.get(target, at) != at:
                drafts[at].parent = names[target]
        for target in _names_of(node.get("comment")):
            reply = names.get(target, at)
            if reply != at and drafts[reply].parent is None:
                drafts[reply].parent = at


def _names_of(found: Any) -> Iterator[str]:
    for one in found if isinstance(found, list) else [found]:
        name = one.get("@id") or one.get("url") if isinstance(one, dict) else one
        if isinstance(name, str) and name:
            yield name


def _draft(graph: Graph, node: Node, base: str) -> Draft:
    own = graph.text(node, "identifier", "@id", "url")
    text = graph.text(node, "text", "commentText", "articleBody", "description")
    number = re.search(r"#(?:[a-z]+-)?comment-(\d+)$", own)
    return Draft(
        where=f"comment {own} in JSON-LD" if own else "a comment in JSON-LD",
        author=one_line(graph.text(node, "author", "creator")),
        body=_body(text, base),
        own=number.group(1) if number else own,
        created=parse_moment(
            graph.text(node, "dateCreated"),
            graph.text(node, "datePublished"),
            graph.text(node, "commentTime"),
        ),
        url=absolute(graph.text(node, "url"), base) or absolute(graph.text(node, "@id"), base),
        up=_up(graph, node),
    )


def _body(text: str, base: str) -> str:
    if not _HTML_TEXT.search(text):
        return from_plain(text)
    try:
        return from_html(parse(f"<html><body>{text}</body></html>"), base=base)
    except PageUnreadable:
        return from_plain(text)


def _up(graph: Graph, node: Node) -> int | None:
    counts = [node.get("upvoteCount")]
    statistics = node.get("interactionStatistic")
    for one in statistics if isinstance(statistics, list) else [statistics]:
        if isinstance(one, dict) and "LikeAction" in graph.text(one, "interactionType", "@type") + str(
            one.get("interactionType")
        ):
            counts.append(one.get("userInteractionCount"))
    found = next((str(count) for count in counts if count is not None), "")
    return whole(found, 9)


def _types(node: Node) -> list[str]:
    kinds = node.get("@type")
    return [
        kind.rpartition("/")[2].rpartition(":")[2]
        for kind in (kinds if isinstance(kinds, list) else [kinds])
        if isinstance(kind, str)
    ]


def _objects(data: Any) -> list[tuple[Node, Node | None]]:
    """Every object in reading order, with the nearest comment around it."""
    found: list[tuple[Node, Node | None]] = []
    waiting: list[tuple[Any, Node | None]] = [(data, None)]
    while waiting:
        value, above = waiting.pop()
        if isinstance(value, list):
            waiting += [(one, above) for one in reversed(value)]
        elif isinstance(value, dict):
            found.append((value, above))
            inner = value if _COMMENT_TYPES & set(_types(value)) else above
            waiting += [
                (one, None if name == "parentItem" else inner)
                for name, one in reversed(value.items())
                if isinstance(one, (dict, list))
            ]
    return found
