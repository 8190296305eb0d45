"""All addresses of the server of our own."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from rejoinder.core import health
from rejoinder.project import metrics, views

_public: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("rejoinder.accounts.people.sign_in_urls")),
    path("", include("rejoinder.urls")),
]
if settings.NEWSROOM:
    _public += [
        path("", views.newsroom_or_front, name="front"),
        path("", include("rejoinder.newsroom.urls")),
    ]
else:
    _public.append(path("", views.front, name="front"))

PUBLIC = tuple(_public)
urlpatterns = [path("metrics", metrics.metrics, name="metrics"), *PUBLIC]

handler400 = "rejoinder.core.views.bad_request"
handler404 = "rejoinder.core.views.not_found"
handler500 = "rejoinder.core.views.server_error"
