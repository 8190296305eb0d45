"""Answers to readers: one page for everybody, told apart by an ETag, in the language of the publication."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from rejoinder.core.http import parameter
from rejoinder.discussion.delivery.stamp import SHARED, share
from rejoinder.discussion.windows.shape import Window
from rejoinder.newsroom import queries, reading
from rejoinder.newsroom.languages import direction
from rejoinder.newsroom.models import (
    AuthorIndex,
    AuthorPage,
    FrontPage,
    PublicPage,
    SectionIndex,
    SectionPage,
    StoryIndex,
    StoryPage,
)

# What is removed must be gone within seconds everywhere, so shared caches keep a page for two and ask again.
# The numbers of comments beside the stories of a list have no counter of their own to tell.
LISTS = 1.0  # seconds
BESIDE_LEAD = 4
BENEATH_LEAD = 2
PER_SECTION = 4
# The front page is laid out from the newest stories; a section without any among these has its own page.
NEWEST = 60


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody asks for a page of a publication. `root`: its scheme and host, of ours, not of the request."""

    request: HttpRequest
    front: FrontPage
    sections: list[SectionPage]
    root: str

    @property
    def is_preview(self) -> bool:
        return bool(getattr(self.request, "is_preview", False))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A template with what it shows."""

    template: str
    context: dict[str, Any]


def serve(page: PublicPage, request: HttpRequest) -> HttpResponse:
    """The page as readers get it. Raises NotFound for what has none."""
    if isinstance(page, StoryIndex):
        return HttpResponsePermanentRedirect(queries.front_of(page).address)
    # Read before the page was, where a reader asks: what changes in between must not be called the present state.
    front = getattr(request, "front", None) or queries.front_of(page)
    visit = Visit(request, front, queries.sections(front), queries.host_of(request).root_url)
    with translation.override(front.publication.language):
        drawing = _DRAWN[type(page)](page, visit)
        context = {**_around(page, visit), **drawing.context}
        html = render_to_string(drawing.template, context, request=None)
    response = answer(request, html, language=front.publication.language)
    if visit.is_preview or response.status_code != HTTPStatus.OK:
        return response
    return _kept(response, front, drawing.context)


def _kept(response: HttpResponse, front: FrontPage, drawn: dict[str, Any]) -> HttpResponse:
    """Kept in front of Django: a story until it or its discussion changes, a list of stories for a moment."""
    if "story" not in drawn:
        return share(response, site=front.publication, seconds=LISTS)
    window: Window | None = drawn.get("window")
    if window is None:  # the thread begins when the story is published
        return response
    return share(response, site=front.publication, thread=drawn["thread"], revision=window.revision)


def answer(
    request: HttpRequest, text: str, *, language: str, content_type: str = "text/html; charset=utf-8"
) -> HttpResponse:
    """An answer that all readers share, or 304 for one who has it."""
    response = HttpResponse(text, content_type=content_type)
    response["Cache-Control"] = SHARED
    response["Content-Language"] = language
    response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    found = get_conditional_response(request, etag=response["ETag"], response=response)
    return found or response


def _around(page: PublicPage, visit: Visit) -> dict[str, Any]:
    front, language = visit.front, visit.front.publication.language
    return {
        "front": front,
        "page": page,
        "sections": visit.sections,
        "site_name": front.title,
        "home_url": front.address,
        "page_title": "" if isinstance(page, FrontPage) else page.title,
        "language": language,
        "dir": direction(language),
        "canonical": visit.root + page.address,
        "own_page": True,
    }


def _front(front: FrontPage, visit: Visit) -> Drawing:
    stories = list(queries.published(front).defer_streamfields()[:NEWEST])  # type: ignore[attr-defined]
    if front.lead_id is not None:
        # The desk's choice stands at the top even when it is not among the newest.
        lead = queries.published(front).defer_streamfields().filter(pk=front.lead_id)  # type: ignore[attr-defined]
        chosen = list(lead)
        stories = [*chosen, *(story for story in stories if story.pk != front.lead_id)]
    rows = queries.listed(front, stories)
    top, rest = rows[:1], rows[1:]
    seconds, rest = rest[:BESIDE_LEAD], rest[BESIDE_LEAD:]
    pair, rest = rest[:BENEATH_LEAD], rest[BENEATH_LEAD:]
    shown = [row for row in rest if row.story.section_id]
    groups = [
        (section, [row for row in shown if row.story.section_id == section.pk][:PER_SECTION])
        for section in visit.sections
    ]
    context = {
        "lead": top[0] if top else None,
        "seconds": seconds,
        "pair": pair,
        "groups": [(section, group) for section, group in groups if group],
        "others": [row for row in rest if not row.story.section_id][:PER_SECTION],
    }
    return Drawing("rejoinder/newsroom/front.html", context)


def _list(visit: Visit, stories: Any) -> dict[str, Any]:
    before = parameter(visit.request.GET, "before", longest=20)
    found, more = queries.page_of_stories(stories, before=before)
    return {
        "stories": queries.listed(visit.front, found),
        "older": found[-1].pk if more else None,
        "continued": before is not None,
    }


def _section(page: SectionPage, visit: Visit) -> Drawing:
    stories = queries.published(visit.front).filter(section=page)
    context = {"feed_url": f"{page.address}feed/", **_list(visit, stories)}
    return Drawing("rejoinder/newsroom/section.html", context)


def _author(page: AuthorPage, visit: Visit) -> Drawing:
    # A subquery: joined, a story signed twice by one person would stand in the list twice.
    stories = queries.published(visit.front).filter(pk__in=page.bylines.values("story"))
    return Drawing("rejoinder/newsroom/author.html", _list(visit, stories))


def _sections(page: SectionIndex, visit: Visit) -> Drawing:
    rows = [(section.address, section.title, section.description) for section in visit.sections]
    return Drawing("rejoinder/newsroom/index.html", {"rows": rows})


def _authors(page: AuthorIndex, visit: Visit) -> Drawing:
    rows = [(author.address, author.title, author.role) for author in queries.authors(visit.front)]
    return Drawing("rejoinder/newsroom/index.html", {"rows": rows})


def _story(page: StoryPage, visit: Visit) -> Drawing:
    context = reading.story(page, visit.front, root=visit.root, preview=visit.is_preview)
    return Drawing("rejoinder/newsroom/story.html", context)


_DRAWN: dict[type, Callable[[Any, Visit], Drawing]] = {
    FrontPage: _front,
    StoryPage: _story,
    SectionPage: _section,
    SectionIndex: _sections,
    AuthorPage: _author,
    AuthorIndex: _authors,
}
