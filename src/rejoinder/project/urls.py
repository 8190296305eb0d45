"""All addresses of the server of our own."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from rejoinder.core import health
from rejoinder.project import metrics, views

_public: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # Accounts are made and helped by whoever runs the server; nothing here sends mail.
    path("accounts/signup/", views.no_sign_up, name="account_signup"),
    path("accounts/password/reset/", views.no_reset, name="account_reset_password"),
    path("accounts/email/", views.nothing, name="account_email"),
    path("accounts/", include("allauth.account.urls")),
    path("", include("rejoinder.urls")),
]
if settings.NEWSROOM:
    _public += [
        path("", views.newsroom_or_front, name="front"),
        path("", include("rejoinder.newsroom.urls")),
    ]
else:
    _public.append(path("", views.front, name="front"))

PUBLIC = tuple(_public)
urlpatterns = [path("metrics", metrics.metrics, name="metrics"), *PUBLIC]

handler400 = "rejoinder.core.views.bad_request"
handler404 = "rejoinder.core.views.not_found"
handler500 = "rejoinder.core.views.server_error"
