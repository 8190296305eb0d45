"""Assist learns from what people decide: told after each decision, so that none waits for it or fails with it."""

from __future__ import annotations

from rejoinder import assist
from rejoinder.assist.actions import learn, unlearn
from rejoinder.core import events
from rejoinder.discussion.models import Comment
from rejoinder.moderation.assisting.opinions import SAW
from rejoinder.moderation.events import Decided
from rejoinder.moderation.models import Decision, DecisionText

_A = Decision.Action
# What a decision says about the words. A hold says nothing yet: somebody wants to look again.
LABELS: dict[str, int] = {
    _A.APPROVE: 0,
    _A.RESTORE: 0,
    _A.IGNORE_FLAGS: 0,
    _A.APPEAL_UPHELD: 0,
    _A.REMOVE: 1,
}


@events.listen(Decided, name="moderation.assist")
def teach(event: Decided) -> None:
    """Keep what stands decided about a comment as an example; forget it where all was taken back.

    Told late, twice or in another order, it leaves the same: it looks at what stands now.
    """
    known = event.action in LABELS or event.action == _A.UNDO
    if event.comment is None or not known or not assist.available():
        return
    comment = Comment.objects.select_related("thread__site", "parent").filter(pk=event.comment).first()
    decision = standing(event.comment)
    if comment is None or decision is None:
        unlearn(comment_id=event.comment)
        return
    words = DecisionText.objects.filter(decision=decision).values_list("body", flat=True).first()
    learn(
        site=comment.thread.site,
        comment_id=comment.pk,
        body=words or comment.body,
        label=LABELS[decision.action],
        at=decision.created,
        parent=comment.parent.body if comment.parent else "",
        author=comment.author_id,
        actor=decision.actor,
        saw=decision.machine.startswith(SAW),
    )


def standing(comment: int) -> Decision | None:
    """The last thing that a person decided about a comment's words, and did not take back."""
    found = Decision.objects.filter(comment=comment, action__in=LABELS, actor__isnull=False)
    return found.exclude(undone_by__action=_A.UNDO).select_related("actor").order_by("-pk").first()
