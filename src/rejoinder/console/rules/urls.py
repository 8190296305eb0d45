from __future__ import annotations

from django.urls import path

from rejoinder.console.rules import views

urlpatterns = [
    path("", views.rules, name="console-rules"),
    path("new", views.new, name="console-rule-new"),
    path("rule", views.rule, name="console-rule"),
    path("switch", views.switches, name="console-rule-switch"),
]
