from __future__ import annotations

from django.apps import AppConfig


class SourcingConfig(AppConfig):
    name = "rejoinder.sourcing"
    label = "rejoinder_sourcing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rejoinder.accounts.ports import register_person
        from rejoinder.discussion.anchors import register_anchors
        from rejoinder.sourcing import ports
        from rejoinder.sourcing.people import claim_person, erase_person, export_person
        from rejoinder.sourcing.talk.anchoring import PassageAnchors
        from rejoinder.sourcing.talk.notes import notes_of, talked_about

        register_anchors(PassageAnchors())
        ports.more_passages.append(talked_about)
        ports.note_extras.insert(0, notes_of)  # whichever app starts first
        register_person(self.label, export=export_person, erase=erase_person, claim=claim_person)
