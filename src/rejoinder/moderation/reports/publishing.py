"""Publishing a transparency report: its figures stand from then on, whatever happens later."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.models import Site
from rejoinder.core import clock
from rejoinder.core.db import writing
from rejoinder.core.errors import Conflict
from rejoinder.moderation.models import Report
from rejoinder.moderation.reports.figures import figures, span


def publish(*, site: Site, year: int) -> Report:
    """Count and store the report of a year that is over; one that was published is replaced. Raises Conflict."""
    if clock.now() < span(year)[1]:
        raise Conflict(_("The year is not over; its report can be published after that."), code="year")
    found: dict[str, Any] = figures(site, year)
    with writing():
        report, _made = Report.objects.update_or_create(
            site=site, year=year, defaults={"figures": found, "created": clock.now()}
        )
        raise_edition(site=site.pk)  # a link beneath each thread
    return report


def withdraw(*, site: Site, year: int) -> bool:
    """Take a published report back. False where there was none."""
    with writing():
        count, _kinds = Report.objects.filter(site=site, year=year).delete()
        raise_edition(site=site.pk)
    return count > 0
