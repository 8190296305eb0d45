"""What belongs to a person: taking it along, being erased, whom they mute. For those whose only door this is."""

from __future__ import annotations

import json
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router

from rejoinder.accounts.models import Commenter, Session
from rejoinder.accounts.people.erasure import ask_to_be_erased
from rejoinder.accounts.people.exports import lines_of
from rejoinder.accounts.people.mutes import mute as do_mute
from rejoinder.accounts.people.mutes import unmute as take_back
from rejoinder.accounts.sessions import is_fresh, session_of_bearer
from rejoinder.accounts.viewer import Viewer
from rejoinder.api import shapes
from rejoinder.api.access import speaker_on
from rejoinder.api.door import given, passes, tell
from rejoinder.api.queries import access_writer
from rejoinder.api.schema import Erasing
from rejoinder.core import ids
from rejoinder.core.cors import own_origin
from rejoinder.core.errors import Refused
from rejoinder.core.limits import Limit, spend, standing
from rejoinder.discussion.queries import mutes_on

router = Router(tags=["What is mine"])

# Each reads all that somebody ever wrote.
EXPORTS = Limit("exports", most=10, window=timedelta(hours=1))


def _access_person(request: HttpRequest, site: str) -> tuple[Viewer, Commenter, Session]:
    """The person who asks, and their session. Raises Refused for programs, and for whoever is nobody yet."""
    speaker = speaker_on(request, site, "read")
    viewer = speaker.viewer
    if speaker.program is not None:
        raise Refused(_("Only people have that; programs do not."), code="program")
    session = session_of_bearer(request, viewer.site)
    if session is None or viewer.commenter is None:
        raise Refused(_("Nothing is held of you in this browser. Sign in first."), code="nobody")
    return viewer, viewer.commenter, session


def _check_no_page(request: HttpRequest, session: Session) -> None:
    """An account's addresses, and what it did on other sites, are for its own page and for no page of a site."""
    if session.kind == Session.Kind.ACCOUNT:
        where = own_origin(request) + reverse("rejoinder:me")
        raise Refused(
            _("You have an account here. Go to its own page for that: %(url)s") % {"url": where},
            code="own-page",
        )


@router.get("/sites/{slug:site}/me/export", response={200: None}, url_name="api-export")
@passes(limit=EXPORTS, lines=True)
def export(request: HttpRequest, site: str) -> HttpResponse:
    """Everything that is held of a guest, or of a person whom the site's token names: a JSON object a line.

    Accounts have it on their own page.
    """
    _viewer, who, session = _access_person(request, site)
    _check_no_page(request, session)
    spend(EXPORTS, str(who.pk))
    lines = (json.dumps(line, ensure_ascii=False) + "\n" for line in lines_of(who))
    response = StreamingHttpResponse(lines, content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="everything-of-mine.jsonl"'
    response["Cache-Control"] = "no-store, private"
    return tell(response, standing(EXPORTS, str(who.pk)))  # type: ignore[arg-type]


@router.post("/sites/{slug:site}/me/erase", response={202: shapes.Told}, url_name="api-erase")
@passes()
def erase(request: HttpRequest, site: str, typed: Erasing) -> HttpResponse:
    """Erase me: done within 24 hours, and at once nobody can act as this person any more.

    Whom a site's token names shows with a new one, within a quarter of an hour before, that it is they. Accounts are
    erased on their own page.
    """
    _viewer, who, session = _access_person(request, site)
    _check_no_page(request, session)
    if not is_fresh(session):
        message = _("Show first that it is you: sign in on this website once more, then erase yourself.")
        raise Refused(message, code="sign-in-again")
    keeps = typed.comments == "keep"
    ask_to_be_erased(commenter=who, keeps_words=keeps)
    message = (
        _("You are signed out everywhere. Your comments lose your name within 24 hours, mostly at once.")
        if keeps
        else _("You are signed out everywhere. Your comments disappear within 24 hours, mostly at once.")
    )
    return given(shapes.Told(message=message), status=202)


@router.get("/sites/{slug:site}/mutes", response=shapes.MutesGiven, url_name="api-mutes")
@passes()
def mutes(request: HttpRequest, site: str) -> HttpResponse:
    """Whom I mute, of those who wrote on this site, by name. At most a thousand."""
    viewer, _who, _session = _access_person(request, site)
    found = [shapes.Muted(person=ids.encode(one.pk), name=one.name) for one in mutes_on(viewer)]
    return given(shapes.MutesGiven(mutes=found))


@router.put("/sites/{slug:site}/mutes/{slug:person}", response=shapes.Told, url_name="api-mute")
@passes()
def mute(request: HttpRequest, site: str, person: str) -> HttpResponse:
    """Fold up for me what somebody writes. They are not told. The same again changes nothing."""
    viewer, who, _session = _access_person(request, site)
    do_mute(commenter=who, muted=access_writer(viewer, person))
    return given(shapes.Told(message=_("Muted: what they write is folded up for you.")))


@router.delete("/sites/{slug:site}/mutes/{slug:person}", response=shapes.Told, url_name="api-mute")
@passes()
def unmute(request: HttpRequest, site: str, person: str) -> HttpResponse:
    """Show me again what somebody writes. What is not there changes nothing."""
    _viewer, who, _session = _access_person(request, site)
    take_back(commenter=who, number=ids.decode(person))
    return given(shapes.Told(message=_("Shown again.")))
