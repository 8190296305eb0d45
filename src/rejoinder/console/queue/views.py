"""The queue: what waits for a decision. Reading it; deciding is in `deciding`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import access_console, may
from rejoinder.console.page import show, unframed
from rejoinder.console.queue import asked
from rejoinder.console.queue.drawing import draw, draw_comments, grounds, queue_labels
from rejoinder.console.queue.notices import said_before
from rejoinder.core import ids, rows
from rejoinder.core.http import required
from rejoinder.discussion.queries import access_comment
from rejoinder.moderation.models import Watch
from rejoinder.moderation.queue import queries
from rejoinder.moderation.queue.queries import COUNTED, Wanted

PLACE = "console-queue"


@require_safe
def queue(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/queue/?queue=…&section=…&language=…&rule=…&person=…&watch=…&after=…"""
    viewer = access_console(request, site, may="read")
    wanted = asked.wanted_of(request.GET)
    counts = queries.counts(viewer.site)
    context = {
        "page_title": queue_labels()[wanted.queue],
        **cards_context(request, viewer, wanted),
        "queues": [
            {
                "name": name,
                "label": label,
                "count": min(counts[name], COUNTED),
                "over": counts[name] > COUNTED,
                "current": name == wanted.queue,
                "url": asked.address(viewer.site, asked.elsewhere(wanted, name)),
            }
            for name, label in queue_labels().items()
        ],
        "filters": _filters(viewer, wanted),
        "wanted": asked.asks(wanted),
        "narrowed": wanted.is_narrowed,
        "all_url": asked.address(viewer.site, Wanted(wanted.queue)),
        "newest": queries.newest(viewer.site),
        "notice": said_before(request, viewer),
    }
    return show(request, viewer, "rejoinder/console/queue.html", context, place=PLACE)


def cards_context(request: HttpRequest, viewer: Viewer, wanted: Wanted) -> dict[str, Any]:
    """What rejoinder/console/cards.html needs."""
    found = queries.batch(viewer.site, wanted, asked.after_asked(request.GET))
    after = str(found.after) if found.after else ""
    return {
        **around(viewer, wanted),
        "cards": draw(viewer, found.cards),
        "after": after,
        "stopped": found.stopped,
        "next_url": asked.address(viewer.site, wanted, after=after) if after else "",
    }


def around(viewer: Viewer, wanted: Wanted) -> dict[str, Any]:
    """What each card is drawn with."""
    return {
        "site": viewer.site,
        "grounds": grounds(viewer.site),
        "decides": may(viewer, "decide"),
        "back": asked.address(viewer.site, wanted),
    }


@require_safe
def cards(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/queue/cards?…: the next cards alone, or one (comment=…), for the scripts."""
    viewer = access_console(request, site, may="read")
    wanted = asked.wanted_of(request.GET)
    if "comment" in request.GET:
        comment = access_comment(viewer, required(request.GET, "comment", longest=20))
        context = {**around(viewer, wanted), "cards": draw_comments(viewer, [comment])}
    else:
        context = cards_context(request, viewer, wanted)
    return unframed(render(request, "rejoinder/console/cards.html", context))


@require_safe
def counts(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/queue/counts: how many wait, and when the last one came."""
    viewer = access_console(request, site, may="read")
    found = queries.counts(viewer.site)
    body = {"newest": str(queries.newest(viewer.site)), "counts": found, "most": COUNTED}
    return unframed(JsonResponse(body))


def _filters(viewer: Viewer, wanted: Wanted) -> list[dict[str, Any]]:
    """The lists to narrow the queue by, those with nothing to choose from left out."""
    watches = [(ids.encode(number), name) for number, name in _watches(viewer)]
    values = {name: [(one, one) for one in found] for name, found in queries.choices(viewer.site).items()}
    lists = [
        ("section", _("Section"), values["section"]),
        ("watch", _("Watch list"), watches),
        ("language", _("Language"), values["language"]),
        ("rule", _("Rule"), values["rule"]),
    ]
    chosen = asked.asks(wanted)
    return [
        {"name": name, "label": label, "choices": choices, "chosen": chosen.get(name, "")}
        for name, label, choices in lists
        if len(choices) > (1 if name == "language" else 0) or chosen.get(name)
    ]


def _watches(viewer: Viewer) -> list[tuple[int, str]]:
    found = rows.every(Watch, "site_id = %s ORDER BY name LIMIT 100", [viewer.site.pk])
    return [(watch.pk, watch.name) for watch in found]
