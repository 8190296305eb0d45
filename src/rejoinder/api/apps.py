from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "rejoinder.api"
    label = "rejoinder_api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rejoinder.discussion.delivery import addresses

        sites = r"/api/v1/sites/[-\w]+"
        addresses.register("api-thread", rf"{sites}/thread", addresses.exactly("key", "url"))
        names = ("key", "url", "sort", "cursor", "parent", "passage", "limit")
        addresses.register("api-comments", rf"{sites}/comments", addresses.exactly(*names))
        addresses.register("api-claims", rf"{sites}/claims", addresses.exactly("key", "url"))
        addresses.register("api-counts", rf"{sites}/counts", addresses.as_it_is)
