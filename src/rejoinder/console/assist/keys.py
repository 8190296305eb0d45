"""Keys of programs that ask in Perspective's format: listed, made, taken back. An owner's matter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.viewer import Viewer
from rejoinder.assist.clients import LARGEST_QUOTA, access_client_of, clients_of
from rejoinder.assist.models import Client
from rejoinder.assist.models.clients import QUOTA
from rejoinder.console.access import access_console
from rejoinder.console.assist.words import count, day
from rejoinder.console.page import back, show
from rejoinder.core.errors import InvalidInput
from rejoinder.core.http import BadRequest, required, status_of
from rejoinder.core.origin import own_forms_only
from rejoinder.core.text.numbers import whole
from rejoinder.moderation.assisting import changing

__all__ = ["changes", "keys"]


@require_safe
def keys(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/assist/keys"""
    return _page(request, access_console(request, site, may="own"))


@require_POST
@own_forms_only
def changes(request: HttpRequest, site: str) -> HttpResponse:
    """POST /console/<site>/assist/keys/changes: do (add, quota, end, forget), key, name, quota."""
    viewer = access_console(request, site, may="own")
    what = required(request.POST, "do", longest=20)
    try:
        if what == "add":
            quota = _quota(request.POST.get("quota", ""))
            client, key = changing.add_key(viewer=viewer, name=request.POST.get("name", ""), quota=quota)
            # Shown by this answer alone: led on to another page it would be gone, or in an address.
            return _page(request, viewer, key=key, made=client.name)
        client = access_client_of(viewer.site, required(request.POST, "key", longest=20))
        if what == "quota":
            changing.change_quota(viewer=viewer, client=client, quota=_quota(request.POST.get("quota", "")))
        elif what in {"end", "forget"}:
            changing.end_key(viewer=viewer, client=client, forget=what == "forget")
        else:
            raise BadRequest(_("There is no such choice."))
    except InvalidInput as error:
        typed = {"name": request.POST.get("name", "")[:100], "quota": request.POST.get("quota", "")[:12]}
        return _page(request, viewer, status=status_of(error), error=str(error), typed=typed)
    return back(reverse("rejoinder:console-assist-keys", args=[viewer.site.key]))


def _page(request: HttpRequest, viewer: Viewer, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "page_title": _("Keys for other systems"),
        "lines": [_line(client) for client in clients_of(viewer.site)],
        "typed": {"name": "", "quota": str(QUOTA)},
        "most": LARGEST_QUOTA,
        "address": request.build_absolute_uri("/v1alpha1"),
        **more,
    }
    return show(
        request, viewer, "rejoinder/console/assist_keys.html", context, place="console-assist", status=status
    )


def _line(client: Client) -> dict[str, Any]:
    return {
        "id": str(client.pk),
        "name": client.name,
        "quota": str(client.quota),
        "quota_said": count(client.quota),
        "created": day(client.created),
        "used": day(client.used),
        "ended": day(client.ended) if client.ended else "",
    }


def _quota(text: str) -> int:
    quota = whole(text, 8)
    if quota is not None and 1 <= quota <= LARGEST_QUOTA:
        return quota
    message = _("A quota is between 1 and %(most)s a minute.") % {"most": count(LARGEST_QUOTA)}
    raise InvalidInput(code="quota", message=message, field="quota")
