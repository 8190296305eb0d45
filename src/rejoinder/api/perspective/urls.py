from __future__ import annotations

from django.urls import path

from rejoinder.api.perspective import views
from rejoinder.api.perspective.discovery import discovery

urlpatterns = [
    path("v1alpha1/comments:analyze", views.analyze, name="perspective-analyze"),
    path("v1alpha1/comments:suggestscore", views.suggest, name="perspective-suggest"),
    path("$discovery/rest", discovery, name="perspective-discovery"),
]
