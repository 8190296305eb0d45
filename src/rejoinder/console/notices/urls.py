from __future__ import annotations

from django.urls import path

from rejoinder.console.notices import views

urlpatterns = [
    path("", views.notices, name="console-notices"),
    path("<slug:notice>/", views.notice, name="console-notice"),
    path("<slug:notice>/decision", views.decision, name="console-notice-decision"),
]
