from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "rejoinder.accounts"
    label = "rejoinder_accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rejoinder.accounts import listening  # noqa: F401
