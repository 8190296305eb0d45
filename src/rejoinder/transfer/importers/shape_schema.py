"""Comments marked up with schema.org's Comment in the page's elements: microdata or RDFa Lite.

Properties as in https://schema.org/Comment, and those of its predecessor UserComments (commentText,
commentTime, creator).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from rejoinder.transfer.importers.dom import attribute, tag, tokens
from rejoinder.transfer.importers.harvest import Met, Part

_TYPE = re.compile(r"(?:https?://schema\.org/|schema:)?(?:Comment|UserComments)/?")
_PARTS: dict[str, Part] = {
    "author": ("author", 1),
    "creator": ("author", 1),
    "text": ("body", 0),
    "commenttext": ("body", 0),
    "articlebody": ("body", 1),
    "description": ("body", 2),
    "datecreated": ("time", 0),
    "datepublished": ("time", 1),
    "commenttime": ("time", 0),
    "url": ("url", 0),
    "upvotecount": ("up", 0),
    "parentitem": ("parent", 0),
    "image": ("aside", 0),
}
_FURNITURE = re.compile(r"(?:^|[-_])(?:reply|avatar|says|edit|share|report|flag)(?:$|[-_])")
# A name is the author's where the author stands this close above it.
_NEAR = 3


class Schema:
    """The shape of microdata ("itemprop", "itemtype") or RDFa Lite ("property", "typeof")."""

    def __init__(self, *, prop: str, kind: str) -> None:
        self._prop = prop
        self._kind = kind

    def begins(self, element: HtmlElement, above: Met | None) -> bool:
        if any(_TYPE.fullmatch(name) for name in attribute(element, self._kind).split()):
            return True
        return (
            element.get("itemscope") is not None
            and self._prop == "itemprop"
            and "comment" in self._names(element)
        )

    def own_id(self, element: HtmlElement) -> str:
        own = attribute(element, "id")
        match = re.fullmatch(r"(?:[a-z]+-)?comment-?(\d+)", own)
        given = (attribute(element, name) for name in ("itemid", "resource", "about"))
        return match.group(1) if match else own or next((one for one in given if one), "")

    def parts(self, element: HtmlElement, met: Met) -> Sequence[Part]:
        names = self._names(element)
        found = [_PARTS[name] for name in names if name in _PARTS]
        if "name" in names and self._is_author(element, met):
            found.append(("author", 0))
        if tag(element) == "time":
            found.append(("time", 2))
        if not found and any(_FURNITURE.search(name) for name in tokens(element)):
            found.append(("aside", 0))
        return found

    def set_aside(self, met: Met, base: str) -> str:
        return ""

    def _names(self, element: HtmlElement) -> list[str]:
        return [name.rpartition(":")[2] for name in attribute(element, self._prop).lower().split()]

    def _is_author(self, element: HtmlElement, met: Met) -> bool:
        above: HtmlElement | None = element
        for _ in range(_NEAR):
            above = above.getparent() if above is not None else None
            if above is None or above is met.element:
                return False
            if not {"author", "creator"}.isdisjoint(self._names(above)):
                return True
        return False
