from __future__ import annotations

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "rejoinder.moderation"
    label = "rejoinder_moderation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rejoinder.discussion import ports
        from rejoinder.moderation import offers
        from rejoinder.moderation.screening import Screening

        ports.register_screener(Screening())
        if offers.comment_actions not in ports.comment_actions:
            ports.comment_actions.append(offers.comment_actions)
            ports.histories.append(offers.history)
