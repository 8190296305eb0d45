"""Collect comments from a parsed page, given a shape that knows them: one pass, no recursion.

A shape says of an element whether a comment begins with it, and of an element inside a comment which part
it is. What stands between a comment's own tags, but not inside a comment nested in it, is its own; a
comment nested in another is a reply to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from lxml.html import HtmlElement

from rejoinder.core.text.numbers import whole
from rejoinder.core.text.render import plain
from rejoinder.transfer.importers.dates import parse_moment
from rejoinder.transfer.importers.dom import absolute, attribute, contains, tag, text_of, walk
from rejoinder.transfer.importers.found import Unplaced, excerpt
from rejoinder.transfer.importers.markdown import from_plain, one_line
from rejoinder.transfer.importers.markdown_html import from_html
from rejoinder.transfer.importers.tree import Draft

# "aside" is a comment's furniture: links to answer, edit or share, the word "says", pictures of people.
Role = Literal["author", "body", "time", "url", "up", "id", "parent", "held", "aside"]
Part = tuple[Role, int]
# Of each part the first few candidates are kept; a page repeats a name or a date once or twice at most.
_MOST_CANDIDATES = 6
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head"})
_TYPEABLE: tuple[Role, ...] = ("author", "time", "url")
_NOT_TEXT: tuple[Role, ...] = ("author", "time", "aside", "held", "up")


@dataclass(eq=False)
class Met:
    """A comment as the pass meets it: its element, its id where known, and candidates for its parts by
    rank."""

    element: HtmlElement
    own: str
    above: Met | None
    parts: dict[Role, list[tuple[int, HtmlElement]]] = field(default_factory=dict)
    nested: set[HtmlElement] = field(default_factory=set)
    draft: Draft = field(default_factory=lambda: Draft(""))
    set_aside: str = ""
    parent_ref: str = ""

    def best(self, role: Role) -> HtmlElement | None:
        """The candidate of the lowest rank; among equals the first in the page."""
        return min(self.parts.get(role, ()), key=lambda candidate: candidate[0], default=(0, None))[1]

    def elements(self, *roles: Role) -> set[HtmlElement]:
        return {element for role in roles for _, element in self.parts.get(role, ())}


class Shape(Protocol):
    """How one kind of page marks its comments. Ranks: 0 is certain, higher ones are taken where nothing
    is."""

    def begins(self, element: HtmlElement, above: Met | None) -> bool: ...

    def own_id(self, element: HtmlElement) -> str: ...

    def parts(self, element: HtmlElement, met: Met) -> Sequence[Part]: ...

    def set_aside(self, met: Met, base: str) -> str:
        """Why this is no comment of this page after all, or ""."""
        ...


@dataclass(frozen=True)
class Harvest:
    """What one reading of the page found. `elements` are the outermost comments, for cutting them out."""

    drafts: Sequence[Draft] = ()
    unplaced: Sequence[Unplaced] = ()
    elements: Sequence[HtmlElement] = ()

    @property
    def replies(self) -> int:
        return sum(draft.parent is not None for draft in self.drafts)


def harvest(roots: Sequence[HtmlElement], shape: Shape, base: str) -> Harvest:
    """All comments of this shape in (or being) these elements. `base` is the page's own address or ""."""
    met: list[Met] = []
    open_comments: list[Met] = []
    for step, element in _steps(roots):
        above = open_comments[-1] if open_comments else None
        if step == "open":
            if shape.begins(element, above):
                comment = Met(element, shape.own_id(element), above)
                met.append(comment)
                open_comments.append(comment)
                if above is not None:
                    above.nested.add(element)
            elif above is not None:
                _collect(above, element, shape)
        elif step == "close" and above is not None and element is above.element:
            _finish(open_comments.pop(), shape, base)
    return _settled(met)


def _steps(roots: Sequence[HtmlElement]) -> Iterator[tuple[str, HtmlElement]]:
    for root in roots:
        yield "open", root
        for step, element, _ in walk(root, lambda child: tag(child) in _UNSEEN):
            yield step, element
        yield "close", root


def value(element: HtmlElement) -> str:
    """What an element says to machines, else to people: content, datetime, address, text."""
    for name in ("content", "datetime"):
        if attribute(element, name):
            return attribute(element, name)
    return attribute(element, "href") or text_of(element)


def _collect(met: Met, element: HtmlElement, shape: Shape) -> None:
    for role, rank in shape.parts(element, met):
        candidates = met.parts.setdefault(role, [])
        if len(candidates) < _MOST_CANDIDATES or role in ("aside", "held"):
            candidates.append((rank, element))


def _finish(met: Met, shape: Shape, base: str) -> None:
    """Read the parts, then let go of the candidates: a page may hold a hundred thousand comments."""
    body = met.best("body")
    if body is not None:
        _leave_out_typed(met, body)
    url, named = met.best("url"), met.best("id")
    address = absolute(attribute(url, "href") or attribute(url, "content"), base) if url is not None else ""
    met.draft = Draft(
        where=f"comment {met.own}, line {met.element.sourceline}"
        if met.own
        else f"line {met.element.sourceline}",
        author=_author(met),
        body=_body(met, body, base),
        own=met.own,
        created=parse_moment(*_times(met)),
        url=address or _fragment([met.element, named], base),
        up=_up(met),
    )
    if (parent := met.best("parent")) is not None:
        met.parent_ref = absolute(attribute(parent, "href") or attribute(parent, "resource"), base) or value(
            parent
        )
    met.set_aside = shape.set_aside(met, base)
    met.parts, met.nested = {}, set()


def _leave_out_typed(met: Met, body: HtmlElement) -> None:
    """What a commenter typed must not pass for the name, date or address above it. Where the name is in no other
    place than the body, the body is a frame around all of the comment."""
    outside: dict[Role, list[tuple[int, HtmlElement]]] = {
        role: [one for one in met.parts.get(role, ()) if not contains(body, one[1])] for role in _TYPEABLE
    }
    if outside["author"]:
        met.parts.update(outside)


def _author(met: Met) -> str:
    author = met.best("author")
    if author is None:
        return ""
    leave = met.elements("time", "aside") | met.nested
    return one_line(attribute(author, "content")) or text_of(author, lambda child: child in leave)


def _body(met: Met, body: HtmlElement | None, base: str) -> str:
    if body is not None and tag(body) == "meta":
        return from_plain(attribute(body, "content"))
    leave = met.elements(*_NOT_TEXT) | met.nested
    if body is not None:
        leave.discard(body)
    return from_html(met.element if body is None else body, base=base, skip=lambda child: child in leave)


def _times(met: Met) -> list[str]:
    texts: list[str] = []
    for _, element in sorted(met.parts.get("time", ()), key=lambda candidate: candidate[0]):
        names = ("datetime", "content", "title", "data-datetime")
        texts += [attribute(element, name) for name in names if attribute(element, name)]
        texts.append(text_of(element))
    return texts


def _up(met: Met) -> int | None:
    up = met.best("up")
    count = value(up).replace("\u202f", "").replace(".", "").replace(",", "") if up is not None else ""
    return whole(count, 9)


def _fragment(elements: Sequence[HtmlElement | None], base: str) -> str:
    """The comment's place in the page, where the page gives no address for it but the first id that one of
    these elements has."""
    own = next((attribute(one, "id") for one in elements if one is not None and one.get("id")), "")
    return f"{base.split('#', maxsplit=1)[0]}#{own}" if base and own and not re.search(r"\s", own) else ""


def _settled(met: Sequence[Met]) -> Harvest:
    """Drafts of what is a comment, with their parents; the rest as unplaced."""
    answered = {id(comment.above) for comment in met if comment.above is not None}
    first: dict[str, Met] = {}
    place: dict[int, int] = {}
    drafts: list[Draft] = []
    unplaced: list[Unplaced] = []
    for comment in met:
        twin = first.get(comment.own) if comment.own else None
        why = comment.set_aside or _why_not(comment, twin, id(comment) in answered)
        above = comment.above
        while above is not None and id(above) not in place:
            above = above.above
        if why:
            unplaced.append(Unplaced(comment.draft.where, why, excerpt(plain(comment.draft.body))))
            if twin is not None and id(twin) in place:
                place[id(comment)] = place[id(twin)]
            continue
        comment.draft.parent = place[id(above)] if above is not None else None
        place[id(comment)] = len(drafts)
        drafts.append(comment.draft)
        if comment.own:
            first.setdefault(comment.own, comment)
    _follow_references(met, place, drafts)
    return Harvest(drafts, unplaced, [comment.element for comment in met if comment.above is None])


def _why_not(comment: Met, twin: Met | None, answered: bool) -> str:
    if twin is not None and twin.draft.body == comment.draft.body:
        return "the same comment stands on the page twice"
    if comment.draft.body or answered:
        return ""
    return "a comment without a text"


def _follow_references(met: Sequence[Met], place: dict[int, int], drafts: Sequence[Draft]) -> None:
    """Replies that name what they answer instead of standing inside it. (A comment may name the article.)"""
    if not any(comment.parent_ref for comment in met):
        return
    known = {name: at for at, draft in enumerate(drafts) for name in (draft.url, draft.own) if name}
    for comment in met:
        at = place.get(id(comment))
        if at is not None and comment.parent_ref and drafts[at].parent is None:
            target = known.get(comment.parent_ref)
            drafts[at].parent = target if target != at else None
