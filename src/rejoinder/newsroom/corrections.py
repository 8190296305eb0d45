"""What was wrong in stories and is right now: a page and a feed of a publication."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from rejoinder.core import ids
from rejoinder.core.http import parameter
from rejoinder.newsroom import pages, queries, sources
from rejoinder.newsroom.models import FrontPage, StoryPage
from rejoinder.sourcing.models import Correction
from rejoinder.sourcing.queries import corrections_on
from rejoinder.sourcing.queries.reading import PER_PAGE

_IN_FEED = 30


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction and its story, which is public."""

    correction: Correction
    story: StoryPage


def _listed(front: FrontPage, corrections: list[Correction]) -> list[Corrected]:
    stories = sources.stories_of(front, [correction.document for correction in corrections])
    return [
        Corrected(correction, stories[correction.document_id])
        for correction in corrections
        if correction.document_id in stories
    ]


def page(request: HttpRequest) -> HttpResponse:
    """All corrections of a publication, newest first. Raises NotFound."""
    front = queries.access_front(request)
    before = sources.before(request)
    found = corrections_on(front.publication, before=before)
    shown = found[:PER_PAGE]
    with translation.override(front.publication.language):
        context = {
            "rows": _listed(front, shown),
            "older": ids.encode(shown[-1].pk) if len(found) > PER_PAGE else "",
            "continued": parameter(request.GET, "before", longest=20) is not None,
            "address": reverse("rejoinder_corrections"),
            "feed_url": reverse("rejoinder_corrections_feed"),
        }
        return sources.drawn(request, front, "rejoinder/newsroom/corrections.html", _("Corrections"), context)


def feed(request: HttpRequest) -> HttpResponse:
    """The newest corrections as Atom (RFC 4287). Raises NotFound."""
    front = queries.access_front(request)
    root, language = queries.host_of(request).root_url, front.publication.language
    with translation.override(language):
        atom = Atom1Feed(
            title=f"{front.title}: {_('Corrections')}",
            link=root + reverse("rejoinder_corrections"),
            description="",
            language=language,
            feed_url=root + reverse("rejoinder_corrections_feed"),
        )
        for row in _listed(front, corrections_on(front.publication, most=_IN_FEED)[:_IN_FEED]):
            correction = row.correction
            atom.add_item(
                title=row.story.title,
                link=f"{root}{row.story.address}#corrections",
                description=_words(correction),
                author_name=front.title,
                pubdate=correction.created,
                updateddate=correction.created,
                unique_id=f"urn:uuid:{row.story.translation_key}#{ids.encode(correction.pk)}",
            )
        text = atom.writeString("utf-8")
    return pages.answer(request, text, language=language, content_type="application/atom+xml; charset=utf-8")


def _words(correction: Correction) -> str:
    lines = [correction.note]
    if correction.before:
        lines.append(f"{_('Before:')} {correction.before}")
    if correction.after:
        lines.append(f"{_('Now:')} {correction.after}")
    return "\n".join(lines)
