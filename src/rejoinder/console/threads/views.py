"""Discussions: how each goes on, and what the site does by itself."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import access_console
from rejoinder.console.page import back, show, told
from rejoinder.console.threads.forms import PAUSES, MannersForm
from rejoinder.core import ids
from rejoinder.core.errors import Conflict, InvalidInput, RejoinderError
from rejoinder.core.http import LONGEST_KEPT, required, status_of, wants_json
from rejoinder.core.origin import own_forms_only
from rejoinder.core.text.normal import clean
from rejoinder.core.text.numbers import whole
from rejoinder.discussion import pages
from rejoinder.discussion.errors import no_thread
from rejoinder.discussion.models import Thread
from rejoinder.discussion.notices import duration
from rejoinder.discussion.queries import access_thread, thread_key
from rejoinder.moderation.actions import THREAD_ACTIONS, decide_thread
from rejoinder.moderation.models import Decision, HeatChange, Manners
from rejoinder.moderation.reasons import past
from rejoinder.moderation.sanctions.access import access_known, access_named
from rejoinder.moderation.threads.manners import change_manners, manners_of
from rejoinder.moderation.threads.modes import invite, said, set_age, set_mode, set_slow, stop_calm
from rejoinder.moderation.threads.paces import pace_of

__all__ = ["decisions", "manners", "thread", "threads"]

PLACE = "console-threads"
PAGE, SHOWN = 50, 100


@require_safe
def threads(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/threads/?q=…: the newest discussions, or those whose title or key holds the words."""
    viewer = access_console(request, site, may="read")
    query = clean(request.GET.get("q", ""))[:200].strip()
    found = Thread.objects.filter(site=viewer.site)
    if query:
        found = found.filter(Q(title__icontains=query) | Q(key__icontains=query))
    context = {
        "page_title": _("Discussions"),
        "query": query,
        "threads": [_line(viewer, one) for one in found.order_by("-pk")[:PAGE]],
        "changed": _changes(viewer),
        "calms": manners_of(viewer.site).calms,
    }
    return show(request, viewer, "rejoinder/console/threads.html", context, place=PLACE)


def _line(viewer: Viewer, one: Thread) -> dict[str, Any]:
    return {
        "title": one.title or one.key,
        "url": _url(viewer, one),
        "count": one.comment_count,
        "created": one.created,
        "said": said(one),
    }


def _url(viewer: Viewer, one: Thread) -> str:
    return f"{reverse('rejoinder:console-thread', args=[viewer.site.key])}?{urlencode({'key': one.key})}"


def _changes(viewer: Viewer, of: Thread | None = None) -> list[dict[str, Any]]:
    """When discussions became hot or cool again, newest first, and what was done, or would have been."""
    found = HeatChange.objects.filter(site=viewer.site).select_related("thread").order_by("-pk")
    found = found.filter(thread=of) if of else found
    return [
        {
            "title": one.thread.title or one.thread.key,
            "url": _url(viewer, one.thread),
            "hot": one.is_hot,
            "share": one.share,
            "did": one.did,
            "created": one.created,
        }
        for one in found[:20]
    ]


@require_safe
def thread(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/threads/thread?key=…: how one discussion goes on, and the forms of those who decide."""
    viewer = access_console(request, site, may="read")
    return _page(request, viewer, _access(viewer, required(request.GET, "key")))


def _access(viewer: Viewer, key: str) -> Thread:
    found = access_thread(viewer.site, thread_key(key=key, url=None))
    if not found.is_born:
        raise no_thread()
    return found


@require_POST
@own_forms_only
def decisions(request: HttpRequest, site: str) -> HttpResponse:
    """POST /console/<site>/threads/decisions: key, action, reason, and mode, seconds or person."""
    viewer = access_console(request, site, may="decide")
    found = _access(viewer, required(request.POST, "key"))
    try:
        decision = _decide(request, viewer, found)
    except (InvalidInput, Conflict) as error:
        if wants_json(request):
            raise
        found.refresh_from_db()
        return _page(request, viewer, found, error=error)
    return told(decision) if decision and wants_json(request) else back(_url(viewer, found))


def _decide(request: HttpRequest, viewer: Viewer, found: Thread) -> Decision | None:
    """What was decided; nothing where an invitation was so already."""
    action, reason = request.POST.get("action", ""), request.POST.get("reason", "")
    if action == "mode":
        return set_mode(viewer=viewer, thread=found, mode=request.POST.get("mode", ""), reason=reason)
    if action == "slow":
        seconds = _asked_pause(viewer, found, request.POST.get("seconds", ""))
        return set_slow(viewer=viewer, thread=found, seconds=seconds, reason=reason)
    if action == "age":
        days = _asked_days(request.POST.get("days", "").strip())
        return set_age(viewer=viewer, thread=found, days=days, reason=reason)
    if action == "stop-calm":
        return stop_calm(viewer=viewer, thread=found, reason=reason)
    if action in {"invite", "uninvite"}:
        person = _asked_person(request, viewer, action == "invite")
        return invite(viewer=viewer, thread=found, person=person, invited=action == "invite")
    return decide_thread(viewer=viewer, thread=found, action=action, reason=reason)


def _asked_days(asked: str) -> int | None:
    if not asked:
        return None
    days = whole(asked, 5)
    return -1 if days is None else days


def _asked_pause(viewer: Viewer, found: Thread, asked: str) -> int:
    """Seconds; none where section or site have a pause means that it has none all the same."""
    if asked == "site":
        return 0
    if asked == "0" and pace_of(viewer.site, found.section).slow:
        return Thread.AS_FAST
    return int(asked) if asked in dict(PAUSES) else -1


def _pauses(viewer: Viewer, found: Thread) -> dict[str, Any]:
    """What a thread's pause can be, and what it is: of its own, or by where it stands."""
    general = pace_of(viewer.site, found.section).slow
    own = "0" if found.slow <= Thread.AS_FAST else str(found.slow)
    chosen = "site" if general and not found.slow else own
    said = _("as in its section or on the site: %(pause)s") % {"pause": duration(general)}
    return {
        "general": said if general else "",
        "pauses": [(value, label, value == chosen) for value, label in PAUSES],
    }


def _asked_person(request: HttpRequest, viewer: Viewer, invited: bool) -> Commenter:
    """By name who is to be invited, by their number who was."""
    if invited:
        return access_named(viewer.site, clean(request.POST.get("name", ""))[:100])
    return access_known(viewer.site, required(request.POST, "person", longest=20))


def _page(
    request: HttpRequest, viewer: Viewer, found: Thread, *, error: RejoinderError | None = None
) -> HttpResponse:
    kinds = Decision.Action
    switches = [
        kinds.REOPEN if found.closed else kinds.CLOSE,
        kinds.STOP_HOLDING if found.hold else kinds.HOLD_NEW,
    ]
    rows = found.decisions.filter(comment=None).order_by("-id").select_related("actor")[:SHOWN]
    invited = found.answerers.select_related("commenter").order_by("pk")[:SHOWN]
    context = {
        "page_title": found.title or found.key,
        "thread": found,
        "thread_url": pages.thread_url(viewer.site.key, found.key),
        "said": said(found),
        "switches": [(kind.value, kind.label) for kind in switches if kind in THREAD_ACTIONS],
        "modes": Thread.Mode.choices,
        **_pauses(viewer, found),
        "invited": [(ids.encode(one.commenter_id), one.commenter.name) for one in invited],
        "changed": _changes(viewer, found),
        "decided": [
            {"label": past(row.action), "reason": row.reason, "created": row.created, "by": _by(row)}
            for row in rows
        ],
        "error": str(error) if error else "",
        "typed": clean(request.POST.get("reason", ""))[:LONGEST_KEPT],
    }
    status = status_of(error)
    return show(request, viewer, "rejoinder/console/thread.html", context, place=PLACE, status=status)


def _by(row: Decision) -> str:
    return row.actor.name if row.actor else row.rule


@require_http_methods(["GET", "HEAD", "POST"])
@own_forms_only
def manners(request: HttpRequest, site: str) -> HttpResponse:
    """GET and POST /console/<site>/threads/manners: guidelines, and what the site does by itself."""
    viewer = access_console(request, site, may="rule")
    if request.method != "POST":
        return _manners(request, viewer, MannersForm(initial=_initial(manners_of(viewer.site))))
    form = MannersForm(request.POST)
    if form.is_valid():
        try:
            change_manners(viewer=viewer, changes=form.changes)
        except InvalidInput as error:
            known = {"body": "guidelines"}.get(error.field, error.field)
            form.add_error(known if known in form.fields else None, str(error))
        else:
            return back(reverse("rejoinder:console-manners", args=[viewer.site.key]))
    return _manners(request, viewer, form, status=422)


def _initial(row: Manners) -> dict[str, Any]:
    return {name: getattr(row, name) for name in MannersForm.base_fields}


def _manners(request: HttpRequest, viewer: Viewer, form: MannersForm, *, status: int = 200) -> HttpResponse:
    context = {
        "page_title": _("Guidelines, and what happens by itself"),
        "form": form,
        "changed": _changes(viewer),
    }
    return show(request, viewer, "rejoinder/console/manners.html", context, place=PLACE, status=status)
