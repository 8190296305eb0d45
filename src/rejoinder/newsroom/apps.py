from __future__ import annotations

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "rejoinder.newsroom"
    label = "rejoinder_newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rejoinder.accounts.ports import register_authors, register_person
        from rejoinder.discussion.delivery import addresses
        from rejoinder.discussion.ports import register_sections
        from rejoinder.newsroom import jobs, listening, people  # noqa: F401
        from rejoinder.newsroom.importing import Writer
        from rejoinder.newsroom.queries import has_front, sections_of_site
        from rejoinder.newsroom.texts import is_ours
        from rejoinder.sourcing import ports as sourcing
        from rejoinder.sourcing.reports.drawing import links_of
        from rejoinder.transfer.ports import register_story_writer

        register_story_writer(Writer())
        register_sections(sections_of_site)
        register_authors("newsroom", people.authors_of_thread)
        register_person("newsroom", export=people.export_person, erase=people.erase_person)
        sourcing.own_texts.append(is_ours)
        sourcing.desks.append(has_front)
        sourcing.note_extras.append(links_of)
        addresses.register("front", "/", addresses.only())
        addresses.register("story", "/stories/[^/]+/", addresses.only())
        addresses.register("source", "/sources/[^/]+/", addresses.only("before"))
        addresses.register("corrections", "/corrections/", addresses.only("before"))
        addresses.register("list", r"/(sections|authors)/[^/]+/", addresses.only("before"))
