from __future__ import annotations

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "rejoinder.moderation"
    label = "rejoinder_moderation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate

        from rejoinder.accounts.ports import register_person
        from rejoinder.discussion import ports
        from rejoinder.moderation import offers
        from rejoinder.moderation.decisions import guard
        from rejoinder.moderation.people import claim_person, erase_person, export_person
        from rejoinder.moderation.pipeline import Screening
        from rejoinder.moderation.signals import Watching

        pre_migrate.connect(guard.before_migrating, sender=self, dispatch_uid="rejoinder_moderation.guard")
        post_migrate.connect(guard.after_migrating, sender=self, dispatch_uid="rejoinder_moderation.guard")
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
