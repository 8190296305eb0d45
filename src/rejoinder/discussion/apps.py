from __future__ import annotations

from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "rejoinder.discussion"
    label = "rejoinder_discussion"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rejoinder.accounts import ports
        from rejoinder.discussion import actions, jobs  # noqa: F401  (registers periodic tasks)
        from rejoinder.discussion.delivery import addresses
        from rejoinder.discussion.people import claim_person, erase_person, export_person

        ports.register_person(self.label, export=export_person, erase=erase_person, claim=claim_person)

        for kind, page in (("thread", ""), ("window", "window")):
            spell = addresses.only("key", "url", "sort", "cursor", "at", "passage")
            addresses.register(kind, rf"/threads/[-\w]+/{page}", spell)
