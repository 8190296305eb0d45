"""A guest's first act: who acts without a bearer is a guest from then on, and gets a session."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from rejoinder.accounts.errors import sso_only
from rejoinder.accounts.models import Commenter, Session
from rejoinder.accounts.sessions import access_origin, leave_cookie, open_session
from rejoinder.api import shapes
from rejoinder.api.access import Speaker
from rejoinder.api.door import given
from rejoinder.core.cors import origin_of


def check_may_begin(request: HttpRequest, speaker: Speaker) -> None:
    """Whether who asks may act, as a guest where nobody is known yet. Raises Refused before anything is stored."""
    if speaker.viewer.commenter is not None:
        return
    if origin_of(request):  # a program that is no browser has none
        access_origin(request, speaker.viewer.site)
    if speaker.viewer.site.sso_required:
        raise sso_only()


def begin(
    request: HttpRequest,
    speaker: Speaker,
    who: Commenter | None,
    answer: shapes.Taken | shapes.Waiting | shapes.Voted | shapes.Flagged,
    *,
    status: int = 200,
) -> HttpResponse:
    """The answer to an act, with the session that it began for a guest. The cookie is for browsers alone."""
    if speaker.viewer.commenter is not None or who is None or not who.is_guest:
        return given(answer, status=status)
    site, origin = speaker.viewer.site, origin_of(request)
    opened = open_session(commenter=who, site=site, origin=origin, kind=Session.Kind.GUEST)
    answer.session = shapes.Access(access_token=opened.access_token, expires_in=opened.expires_in)
    response = given(answer, status=status)
    if origin:
        leave_cookie(request, response, site, opened.secret)
    return response
