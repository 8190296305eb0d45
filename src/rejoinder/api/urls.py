from __future__ import annotations

from django.urls import path

from rejoinder.api import docs
from rejoinder.api.api import PREFIX, addresses
from rejoinder.api.door import nothing

urlpatterns = [
    path("api/docs", docs.page, name="api-docs"),
    path("api/v1/openapi.json", docs.openapi, name="api-openapi"),
    *addresses(),
    path(f"{PREFIX}<path:rest>", nothing, name="api-nothing"),
]
