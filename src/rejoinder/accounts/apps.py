from __future__ import annotations

from django.apps import AppConfig, apps


class AccountsConfig(AppConfig):
    name = "rejoinder.accounts"
    label = "rejoinder_accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rejoinder.accounts import listening  # noqa: F401

        # A host project may sign people in by other means.
        if apps.is_installed("allauth.mfa") and apps.is_installed("allauth.socialaccount"):
            from rejoinder.accounts.people import listening as signing_in  # noqa: F401
