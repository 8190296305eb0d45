"""What a page of another origin asks for as a part of itself, it gets as somebody unknown.

An image, a script, a frame or a fetch that points at our private pages brings our cookies along where the browser lets
it. By status, size, time or number of frames the page could tell then who reads it. So such a request is answered as
if it had no cookie, whatever it asks for. Links, windows and what people type keep theirs; so does the one address of
the API that exists to read a cookie for pages of registered origins.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from rejoinder.core.http import private, problem


class Apart:
    """Drops cookies by Fetch Metadata (W3C). A browser that does not say is taken as before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("HTTP_COOKIE") and is_part_of_another(request) and not _reads_cookies(request):
            del request.META["HTTP_COOKIE"]
            request.COOKIES = {}
        response = self.get_response(request)
        navigates = request.headers.get("Sec-Fetch-Mode") == "navigate"
        if navigates and comes_from_another(request) and _is_private_download(response):
            # It would leave the window empty that the page opened, where nobody's answer fills it.
            return private(problem(request, status=404, message=_("There is no page at this address.")))
        return response


def comes_from_another(request: HttpRequest) -> bool:
    return request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}


def is_part_of_another(request: HttpRequest) -> bool:
    """Whether another origin's page asks, and not by leading its reader here."""
    if not comes_from_another(request):
        return False
    followed = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.method in {"GET", "HEAD"}
    return not (followed and request.headers.get("Sec-Fetch-Dest", "document") == "document")


def _is_private_download(response: HttpResponse) -> bool:
    kept = response.headers.get("Cache-Control", "")
    return "no-store" in kept and response.headers.get("Content-Disposition", "").startswith("attachment")


def _reads_cookies(request: HttpRequest) -> bool:
    try:
        return bool(getattr(resolve(request.path_info).func, "reads_cookies", False))
    except Resolver404:
        return False
