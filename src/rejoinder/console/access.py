"""The door to the console: which role may what. Asked anew with every request, so a role taken away is gone at once."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Role
from rejoinder.accounts.people import second_factor
from rejoinder.accounts.queries import access_site, viewer_of
from rejoinder.accounts.viewer import Viewer
from rejoinder.core.errors import Refused, nothing_here
from rejoinder.discussion import pages

# Reading queues and reports; deciding about comments, people and threads; rules, guidelines and switches; what opens
# doors to programs.
May = Literal["read", "decide", "rule", "own"]

_RULES = {Role.Kind.OWNER.value, Role.Kind.EDITOR.value}
_DECIDES = {*_RULES, Role.Kind.MODERATOR.value}
ROLES: dict[May, set[str]] = {
    "read": {*_DECIDES, Role.Kind.ANALYST.value},
    "decide": _DECIDES,
    "rule": _RULES,
    "own": {Role.Kind.OWNER.value},
}


def may(viewer: Viewer, what: May) -> bool:
    return viewer.role in ROLES[what]


def access_console(request: HttpRequest, site: str, *, may: May) -> Viewer:
    """The viewer, whose role lets them; the site's language is spoken from here on.

    Raises NotFound for everybody without a role here, as for a page that is not there; Refused for staff whose role
    does not go so far, or does not count yet for want of a second factor.
    """
    found = access_site(site)
    pages.speak(found)
    viewer = viewer_of(request, found)
    second_factor.check(viewer)
    if viewer.role not in ROLES["read"]:
        raise nothing_here()
    if viewer.role not in ROLES[may]:
        raise Refused(_("Your role here lets you read this, not decide it."), code="role")
    return viewer
