"""What a demo publication is made of. Times are relative: the newest story is always a few hours old."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    slug: str
    name: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """`biography` is two sentences; `role` is a few words, as they stand under a name."""

    slug: str
    name: str
    role: str
    biography: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """Paragraphs parted by a blank line, with Markdown's *emphasis* and [links](https://example.org/)."""

    kind: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingBlock:
    """A cross-heading within the story; plain words."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteBlock:
    kind: ClassVar[str] = "quote"
    text: str
    attribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageBlock:
    """`file` is a name in the folder `PICTURES`; `alt` says what is to be seen, `caption` what it means."""

    kind: ClassVar[str] = "image"
    file: str
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PulloutBlock:
    kind: ClassVar[str] = "pullout"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkBlock:
    kind: ClassVar[str] = "link"
    url: str
    title: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionBlock:
    """`hours_ago` is when the correction was published, after the story itself."""

    kind: ClassVar[str] = "correction"
    hours_ago: float
    text: str


Block = TextBlock | HeadingBlock | QuoteBlock | ImageBlock | PulloutBlock | LinkBlock | CorrectionBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Why moderators took a comment away: a short `reason` that readers see, the rest for its author."""

    reason: str
    explanation: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadComment:
    """`minutes` count from the story's publication. `author` is a slug where one of the newsroom writes."""

    id: str
    name: str
    minutes: int
    body: str
    parent: str = ""
    up: int = 0
    down: int = 0
    author: str = ""
    removal: Removal | None = None

    @property
    def staff(self) -> bool:
        return bool(self.author)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """`section` and `authors` are slugs, `language` a BCP 47 tag, `dateline` a place.

    `thread` is what was written by hand, parents before replies; where there is none, `generated_comments` says
    how many the generator should write, about `generated_theme`.
    """

    slug: str
    language: str
    section: str
    authors: tuple[str, ...]
    headline: str
    standfirst: str
    dateline: str
    hours_ago: float
    blocks: tuple[Block, ...]
    thread: tuple[ThreadComment, ...] = ()
    generated_comments: int = 0
    generated_theme: str = ""

    def published(self, now: datetime) -> datetime:
        return now - timedelta(hours=self.hours_ago)

    @property
    def direction(self) -> str:
        """As HTML's `dir`."""
        return "rtl" if self.language.partition("-")[0] == "ar" else "ltr"

    @property
    def images(self) -> tuple[ImageBlock, ...]:
        return tuple(block for block in self.blocks if isinstance(block, ImageBlock))

    @property
    def corrections(self) -> tuple[CorrectionBlock, ...]:
        return tuple(block for block in self.blocks if isinstance(block, CorrectionBlock))


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Stories stand newest first."""

    key: str
    name: str
    strapline: str
    language: str
    sections: tuple[Section, ...]
    authors: tuple[Author, ...]
    stories: tuple[Story, ...] = field(default=())
