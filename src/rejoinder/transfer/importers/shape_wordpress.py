"""Comments as WordPress prints them.

`comment_class()` gives each a type (comment, pingback, trackback) and its depth; themes put `comment-123`,
the comment's number, as an id on that element or on one inside. Names of the parts are those of
`wp_list_comments()` and of widely used themes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from rejoinder.transfer.importers.dom import attribute, tag, tokens
from rejoinder.transfer.importers.harvest import Met, Part, Role

_TAGS = frozenset({"li", "div", "article"})
_TYPES = frozenset({"comment", "pingback", "trackback"})
_DEPTH = re.compile(r"depth-\d+")
_NUMBER = re.compile(r"(?:li-|div-)?comment-(\d{1,20})")
_LIST_TAGS = frozenset({"ul", "ol"})

_FURNITURE = (
    *("says", "avatar", "reply", "reply-link", "edit-link", "sharedaddy", "comment-reply", "comment-edit"),
    *("comment-reply-link", "comment-edit-link", "comment-meta", "comment-metadata", "comment-header"),
    *("comment-footer", "comment-actions", "comment-avatar", "comment-respond", "comment-likes"),
)
_PARTS: dict[str, Part] = {
    "fn": ("author", 0),
    "comment-author-name": ("author", 0),
    "comment-author-link": ("author", 0),
    "comment-author": ("author", 2),
    "comment-text": ("body", 0),
    "comment-content": ("body", 1),
    "comment-entry": ("body", 1),
    "comment-body": ("body", 3),
    "comment-date": ("time", 1),
    "comment-time": ("time", 1),
    "comment-metadata": ("time", 2),
    "comment-awaiting-moderation": ("held", 0),
    **dict.fromkeys(_FURNITURE, ("aside", 0)),
}


class WordPress:
    """The shape of WordPress's comment lists."""

    def begins(self, element: HtmlElement, above: Met | None) -> bool:
        if tag(element) not in _TAGS:
            return False
        classes = tokens(element)
        if _TYPES.isdisjoint(classes):
            return False
        number, deep = self.own_id(element), any(_DEPTH.fullmatch(name) for name in classes)
        if not (number or deep):
            return False
        if above is None or deep:
            return True
        # Themes put an article of class "comment" inside the list item of class "comment": one comment.
        return bool(above.own or tag(element) == "li") and number != above.own

    def own_id(self, element: HtmlElement) -> str:
        match = _NUMBER.fullmatch(attribute(element, "id"))
        return match.group(1) if match else ""

    def parts(self, element: HtmlElement, met: Met) -> Sequence[Part]:
        found: list[Part] = [_PARTS[name] for name in tokens(element) if name in _PARTS]
        name = tag(element)
        if self.own_id(element):
            found.append(("id", 0))
            met.own = met.own or self.own_id(element)
        if name == "time":
            found.append(("time", 0))
        elif name == "cite" and _is_inside(element, "comment-author"):
            found.append(("author", 1))
        elif name == "a" and ("aside", 0) not in found:
            role = self._link(element, met)
            found += [(role, 0)] if role else []
        return found

    def set_aside(self, met: Met, base: str) -> str:
        classes = tokens(met.element)
        if "pingback" in classes or "trackback" in classes:
            return "a mention on another site (pingback or trackback), not a comment"
        if "unapproved" in classes or met.parts.get("held"):
            return "was waiting for approval when the page was saved; it never stood in public"
        if _is_elsewhere(met, base) or any(
            "widget" in tokens(above) for above in met.element.iterancestors()
        ):
            return "stands in a list of recent comments; it belongs to another page"
        return ""

    def _link(self, element: HtmlElement, met: Met) -> Role | None:
        href = attribute(element, "href")
        number = href.rpartition("#comment-")[2] if "#comment-" in href else ""
        return "url" if number.isdigit() and number == met.own and "replytocom" not in href else None


def _is_inside(element: HtmlElement, name: str) -> bool:
    parent = element.getparent()
    return parent is not None and name in tokens(parent)


def _is_elsewhere(met: Met, base: str) -> bool:
    """Whether the comment's own address is another page's. Later pages of one discussion lie below its
    address."""
    if not base or not met.draft.url:
        return False
    mine, page = urlsplit(met.draft.url), urlsplit(base)
    return mine.netloc == page.netloc and not mine.path.startswith(page.path.rstrip("/"))
