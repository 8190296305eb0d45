from __future__ import annotations

from django.urls import path

from rejoinder.console.assist import changes, keys, views

urlpatterns = [
    path("", views.assist, name="console-assist"),
    path("changes", changes.changes, name="console-assist-change"),
    path("file", changes.file, name="console-assist-file"),
    path("keys", keys.keys, name="console-assist-keys"),
    path("keys/changes", keys.changes, name="console-assist-key"),
]
