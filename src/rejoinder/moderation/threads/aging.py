"""Old discussions are closed, where they, their section or their site say after how many days."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.core import clock, jobs
from rejoinder.core.db import locked, writing
from rejoinder.discussion.actions import change_thread
from rejoinder.discussion.models import Thread
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Decision, Manners, SectionPace

RULE = "age"
AT_ONCE = 500


@jobs.periodic("moderation.close_old_threads", every=timedelta(minutes=15))
def close_old_threads() -> None:
    """Close what is older than it may be. What somebody opened again stays open."""
    general = dict(Manners.objects.filter(close_after__gt=0).values_list("site", "close_after"))
    of_sections: dict[int, dict[str, int]] = {}
    for one in SectionPace.objects.filter(close_after__isnull=False):
        of_sections.setdefault(one.site_id, {})[one.section] = one.close_after or 0
    for site in general.keys() | of_sections.keys():
        threads, sections = Thread.objects.filter(site=site, close_after=None), of_sections.get(site, {})
        written = _spellings(threads) if sections else {}
        for section, days in sections.items():
            of_section = written.get(section.casefold(), [])
            _close_older(threads.filter(section__in=of_section), days)
            threads = threads.exclude(section__in=of_section)
        _close_older(threads, general.get(site, 0))
    own = Thread.objects.filter(closed=None, close_after__gt=0)
    for age in own.order_by().values_list("close_after", flat=True).distinct():
        _close_older(own.filter(close_after=age), age or 0)


def _spellings(threads: QuerySet[Thread]) -> dict[str, list[str]]:
    """Sections as pages write them, by what is the same to us: what is a capital, databases do not agree about."""
    found: dict[str, list[str]] = {}
    for name in threads.exclude(section="").order_by().values_list("section", flat=True).distinct():
        found.setdefault(name.casefold(), []).append(name)
    return found


def _close_older(threads: QuerySet[Thread], days: int) -> None:
    """Close those that began so many days ago; 0: none."""
    if not days:
        return
    opened = Decision.objects.filter(thread=OuterRef("pk"), action=Decision.Action.REOPEN)
    old = threads.filter(~Exists(opened), closed=None).annotate(began=Coalesce("published", "created"))
    old = old.filter(began__lt=clock.now() - timedelta(days=days)).select_related("site")
    for thread in old.order_by("pk")[:AT_ONCE]:
        _close(thread, days)


def _close(thread: Thread, days: int) -> None:
    with writing(), translation.override(thread.site.language):
        row = locked(Thread.objects.filter(pk=thread.pk, closed=None)).first()
        if row is None:
            return
        reason = _("Discussions are closed here after %(days)d days.")
        record(
            site=thread.site,
            action=Decision.Action.CLOSE,
            reason=reason % {"days": days},
            rule=RULE,
            thread=row,
        )
        change_thread(thread=row, closed=True)
