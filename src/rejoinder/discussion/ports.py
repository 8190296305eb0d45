"""What the discussion asks of the apps above it. Each port has a harmless default; an app registers when it starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.safestring import SafeString

from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.orders import ORDERS, Order


@dataclass(frozen=True, slots=True)
class Draft:
    """A comment before it is one, or a new text of one (`comment`)."""

    thread: Thread
    author: Commenter
    name: str
    body: str
    viewer: Viewer
    parent: Comment | None = None
    comment: Comment | None = None


def draft_of(comment: Comment, viewer: Viewer, body: str) -> Draft:
    """A new text for a comment that is there already."""
    author = comment.author or viewer.commenter
    if author is None:
        raise LookupError("a comment without an author cannot be edited")
    return Draft(comment.thread, author, comment.author_name, body, viewer, comment.parent, comment)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Do not show it yet. `reason` is a sentence that the author reads, `rule` names what decided."""

    reason: str
    rule: str


class Screener(Protocol):
    """Whether a draft may show. `record` writes the verdict down, in the transaction of the comment."""

    def screen(self, draft: Draft) -> Verdict | None: ...

    def record(self, comment: Comment, verdict: Verdict) -> None: ...


class ShowEverything:
    """The default: nothing is held."""

    def screen(self, draft: Draft) -> Verdict | None:
        return None

    def record(self, comment: Comment, verdict: Verdict) -> None:
        return None


# (site number, comment numbers) -> markup by comment number, in one query.
Decoration = Callable[[int, Iterable[int]], dict[int, SafeString]]


@dataclass(frozen=True, slots=True)
class Action:
    """A form on a comment's own page: what this viewer may do with it."""

    name: str
    title: Any
    url: str
    template: str
    fields: dict[str, str] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)


CommentAction = Callable[[Viewer, Comment], list[Action]]
# What happened to a comment, as its author and staff may read it: (title, sentence, ISO time) rows.
History = Callable[[Viewer, Comment], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the publication, as the head of its pages leads to it."""

    title: str
    address: str


# The sections of a site's publication, in the order of its masthead.
Sections = Callable[[Site], list[Section]]

_screener: Screener = ShowEverything()
_sections: Sections = lambda site: []  # noqa: E731
decorations: list[Decoration] = []
comment_actions: list[CommentAction] = []
histories: list[History] = []


def screener() -> Screener:
    return _screener


def register_screener(new: Screener) -> None:
    global _screener  # noqa: PLW0603
    _screener = new


def sections_of(site: Site) -> list[Section]:
    return _sections(site)


def register_sections(new: Sections) -> None:
    global _sections  # noqa: PLW0603
    _sections = new


def register_order(order: Order) -> None:
    """Add an order under its name: stored sort keys and keyset columns."""
    ORDERS[order.name] = order
