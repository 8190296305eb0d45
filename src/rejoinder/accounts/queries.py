"""Finding sites, people and what they may do."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rejoinder.accounts.editions import once_an_edition
from rejoinder.accounts.guests import find_guest, token_of
from rejoinder.accounts.models import Commenter, Origin, Role, Site
from rejoinder.accounts.people import second_factor
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import rows
from rejoinder.core.client import block
from rejoinder.core.errors import NotFound


def access_site(key: str) -> Site:
    """The site of a key. Raises NotFound."""
    site = rows.one(Site, "key = %s", [key])
    if site is None:
        raise NotFound(_("There is no publication of this name here."))
    return site


def commenter_of(request: HttpRequest) -> Commenter | None:
    """Who acts: the account signed in where it is a commenter's, else the guest of the edit token, else None."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        account = Commenter.objects.filter(user=user).first()
        if account is not None:
            return account
    return find_guest(token_of(request))


def role_of(commenter: Commenter | None, site: Site) -> str:
    """The person's role on a site, read anew each time: a role taken away is gone at once.

    Who has no account of this server is staff by the site's own token, where the site lets that give roles.
    """
    if commenter is None or commenter.is_guest or not (commenter.user_id or site.sso_roles):
        return ""
    role = rows.one(Role, "commenter_id = %s AND site_id = %s", [commenter.pk, site.pk])
    return "" if role is None or second_factor.is_missing(commenter) else role.kind


def viewer_of(request: HttpRequest, site: Site) -> Viewer:
    commenter = commenter_of(request)
    role = role_of(commenter, site)
    if role and not second_factor.passed(request):
        role = ""
    return Viewer(site=site, commenter=commenter, role=role, block=block(request))


@once_an_edition
def protected_names(site: Site) -> list[str]:
    """Names that nobody else may look like: the staff's and the publication's own."""
    staff = Commenter.objects.filter(roles__site=site).exclude(name="").values_list("name", flat=True)
    return [site.name, *staff]


def is_registered(site: Site, url: str) -> bool:
    """Whether a page lies on an origin that the site names. Compared exactly."""
    parts = urlsplit(url)
    return Origin.objects.filter(site=site, origin=f"{parts.scheme}://{parts.netloc}").exists()


def has_address(commenter: Commenter | None) -> bool:
    """Whether somebody's account has an e-mail address. Whom a site's token names has none here."""
    user = commenter.user if commenter is not None and commenter.user_id is not None else None
    return user is not None and bool(getattr(user, user.get_email_field_name(), ""))
