from __future__ import annotations

from django.urls import path

from rejoinder.accounts.sessions import views

urlpatterns = [
    path("accounts/window/", views.window, name="sign-in-window"),
    path("accounts/window/codes", views.hand_over, name="sign-in-codes"),
]
