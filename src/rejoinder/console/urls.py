"""Addresses of the console, beneath /console/. A piece of the console adds its line here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from rejoinder.console import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.sites, name="console"),
    path("<slug:site>/", include("rejoinder.console.queue.urls")),
    path("<slug:site>/people/", include("rejoinder.console.people.urls")),
    path("<slug:site>/rules/", include("rejoinder.console.rules.urls")),
    path("<slug:site>/assist/", include("rejoinder.console.assist.urls")),
    path("<slug:site>/threads/", include("rejoinder.console.threads.urls")),
    path("<slug:site>/appeals/", include("rejoinder.console.appeals.urls")),
    path("<slug:site>/notices/", include("rejoinder.console.notices.urls")),
    path("<slug:site>/reports/", include("rejoinder.console.reports.urls")),
    path("<slug:site>/", include("rejoinder.console.log.urls")),
]
