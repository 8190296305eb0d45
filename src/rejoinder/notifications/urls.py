from __future__ import annotations

from django.urls import path

from rejoinder.notifications import views

urlpatterns = [
    path("mail/confirm", views.confirm, name="mail-confirm"),
    path("mail/stop", views.stop, name="mail-stop"),
]
