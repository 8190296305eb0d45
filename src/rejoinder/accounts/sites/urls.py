from __future__ import annotations

from django.urls import path

from rejoinder.accounts.sites import views

urlpatterns = [
    path("accounts/site/", views.sites, name="sites"),
    path("accounts/site/<slug:site>/", views.site, name="site"),
    path("accounts/site/<slug:site>/policies", views.policies, name="site-policies"),
    path("accounts/site/<slug:site>/origins", views.origins, name="site-origins"),
    path("accounts/site/<slug:site>/sign-on", views.sign_on, name="site-sign-on"),
    path("accounts/site/<slug:site>/secret", views.secret, name="site-secret"),
]
