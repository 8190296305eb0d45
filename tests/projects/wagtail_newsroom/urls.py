from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("", include("rejoinder.urls")),
    path("", include("rejoinder.newsroom.urls")),
]
