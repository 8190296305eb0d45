"""What a dialog of the embed shows, by access token and for nobody else: for a comment, and for oneself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from rejoinder.accounts.models import Session, Site
from rejoinder.accounts.queries import access_site
from rejoinder.accounts.sessions import is_spoken_from, session_of_bearer, viewer_of_bearer
from rejoinder.core import ids
from rejoinder.core.cors import open_to, origin_of, own_origin, preflight
from rejoinder.core.errors import RejoinderError, SignedOut
from rejoinder.core.http import answer, parameter, private
from rejoinder.discussion.models import Comment
from rejoinder.discussion.queries import access_comment, mutes_on, site_of_comment
from rejoinder.discussion.views.own import actions_context
from rejoinder.embed import fragments

__all__ = ["actions", "me"]

# What the dialog of the embed offers; staff decide on our own pages.
OFFERED = {"edit", "delete", "mute", "flag", "appeal"}

# What stands for the token in these forms: the script asks the API instead, which wants none.
UNSENT = "not-sent"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "OPTIONS"])
def actions(request: HttpRequest, comment: str) -> HttpResponse:
    """GET /embed/comments/<id>, by access token: what its bearer may do with a comment, for the dialog."""
    return _answered(request, lambda: site_of_comment(comment), lambda site: _actions(request, site, comment))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "OPTIONS"])
def me(request: HttpRequest, site: str) -> HttpResponse:
    """GET /embed/me/<site>, by access token: whom its bearer mutes, taking along what is theirs, being erased."""
    return _answered(request, lambda: access_site(site), lambda found: _me(request, found))


def _answered(
    request: HttpRequest, find: Callable[[], Site], draw: Callable[[Site], dict[str, Any]]
) -> HttpResponse:
    """The page of one reader, for pages of the site's origins alone."""
    asking, allowed = origin_of(request), None
    try:
        site = find()
        allowed = asking if is_spoken_from(request, site, asking) else None
        if request.method == "OPTIONS":
            return open_to(preflight({"GET"}), allowed)
        context = draw(site)
        html = render_to_string(context["template"], context)
        return open_to(private(HttpResponse(fragments.absolute(html, own_origin(request)))), allowed)
    except RejoinderError as error:
        return open_to(answer(request, error), allowed)


def _speak(request: HttpRequest, site: Site) -> None:
    translation.activate(fragments.language_of(site, parameter(request.GET, "lang", longest=20)))


def _actions(request: HttpRequest, site: Site, comment: str) -> dict[str, Any]:
    viewer = viewer_of_bearer(request, site)
    found = access_comment(viewer, comment)
    _speak(request, site)
    context = actions_context(viewer, found)
    context["actions"] = [
        _by_the_api(action, site, found) for action in context["actions"] if action["name"] in OFFERED
    ]
    # No token: these forms are not sent as forms.
    return {**context, "csrf_token": UNSENT, "template": "rejoinder/actions.html"}


def _by_the_api(action: dict[str, Any], site: Site, found: Comment) -> dict[str, Any]:
    """Whom one mutes is not said in the address of our own page; the API wants it there, and the method.

    It appeals by the comment, our page by the decision.
    """
    if action["name"] == "appeal":
        return {**action, "fields": {"comment": found.public_id}}
    if action["name"] != "mute":
        return action
    url = reverse("rejoinder:api-mute", args=[site.key, ids.encode(found.author_id or 0)])
    return {**action, "url": url, "fields": {"method": "DELETE" if action["muted"] else "PUT"}}


def _me(request: HttpRequest, site: Site) -> dict[str, Any]:
    viewer, session = viewer_of_bearer(request, site), session_of_bearer(request, site)
    _speak(request, site)
    if session is None:
        raise SignedOut(_("Nothing is held of you in this browser. Sign in first."))
    return {
        "template": "rejoinder/embed/me.html",
        "site": site,
        "has_page": session.kind == Session.Kind.ACCOUNT,
        "works_here": session.commenter.roles.exists(),
        "mutes": [{"id": ids.encode(person.pk), "name": person.name} for person in mutes_on(viewer)],
    }
