"""What Assist would have done in the last week, against what people decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.assist.outcomes import ROWS, Outcomes, outcomes
from rejoinder.console.assist.words import count
from rejoinder.core.text.plain import excerpt
from rejoinder.discussion import pages
from rejoinder.discussion.models import Comment
from rejoinder.moderation.assisting.opinions import RULE
from rejoinder.moderation.models import Decision

_LENGTH = 140
# Where people decided otherwise: what one learns from.
_OTHERWISE = (("approve", 1), ("hold", 0))


def week(site: Site, since: datetime) -> dict[str, Any]:
    """`rows`: for each thing it would have done, how much of it people rejected, approved, did not decide."""
    found = outcomes(site, since)
    labels = {"hold": _("hold it"), "approve": _("approve it"), "": _("leave it to people")}
    return {
        "rows": [
            {"label": labels[would], "values": [count(found.counts[would, label]) for label in (1, 0, None)]}
            for would in ROWS
        ],
        "total": found.total,
        "said": count(found.total),
        "whole": found.whole,
        "otherwise": _examples(site, found),
        "did": _did(site, since),
    }


def _examples(site: Site, found: Outcomes) -> list[dict[str, Any]]:
    wanted = {number: kind for kind in _OTHERWISE for number in found.examples.get(kind, [])}
    rows = Comment.objects.filter(thread__site=site, pk__in=wanted).select_related("thread__site")
    comments = {comment.pk: comment for comment in rows}
    says = {
        ("approve", 1): _("It would have approved, people removed:"),
        ("hold", 0): _("It would have held, people approved:"),
    }
    return [
        {
            "says": says[kind],
            "url": pages.comment_url(comments[number]),
            "text": excerpt(comments[number].body, _LENGTH),
        }
        for number, kind in wanted.items()
        if number in comments
    ]


def _did(site: Site, since: datetime) -> str:
    """What it really did by itself; empty where that is nothing."""
    acted = Decision.objects.filter(
        site=site, rule=RULE, actor=None, comment__isnull=False, created__gte=since
    ).values_list("action", flat=True)
    done = list(acted)
    if not done:
        return ""
    said = _("By itself it held %(held)s and approved %(approved)s.")
    return said % {
        "held": count(done.count(Decision.Action.HOLD)),
        "approved": count(done.count(Decision.Action.APPROVE)),
    }
