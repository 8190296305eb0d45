from __future__ import annotations

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "rejoinder.moderation"
    label = "rejoinder_moderation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate

        from rejoinder.accounts.ports import register_speaking
        from rejoinder.discussion import ports
        from rejoinder.moderation import offers
        from rejoinder.moderation.assisting import reading, teaching  # noqa: F401  (listen)
        from rejoinder.moderation.decisions import guard, statements
        from rejoinder.moderation.flags import outcomes  # noqa: F401  (listens)
        from rejoinder.moderation.flags.told import link_to_reports
        from rejoinder.moderation.notices import outcomes as _notices  # noqa: F401  (listens)
        from rejoinder.moderation.pipeline import Screening
        from rejoinder.moderation.queue import listening as _cards  # noqa: F401
        from rejoinder.moderation.queue.acts import register_reversals
        from rejoinder.moderation.reports import days  # noqa: F401  (registers a task)
        from rejoinder.moderation.sanctions import check_speaking, lay  # noqa: F401  (registers a task, reversals)
        from rejoinder.moderation.screening import asking  # noqa: F401  (registers a task)
        from rejoinder.moderation.signals import Watching
        from rejoinder.moderation.threads import aging, heat, manners, paces  # noqa: F401  (listen, register tasks)
        from rejoinder.moderation.views.removed import link_to_removed
        from rejoinder.moderation.views.transparency import link_to_transparency

        pre_migrate.connect(guard.before_migrating, sender=self, dispatch_uid="rejoinder_moderation.guard")
        post_migrate.connect(guard.after_migrating, sender=self, dispatch_uid="rejoinder_moderation.guard")
        self._register_people()
        register_speaking(self.label, check_speaking)
        ports.register_guidelines(manners.guidelines_of)
        ports.register_pace(paces.pace_of)
        register_reversals()
        ports.register_screener(Screening())
        ports.register_watch(Watching())
        if offers.comment_actions not in ports.comment_actions:
            ports.comment_actions.append(offers.comment_actions)
            ports.histories.append(offers.history)
            ports.thread_links += [link_to_removed, link_to_transparency]
            ports.own_links += [statements.link_to_mine, link_to_reports]

    def _register_people(self) -> None:
        """How what is held of a person here is handed over, erased and joined."""
        from rejoinder.accounts.ports import register_person
        from rejoinder.moderation.notices import people as notifiers
        from rejoinder.moderation.people import claim_person, erase_person, export_person
        from rejoinder.moderation.sanctions import people as sanctioned

        register_person(
            self.label,
            export=export_person,
            erase=erase_person,
            claim=claim_person,
            leans_on_comments=True,
        )
        for name, held in (("sanctions", sanctioned), ("notices", notifiers)):
            register_person(
                f"{self.label}.{name}",
                export=held.export_person,
                erase=held.erase_person,
                claim=held.claim_person,
            )
