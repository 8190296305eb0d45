from __future__ import annotations

from django.urls import path

from rejoinder.embed import private, views

urlpatterns = [
    path("embed.js", views.loader, name="embed"),
    path("embed/files/<slug:version>/<str:name>", views.file, name="embed-file"),
    path("embed/threads/<slug:site>", views.thread, name="embed-thread"),
    path("embed/included/<slug:site>", views.included, name="embed-included"),
    path("embed/passages/<slug:site>", views.passages, name="embed-passages"),
    path("embed/origins/<slug:site>", views.origin, name="embed-origin"),
    path("embed/comments/<slug:comment>", private.actions, name="embed-actions"),
    path("embed/me/<slug:site>", private.me, name="embed-me"),
    path("embed/frame/<slug:site>", views.frame, name="embed-frame"),
]
