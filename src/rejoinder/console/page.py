"""How a page of the console is answered: for one reader alone, in no frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import may
from rejoinder.console.places import places_for
from rejoinder.core import ids
from rejoinder.core.http import parameter, private
from rejoinder.core.middleware import CONTENT_SECURITY_POLICY
from rejoinder.moderation.decisions.undoing import can_reverse
from rejoinder.moderation.models import Decision
from rejoinder.moderation.reasons import past


def show(
    request: HttpRequest,
    viewer: Viewer,
    template: str,
    context: dict[str, Any],
    *,
    place: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page that extends rejoinder/console/base.html. `place`: the route of the place (see places) it belongs to."""
    site = viewer.site
    around = {
        "site": site,
        "site_name": site.name,
        "language": site.language,
        "viewer": viewer,
        "places": places_for(viewer, place),
        "decides": may(viewer, "decide"),
        "rules": may(viewer, "rule"),
    }
    return unframed(render(request, template, {**around, **context}, status=status))


def back(address: str) -> HttpResponse:
    """After a form was taken: lead there by GET."""
    return unframed(HttpResponseRedirect(address, status=303))


def last_seen(request: HttpRequest) -> int:
    """The row after which a page of a list begins (`before`); 0, which no row has, for the first page."""
    return ids.decode(parameter(request.GET, "before", longest=20) or "")


def further(address: str, found: Sequence[Model], most: int) -> str:
    """The address of the next page of a list: one row more than a page shows was asked for. Empty on the last."""
    return f"{address}&before={ids.encode(found[most - 1].pk)}" if len(found) > most else ""


def told(decision: Decision) -> HttpResponse:
    """For the scripts: what was decided, and the decision where there is a way back from it."""
    number = ids.encode(decision.pk) if can_reverse(decision) else ""
    return unframed(JsonResponse({"message": past(decision.action), "decision": number}, status=201))


def unframed(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, and in no frame: a host project may have other policies for its own pages."""
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response["X-Frame-Options"] = "DENY"
    return private(response)
