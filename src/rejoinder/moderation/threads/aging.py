"""Old discussions are closed, where a site says after how many days."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.core import clock, jobs
from rejoinder.core.db import locked, writing
from rejoinder.discussion.actions import change_thread
from rejoinder.discussion.models import Thread
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Decision, Manners

RULE = "age"
AT_ONCE = 500


@jobs.periodic("moderation.close_old_threads", every=timedelta(minutes=15))
def close_old_threads() -> None:
    """Close what is older than its site lets it be. What somebody opened again stays open."""
    for manners in Manners.objects.filter(close_after__gt=0).select_related("site"):
        before = clock.now() - timedelta(days=manners.close_after)
        opened = Decision.objects.filter(thread=OuterRef("pk"), action=Decision.Action.REOPEN)
        old = Thread.objects.filter(~Exists(opened), site=manners.site, closed=None)
        old = old.annotate(began=Coalesce("published", "created")).filter(began__lt=before)
        for thread in old.order_by("pk")[:AT_ONCE]:
            _close(thread, manners)


def _close(thread: Thread, manners: Manners) -> None:
    with writing(), translation.override(manners.site.language):
        row = locked(Thread.objects.filter(pk=thread.pk, closed=None)).first()
        if row is None:
            return
        reason = _("Discussions of this site are closed after %(days)d days.")
        record(
            site=manners.site,
            action=Decision.Action.CLOSE,
            reason=reason % {"days": manners.close_after},
            rule=RULE,
            thread=row,
        )
        change_thread(thread=row, closed=True)
