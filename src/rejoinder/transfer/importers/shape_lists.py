"""Comments in pages of unknown make: elements of one class, each with a name and a text of its own.

A page's authors call things what they are, so the classes of a comment's parts end in words like author,
name, text, body. The class that comments share is found by trying: of the classes that stand for more than
one element in a part of the page called comments, discussion or the like, the one that yields the most
comments wins, then the one that yields the most replies, then the outermost.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from rejoinder.transfer.importers.dom import attribute, tag, tokens
from rejoinder.transfer.importers.harvest import Harvest, Met, Part, harvest

_TAGS = frozenset({"li", "article", "div", "section", "tr", "dd"})
_PLACE_TAGS = _TAGS | {"ul", "ol", "main", "aside", "table", "tbody", "dl"}
_PLACE = re.compile(
    r"comment|kommentar|discussion|diskussion|disqus|conversation|replies|respons|leserbrief|antworten"
)
_WORD = re.compile(
    r"comment|kommentar|post|reply|replies|response|message|antwort|beitrag|item|entry|node|thread"
)
_NUMBERED = re.compile(r"^(.*?)[-_]?(\d+|[0-9a-f]{8,})$")
# Trying costs one pass over the page each.
_MOST_TRIED = 8

_END = r"(?:$|[-_](?:link|wrapper|container|inner|label)$)"
_AUTHOR_CERTAIN = re.compile(
    rf"(?:author|user|nick|display|commenter|poster|full)[-_]?name{_END}|^fn$|^nickname$"
)
_AUTHOR = re.compile(
    rf"(?:^|[-_])(?:author|username|user|name|nick|commenter|poster|byline|autor|verfasser){_END}"
)
_BODY_CERTAIN = re.compile(r"(?:^|[-_])(?:text|message|msg|kommentartext|commenttext)$")
_BODY = re.compile(rf"(?:^|[-_])(?:body|content|text|message|inhalt){_END}")
_TIME = re.compile(
    r"(?:^|[-_])(?:date|time|datetime|timestamp|ago|published|datum|zeit|uhrzeit)(?:$|[-_])|^timeago$"
)
_UP = re.compile(r"(?:^|[-_])(?:likes?|upvotes?|vote-up|up)(?:[-_]?count)?$")
_FURNITURE = re.compile(
    r"(?:^|[-_])(?:reply|replies|avatar|says|edit|share|report|flag|actions?|footer|toolbar|menu|permalink|votes?"
    r"|vote-up|vote-down|likes?|dislikes?|badge|collapse|expand|antworten|melden)(?:$|[-_](?:link|button|btn|count)$)"
)


class Lists:
    """The shape of elements with one tag and one class, or ids of one stem ("#c" for c1, c2 ...). An element
    around the article's headline is none of them."""

    def __init__(self, name: str, mark: str, headlined: frozenset[HtmlElement]) -> None:
        self._tag = name
        self._mark = mark
        self._headlined = headlined

    def begins(self, element: HtmlElement, above: Met | None) -> bool:
        return tag(element) == self._tag and self._mark in _marks(element) and element not in self._headlined

    def own_id(self, element: HtmlElement) -> str:
        for name in ("id", "data-comment-id", "data-id", "data-post-id"):
            if match := re.search(r"(\d+|[0-9a-f]{8,}[-0-9a-f]*)$", attribute(element, name)):
                return match.group(1)
        return attribute(element, "id")

    def parts(self, element: HtmlElement, met: Met) -> Sequence[Part]:
        name = tag(element)
        names = tokens(element)
        if name == "time":
            return [("time", 0)]
        found: list[Part] = []
        if _matches(_UP, names) or attribute(element, "data-role") == "likes":
            found.append(("up", 0))
        if _matches(_TIME, names):
            found.append(("time", 1))
        elif _matches(_FURNITURE, names):
            found.append(("aside", 0))
        elif _matches(_AUTHOR_CERTAIN, names) or attribute(element, "rel") == "author":
            found.append(("author", 0))
        elif _matches(_BODY_CERTAIN, names):
            found.append(("body", 0))
        elif _matches(_BODY, names):
            found.append(("body", 1))
        elif _matches(_AUTHOR, names):
            found.append(("author", 1))
        return found

    def set_aside(self, met: Met, base: str) -> str:
        return "" if met.draft.author else "has a text but no name"


def harvest_lists(root: HtmlElement, base: str) -> Harvest:
    """The best reading of the page as lists of comments; empty where nothing looks like one."""
    headlined = frozenset(above for headline in root.iter("h1") for above in headline.iterancestors())
    best = Harvest()
    for places in _places(root):
        for name, mark in _candidates(places):
            found = harvest(places, Lists(name, mark, headlined), base)
            if (len(found.drafts), found.replies) > (len(best.drafts), best.replies):
                best = found
    return best


def _places(root: HtmlElement) -> Iterable[Sequence[HtmlElement]]:
    """The outermost elements whose class or id speaks of comments, brothers together."""
    inside: set[HtmlElement] = set()
    by_parent: dict[HtmlElement | None, list[HtmlElement]] = {}
    for element in root.iter():
        parent = element.getparent()
        if parent in inside:
            inside.add(element)
        elif tag(element) in _PLACE_TAGS and _speaks_of_comments(element):
            inside.add(element)
            by_parent.setdefault(parent, []).append(element)
    return by_parent.values()


def _speaks_of_comments(element: HtmlElement) -> bool:
    return any(_PLACE.search(name) for name in (*tokens(element), attribute(element, "id").lower()))


def _candidates(places: Sequence[HtmlElement]) -> list[tuple[str, str]]:
    """Pairs of tag and mark that may stand for a comment, most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    for element in itertools.chain.from_iterable(place.iter() for place in places):
        if tag(element) in _TAGS:
            counts.update((tag(element), mark) for mark in _marks(element) if _WORD.search(mark))
    return [pair for pair, _ in counts.most_common(_MOST_TRIED)]


def _marks(element: HtmlElement) -> set[str]:
    marks = set(tokens(element))
    if match := _NUMBERED.match(attribute(element, "id").lower()):
        marks.add("#" + match.group(1))
    return marks


def _matches(pattern: re.Pattern[str], names: Sequence[str]) -> bool:
    return any(pattern.search(name) for name in names)
