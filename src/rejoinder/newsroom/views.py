"""The addresses that readers ask for. What a page shows is drawn by `pages`."""

from __future__ import annotations

from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.views import serve as wagtail_serve

from rejoinder.core.errors import NotFound, nothing_here
from rejoinder.newsroom import corrections as corrected
from rejoinder.newsroom import feeds, pages, queries, sources


def _moved(request: HttpRequest) -> HttpResponse | None:
    """Where a page went when its address changed, as the desk's redirects tell."""
    found = get_redirect(request, Redirect.normalise_path(request.path, decode_unicode=False))
    if found is None or found.link is None:
        return None
    kind = HttpResponsePermanentRedirect if found.is_permanent else HttpResponseRedirect
    return kind(found.link)


def _or_moved(request: HttpRequest, error: NotFound) -> HttpResponse:
    moved = _moved(request)
    if moved is None:
        raise error
    return moved


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """A story. Does without Wagtail's walk down the tree, which asks once a level."""
    request.front = queries.access_front(request)  # type: ignore[attr-defined]
    try:
        found = queries.access_story(front=request.front, slug=slug)  # type: ignore[attr-defined]
    except NotFound as error:
        return _or_moved(request, error)
    return pages.serve(found, request)


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Any other page of the tree."""
    # Before there is a newsroom, Wagtail's own greeting would answer.
    request.front = queries.access_front(request)  # type: ignore[attr-defined]
    try:
        response: HttpResponse = wagtail_serve(request, path)
    except Http404:
        return _or_moved(request, nothing_here())
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Atom: the newest stories."""
    return feeds.answer(request, queries.access_front(request))


@require_safe
def section_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Atom: the newest stories of one section."""
    front = queries.access_front(request)
    return feeds.answer(request, front, queries.access_section(front=front, slug=slug))


@require_safe
def source(request: HttpRequest, source: str) -> HttpResponse:
    """What one source said here."""
    return sources.source_page(request, source)


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What was wrong and is right now."""
    return corrected.page(request)


@require_safe
def corrections_feed(request: HttpRequest) -> HttpResponse:
    """Atom: the newest corrections."""
    return corrected.feed(request)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What is for people who sign in is not for search engines."""
    queries.access_front(request)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _CLOSED), ""]
    lines.append(f"Sitemap: {queries.host_of(request).root_url}{reverse('rejoinder_sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


_CLOSED = ("/desk/", "/accounts/")


def to_sign_in(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Wagtail's own sign-in and password pages: there is one sign-in here, and it is ours."""
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse("account_login") + (f"?{query}" if query else ""))
