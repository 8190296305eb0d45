"""Who sends notices that are plainly without a ground, again and again (Article 23 of Regulation (EU) 2022/2065):
warned first; whoever goes on is not listened to for a time. Both are decisions, and the person is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Decision, Notice

_A = Decision.Action
RULE, CODE = "notices", "misuse"
# So many within so long are warned about; so many more after the warning, and no further ones are taken for a time.
WARNED, LATELY, PAUSE = 2, timedelta(days=180), timedelta(days=30)


def _theirs(site: Site, notifier: Commenter | None, email: str) -> QuerySet[Notice]:
    """What the same person sent: known by their browser or account, or by the address that they gave."""
    same = Q(notifier=notifier, notifier__isnull=False)
    if email:
        same |= Q(email=email)
    return Notice.objects.filter(same, site=site)


def paused_until(site: Site, notifier: Commenter, email: str) -> datetime | None:
    """Until when notices of somebody are not taken, or None."""
    people = _theirs(site, notifier, email).exclude(notifier=None).order_by().values("notifier").distinct()
    moment = clock.now()
    pauses = Decision.objects.filter(
        Q(person=notifier) | Q(person__in=people),
        site=site,
        action=_A.MISUSE,
        rule=RULE,
        seconds__gt=0,
        created__gt=moment - PAUSE,
    )
    ends = [row.created + timedelta(seconds=row.seconds or 0) for row in pauses.order_by("-pk")[:5]]
    return max((end for end in ends if end > moment), default=None)


def answer(viewer: Viewer, notice: Notice) -> Decision | None:
    """After one more that was plainly without a ground: a warning, or the pause, or nothing yet."""
    if notice.notifier is None:
        return None
    since = clock.now() - LATELY
    theirs = _theirs(viewer.site, notice.notifier, notice.email).filter(outcome__code=CODE, ended__gt=since)
    about = Decision.objects.filter(site=viewer.site, person=notice.notifier, rule=RULE, created__gt=since)
    warned = about.filter(action=_A.WARN).order_by("-pk").first()
    with translation.override(viewer.site.language):
        if warned is None:
            return _warn(viewer, notice.notifier) if theirs.count() >= WARNED else None
        # What was sent before the warning could not have heeded it.
        return _pause(viewer, notice.notifier) if notice.created > warned.created else None


def _warn(viewer: Viewer, person: Commenter) -> Decision:
    return _record(
        viewer,
        person,
        _A.WARN,
        _(
            "Several of your notices were plainly without a ground. If more follow, none will be taken for thirty days."
        ),
    )


def _pause(viewer: Viewer, person: Commenter) -> Decision:
    reason = _(
        "Notices that were plainly without a ground went on after a warning; for thirty days none is taken."
    )
    return _record(viewer, person, _A.MISUSE, reason, int(PAUSE.total_seconds()))


def _record(
    viewer: Viewer, person: Commenter, action: str, reason: str, seconds: int | None = None
) -> Decision:
    return record(
        site=viewer.site,
        action=action,
        reason=reason,
        rule=RULE,
        code=CODE,
        actor=viewer.commenter,
        person=person,
        seconds=seconds,
    )


def last_said(notice: Notice) -> str:
    """What a notifier was told last about sending notices without a ground, or an empty sentence."""
    if notice.outcome is None or notice.outcome.code != CODE or notice.notifier_id is None:
        return ""
    about = Decision.objects.filter(
        site=notice.site_id, person=notice.notifier_id, rule=RULE, action__in=[_A.WARN, _A.MISUSE]
    )
    said = about.filter(created__gte=notice.outcome.created).order_by("pk").first()
    return said.reason if said is not None else ""
