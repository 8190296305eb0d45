from __future__ import annotations

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "rejoinder.moderation"
    label = "rejoinder_moderation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rejoinder.accounts.ports import register_person
        from rejoinder.discussion import ports
        from rejoinder.moderation import offers
        from rejoinder.moderation.people import claim_person, erase_person, export_person
        from rejoinder.moderation.screening import Screening
        from rejoinder.moderation.signals import Watching

        register_person(
            self.label,
            export=export_person,
            erase=erase_person,
            claim=claim_person,
            leans_on_comments=True,
        )
        ports.register_screener(Screening())
        ports.register_watch(Watching())
        if offers.comment_actions not in ports.comment_actions:
            ports.comment_actions.append(offers.comment_actions)
            ports.histories.append(offers.history)
