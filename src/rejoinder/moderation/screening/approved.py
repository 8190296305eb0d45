"""Whether a moderator has read and approved what a comment says."""

from __future__ import annotations

from rejoinder.discussion.models import Comment
from rejoinder.moderation.models import Decision

_LEADS_TO_PUBLIC = (Decision.Action.APPROVE, Decision.Action.RESTORE, Decision.Action.APPEAL_UPHELD)


def is_approved(comment: Comment) -> bool:
    return Decision.objects.filter(comment=comment, action__in=_LEADS_TO_PUBLIC, actor__isnull=False).exists()
