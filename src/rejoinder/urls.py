"""Addresses of the apps, for our server and for a host project: `path("", include("rejoinder.urls"))`."""

from __future__ import annotations

from django.urls import include, path

app_name = "rejoinder"

urlpatterns = [
    path("", include("rejoinder.moderation.urls")),
    path("", include("rejoinder.discussion.urls")),
]
