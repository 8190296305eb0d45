from __future__ import annotations

from django.urls import path

from rejoinder.console.queue import views

urlpatterns = [
    path("", views.queue, name="console-queue"),
]
