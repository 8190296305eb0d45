"""A story as it is read: its body in pieces, who wrote it, and what machines are told about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rejoinder.core.errors import NotFound
from rejoinder.discussion.queries import access_thread
from rejoinder.discussion.windows import build
from rejoinder.discussion.windows.shape import Window
from rejoinder.newsroom import pictures, structured
from rejoinder.newsroom.languages import direction
from rejoinder.newsroom.models import Byline, FrontPage, StoryPage
from rejoinder.newsroom.prose import Prose, expand

_LONGEST_DESCRIPTION = 300


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of the body: prose, or the value of another kind of block."""

    kind: str
    value: Any


def story(page: StoryPage, front: FrontPage, *, root: str, preview: bool) -> dict[str, Any]:
    """The context of the story's template. A preview has no discussion: that opens when it is published."""
    bylines = list(page.bylines.select_related("author"))
    drawings = [
        page.lead_image,
        *(block.value["image"] for block in page.body if block.block_type == "picture"),
    ]
    pictures.prefetch(drawings)
    window = None if preview else first_window(page, front)
    facts = _facts(page, front, bylines, root)
    language = page.language or front.publication.language
    return {
        "story": page,
        "bylines": bylines,
        "pieces": pieces(page),
        "text_language": language,
        "text_direction": direction(language),
        "description": facts.description,
        "image_url": facts.image,
        "structured": structured.graph(facts, window),
        "window": window,
        "preview": preview,
    }


def pieces(page: StoryPage) -> list[Piece]:
    """The body with the links of all its texts resolved at once."""
    prose = iter(expand([block.value.source for block in page.body if block.block_type == "text"]))
    return [
        Piece(block.block_type, next(prose) if block.block_type == "text" else block.value)
        for block in page.body
    ]


def first_window(page: StoryPage, front: FrontPage) -> Window | None:
    """The first window of the story's thread; None before there is a thread."""
    try:
        thread = access_thread(front.publication, page.thread_key)
    except NotFound:
        return None
    return build.first(front.publication, thread, "best")


def _facts(page: StoryPage, front: FrontPage, bylines: list[Byline], root: str) -> structured.Facts:
    image = pictures.card(page.lead_image)
    return structured.Facts(
        url=root + page.address,
        headline=page.title,
        description=page.standfirst[:_LONGEST_DESCRIPTION],
        language=page.language or front.publication.language,
        section=page.section.title if page.section else "",
        image=root + image if image.startswith("/") else image,
        published=page.first_published_at,
        modified=page.last_published_at,
        authors=tuple((line.shown, root + line.author.address if line.author else "") for line in bylines),
        publisher=front.title,
        home=root + front.address,
    )


__all__ = ["Piece", "Prose", "first_window", "pieces", "story"]
