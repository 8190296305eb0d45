"""A story as it is read: its body in pieces, who wrote it, and what machines are told about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rejoinder.discussion import pages as discussion
from rejoinder.discussion.queries import find_thread
from rejoinder.discussion.windows.shape import Window
from rejoinder.newsroom import pictures, structured
from rejoinder.newsroom.languages import direction, spoken
from rejoinder.newsroom.models import Byline, FrontPage, StoryPage
from rejoinder.newsroom.prose import expand

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
    talk = {} if preview else _talk(page, front)
    window: Window | None = talk.get("window")
    facts = _facts(page, front, bylines, root)
    language = page.language or front.publication.language
    return {
        **talk,
        "story": page,
        "bylines": bylines,
        "pieces": pieces(page),
        "text_language": language,
        "text_direction": direction(language),
        "label_language": spoken(language) or front.publication.language,
        "description": facts.description,
        "image_url": facts.image,
        "structured": structured.graph(facts, window),
        "preview": preview,
    }


def pieces(page: StoryPage) -> list[Piece]:
    """The body with the links of all its texts resolved at once."""
    prose = iter(expand([block.value.source for block in page.body if block.block_type == "text"]))
    return [
        Piece(block.block_type, next(prose) if block.block_type == "text" else block.value)
        for block in page.body
    ]


def _talk(page: StoryPage, front: FrontPage) -> dict[str, Any]:
    """What rejoinder/discussion.html needs; empty before there is a thread."""
    site = front.publication
    thread = find_thread(site, page.thread_key)
    if thread is None:
        return {}
    window = discussion.first_window(site, thread)
    return discussion.discussion_context(site, thread, window, page_url=page.address)


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
        root=root,
    )
