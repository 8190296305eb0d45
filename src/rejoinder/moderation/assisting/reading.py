"""Comments are read by Assist once they are stored: their cards come where they belong, and what a site lets it approve
appears by itself. Told after the change, by a worker.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.assist import queries
from rejoinder.assist.judging import judge_comments, keep_scores
from rejoinder.assist.models import Score
from rejoinder.core import clock, events
from rejoinder.core.db import locked, writing
from rejoinder.discussion.actions import set_comment_state
from rejoinder.discussion.events import CommentEdited, CommentPosted
from rejoinder.discussion.models import Comment
from rejoinder.moderation.assisting.opinions import RULE, machine
from rejoinder.moderation.chances import POLICIES
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Card, Decision, Rule
from rejoinder.moderation.queue import take_away, weigh

# Rules that hold whatever is said. What others hold, they hold for its words or its writer: a person reads it.
_UNREAD = {Rule.Kind.EVERYTHING, Rule.Kind.NEWCOMER}


@events.listen_together(CommentPosted, name="moderation.assist_posted")
def read_posted(posted: list[CommentPosted]) -> None:
    """Many at once: one by one, each costs more processor time than its post did."""
    for site in Site.objects.filter(pk__in={event.site for event in posted}):
        read(site, [event.comment for event in posted if event.site == site.pk])


@events.listen(CommentEdited, name="moderation.assist_edited")
def read_edited(event: CommentEdited) -> None:
    for site in Site.objects.filter(pk=event.site):
        read(site, [event.comment])


def read(site: Site, numbers: Sequence[int]) -> None:
    """Judge comments, where that was not done when they came; move their cards; approve what may be approved."""
    if not queries.is_on(site):
        return
    moment = clock.now()
    comments = list(
        Comment.objects.filter(
            pk__in=numbers, thread__site=site, state__in=[Comment.State.PUBLIC, Comment.State.HELD]
        )
        .select_related("parent")
        .order_by("pk")
    )
    prefetch_related_objects(comments, "thread__site")  # of many comments: few threads, mostly one
    scores = queries.score_of(comments)
    unread = [comment for comment in comments if not _is_fresh(comment, scores.get(comment.pk))]
    said = zip(unread, judge_comments(site, unread), strict=True)
    scores |= {score.pk: score for score in keep_scores(site, list(said), read=moment)}
    waiting = set(Card.objects.filter(pk__in=scores).values_list("pk", flat=True))
    for comment in comments:
        if comment.pk in waiting:
            weigh(comment=comment)
    if queries.policy_of(site).may_approve:
        with translation.override(site.language):
            for comment in comments:
                score = scores[comment.pk]
                if comment.pk in waiting and score.would == "approve" and not score.blind:
                    approve(comment, score)


def _is_fresh(comment: Comment, score: Score | None) -> bool:
    """Whether it was said of the words that it has now."""
    since = comment.edited or comment.created
    return score is not None and since is not None and score.made >= since


def approve(comment: Comment, score: Score) -> None:
    """Let a comment appear that nobody has anything against but that everything is held here."""
    with writing():
        row: Comment | None = locked(
            Comment.objects.filter(pk=comment.pk, state=Comment.State.HELD), of=("self",)
        ).first()
        card = Card.objects.filter(pk=comment.pk).first()
        if row is None or card is None or {*card.whys} - {"held", "new"} or not _held_unread(row):
            return
        if row.edited != comment.edited:
            return  # other words by now: they are read on their own
        record(
            site=comment.thread.site,
            comment=row,
            action=Decision.Action.APPROVE,
            reason=_("Comments like it are almost always let stand here, so it appeared without waiting."),
            rule=RULE,
            machine=machine(score.version_id, score.probability),
            text_seen=row.body,
        )
        take_away(comment=row)
        set_comment_state(comment=row, state=Comment.State.PUBLIC)


def _held_unread(comment: Comment) -> bool:
    """Whether the last decision is a hold by what holds everything, and no other rule spoke."""
    last = Decision.objects.filter(comment=comment).order_by("-pk").first()
    if last is None or last.action != Decision.Action.HOLD or last.actor_id is not None:
        return False
    spoke = {str(signal.get("rule", "")) for signal in last.signals if signal.get("name") == "rule"}
    named = (spoke | {last.rule}) - POLICIES
    kinds = Rule.objects.filter(site=last.site_id, name__in=named).values_list("name", "kind")
    known = dict(kinds)
    return all(known.get(name) in _UNREAD for name in named)
