from __future__ import annotations

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import StringConverter

from rejoinder.api import docs
from rejoinder.api.api import PREFIX, addresses
from rejoinder.api.door import nothing


class Anything(StringConverter):
    """Whatever stands there, lines and slashes included: Django's `path` ends at a line's end."""

    regex = "(?s:.*)"


register_converter(Anything, "anything")

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/docs", docs.page, name="api-docs"),
    path("api/v1/openapi.json", docs.openapi, name="api-openapi"),
    *addresses(),
    path("api/v1", nothing, {"rest": ""}, name="api-nothing"),
    path(f"{PREFIX}<anything:rest>", nothing, name="api-nothing"),
]
# A host project may have the API without Assist.
if apps.is_installed("rejoinder.assist"):
    urlpatterns.append(path("", include("rejoinder.api.perspective.urls")))
