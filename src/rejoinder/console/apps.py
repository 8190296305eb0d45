from __future__ import annotations

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "rejoinder.console"
    label = "rejoinder_console"
    default_auto_field = "django.db.models.BigAutoField"
