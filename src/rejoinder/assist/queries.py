"""Reading what Assist keeps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter, Site
from rejoinder.assist import available
from rejoinder.assist.models import Example, Policy, Score, Version
from rejoinder.core import ids, rows
from rejoinder.core.errors import NotFound
from rejoinder.core.text.numbers import whole
from rejoinder.discussion.models import Comment


def policy_of(site: Site) -> Policy:
    """The site's policy; where nobody has set one, the defaults, as a row that is not stored."""
    return rows.one(Policy, "site_id = %s", [site.pk]) or Policy(site=site)


def is_on(site: Site) -> bool:
    """Whether anything is learned and said here: the extra is there and the site has not switched it off."""
    return available() and policy_of(site).mode != Policy.Mode.OFF


def score_of(comments: Iterable[Comment | int]) -> dict[int, Score]:
    """What was said of each comment, by its number. One query; those without a score are missing."""
    numbers = [comment if isinstance(comment, int) else comment.pk for comment in comments]
    return rows.numbered(Score, numbers)


def active_version(site: Site, language: str = "") -> Version | None:
    """The version that judges texts of a language ("": all that have none of their own)."""
    return Version.objects.filter(site=site, language=language, state=Version.State.ACTIVE).first()


def access_version(site: Site, number: str) -> Version:
    """A version of the site's by its row number, as a form says it. Raises NotFound."""
    found = Version.objects.filter(site=site, pk=whole(number) or 0).first()
    if found is None:
        raise NotFound(_("There is no such version."))
    return found


def access_decider(site: Site, public_id: str) -> Commenter:
    """Somebody who decided here, whether or not they still have a role. Raises NotFound."""
    found = Commenter.objects.filter(pk=ids.decode(public_id)).first()
    if found is None or not Example.objects.filter(site=site, actor=found).exists():
        raise NotFound(_("Nobody of that name decided here."))
    return found


def record_of(site: Site, author: Commenter | int | None = None, key: str = "") -> tuple[int, int]:
    """Of an author's texts here, how many were (rejected, decided). An author of ours, or what a client calls them."""
    mine = Q(author=author) if author is not None else Q(author_key=key)
    if author is None and not key:
        return 0, 0
    found = Example.objects.filter(mine, site=site, left_out=False).aggregate(
        decided=Count("pk"), rejected=Count("pk", filter=Q(label=1))
    )
    return found["rejected"], found["decided"]


def records_of(site: Site, authors: Iterable[int]) -> dict[int | None, tuple[int, int]]:
    """The same of several of our authors, by their number. One query."""
    mine = Example.objects.filter(author__in=(numbers := set(authors)), site=site, left_out=False)
    found = mine.values("author").annotate(rejected=Count("pk", filter=Q(label=1)), decided=Count("pk"))
    known = {row["author"]: (row["rejected"], row["decided"]) for row in found}
    return {number: known.get(number, (0, 0)) for number in numbers}


def by_actor(site: Site, since: datetime | None = None) -> list[dict[str, Any]]:
    """How many each person approved and rejected, and how often otherwise than Assist would: who decides unlike others.

    `against`: of those that had a probability, those decided against it (at one half).
    """
    rows = Example.objects.filter(site=site, source=Example.Source.DECISION)
    if since is not None:
        rows = rows.filter(at__gte=since)
    against = Q(probability__gte=0.5, label=0) | Q(probability__lt=0.5, label=1)
    return [
        dict(row)
        for row in rows.values("actor", "actor__name")
        .annotate(
            approved=Count("pk", filter=Q(label=0)),
            rejected=Count("pk", filter=Q(label=1)),
            compared=Count("pk", filter=Q(probability__isnull=False)),
            against=Count("pk", filter=against),
            left_out=Count("pk", filter=Q(left_out=True)),
        )
        .order_by("-approved", "actor")
    ]
