from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "rejoinder.notifications"
    label = "rejoinder_notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rejoinder.accounts.ports import register_person
        from rejoinder.discussion import ports
        from rejoinder.notifications import actions, decided, jobs, people, reported  # noqa: F401  (registers tasks)

        ports.register_letters(actions)
        register_person(
            self.label,
            export=people.export_person,
            erase=people.erase_person,
            claim=people.claim_person,
            confirmed_guests=people.confirmed_guests,
        )
