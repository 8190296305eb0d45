"""What was removed beneath a story, and why: for all readers, where the site shows it. No names, nobody's words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from rejoinder.accounts.editions import once_an_edition
from rejoinder.accounts.models import Site
from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation.decisions import codes
from rejoinder.moderation.models import Decision, Terms

LONGEST = 500  # rows; a story with more removals than this shows the newest, and counts all


@dataclass(frozen=True, slots=True)
class Removal:
    """One removal as readers see it. `sentence` is the site's for this ground, never what staff wrote."""

    created: datetime
    code: str
    label: str
    sentence: str
    by: str
    since: str


@once_an_edition
def shows_removed(site: Site) -> bool:
    """Whether readers may see what was removed on this site."""
    return Terms.objects.filter(site=site, shows_removed=True).exists()


def removals(site: Site, thread: Thread) -> tuple[list[tuple[str, int]], list[Removal]]:
    """How many were removed, by ground and most first; and the removals, newest first."""
    found = Decision.objects.filter(thread=thread, action=Decision.Action.REMOVE, comment__isnull=False)
    found = found.exclude(undone_by__action=Decision.Action.UNDO)
    counts = Counter(_named(code) for code in found.values_list("code", flat=True))
    sentences = codes.sentences(site)
    rows = found.select_related("comment").order_by("-pk")[:LONGEST]
    shown = [_shown(row, _named(row.code), sentences) for row in rows]
    return [(codes.label(code), count) for code, count in counts.most_common()], shown


def _named(code: str) -> str:
    return code if code in codes.CODES else "other"


def _shown(row: Decision, code: str, sentences: dict[str, str]) -> Removal:
    restored = row.comment is not None and row.comment.state == Comment.State.PUBLIC
    return Removal(
        created=row.created,
        code=code,
        label=codes.label(code),
        sentence=sentences[code] if code != "other" else "",
        by=_("by a rule") if row.actor_id is None else _("by a person"),
        since=_("Restored since.") if restored else "",
    )
