from __future__ import annotations

from django.apps import AppConfig


class PressConfig(AppConfig):
    name = "tests.projects.wagtail_newsroom.press"
    label = "press"
