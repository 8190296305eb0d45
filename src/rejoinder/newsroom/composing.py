"""Stories from elsewhere, written into the tree as the desk would: for imports and the demo."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.utils.text import slugify
from wagtail.images.models import AbstractImage

from rejoinder.core import clock
from rejoinder.core.text.render import render
from rejoinder.newsroom.models import AuthorPage, Byline, FrontPage, SectionPage, StoryIndex, StoryPage
from rejoinder.newsroom.prose import clean

_LONGEST_SLUG: Final = 80


@dataclass(frozen=True, slots=True)
class Lead:
    """The picture above a story."""

    image: AbstractImage
    alt: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A story before it is one. `body`: (kind, value) as blocks.Body stores them; `authors`: (page, name)."""

    headline: str
    slug: str = ""
    standfirst: str = ""
    section: SectionPage | None = None
    authors: Sequence[tuple[AuthorPage | None, str]] = ()
    language: str = ""
    place: str = ""
    day: date | None = None
    lead: Lead | None = None
    body: Sequence[tuple[str, Any]] = field(default_factory=list)
    import_key: str = ""
    # When it was, or is to be, published; None: when it is.
    published: datetime | None = None


def write(front: FrontPage, manuscript: Manuscript, *, publish: bool) -> StoryPage:
    """A new story: a draft, or published; scheduled where its time is still to come."""
    story = _story(front, manuscript)
    moment = manuscript.published
    later = moment is not None and moment > clock.now()
    if later:
        story.go_live_at = moment
    else:
        story.first_published_at = moment
    StoryIndex.objects.child_of(front).get().add_child(instance=story)
    if publish:
        release(story)
    else:
        story.save_revision()
    return story


def release(story: StoryPage) -> None:
    """Publish what a story is now. One that was published elsewhere before is not updated by coming here."""
    when = story.first_published_at
    story.save_revision().publish()
    story.refresh_from_db()
    if when is not None and story.live:
        StoryPage.objects.filter(pk=story.pk).update(last_published_at=when)


def _story(front: FrontPage, manuscript: Manuscript) -> StoryPage:
    language = "" if manuscript.language == front.publication.language else manuscript.language
    story = StoryPage(
        title=manuscript.headline[:255],
        slug=free_slug(front, manuscript.slug or manuscript.headline),
        standfirst=manuscript.standfirst,
        section=manuscript.section,
        language=language[:12],
        dateline_place=manuscript.place[:80],
        dateline_date=manuscript.day,
        import_key=manuscript.import_key,
        body=json.dumps([{"type": kind, "value": value} for kind, value in manuscript.body]),
        live=False,
    )
    if manuscript.lead is not None:
        lead = manuscript.lead
        story.lead_image, story.lead_alt = lead.image, lead.alt[:300]
        story.lead_caption, story.lead_credit = lead.caption[:400], lead.credit[:200]
    story.bylines = [
        Byline(sort_order=place, author=author, name=name[:120])
        for place, (author, name) in enumerate(manuscript.authors)
    ]
    return story


def free_slug(front: FrontPage, text: str) -> str:
    """A slug that no story of this front page has yet."""
    wanted = slugify(text, allow_unicode=True)[:_LONGEST_SLUG].strip("-") or "story"
    taken = set(
        StoryPage.objects.descendant_of(front).filter(slug__startswith=wanted).values_list("slug", flat=True)
    )
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def prose(markdown: str) -> str:
    """Paragraphs in Markdown as the desk stores them: by the one renderer, then our few tags only."""
    html = re.sub(r"(</?)(?:strong|em)>", _editor_tag, render(markdown))
    return clean(html).html


def _editor_tag(tag: re.Match[str]) -> str:
    # The desk's editor knows emphasis by these names only.
    return f"{tag[1]}{'b' if 'strong' in tag[0] else 'i'}>"
