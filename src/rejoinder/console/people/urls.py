from __future__ import annotations

from django.urls import path

from rejoinder.console.people import views

urlpatterns = [
    path("", views.people, name="console-people"),
    path("<slug:person>/", views.person, name="console-person"),
    path("<slug:person>/decisions", views.decisions, name="console-person-decisions"),
]
