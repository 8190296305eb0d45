from __future__ import annotations

from django.urls import path

from rejoinder.accounts.people import views

urlpatterns = [
    path("people/me/", views.me, name="me"),
    path("people/me/name", views.name, name="name"),
    path("people/me/unmute", views.unmute, name="unmute"),
    path("people/me/claims", views.claims, name="claims"),
    path("people/me/download", views.download, name="download"),
    path("people/me/erase", views.erase, name="erase"),
    path("people/me/erasure", views.erasure, name="erasure"),
]
