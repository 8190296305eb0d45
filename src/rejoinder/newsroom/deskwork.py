"""The desk: Wagtail's admin as we serve it. Its own content policy, no foreign hosts, who may enter.

Public pages may not be framed by anybody; previews are framed by the desk itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include
from wagtail.utils.urlpatterns import decorate_urlpatterns

from rejoinder.core.middleware import CONTENT_SECURITY_POLICY

View = Callable[..., HttpResponse]

# Wagtail writes styles and a few scripts into its pages; what matters stays closed: no foreign host,
# no plugin, no frame but our own.
DESK_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "media-src 'self' blob:; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'"
)
_PREVIEW_POLICY = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


def _guarded(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        # A preview has been through the outermost layer as a public page already.
        preview = response.has_header("Content-Security-Policy")
        response["Content-Security-Policy"] = _PREVIEW_POLICY if preview else DESK_POLICY
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Cache-Control"] = "no-store, private"
        return response

    return answer


def in_the_desk(patterns: list[URLPattern | URLResolver]) -> Any:
    """These addresses, answered with the desk's headers."""
    return include(decorate_urlpatterns(patterns, _guarded))
