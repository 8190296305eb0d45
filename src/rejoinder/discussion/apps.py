from __future__ import annotations

from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "rejoinder.discussion"
    label = "rejoinder_discussion"
    default_auto_field = "django.db.models.BigAutoField"
