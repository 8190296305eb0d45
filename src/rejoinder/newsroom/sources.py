"""Pages about sources and corrections: what somebody said here, and what was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils import translation

from rejoinder.core import ids
from rejoinder.core.errors import nothing_here
from rejoinder.core.http import parameter
from rejoinder.discussion.delivery.stamp import share
from rejoinder.newsroom import pages, queries
from rejoinder.newsroom.languages import direction
from rejoinder.newsroom.models import FrontPage, StoryPage
from rejoinder.newsroom.sourced import source_url
from rejoinder.sourcing.drawing import Account, Told, accounts_of, told
from rejoinder.sourcing.models import Claim, Document, Source
from rejoinder.sourcing.queries import Said, about_the_same, of_source


@dataclass(frozen=True, slots=True)
class Statement:
    """`story`: None where the page is not one of ours, or not public."""

    told: Told
    story: StoryPage | None


def access_source(front: FrontPage, public_id: str) -> Source:
    """A source of the site that a public text names. Raises NotFound."""
    sources = Source.objects.filter(site=front.publication_id).select_related("merged_into")
    try:
        return sources.get(pk=ids.decode(public_id))
    except ObjectDoesNotExist:
        raise nothing_here() from None


def source_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a source said here, how it was said, and what became of it. Raises NotFound."""
    front = queries.access_front(request)
    source = access_source(front, public_id)
    if source.merged_into is not None:
        return HttpResponsePermanentRedirect(source_url(source.merged_into))
    said = of_source(source, before=before(request))
    # Who is in the register but in no published text is the desk's to know.
    if not said.claims:
        raise nothing_here()
    with translation.override(front.publication.language):
        context = {
            "source": source,
            "said": said,
            "manners": _counted(said.manners, Claim.Manner),
            "statuses": _counted(said.statuses, Claim.Status),
            "statements": _statements(front, said),
            "accounts": _accounts(front, said),
            "older": ids.encode(said.before) if said.before else "",
            "continued": parameter(request.GET, "before", longest=20) is not None,
            "address": source_url(source),
        }
        return drawn(request, front, "rejoinder/newsroom/source.html", source.name, context)


def before(request: HttpRequest) -> int | None:
    """The number of the row to read on from, or None. Raises NotFound."""
    given = parameter(request.GET, "before", longest=20)
    if given is None:
        return None
    number = ids.decode(given)
    if not number:
        raise nothing_here()
    return number


def _counted(counts: dict[str, int], names: Any) -> list[tuple[str, int]]:
    return [(names(name).label, count) for name, count in sorted(counts.items(), key=lambda one: -one[1])]


def _statements(front: FrontPage, said: Said) -> list[Statement]:
    stories = stories_of(front, [shown.claim.document for shown in said.claims])
    return [Statement(told(shown, source_url), stories.get(shown.claim.document_id)) for shown in said.claims]


def _accounts(front: FrontPage, said: Said) -> list[Account]:
    """What others say about the same matters, in whichever public story."""
    claims = about_the_same(said.claims)
    stories = stories_of(front, [shown.claim.document for shown in claims]) if claims else {}
    public = [shown for shown in claims if shown.claim.document_id in stories]
    pages = {number: story.address for number, story in stories.items()}
    return accounts_of(public, source_url, pages)


def stories_of(front: FrontPage, documents: list[Document]) -> dict[int, StoryPage]:
    """Public stories by the number of their document: one statement."""
    numbers = {
        int(document.key.removeprefix("story-")): document.pk
        for document in documents
        if document.key.removeprefix("story-").isdecimal()
    }
    stories = queries.published(front).defer_streamfields().filter(pk__in=numbers)  # type: ignore[attr-defined]
    return {numbers[story.pk]: story for story in stories}


def drawn(
    request: HttpRequest, front: FrontPage, template: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    """A page of the publication that is no page of its tree, kept until the site's edition changes."""
    site, root = front.publication, queries.host_of(request).root_url
    around = {
        "front": front,
        "sections": queries.sections(front),
        "site_name": front.title,
        "home_url": front.address,
        "page_title": title,
        "language": site.language,
        "dir": direction(site.language),
        "canonical": root + request.path,
        "own_page": True,
        "page": {"title": title},
    }
    html = render_to_string(template, {**around, **context}, request=None)
    response = pages.answer(request, html, language=site.language)
    return share(response, site=site) if response.status_code == 200 else response
