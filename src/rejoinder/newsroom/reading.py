"""A story as it is read: its body in pieces, who wrote it, and what machines are told about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import translation

from rejoinder.discussion import pages as discussion
from rejoinder.discussion.queries import find_thread
from rejoinder.discussion.windows.shape import Window
from rejoinder.newsroom import claimed, pictures, structured
from rejoinder.newsroom.languages import direction, spoken
from rejoinder.newsroom.margin import Margin
from rejoinder.newsroom.models import Byline, FrontPage, StoryPage
from rejoinder.newsroom.prose import Prose, expand
from rejoinder.newsroom.sourced import sourced

_LONGEST_DESCRIPTION = 300
_NOTHING = Prose("")


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of the body: prose, or the value of another kind of block.

    `words`: what is drawn in the place of its value's words of that name; `notes`: what stands beside it.
    """

    kind: str
    value: Any
    words: dict[str, Prose] = field(default_factory=dict)
    notes: Prose = _NOTHING


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
    label_language = spoken(language) or front.publication.language
    with translation.override(label_language):
        who = sourced(page, front.publication, preview=preview)
        standfirst, beside_standfirst = who.margin.line(page.standfirst, "")
        body = pieces(page, who.margin)
        left = who.margin.left()
    facts = replace(
        facts,
        more=claimed.article_facts(who.claims, who.corrections),
        nodes=claimed.claim_nodes(who.claims, facts.url, root),
    )
    return {
        **talk,
        "story": page,
        "bylines": bylines,
        "pieces": body,
        "sourced": who,
        "standfirst": standfirst,
        "standfirst_notes": beside_standfirst,
        "left_notes": left,
        "text_language": language,
        "text_direction": direction(language),
        "label_language": label_language,
        "description": facts.description,
        "image_url": facts.image,
        "structured": structured.graph(facts, window),
        "preview": preview,
    }


def pieces(page: StoryPage, margin: Margin) -> list[Piece]:
    """The body with the links of all its texts resolved at once, and its passages marked."""
    prose = iter(expand([block.value.source for block in page.body if block.block_type == "text"]))
    return [
        Piece(block.block_type, margin.prose(next(prose), str(block.id or "")))
        if block.block_type == "text"
        else _other(block, margin)
        for block in page.body
    ]


def _other(block: Any, margin: Margin) -> Piece:
    kind, value, number = block.block_type, block.value, str(block.id or "")
    if kind == "quote":
        text, attribution, notes = margin.quote(value["text"], value.get("attribution") or "", number)
        return Piece(kind, value, {"text": text, "attribution": attribution}, notes)
    if kind == "picture":
        caption, notes = margin.line(value.get("caption") or "", number)
        return Piece(kind, value, {"caption": caption}, notes)
    return Piece(kind, value)


def _talk(page: StoryPage, front: FrontPage) -> dict[str, Any]:
    """What rejoinder/discussion.html needs; empty before there is a thread."""
    site = front.publication
    thread = find_thread(site, page.thread_key)
    if thread is None:
        return {}
    window = discussion.first_window(site, thread)
    return {
        **discussion.discussion_context(site, thread, window, page_url=page.address),
        "report_url": discussion.address("error-report", site.key, key=page.thread_key),
        "reports_url": discussion.address("error-reports", site.key),
    }


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
