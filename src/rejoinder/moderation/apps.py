from __future__ import annotations

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "rejoinder.moderation"
    label = "rejoinder_moderation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate

        from rejoinder.accounts.ports import register_person, register_speaking
        from rejoinder.discussion import ports
        from rejoinder.moderation import offers
        from rejoinder.moderation.assisting import reading, teaching  # noqa: F401  (listen)
        from rejoinder.moderation.decisions import guard, statements
        from rejoinder.moderation.flags import outcomes  # noqa: F401  (listens)
        from rejoinder.moderation.people import claim_person, erase_person, export_person
        from rejoinder.moderation.pipeline import Screening
        from rejoinder.moderation.queue import listening as _cards  # noqa: F401
        from rejoinder.moderation.queue.acts import register_reversals
        from rejoinder.moderation.reports import days  # noqa: F401  (registers a task)
        from rejoinder.moderation.sanctions import check_speaking, lay  # noqa: F401  (registers a task, reversals)
        from rejoinder.moderation.sanctions import people as sanctioned
        from rejoinder.moderation.screening import asking  # noqa: F401  (registers a task)
        from rejoinder.moderation.signals import Watching
        from rejoinder.moderation.threads import aging, heat, manners  # noqa: F401  (listen, register tasks)
        from rejoinder.moderation.views.removed import link_to_removed

        pre_migrate.connect(guard.before_migrating, sender=self, dispatch_uid="rejoinder_moderation.guard")
        post_migrate.connect(guard.after_migrating, sender=self, dispatch_uid="rejoinder_moderation.guard")
        register_person(
            self.label,
            export=export_person,
            erase=erase_person,
            claim=claim_person,
            leans_on_comments=True,
        )
        register_person(
            f"{self.label}.sanctions",
            export=sanctioned.export_person,
            erase=sanctioned.erase_person,
            claim=sanctioned.claim_person,
        )
        register_speaking(self.label, check_speaking)
        ports.register_guidelines(manners.guidelines_of)
        register_reversals()
        ports.register_screener(Screening())
        ports.register_watch(Watching())
        if offers.comment_actions not in ports.comment_actions:
            ports.comment_actions.append(offers.comment_actions)
            ports.histories.append(offers.history)
            ports.thread_links.append(link_to_removed)
            ports.own_links.append(statements.link_to_mine)
