from __future__ import annotations

from django.urls import path

from rejoinder.console.reports import views

urlpatterns = [path("", views.reports, name="console-reports")]
