from __future__ import annotations

from django.urls import path

from rejoinder.moderation import views

urlpatterns = [
    path("threads/<slug:site>/flags", views.flags, name="flags"),
    path("threads/<slug:site>/decisions", views.decisions, name="decisions"),
    path("threads/<slug:site>/actions", views.thread_actions, name="thread-actions"),
    path("threads/<slug:site>/search", views.search, name="search"),
]
