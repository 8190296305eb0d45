from __future__ import annotations

from django.urls import path

from rejoinder.console.log import views

urlpatterns = [
    path("log/", views.log, name="console-log"),
    path("log/file", views.log_file, name="console-log-file"),
    path("terms/", views.terms, name="console-terms"),
]
