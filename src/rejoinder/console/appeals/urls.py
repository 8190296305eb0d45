from __future__ import annotations

from django.urls import path

from rejoinder.console.appeals import views

urlpatterns = [
    path("", views.appeals, name="console-appeals"),
    path("<slug:appeal>/answer", views.answer, name="console-appeal-answer"),
]
