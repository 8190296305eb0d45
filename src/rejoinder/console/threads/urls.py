from __future__ import annotations

from django.urls import path

from rejoinder.console.threads import sections, views

urlpatterns = [
    path("", views.threads, name="console-threads"),
    path("thread", views.thread, name="console-thread"),
    path("decisions", views.decisions, name="console-thread-decisions"),
    path("sections", sections.sections, name="console-sections"),
    path("manners", views.manners, name="console-manners"),
]
