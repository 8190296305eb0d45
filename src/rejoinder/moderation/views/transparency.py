"""A site's transparency report, for everybody, where the site has published it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rejoinder.accounts.around import around
from rejoinder.accounts.editions import once_an_edition
from rejoinder.accounts.models import Site
from rejoinder.accounts.queries import access_site
from rejoinder.core.errors import nothing_here
from rejoinder.core.http import choice
from rejoinder.discussion import pages
from rejoinder.discussion.models import Thread
from rejoinder.discussion.ports import Section
from rejoinder.moderation.models import Report
from rejoinder.moderation.reports import written

_KINDS = {"html": "", "json": "application/json", "csv": "text/csv; charset=utf-8"}


@require_safe
def transparency(request: HttpRequest, site: str, year: int) -> HttpResponse:
    """GET /threads/<site>/transparency/<year>?format=html|json|csv."""
    found = access_site(site)
    pages.speak(found)
    how = choice(request.GET, "format", _KINDS, "html")
    report = Report.objects.filter(site=found, year=year).first()
    if report is None:
        raise nothing_here()
    if how == "json":
        return JsonResponse(report.figures)
    if how == "csv":
        return HttpResponse(written.as_csv(report.figures), content_type=_KINDS["csv"])
    context = {
        **around(found, written.title(report.figures)),
        "tables": written.tables(report.figures),
        "created": report.created,
    }
    return render(request, "rejoinder/transparency.html", context)


@once_an_edition
def latest_year(site: Site) -> int | None:
    """The newest year whose report the site has published, or None."""
    return Report.objects.filter(site=site).order_by("-year").values_list("year", flat=True).first()


def link_to_transparency(site: Site, thread: Thread) -> list[Section]:
    """The discussion's port: the link beneath a thread."""
    year = latest_year(site)
    if year is None:
        return []
    title = _("Transparency report %(year)s") % {"year": year}
    return [Section(title, reverse("rejoinder:transparency", args=[site.key, year]))]
