"""Where one can go in the console, in the order of its head. A piece of the console adds its line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import May, may


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the console: the name of its route (which takes the site), and who is led there."""

    route: str
    label: str | Promise
    may: May = "read"


PLACES: tuple[Place, ...] = (
    Place("console-queue", _("Queue")),
    Place("console-search", _("Search")),
    Place("console-people", _("People")),
    Place("console-threads", _("Discussions")),
    Place("console-rules", _("Rules")),
    Place("console-assist", _("Assist")),
    Place("console-appeals", _("Appeals")),
    Place("console-notices", _("Notices")),
    Place("console-reports", _("Figures")),
    Place("console-log", _("Log")),
    Place("console-terms", _("Terms"), may="rule"),
)


def places_for(viewer: Viewer, route: str) -> list[dict[str, Any]]:
    """What the head of a page leads to; `route` names the place where one is."""
    return [
        {
            "label": place.label,
            "url": reverse(f"rejoinder:{place.route}", args=[viewer.site.key]),
            "current": place.route == route,
        }
        for place in PLACES
        if may(viewer, place.may)
    ]
