from __future__ import annotations

from django.apps import AppConfig


class PhotosConfig(AppConfig):
    name = "tests.projects.wagtail_newsroom.photos"
    label = "photos"
