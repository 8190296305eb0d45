"""Changing what Assist does on a site: settings, versions, whose decisions count, models in files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.viewer import Viewer
from rejoinder.assist.judging import check_available
from rejoinder.assist.prices import price
from rejoinder.assist.queries import access_decider, access_version, active_version, policy_of
from rejoinder.assist.taking import LARGEST
from rejoinder.console.access import access_console
from rejoinder.console.assist import people
from rejoinder.console.assist.forms import SettingsForm
from rejoinder.console.assist.views import page
from rejoinder.console.assist.words import share
from rejoinder.console.page import back, unframed
from rejoinder.core.errors import InvalidInput, NotFound
from rejoinder.core.http import BadRequest, required, status_of
from rejoinder.core.origin import own_forms_only
from rejoinder.moderation.assisting import changing

__all__ = ["changes", "file"]


@require_POST
@own_forms_only
def changes(request: HttpRequest, site: str) -> HttpResponse:
    """POST /console/<site>/assist/changes: do, with mode, miss, through, use_record, sure; version; person,
    since; file, language.
    """
    viewer = access_console(request, site, may="rule")
    what = required(request.POST, "do", longest=20)
    if what not in _DOES:
        raise BadRequest(_("There is no such choice."))
    return _DOES[what](request, viewer)


def _settings(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return page(request, viewer, status=422, form=form)
    if form.asks_first(policy_of(viewer.site)):
        return page(request, viewer, status=409, form=form, asks=_asks(viewer, form.wish))
    changing.change(viewer=viewer, **form.wish)
    return _done(viewer, "settings")


def _asks(viewer: Viewer, wish: dict[str, Any]) -> list[str]:
    """What approving would cost by the present version, before it is turned on."""
    version = active_version(viewer.site)
    found = version.evaluation if version is not None else {}
    caps = {"miss": wish["miss"], "through": wish["through"]}
    said = [
        _(
            "It may miss at most %(miss)s of what it approves and let through at most %(through)s of all rejects."
        )
        % {name: share(value) for name, value in caps.items()}
    ]
    check_available()
    one = price(found.get("later") or [], **caps)
    if one.promises:
        says = _(
            "On the latest decisions it would have approved %(saved)s of the queue and missed %(missed)s of that."
        )
        said.append(says % {"saved": share(one.saved, digits=0), "missed": share(one.missed)})
    else:
        says = _(
            "With that nothing can be promised yet: it approves nothing, and begins by itself once it can."
        )
        said.append(says)
    audit = people.identity(found.get("identity") or [])
    if audit and audit["unfair"]:
        says = _("It suspects plain sentences about: %(groups)s. Look at that first.")
        said.append(says % {"groups": pgettext("between two of a list", ", ").join(audit["unfair"])})
    return said


def _clear(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    changing.clear_alarm(viewer=viewer)
    return _done(viewer)


def _revert(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    changing.back_to(
        viewer=viewer, version=access_version(viewer.site, required(request.POST, "version", longest=20))
    )
    return _done(viewer, "versions")


def _resume(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    changing.resume(viewer=viewer)
    return _done(viewer)


def _leave_out(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    changing.leave_out(viewer=viewer, actor=_decider(request, viewer), since=_since(request))
    return _done(viewer, "people")


def _take_in(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    changing.take_in(viewer=viewer, actor=_decider(request, viewer))
    return _done(viewer, "people")


def _upload(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    check_available()
    sent = request.FILES.get("file")
    language = request.POST.get("language", "")
    try:
        if sent is None or not sent.size or sent.size > LARGEST:
            raise InvalidInput(code="model", message=_("Choose a file of at most 4 MB."), field="file")
        if language and not (language.isascii() and language.isalpha() and len(language) <= 8):
            raise InvalidInput(code="language", message=_("There is no such language."), field="language")
        changing.take_file(viewer=viewer, content=sent.read(), language=language.lower())
    except InvalidInput as error:
        told = _("This file is no model of Assist, or it is damaged. Nothing was changed.")
        return page(request, viewer, status=status_of(error), error=str(error) if error.field else told)
    return _done(viewer, "versions")


_DOES: dict[str, Callable[[HttpRequest, Viewer], HttpResponse]] = {
    "settings": _settings,
    "clear-alarm": _clear,
    "revert": _revert,
    "resume": _resume,
    "leave-out": _leave_out,
    "take-in": _take_in,
    "upload": _upload,
}


@require_safe
def file(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/assist/file?version=…: a version as a file."""
    viewer = access_console(request, site, may="rule")
    version = access_version(viewer.site, required(request.GET, "version", longest=20))
    if not version.blob:
        raise NotFound(_("This version is too old: it is not kept any more."))
    answer = HttpResponse(bytes(version.blob), content_type="application/octet-stream")
    language = f"-{version.language}" if version.language else ""
    name = f"assist-{viewer.site.key}{language}-{version.number}.model"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return unframed(answer)


def _decider(request: HttpRequest, viewer: Viewer) -> Commenter:
    return access_decider(viewer.site, required(request.POST, "person", longest=20))


def _since(request: HttpRequest) -> datetime | None:
    """The beginning of a day, or None: all of it."""
    text = request.POST.get("since", "")[:10]
    if not text:
        return None
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise InvalidInput(code="since", message=_("There is no such day."), field="since")
    return timezone.make_aware(datetime.combine(found, time.min))


def _done(viewer: Viewer, where: str = "") -> HttpResponse:
    address = reverse("rejoinder:console-assist", args=[viewer.site.key])
    return back(f"{address}#{where}" if where else address)
