from __future__ import annotations

from django.apps import AppConfig


class AssistConfig(AppConfig):
    name = "rejoinder.assist"
    label = "rejoinder_assist"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rejoinder.accounts.ports import register_person
        from rejoinder.assist import jobs, people  # noqa: F401  (registers tasks)

        register_person(
            self.label,
            export=people.export_person,
            erase=people.erase_person,
            claim=people.claim_person,
            leans_on_comments=True,
        )
