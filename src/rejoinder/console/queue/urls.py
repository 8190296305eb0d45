from __future__ import annotations

from django.urls import path

from rejoinder.console.queue import deciding, finding, many, views, watches

urlpatterns = [
    path("queue/", views.queue, name="console-queue"),
    path("queue/cards", views.cards, name="console-cards"),
    path("queue/counts", views.counts, name="console-counts"),
    path("queue/decisions", deciding.decide, name="console-decide"),
    path("queue/undo", deciding.undo, name="console-undo"),
    path("queue/together", many.together, name="console-together"),
    path("queue/many", many.many, name="console-many"),
    path("search/", finding.search, name="console-search"),
    path("watches/", watches.watches, name="console-watches"),
    path("watches/changes", watches.change, name="console-watch"),
]
