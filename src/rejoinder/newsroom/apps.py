from __future__ import annotations

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "rejoinder.newsroom"
    label = "rejoinder_newsroom"
    default_auto_field = "django.db.models.BigAutoField"
