"""Addresses of the apps, for our server and for a host project: `path("", include("rejoinder.urls"))`."""

from __future__ import annotations

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

app_name = "rejoinder"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("rejoinder.discussion.urls")),  # first: what is asked for most is found first
    path("", include("rejoinder.moderation.urls")),
    path("", include("rejoinder.accounts.sessions.urls")),
    path("", include("rejoinder.accounts.people.urls")),
    path("", include("rejoinder.accounts.sites.urls")),
]
# A host project takes in who says so, the API, the console, letters and the embed by naming the apps.
if apps.is_installed("rejoinder.sourcing"):
    urlpatterns.append(path("", include("rejoinder.sourcing.urls")))
if apps.is_installed("rejoinder.api"):
    urlpatterns.append(path("", include("rejoinder.api.urls")))
if apps.is_installed("rejoinder.console"):
    urlpatterns.append(path("console/", include("rejoinder.console.urls")))
if apps.is_installed("rejoinder.notifications"):
    urlpatterns.append(path("", include("rejoinder.notifications.urls")))
if apps.is_installed("rejoinder.embed"):
    urlpatterns.append(path("", include("rejoinder.embed.urls")))
