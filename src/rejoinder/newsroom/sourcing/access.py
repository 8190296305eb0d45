"""The door to sourcing at the desk. Asked anew with every request, as everywhere."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from rejoinder.accounts.models import Role, Site
from rejoinder.accounts.people import second_factor
from rejoinder.accounts.queries import access_site, viewer_of
from rejoinder.accounts.viewer import Viewer
from rejoinder.core.errors import nothing_here
from rejoinder.newsroom.models import StoryPage
from rejoinder.newsroom.queries import front_of
from rejoinder.sourcing.access import ROLES, check_may_source
from rejoinder.sourcing.models import Claim, ErrorReport, Passage


def access_desk(request: HttpRequest, key: str) -> Viewer:
    """Who works at the desk of a site. Raises NotFound; Refused where a second factor is wanted first."""
    viewer = viewer_of(request, access_site(key))
    second_factor.check(viewer)
    check_may_source(viewer)
    return viewer


def access_story(request: HttpRequest, number: int) -> tuple[Viewer, StoryPage]:
    """A story of a site whose desk is theirs, published or not. Raises as access_desk does."""
    page = StoryPage.objects.filter(pk=number).first()
    if page is None:
        raise nothing_here()
    return access_desk(request, front_of(page).publication.key), page


def viewer_of_claim(request: HttpRequest, number: int) -> Viewer:
    """Whoever may change a claim. Raises as access_desk does."""
    return _desk_of(request, Claim.objects.filter(pk=number), "document__site__key")


def viewer_of_passage(request: HttpRequest, number: int) -> Viewer:
    """Whoever may say where a passage is. Raises as access_desk does."""
    return _desk_of(request, Passage.objects.filter(pk=number), "document__site__key")


def viewer_of_report(request: HttpRequest, number: int) -> Viewer:
    """Whoever may answer a report of an error. Raises as access_desk does."""
    return _desk_of(request, ErrorReport.objects.filter(pk=number), "passage__document__site__key")


def _desk_of(request: HttpRequest, rows: QuerySet[Any], key: str) -> Viewer:
    """Who works at the desk of a row's site. `key`: the way to the site's key."""
    found = rows.values_list(key, flat=True).first()
    if found is None:
        raise nothing_here()
    return access_desk(request, found)


def desks_of(request: HttpRequest) -> list[Site]:
    """The publications whose desks are open to whoever asks."""
    roles = Role.objects.filter(
        commenter__user=request.user.pk, kind__in=ROLES, site__front_page__isnull=False
    ).select_related("site")
    return [role.site for role in roles.order_by("site__name", "pk")]
