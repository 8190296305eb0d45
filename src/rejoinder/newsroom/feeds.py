"""Atom feeds (RFC 4287) of stories."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from rejoinder.core import ids
from rejoinder.newsroom import claimed, pages, queries
from rejoinder.newsroom.models import FrontPage, SectionPage

NEWEST = 30


class _Feed(Atom1Feed):
    """Entries with who says what in a story, and what was corrected, as elements of schema.org's names."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:schema": "https://schema.org/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        told: claimed.Claimed | None = item["claimed"]
        for shown in told.claims if told else ():
            handler.startElement("schema:Claim", {"status": shown.claim.status, "manner": shown.claim.manner})
            for source in shown.sources:
                handler.addQuickElement(
                    "schema:author", source.name, {"kind": source.kind, "side": source.side}
                )
            handler.addQuickElement("schema:text", shown.passage.quote)
            handler.addQuickElement("schema:url", f"{item['link']}#p-{ids.encode(shown.passage.pk)}")
            handler.endElement("schema:Claim")
        for correction in told.corrections if told else ():
            date = {"datePublished": correction.created.isoformat(timespec="seconds")}
            handler.addQuickElement("schema:correction", correction.note, date)


def answer(request: HttpRequest, front: FrontPage, section: SectionPage | None = None) -> HttpResponse:
    """The feed of all stories or of one section."""
    root = queries.host_of(request).root_url
    stories = queries.published(front).defer_streamfields()  # type: ignore[attr-defined]
    if section is not None:
        stories = stories.filter(section=section)
    newest = list(stories[:NEWEST])
    claims = claimed.claimed_of(front.publication, [story.thread_key for story in newest])
    bylines = queries.bylines_of(newest)
    feed = _Feed(
        title=f"{front.title}: {section.title}" if section else front.title,
        link=root + (section or front).address,
        description=section.description if section else front.strapline,
        language=front.publication.language,
        feed_url=root
        + (reverse("rejoinder_section_feed", args=[section.slug]) if section else reverse("rejoinder_feed")),
    )
    for story in newest:
        feed.add_item(
            title=story.title,
            link=root + story.address,
            description=story.standfirst,
            author_name=", ".join(byline.shown for byline in bylines[story.pk]) or front.title,
            pubdate=story.first_published_at,
            updateddate=story.last_published_at or story.first_published_at,
            # Stays the same when slug or host name change.
            unique_id=f"urn:uuid:{story.translation_key}",
            categories=[story.section.title] if story.section else [],
            claimed=claims.get(story.thread_key),
        )
    text = feed.writeString("utf-8")
    return pages.answer(
        request, text, language=front.publication.language, content_type="application/atom+xml; charset=utf-8"
    )
