"""Atom feeds (RFC 4287) of stories."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from rejoinder.newsroom import pages, queries
from rejoinder.newsroom.models import FrontPage, SectionPage

NEWEST = 30


def answer(request: HttpRequest, front: FrontPage, section: SectionPage | None = None) -> HttpResponse:
    """The feed of all stories or of one section."""
    root = queries.host_of(request).root_url
    stories = queries.published(front).defer_streamfields()  # type: ignore[attr-defined]
    if section is not None:
        stories = stories.filter(section=section)
    newest = list(stories[:NEWEST])
    bylines = queries.bylines_of(newest)
    feed = Atom1Feed(
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
        )
    text = feed.writeString("utf-8")
    return pages.answer(
        request, text, language=front.publication.language, content_type="application/atom+xml; charset=utf-8"
    )
