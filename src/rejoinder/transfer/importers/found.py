"""What a page held, as plain values: the hand-over from reading a file to writing into the database.

Two kinds of text stand in here. **Plain**: titles, names, image captions, excerpts; never markup.
**Markdown**: `FoundComment.body` and the text of blocks other than images, in the subset that `core.text`
renders; whatever the page showed as plain characters is escaped, so rendering it shows those characters
again, and `core.text` takes the markup off (`plain`).

Dates carry a zone when the page said one; a naive datetime means "as the page's clock showed it, zone
unknown", and midnight stands for a day without an hour. A date the page does not give is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from rejoinder.core.errors import RejoinderError

BlockKind = Literal["paragraph", "heading", "quote", "list", "image"]
PageKind = Literal["text", "html"]

# An excerpt is for recognising a passage in a report, not for keeping it.
EXCERPT_LENGTH = 200


class PageUnreadable(RejoinderError):
    """The file holds no page that can be read. The message says what is wrong, where, and what to do."""

    code = "page-unreadable"


@dataclass(frozen=True)
class Block:
    """A piece of the article. `text` is Markdown: inline markup for paragraphs (a line break is a line break)
    and headings, paragraphs with blank lines between for quotes, "- " or "1. " lines for lists. Of an image
    it is the plain caption, with `url` as the page gave it (absolute where the page says its own address)
    and a plain `credit`."""

    kind: BlockKind
    text: str
    url: str = ""
    credit: str = ""


@dataclass(frozen=True)
class FoundComment:
    """One comment. `key` is unique within the file: the source's own id, else the place in the tree
    ("1.3.2" is the second reply to the third reply to the first comment). `parent` is another comment's
    key. `author` is plain and whole, `body` Markdown and whole, whatever their length; "" where the page
    shows none."""

    key: str
    parent: str | None
    author: str
    body: str
    created: datetime | None = None
    url: str = ""
    up: int | None = None


@dataclass(frozen=True)
class Unplaced:
    """Something in the file that is neither article nor comment, or that was placed by a guess: for the
    report."""

    where: str
    why: str
    text: str = ""


@dataclass(frozen=True)
class Page:
    """An article and its comments. A parent stands before its replies, siblings in the page's order."""

    title: str
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    published: datetime | None = None
    canonical_url: str = ""
    language: str = ""
    section: str = ""
    blocks: tuple[Block, ...] = ()
    comments: tuple[FoundComment, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    kind: PageKind = field(default="text", kw_only=True)

    @property
    def people(self) -> int:
        """How many different names stand above the comments."""
        return len({comment.author for comment in self.comments})

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """The level of each comment by key; 1 is a comment on the article itself."""
        levels: dict[str, int] = {}
        for comment in self.comments:
            levels[comment.key] = 1 + (levels[comment.parent] if comment.parent is not None else 0)
        return levels

    @property
    def depth(self) -> int:
        """How many levels the comments have; 0 without comments."""
        return max(self.levels.values(), default=0)

    @property
    def roots(self) -> tuple[FoundComment, ...]:
        """The comments on the article itself."""
        return tuple(comment for comment in self.comments if comment.parent is None)


def excerpt(text: str) -> str:
    """The start of a text on one line, at most EXCERPT_LENGTH characters."""
    line = " ".join(text[: EXCERPT_LENGTH * 4].split())
    return line if len(line) <= EXCERPT_LENGTH else line[: EXCERPT_LENGTH - 1] + "…"
