"""Writing a version that was made, in one transaction, and letting go of what is too old."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from rejoinder.accounts.models import Commenter, Site
from rejoinder.assist.fitting import Lane, Made
from rejoinder.assist.lease import holds
from rejoinder.assist.measuring import measure
from rejoinder.assist.models import Version
from rejoinder.core import clock
from rejoinder.core.db import writing

FILES = 10  # newest versions of a language that one can go back to
ROWS = 200  # versions whose figures are kept
_S = Version.State


def store(
    site: Site, lane: Lane, made: Made, *, lease: str, actor: Commenter | None = None
) -> tuple[str, int]:
    """Write what was made, active or refused. Returns ("made" | "refused" | "lost", its number).

    Lost: the lease went to another, or another version is active than at the beginning. Nothing is written then.
    """
    from rejoinder.assist.learning.files import dump

    evaluation, thresholds = measure(site, made)
    row = Version(
        site=site,
        language=lane.language,
        state=_S.ACTIVE if made.taken else _S.REFUSED,
        blob=dump(made.model) if made.taken else None,
        examples=len(made.told),
        until=max(one.order for one in made.told),
        since=made.since,
        base=made.base,
        evaluation=evaluation,
        thresholds=thresholds,
        why=made.why,
        actor=actor,
    )
    with writing():
        active = Version.objects.filter(site=site, language=lane.language, state=_S.ACTIVE)
        before = lane.active.pk if lane.active is not None else None
        if not holds(site, lease) or active.values_list("pk", flat=True).first() != before:
            return "lost", 0
        add(row)
    return ("made" if made.taken else "refused"), row.number


def add(row: Version) -> None:
    """Give a version its number and store it; an active one takes the place of the one before. In a transaction."""
    same = Version.objects.filter(site=row.site, language=row.language)
    row.made = clock.now()
    row.number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
    if row.state == _S.ACTIVE:
        same.filter(state=_S.ACTIVE).update(state=_S.SUPERSEDED, ended=row.made)
    row.save(force_insert=True)
    _let_go(row)


def _let_go(row: Version) -> None:
    """Old versions lose their files, very old ones their rows. What the active one leans on stays."""
    same = Version.objects.filter(site=row.site, language=row.language).exclude(state=_S.ACTIVE)
    needed: dict[str, Any] = {"number": row.base} if row.base is not None else {"pk": None}
    kept = list(same.exclude(blob=None).order_by("-number").values_list("pk", flat=True)[:FILES])
    same.exclude(blob=None).exclude(pk__in=kept).exclude(**needed).update(blob=None)
    old = same.order_by("-number").values_list("pk", flat=True)[ROWS : ROWS + 50]
    same.filter(pk__in=list(old)).exclude(**needed).delete()
