from __future__ import annotations

from django.apps import AppConfig


class EmbedConfig(AppConfig):
    name = "rejoinder.embed"
    label = "rejoinder_embed"

    def ready(self) -> None:
        from rejoinder.discussion.delivery import addresses

        spell = addresses.only("key", "url", "sort", "cursor", "at", "lang")
        addresses.register("embed", r"/embed/threads/[-\w]+", spell)
        addresses.register("included", r"/embed/included/[-\w]+", spell)
        addresses.register("passages", r"/embed/passages/[-\w]+", addresses.only("key", "url", "lang"))
