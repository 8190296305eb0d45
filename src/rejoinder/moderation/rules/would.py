"""What a rule would have done lately: asked before it does anything."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from rejoinder.accounts.models import Role
from rejoinder.core import clock
from rejoinder.core.errors import InvalidInput
from rejoinder.discussion.models import Comment
from rejoinder.moderation.models import Rule
from rejoinder.moderation.screening import patterns, subject
from rejoinder.moderation.screening.judging import holds_here
from rejoinder.moderation.screening.kinds import KINDS, Ready

EXAMPLES = 5
# Of the newest; more would tell no more, and whoever asks waits for it.
MOST, SECONDS = 5_000, 3.0


@dataclass
class Would:
    """Of `looked` comments (not by staff) of the last `days`, a rule would have acted on `hit`.

    `whole`: whether these were all of those days. `examples`: the newest, with the words that made it act.
    """

    days: int
    looked: int = 0
    hit: int = 0
    whole: bool = True
    examples: list[tuple[Comment, list[str]]] = field(default_factory=list)


def would(rule: Rule, *, days: int = 7) -> Would | None:
    """What a rule, stored or not, would have done in the last days; None where that cannot be told (services).

    Judged by what is known today: a person's record is that of their comments before. Raises InvalidInput where it
    takes too long.
    """
    if not KINDS[rule.kind].looks_back:
        return None
    found, ready = Would(days), Ready(rule)
    ends = time.monotonic() + SECONDS
    staff = set(Role.objects.filter(site=rule.site).values_list("commenter", flat=True))
    recent = (
        Comment.objects.filter(thread__site=rule.site, created__gt=clock.now() - timedelta(days=days))
        .exclude(state=Comment.State.DELETED)
        .select_related("thread__site", "author")
        .order_by("-id")
    )
    for comment in recent[: MOST + 1].iterator(chunk_size=500):
        if comment.author_id in staff:
            continue
        if found.looked == MOST or time.monotonic() > ends:
            found.whole = False
            break
        found.looked += 1
        _look(ready, comment, found)
    return found


def _look(ready: Ready, comment: Comment, found: Would) -> None:
    about = subject.of_comment(comment)
    if not holds_here(ready.rule, about):
        return
    try:
        words = KINDS[ready.rule.kind].judge(ready, about)
    except patterns.TooSlow:
        message = _("It took too long on a comment of last week. Write it in a simpler way.")
        raise InvalidInput(code="pattern", message=message, field="words") from None
    if words is not None:
        found.hit += 1
        if len(found.examples) < EXAMPLES:
            found.examples.append((comment, words))
