from __future__ import annotations

from django.urls import path

from rejoinder.api.perspective import views

urlpatterns = [
    path("v1alpha1/comments:analyze", views.analyze, name="perspective-analyze"),
    path("v1alpha1/comments:suggestscore", views.suggest, name="perspective-suggest"),
]
