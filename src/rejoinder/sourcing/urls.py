from __future__ import annotations

from django.urls import path

from rejoinder.sourcing.reports import views

urlpatterns = [
    path("threads/<slug:site>/error", views.form, name="error-report"),
    path("threads/<slug:site>/errors", views.reports, name="error-reports"),
    path("threads/<slug:site>/errors/status", views.status, name="error-report-status"),
]
