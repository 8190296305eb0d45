from __future__ import annotations

from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "rejoinder.transfer"
    label = "rejoinder_transfer"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rejoinder.transfer import reading  # noqa: F401  (listens, registers its job)
