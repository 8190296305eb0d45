"""What pages of other sites load from us: files, the discussion as markup, and a page of ours to stand in a frame."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rejoinder.accounts.models import Site
from rejoinder.accounts.queries import access_site
from rejoinder.accounts.sessions import is_spoken_from
from rejoinder.core.cors import open_to_all, origin_of, own_origin, readable_everywhere
from rejoinder.core.errors import NotFound, Refused
from rejoinder.core.http import parameter, private, required
from rejoinder.discussion.delivery.stamp import share
from rejoinder.discussion.models import Thread
from rejoinder.discussion.queries import access_thread, find_thread, thread_key
from rejoinder.discussion.views.reading import asked_window, kept, public
from rejoinder.discussion.windows.shape import Window
from rejoinder.embed import fragments
from rejoinder.embed import passages as marks
from rejoinder.embed.files import File, files
from rejoinder.sourcing.queries import find_document

YEAR = "public, max-age=31536000, immutable"
MINUTES = "public, max-age=300"  # after an upgrade pages go on with the old files for as long
Draw = Callable[[Site, Thread, Window, str], str]


@require_safe
def loader(request: HttpRequest) -> HttpResponse:
    """GET /embed.js"""
    return _sent(request, files().loader, MINUTES)


@require_safe
def file(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """GET /embed/files/<version>/<name>. A page that was opened before an upgrade gets the present file."""
    present = files()
    if name not in present.others:
        raise NotFound(_("There is nothing at this address."))
    return _sent(request, present.others[name], YEAR if version == present.version else MINUTES)


def _sent(request: HttpRequest, found: File, caching: str) -> HttpResponse:
    encoding, content = found.encoded(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(content, content_type=found.kind)
    if encoding != "identity":
        response["Content-Encoding"] = encoding
    response["Vary"] = "Accept-Encoding"
    response["ETag"] = found.tag
    response["Cache-Control"] = caching
    return open_to_all(response)


@require_safe
@readable_everywhere
def thread(request: HttpRequest, site: str) -> HttpResponse:
    """GET /embed/threads/<site>?key=…&url=…&sort=…&at=…&cursor=…&lang=…: the discussion; with a cursor more of it."""
    return _markup(request, site, _discussion)


@require_safe
@readable_everywhere
def included(request: HttpRequest, site: str) -> HttpResponse:
    """GET /embed/included/<site>?key=…: the first comments as plain markup, for servers to put into a page."""
    return _markup(
        request, site, lambda of, thread, window, home: fragments.included(of, thread, window, home=home)
    )


def _discussion(site: Site, thread: Thread, window: Window, home: str) -> str:
    if window.kind in {"first", "context"}:
        return fragments.discussion(site, thread, window, home=home)
    return fragments.part(window, home=home)


def _markup(request: HttpRequest, site: str, draw: Draw) -> HttpResponse:
    found = access_site(site)
    translation.activate(fragments.language_of(found, parameter(request.GET, "lang", longest=20)))
    url = parameter(request.GET, "url", longest=2000)
    of = access_thread(found, thread_key(key=parameter(request.GET, "key"), url=url), url)
    shown = asked_window(request, found, of)
    return kept(HttpResponse(draw(found, of, shown, own_origin(request))), found, of, shown)


@require_safe
@readable_everywhere
def passages(request: HttpRequest, site: str) -> HttpResponse:
    """GET /embed/passages/<site>?key=…&url=…&lang=…: who says so in the page's text, for marks and notes in it."""
    found = access_site(site)
    translation.activate(fragments.language_of(found, parameter(request.GET, "lang", longest=20)))
    url = parameter(request.GET, "url", longest=2000)
    key = thread_key(key=parameter(request.GET, "key"), url=url)
    read, of = find_document(found, key), find_thread(found, key)
    if read is None and of is None:
        access_thread(found, key, url)  # where a discussion may be, nobody has said yet who says so
    answer = HttpResponse(marks.drawn(found, read, of, home=own_origin(request)))
    return share(answer, site=found, thread=of, revision=of.revision if of else 0)


@require_safe
@readable_everywhere
def origin(request: HttpRequest, site: str) -> HttpResponse:
    """GET /embed/origins/<site>: whether the page that asks may speak here, for the message in its console."""
    asking = origin_of(request)
    speaks = is_spoken_from(request, access_site(site), asking)
    return private(JsonResponse({"origin": asking, "speaks": speaks}))


@require_safe
def frame(request: HttpRequest, site: str) -> HttpResponse:
    """GET /embed/frame/<site>?key=…&origin=…: a discussion alone, to stand in a frame of that origin."""
    found = access_site(site)
    asking = required(request.GET, "origin", longest=300)
    if not found.origins.filter(origin=asking).exists():
        raise Refused(_("Pages of this address may not show the discussions of this publication."))
    language = fragments.language_of(found, parameter(request.GET, "lang", longest=20))
    translation.activate(language)
    given = {
        name: parameter(request.GET, name, longest=2000) or ""
        for name in ("key", "url", "page", "sort", "scheme")
    }
    context = {
        **given,
        "site": found,
        "origin": asking,
        "language": language,
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "loader_url": reverse("rejoinder:embed"),
        "folder_url": reverse("rejoinder:embed-file", args=[files().version, "-"]).removesuffix("-"),
    }
    response = public(HttpResponse(render_to_string("rejoinder/embed/frame.html", context)))
    origins = " ".join(sorted(found.origins.values_list("origin", flat=True)))
    response["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; form-action 'self'; "
        f"base-uri 'none'; frame-ancestors {origins}"
    )
    return response
