"""The figures of a site: how much there is to moderate, how fast and how evenly it is done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from rejoinder.accounts.models import Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import access_console
from rejoinder.console.page import show
from rejoinder.console.reports.plots import bars
from rejoinder.discussion import pages
from rejoinder.moderation.models import Report
from rejoinder.moderation.notices.queries import overdue
from rejoinder.moderation.reports.board import SAMPLE, Board, board


@require_safe
def reports(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/reports/"""
    viewer = access_console(request, site, may="read")
    found = board(viewer.site)
    context = {
        "page_title": _("Figures of the last thirty days"),
        "board": found,
        "tiles": [*_tiles(found), _overdue(viewer.site)],
        "plots": _plots(found),
        "rules_lines": _rules(found),
        "stories": _stories(viewer, found),
        "sample": SAMPLE,
        "published": _published(viewer.site),
    }
    return show(request, viewer, "rejoinder/console/reports.html", context, place="console-reports")


def _tiles(found: Board) -> list[dict[str, str]]:
    """What stands at the top: a label, a figure, and what it is made of."""
    sums, speed, agreement = found.sums, found.speed, found.agreement
    waits = f"{found.backlog.cards}{'+' if found.backlog.more else ''}"
    return [
        _tile(_("Comments"), str(sums["written"]), _("%(n)d reports of readers") % {"n": sums["flags"]}),
        _tile(_("Held"), _percent(sums["held"], sums["written"]), str(sums["held"])),
        _tile(_("Removed"), _percent(sums["removed"], sums["written"]), str(sums["removed"])),
        _tile(
            _("Time until what is held is decided"),
            _lasting(speed.median) if speed.count else "–",
            _("nine of ten within %(time)s") % {"time": _lasting(speed.p90)} if speed.count else "",
        ),
        _tile(
            _("Two people agree"),
            _percent(agreement.same, agreement.count),
            _("of %(n)d comments that a second one decided about") % {"n": agreement.count},
        ),
        _tile(_("Waits now"), waits, _oldest(found)),
    ]


def _overdue(site: Site) -> dict[str, str]:
    notices, appeals, since = overdue(site)
    first = _("the first since %(day)s") % {"day": since.date().isoformat()} if since else ""
    hint = _("%(notices)d notices, %(appeals)d appeals") % {"notices": notices, "appeals": appeals}
    return _tile(_("Overdue"), str(notices + appeals), f"{hint}; {first}" if first else hint)


def _tile(label: str, figure: str, hint: str) -> dict[str, str]:
    return {"label": label, "figure": figure, "hint": hint}


def _oldest(found: Board) -> str:
    oldest = found.backlog.oldest
    return _("the oldest since %(day)s") % {"day": oldest.date().isoformat()} if oldest else ""


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _lasting(minutes: float) -> str:
    if minutes < 120:
        count = round(minutes)
        return ngettext("%(n)d minute", "%(n)d minutes", count) % {"n": count}
    hours = round(minutes / 60)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def _plots(found: Board) -> list[dict[str, Any]]:
    """Two plots with the figures they show: what was written, and what was held, removed and reported of it."""
    written = [("written", _("Comments"))]
    acted = [("held", _("Held")), ("removed", _("Removed")), ("flags", _("Reports"))]
    return [
        _plot(found, _("Comments a day"), written),
        _plot(found, _("Held, removed and reported a day"), acted),
    ]


def _plot(found: Board, title: str, columns: list[tuple[str, str]]) -> dict[str, Any]:
    values = {name: [getattr(day, name) for day in found.days] for name, _label in columns}
    top = max((max(row) for row in values.values()), default=0)
    series = [
        {"name": name, "label": label, "bars": bars(values[name], top, part=number, parts=len(columns))}
        for number, (name, label) in enumerate(columns)
    ]
    rows = [
        {"day": day.day, "values": [values[name][number] for name, _label in columns]}
        for number, day in enumerate(found.days)
    ]
    told = _("%(title)s: at most %(most)d, from %(first)s to %(last)s")
    ends = {"first": found.days[0].day.isoformat(), "last": found.days[-1].day.isoformat()}
    return {
        "title": title,
        "says": told % {"title": title, "most": top, **ends},
        "series": series,
        "rows": rows,
        "top": top,
        **ends,
    }


def _stories(viewer: Viewer, found: Board) -> list[dict[str, Any]]:
    return [
        {**story, "url": pages.thread_url(viewer.site.key, story["thread"].key)} for story in found.stories
    ]


def _rules(found: Board) -> list[dict[str, Any]]:
    return [
        {**row, "percent": None if row["error_rate"] is None else round(100 * row["error_rate"])}
        for row in found.rules
    ]


def _published(site: Site) -> list[dict[str, Any]]:
    years = Report.objects.filter(site=site).order_by("-year").values_list("year", flat=True)
    return [
        {"year": year, "url": reverse("rejoinder:transparency", args=[site.key, year])} for year in years[:20]
    ]
