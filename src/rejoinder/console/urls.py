"""Addresses of the console, beneath /console/. A piece of the console adds its line here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from rejoinder.console import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.sites, name="console"),
    path("<slug:site>/queue/", include("rejoinder.console.queue.urls")),
]
