from __future__ import annotations

from django.apps import AppConfig


class SourcingConfig(AppConfig):
    name = "rejoinder.sourcing"
    label = "rejoinder_sourcing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rejoinder.accounts.ports import register_person
        from rejoinder.sourcing.people import claim_person, erase_person, export_person

        register_person(self.label, export=export_person, erase=erase_person, claim=claim_person)
