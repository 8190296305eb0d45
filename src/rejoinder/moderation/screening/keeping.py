"""What screening leaves behind with a comment, in its transaction: the decision, cards, what rules noted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F

from rejoinder.core import clock, jobs
from rejoinder.core.db import ask, writing
from rejoinder.discussion.models import Comment
from rejoinder.discussion.ports import Verdict
from rejoinder.moderation.assisting import opinions
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Decision, Rule, RuleHit
from rejoinder.moderation.queue import place
from rejoinder.moderation.screening import fingerprints
from rejoinder.moderation.screening.context import Context
from rejoinder.moderation.screening.judging import Hit
from rejoinder.moderation.screening.kinds import KINDS

ASK = "moderation.ask_service"
KEPT_HITS = 200  # of a rule that only notes; older ones are counted
# What a hold is counted as where no rule of the site has a ground of its own.
_CODES = {"signals": "spam", opinions.RULE: "first"}


def keep(comment: Comment, verdict: Verdict) -> None:
    """Write down what was found: of a new comment that is stored, or of new words that one has now."""
    context = verdict.notes
    if not isinstance(context, Context):
        raise TypeError("a verdict of another screener")
    opinions.keep(comment, context.said)  # before its card is placed by it
    if verdict.holds:
        _hold(comment, verdict, context)
    elif comment.state == Comment.State.PUBLIC:
        _place_cards(comment, context)
    fingerprints.keep(comment, comment.thread.site_id)
    for hit in context.noted:
        note(hit, comment)
    if not verdict.holds or _is_asked(verdict, context):
        for rule in context.services:
            jobs.enqueue(ASK, rule=rule.pk, name=rule.name, comment=comment.pk)


def _is_asked(verdict: Verdict, context: Context) -> bool:
    """Whether it is held only until a service has answered."""
    return context.waits_for is not None and context.waits_for.name == verdict.rule


def _hold(comment: Comment, verdict: Verdict, context: Context) -> None:
    hit = next((hit for hit in context.holding if hit.rule.name == verdict.rule), None)
    if context.draft.comment is not None and comment.state == Comment.State.HELD:
        last = Decision.objects.filter(comment=comment).order_by("-id").first()
        if last is not None and last.action == Decision.Action.HOLD and last.rule == verdict.rule:
            return  # held already, for the same
    record(
        site=comment.thread.site,
        comment=comment,
        action=Decision.Action.HOLD,
        reason=verdict.reason,
        rule=verdict.rule,
        code=_code(verdict, hit),
        text_seen=comment.body,
        signals=verdict.signals,
        machine=_machine(verdict, context),
    )
    if _is_asked(verdict, context):
        return  # nobody has to look yet
    worst = max(context.speaking, key=lambda hit: hit.rule.severity, default=None)
    place(
        comment=comment,
        why="held",
        rule=worst.rule.name if worst else verdict.rule,
        severity=worst.rule.severity if worst else 2,
    )


def _machine(verdict: Verdict, context: Context) -> str:
    said = context.said
    if verdict.rule != opinions.RULE or said is None:
        return ""
    return opinions.machine(said.version, said.judgement.probability)


def _code(verdict: Verdict, hit: Hit | None) -> str:
    if hit is None:
        return _CODES.get(verdict.rule, "first")
    return hit.rule.code or KINDS[hit.rule.kind].code


def _place_cards(comment: Comment, context: Context) -> None:
    for hit in context.speaking:
        new = hit.rule.kind in {Rule.Kind.EVERYTHING, Rule.Kind.NEWCOMER}
        place(
            comment=comment, why="new" if new else "suspected", rule=hit.rule.name, severity=hit.rule.severity
        )
    if context.new_links:
        place(comment=comment, why="suspected", rule="link added")
    elif context.draft.comment is None and context.draft.signals and _is_first(comment, context):
        place(comment=comment, why="new")


def _is_first(comment: Comment, context: Context) -> bool:
    """Whether nothing else of its author is public."""
    if context.traces.settled:
        return False
    return not ask(
        "SELECT 1 FROM rejoinder_comment WHERE author_id = %s AND state = 'public' AND id <> %s LIMIT 1",
        [comment.author_id, comment.pk],
    )


def note(hit: Hit, comment: Comment) -> None:
    """That a rule which only notes would have acted."""
    RuleHit.objects.create(
        rule=hit.rule, comment=comment, found=", ".join(hit.found)[:200], created=clock.now()
    )


def _overfull() -> Iterator[tuple[int, int]]:
    """Rules with more hits than are kept, and the newest hit that is to go."""
    for rule in Rule.objects.values_list("pk", flat=True):
        numbers = RuleHit.objects.filter(rule=rule).order_by("-id").values_list("pk", flat=True)
        last = numbers[KEPT_HITS : KEPT_HITS + 1].first()
        if last is not None:
            yield rule, last


@jobs.periodic("moderation.count_hits", every=timedelta(minutes=10))
def count_hits() -> None:
    """Hits beyond those that are kept are counted and dropped."""
    for rule, last in _overfull():
        with writing():
            count, _kinds = RuleHit.objects.filter(rule=rule, pk__lte=last).delete()
            Rule.objects.filter(pk=rule).update(dropped=F("dropped") + count)
