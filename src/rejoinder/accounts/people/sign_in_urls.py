"""Addresses of signing in, beneath /accounts/. By their names the accounts package finds them."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path

from rejoinder.accounts.people import social
from rejoinder.accounts.people.pages import Entry, no_reset, no_sign_up, privately, where_mail_works

_addresses: list[Entry] = [
    path("signup/", where_mail_works(account.signup, no_sign_up), name="account_signup"),
    path(
        "password/reset/", where_mail_works(account.password_reset, no_reset), name="account_reset_password"
    ),
    path("login/code/", where_mail_works(account.request_login_code), name="account_request_login_code"),
    path("email/", where_mail_works(account.email), name="account_email"),
    path("", include("allauth.account.urls")),
    path("second-factor/", include("allauth.mfa.urls")),
    path("by/<slug:provider_id>/", social.login, name="openid_connect_login"),
    path("by/<slug:provider_id>/back/", social.callback, name="openid_connect_callback"),
    path("by/", include("allauth.socialaccount.urls")),
]
urlpatterns = privately(_addresses)
