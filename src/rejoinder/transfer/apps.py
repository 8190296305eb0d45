from __future__ import annotations

from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "rejoinder.transfer"
    label = "rejoinder_transfer"
    default_auto_field = "django.db.models.BigAutoField"
