"""A site's page, for its owners and editors. Private, never kept."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.around import around
from rejoinder.accounts.models import Role, Site
from rejoinder.accounts.people import second_factor
from rejoinder.accounts.people.recent import check_recent
from rejoinder.accounts.queries import access_site, commenter_of, viewer_of
from rejoinder.accounts.sites.forms import PoliciesForm, SignOnForm, initial
from rejoinder.accounts.sites.origins import add_origin, remove_origin
from rejoinder.accounts.sites.policies import Changes, change_site, make_secret
from rejoinder.accounts.viewer import Viewer
from rejoinder.core.cors import own_origin
from rejoinder.core.errors import InvalidInput, nothing_here
from rejoinder.core.http import private
from rejoinder.core.origin import own_forms_only

__all__ = ["origins", "policies", "secret", "sign_on", "site", "sites"]

_RUNS_IT = (Role.Kind.OWNER, Role.Kind.EDITOR)


def _access(request: HttpRequest, key: str, *roles: str) -> Viewer:
    """The viewer, who has one of these roles here; the page speaks the site's language. Raises NotFound, Refused."""
    if not request.user.is_authenticated:
        raise nothing_here()
    found = access_site(key)
    viewer = viewer_of(request, found)
    translation.activate(found.language)
    second_factor.check(viewer)
    if viewer.role not in roles:
        raise nothing_here()
    return viewer


def _sign_in(request: HttpRequest) -> HttpResponse:
    asked = urlencode({"next": request.get_full_path()})
    return private(HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{asked}"))


@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """GET /accounts/site/: the sites that I run."""
    if not request.user.is_authenticated:
        return _sign_in(request)
    commenter = commenter_of(request)
    mine = Site.objects.filter(roles__commenter=commenter, roles__kind__in=_RUNS_IT).order_by("key")
    if commenter is None or not mine:
        raise nothing_here()
    context = {"page_title": _("Your sites"), "sites": mine}
    return private(render(request, "rejoinder/sites/list.html", context))


@require_safe
def site(request: HttpRequest, site: str) -> HttpResponse:
    """GET /accounts/site/<site>/: its name, policies, origins, sign-on, and the lines that bring it into a page."""
    if not request.user.is_authenticated:
        return _sign_in(request)
    return _page(request, _access(request, site, *_RUNS_IT))


def _page(request: HttpRequest, viewer: Viewer, *, status: int = 200, **more: Any) -> HttpResponse:
    shown = viewer.site
    context = {
        **around(shown, shown.name),
        "owns": viewer.role == Role.Kind.OWNER,
        "policies": PoliciesForm(initial=initial(shown, PoliciesForm)),
        "sign_on": SignOnForm(initial=initial(shown, SignOnForm)),
        "origins": shown.origins.order_by("id").values_list("origin", flat=True),
        "lines": _lines(request, shown) if apps.is_installed("rejoinder.embed") else "",
        **more,
    }
    return private(render(request, "rejoinder/sites/site.html", context, status=status))


def _lines(request: HttpRequest, shown: Site) -> str:
    """What brings the discussion of a page into it."""
    server = settings.REJOINDER_URL or own_origin(request)
    script = f'<script src="{server.rstrip("/")}/embed.js" defer></script>'
    return f'{script}\n<rejoinder-thread site="{shown.key}"></rejoinder-thread>'


def _back(viewer: Viewer, part: str) -> HttpResponse:
    address = reverse("rejoinder:site", args=[viewer.site.key])
    return private(HttpResponseRedirect(f"{address}#{part}", status=303))


@require_POST
@own_forms_only
def policies(request: HttpRequest, site: str) -> HttpResponse:
    """POST /accounts/site/<site>/policies: name, language, guests, guest_email, hold_all, edit_window, profiles."""
    return _change(request, _access(request, site, *_RUNS_IT), PoliciesForm, "policies")


@require_POST
@own_forms_only
def sign_on(request: HttpRequest, site: str) -> HttpResponse:
    """POST /accounts/site/<site>/sign-on: by what the site's own accounts are known."""
    viewer = _access(request, site, Role.Kind.OWNER)
    check_recent(request)
    return _change(request, viewer, SignOnForm, "sign-on")


def _change(
    request: HttpRequest, viewer: Viewer, kind: type[PoliciesForm] | type[SignOnForm], part: str
) -> HttpResponse:
    form = kind(request.POST)
    if form.is_valid():
        try:
            change_site(site=viewer.site, changes=form.changes, by=viewer.commenter)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return _back(viewer, part)
    return _page(request, viewer, status=422, **{part.replace("-", "_"): form})


@require_POST
@own_forms_only
def origins(request: HttpRequest, site: str) -> HttpResponse:
    """POST /accounts/site/<site>/origins: add=, or remove=."""
    viewer = _access(request, site, Role.Kind.OWNER)
    check_recent(request)
    typed = request.POST.get("add", "")
    try:
        if "remove" in request.POST:
            remove_origin(site=viewer.site, origin=request.POST["remove"], by=viewer.commenter)
        else:
            add_origin(site=viewer.site, origin=typed, by=viewer.commenter)
    except InvalidInput as error:
        return _page(request, viewer, status=422, origin_error=str(error), origin_typed=typed[:300])
    return _back(viewer, "origins")


@require_POST
@own_forms_only
def secret(request: HttpRequest, site: str) -> HttpResponse:
    """POST /accounts/site/<site>/secret: a new secret to sign tokens with, shown this once; or none (none=1)."""
    viewer = _access(request, site, Role.Kind.OWNER)
    check_recent(request)
    made = "" if request.POST.get("none") else make_secret()
    try:
        change_site(site=viewer.site, changes=Changes(sso_secret=made), by=viewer.commenter)
    except InvalidInput as error:
        return _page(request, viewer, status=422, secret_error=str(error))
    return _page(request, viewer, made=made) if made else _back(viewer, "secret")
