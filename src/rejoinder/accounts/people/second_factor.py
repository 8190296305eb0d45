"""Staff prove twice who they are: a role counts only where a passkey or an app's code stands behind it.

Where REJOINDER_STAFF_SECOND_FACTOR is off, and in a host project that signs people in by other means, roles count
as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.viewer import Viewer
from rejoinder.core.db import writing
from rejoinder.core.errors import Refused

# In a session: the person has just set a second factor up in it.
SET_UP_HERE = "rejoinder_second_factor"


def required() -> bool:
    """Whether staff need a second factor on this server."""
    return bool(getattr(settings, "REJOINDER_STAFF_SECOND_FACTOR", False)) and apps.is_installed(
        "allauth.mfa"
    )


def is_missing(commenter: Commenter) -> bool:
    """Whether this person's roles do not count yet. One query, and only for those who have a role."""
    return commenter.user_id is not None and required() and not _set_up(commenter.user_id)


def _set_up(user: int) -> bool:
    from allauth.mfa.models import Authenticator

    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user_id=user, type__in=kinds).exists())


def take_away(*, email: str) -> None:
    """Remove what somebody has lost; whoever runs the server has seen who asks."""
    from allauth.mfa.models import Authenticator

    with writing():
        Authenticator.objects.filter(user__email__iexact=email.strip()).delete()


def passed(request: HttpRequest) -> bool:
    """Whether the second factor was used, or set up, in this very session: an older one proves nothing."""
    if not required():
        return True
    from allauth.account.internal.flows.login import get_authentication_records

    if request.session.get(SET_UP_HERE) == str(request.user.pk):
        return True
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def works_here(commenter: Commenter | None) -> bool:
    """Whether somebody has a role anywhere, whether it counts yet or not."""
    return commenter is not None and commenter.user_id is not None and commenter.roles.exists()


def is_withheld(viewer: Viewer) -> bool:
    """Whether the viewer has a role on this site that does not count for want of a second factor."""
    if viewer.role or viewer.commenter is None or not viewer.commenter.user_id or not required():
        return False
    return bool(viewer.commenter.roles.filter(site=viewer.site).exists())


def check(viewer: Viewer) -> None:
    """Raises Refused where a role of the viewer's does not count for want of a second factor."""
    if is_withheld(viewer):
        raise Refused(sentence(), code="second-factor")


def where() -> str:
    """The page where it is set up."""
    return reverse("mfa_index")


def sentence() -> str:
    """What staff read where they cannot go on without it."""
    return _(
        "Staff need a passkey or the code of an app here, besides what they sign in with. Set it up at %(path)s."
    ) % {"path": where()}


class SecondFactorFirst:
    """Middleware: leads staff to their second factor before they come to a place of work (REJOINDER_STAFF_PATHS)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.paths = tuple(getattr(settings, "REJOINDER_STAFF_PATHS", ()))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(self.paths) and required() and request.user.is_authenticated:
            if not _set_up(request.user.pk):
                return HttpResponseRedirect(where())
            if not passed(request):
                asked = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
                return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{asked}")
        return self.get_response(request)
