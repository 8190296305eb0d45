"""People, as those who moderate see them: a record, what holds of them, and what can be decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import access_console
from rejoinder.console.page import back, last_seen, show, told
from rejoinder.console.people import records
from rejoinder.core import ids
from rejoinder.core.errors import Conflict, InvalidInput, Refused, RejoinderError
from rejoinder.core.http import LONGEST_KEPT, required, status_of, wants_json
from rejoinder.core.origin import own_forms_only
from rejoinder.core.text.normal import clean
from rejoinder.discussion import pages
from rejoinder.moderation.decisions import codes
from rejoinder.moderation.models import Decision, Sanction
from rejoinder.moderation.reasons import past
from rejoinder.moderation.sanctions.access import access_known, access_sanction, find_people
from rejoinder.moderation.sanctions.lay import lay, lift, note, tell

__all__ = ["decisions", "people", "person"]

PAGE = 20
PLACE = "console-people"
_HOUR, _DAY = 3600, 86_400
TIMES = {
    str(_HOUR): gettext_lazy("for an hour"),
    str(_DAY): gettext_lazy("for a day"),
    str(3 * _DAY): gettext_lazy("for three days"),
    str(7 * _DAY): gettext_lazy("for a week"),
    str(30 * _DAY): gettext_lazy("for thirty days"),
    str(365 * _DAY): gettext_lazy("for a year"),
}
_K = Sanction.Kind
# What can be decided about a person, in the order of how much it weighs.
CHOICES = {
    "note": gettext_lazy("Note something, for those who moderate"),
    "message": gettext_lazy("Write to the person"),
    _K.WARN.value: gettext_lazy("Warn: they read it before their next comment"),
    _K.TRUST.value: gettext_lazy("Trust: spared what is asked of newcomers"),
    _K.HOLD.value: gettext_lazy("Read their comments before they appear"),
    _K.SUSPEND.value: gettext_lazy("Suspend for a time"),
    _K.BAN.value: gettext_lazy("Ban"),
}


@require_safe
def people(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/people/?name=…: those of a name, and all of whom something holds."""
    viewer = access_console(request, site, may="read")
    name = clean(request.GET.get("name", ""))[:100]
    context = {
        "page_title": _("People"),
        "name": name,
        "found": [_line(viewer, one) for one in find_people(viewer.site, name)] if name.strip() else None,
        "sanctions": [_holds(viewer, one) for one in records.sanctions_now(viewer.site)],
    }
    return show(request, viewer, "rejoinder/console/people.html", context, place=PLACE)


@require_safe
def person(request: HttpRequest, site: str, person: str) -> HttpResponse:
    """GET /console/<site>/people/<person>/?before=…: the record, and the forms of those who decide."""
    viewer = access_console(request, site, may="read")
    return _page(request, viewer, access_known(viewer.site, person))


@require_POST
@own_forms_only
def decisions(request: HttpRequest, site: str, person: str) -> HttpResponse:
    """POST /console/<site>/people/<person>/decisions: action, reason, code, seconds, from_there; or sanction, reason"""
    viewer = access_console(request, site, may="decide")
    about = access_known(viewer.site, person)
    try:
        decision = _decide(request, viewer, about)
    except (InvalidInput, Conflict, Refused) as error:
        if wants_json(request):
            raise
        return _page(request, viewer, about, error=error)
    return told(decision) if wants_json(request) else back(_url(viewer, about))


def _decide(request: HttpRequest, viewer: Viewer, about: Commenter) -> Decision:
    action, words = request.POST.get("action", ""), request.POST.get("reason", "")
    if "sanction" in request.POST:
        number = required(request.POST, "sanction", longest=20)
        return lift(viewer=viewer, sanction=access_sanction(viewer.site, about, number), reason=words)
    if action == "note":
        return note(viewer=viewer, person=about, words=words)
    if action == "message":
        return tell(viewer=viewer, person=about, words=words)
    seconds = request.POST.get("seconds", "")
    return lay(
        viewer=viewer,
        person=about,
        kind=action,
        reason=words,
        seconds=int(seconds) if seconds in TIMES else None,
        from_there=bool(request.POST.get("from_there")),
        code=request.POST.get("code", ""),
    ).decision


def _page(
    request: HttpRequest, viewer: Viewer, about: Commenter, *, error: RejoinderError | None = None
) -> HttpResponse:
    before = last_seen(request)
    written = records.written_here(viewer.site, about, before=before, limit=PAGE + 1)
    more, written = len(written) > PAGE, written[:PAGE]
    drawn = pages.several(viewer.site, written)
    context = {
        "page_title": about.name or _("Guest"),
        "person": about,
        "record": records.record_of(viewer.site, about),
        "holding": [_holds(viewer, one) for one in records.sanctions_of(viewer.site, about)],
        "decided": [_decided(one) for one in records.decisions_about(viewer.site, about)],
        "written": [
            {"shown": one, "state": row.state, "thread": row.thread.title or row.thread.key}
            for one, row in zip(drawn, written, strict=True)
        ],
        "more_url": f"{_url(viewer, about)}?before={written[-1].public_id}#written" if more else "",
        "decide_url": reverse(
            "rejoinder:console-person-decisions", args=[viewer.site.key, ids.encode(about.pk)]
        ),
        "choices": CHOICES.items(),
        "codes": codes.offered(viewer.site),
        "times": TIMES.items(),
        "error": str(error) if error else "",
        "typed": clean(request.POST.get("reason", ""))[:LONGEST_KEPT],
        "chosen": request.POST.get("action", ""),
        "is_staff": about.roles.filter(site=viewer.site).exists(),
    }
    status = status_of(error)
    return show(request, viewer, "rejoinder/console/person.html", context, place=PLACE, status=status)


def _url(viewer: Viewer, about: Commenter) -> str:
    return reverse("rejoinder:console-person", args=[viewer.site.key, ids.encode(about.pk)])


def _line(viewer: Viewer, about: Commenter) -> dict[str, Any]:
    return {"name": about.name or _("Guest"), "url": _url(viewer, about), "guest": about.is_guest}


def _holds(viewer: Viewer, one: Sanction) -> dict[str, Any]:
    actor = one.decision.actor
    return {
        **_line(viewer, one.commenter),
        "id": ids.encode(one.pk),
        "label": one.get_kind_display(),
        "reason": one.reason,
        "created": one.created,
        "ends": one.ends,
        "by": actor.name if actor else "",
        "from_there": bool(one.block),
    }


def _decided(one: Any) -> dict[str, Any]:
    return {
        "label": past(one.action),
        "reason": one.text_seen or one.reason,
        "created": one.created,
        "lasts": timedelta(seconds=one.seconds) if one.seconds else None,
        "by": one.actor.name if one.actor else one.rule,
    }
