"""What is held of whoever sent a notice: handing it over, erasing it, joining a guest's to an account's, and letting it
go once the time is over that the site names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from rejoinder.accounts.models import Commenter
from rejoinder.core import clock, ids, jobs
from rejoinder.core.db import writing
from rejoinder.moderation.models import Notice, Terms

BATCH = 200


def export_person(commenter: Commenter) -> Iterator[dict[str, Any]]:
    """Notices that the person sent, with all that was asked for, and what became of them."""
    sent = Notice.objects.filter(notifier=commenter).select_related("site", "outcome").order_by("id")
    for notice in sent.iterator(chunk_size=BATCH):
        yield {
            "type": "notice",
            "site": notice.site.key,
            "number": ids.encode(notice.pk),
            "comment": ids.encode(notice.comment_id),
            "address": notice.address,
            "category": notice.category,
            "explanation": notice.explanation,
            "name": notice.name,
            "email": notice.email,
            "good_faith": notice.good_faith,
            "created": notice.created.isoformat(),
            "ended": notice.ended.isoformat() if notice.ended else None,
            "outcome": notice.outcome.action if notice.outcome else "",
            "reason": notice.outcome.reason if notice.outcome else "",
            "complaint": notice.complaint,
        }


def erase_person(commenter: Commenter, keeps_words: bool) -> None:
    """A notice stays without who sent it and what they wrote; that a comment may be against the law is still known."""
    with writing():
        _forget(Notice.objects.filter(notifier=commenter))


def claim_person(guest: Commenter, account: Commenter) -> None:
    """What was sent as a guest is the account's that they turn out to be."""
    Notice.objects.filter(notifier=guest).update(notifier=account)


@jobs.periodic("moderation.forget_notices", every=timedelta(days=1))
def forget_notices() -> None:
    """Names, addresses and words go when the time is over for which a site keeps them after the decision."""
    known = dict(Terms.objects.values_list("site", "notice_keep"))
    default = int(Terms._meta.get_field("notice_keep").default)
    told = Notice.objects.exclude(ended=None).exclude(notifier=None, explanation="")
    for site in told.order_by().values_list("site", flat=True).distinct():
        before = clock.now() - timedelta(days=known.get(site, default))
        with writing():
            _forget(told.filter(site=site, ended__lt=before))


def _forget(found: QuerySet[Notice]) -> None:
    found.update(
        notifier=None,
        name="",
        email="",
        explanation="",
        complaint="",
        mark=Cast("pk", CharField(max_length=64)),
    )
