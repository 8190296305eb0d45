from __future__ import annotations

from django.urls import path

from rejoinder.moderation import views
from rejoinder.moderation.appeals import views as appeals
from rejoinder.moderation.notices import views as notices
from rejoinder.moderation.views import transparency

urlpatterns = [
    path("threads/<slug:site>/flags", views.flags, name="flags"),
    path("threads/<slug:site>/decisions", views.decisions, name="decisions"),
    path("threads/<slug:site>/actions", views.thread_actions, name="thread-actions"),
    path("threads/<slug:site>/guidelines", views.guidelines, name="guidelines"),
    path("threads/<slug:site>/removed", views.removed, name="removed"),
    path("threads/<slug:site>/transparency/<int:year>", transparency.transparency, name="transparency"),
    path("threads/<slug:site>/mine/", appeals.decided, name="decided"),
    path("threads/<slug:site>/appeals", appeals.appeals, name="appeals"),
    path("threads/<slug:site>/notice", notices.form, name="notice"),
    path("threads/<slug:site>/notices", notices.notices, name="notices"),
    path("threads/<slug:site>/notices/status", notices.status, name="notice-status"),
    path("threads/<slug:site>/notices/complaint", notices.complaint, name="notice-complaint"),
    path("threads/<slug:site>/search", views.search, name="search"),
]
