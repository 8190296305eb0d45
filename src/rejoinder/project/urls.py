"""All addresses of the server of our own."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from rejoinder.core import health
from rejoinder.project import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("allauth.account.urls")),
    path("", include("rejoinder.urls")),
]
if settings.NEWSROOM:
    urlpatterns.append(path("", include("rejoinder.newsroom.urls")))
else:
    urlpatterns.append(path("", views.front, name="front"))

handler400 = "rejoinder.core.views.bad_request"
handler404 = "rejoinder.core.views.not_found"
handler500 = "rejoinder.core.views.server_error"
