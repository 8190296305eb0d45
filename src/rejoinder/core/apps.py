from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "rejoinder.core"
    label = "rejoinder_core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rejoinder.core import events, limits, mail  # noqa: F401  (registers tasks)
