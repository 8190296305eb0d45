"""Cards come and go with what causes them: a hold, a flag, an appeal, a decision. Called within that transaction."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import Q

from rejoinder.core import clock, rows
from rejoinder.core.db import locked, writing
from rejoinder.discussion.models import Comment
from rejoinder.moderation import chances
from rejoinder.moderation.models import Card
from rejoinder.moderation.models.queue import QUEUES
from rejoinder.moderation.queue.languages import language_of

Why = Literal["held", "reported", "suspected", "new", "appeal"]

# A card comes up as if it were e times as urgent for each so long that it waits.
TAU = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Urgency:
    """What the place of a card is made of: how probable a rejection is, how bad it then is, how many may see it."""

    p: float
    severity: float
    exposure: float

    def rank(self, created: datetime) -> float:
        """The stored key of the queues: smaller is first. Urgency grows by e each TAU for all cards alike, so the
        order of two never changes by time alone and nothing has to be sorted again."""
        weight = max(self.p * self.severity * self.exposure, 1e-6)
        return created.timestamp() / TAU.total_seconds() - math.log(weight)

    def put(self, card: Card) -> None:
        card.p, card.severity, card.exposure = self.p, self.severity, self.exposure
        card.rank, card.doubt = self.rank(card.created), abs(self.p - 0.5)


def exposure_of(comment: Comment) -> float:
    """How many may see it while it waits: nobody what is held; the more, the more is written where it stands."""
    if comment.state != Comment.State.PUBLIC:
        return 1.0
    return 1.0 + math.log1p(comment.thread.comment_count)


def place(
    *,
    comment: Comment,
    why: Why,
    p: float | None = None,
    severity: float = 1.0,
    exposure: float | None = None,
    rule: str = "",
) -> None:
    """Put a comment's card into a queue; one that has a card already keeps its place or comes up.

    `p`: how probable a rejection is (chances.of where it is not said); `rule`: by what it is there. Within the
    caller's transaction; the same again changes nothing but what became more urgent.
    """
    if p is None:
        p = chances.of(comment, why=why, rule=rule)
    if exposure is None:
        exposure = exposure_of(comment)
    urgency = Urgency(p, severity, exposure)
    known: Card | None = locked(Card.objects.filter(pk=comment.pk)).first()
    if known is not None:
        _again(known, why, urgency, rule)
        return
    card = _new(comment, urgency, rule)
    setattr(card, why, True)
    # Two readers may complain at the same instant: whoever comes second only adds the queue.
    rows.store(card, otherwise=f'ON CONFLICT (comment_id) DO UPDATE SET "{why}" = true')


def _new(comment: Comment, urgency: Urgency, rule: str) -> Card:
    moment = clock.now()
    card = Card(
        comment_id=comment.pk,
        site_id=comment.thread.site_id,
        thread_id=comment.thread_id,
        person_id=comment.author_id,
        section=comment.thread.section,
        language=language_of(comment.body, comment.thread.site.language),
        rule=rule[:80],
        created=moment,
        changed=clock.micros(moment),
    )
    urgency.put(card)
    return card


def _again(card: Card, why: Why, urgency: Urgency, rule: str) -> None:
    if urgency.rank(card.created) < card.rank:
        urgency.put(card)
    if not getattr(card, why):
        setattr(card, why, True)
        card.changed = clock.micros(clock.now())
    card.rule = card.rule or rule[:80]
    card.save()


def weigh(*, comment: Comment) -> None:
    """Something more is known of a comment that waits (what Assist says): its card comes up or goes down for it."""
    with writing():
        card: Card | None = locked(Card.objects.filter(pk=comment.pk)).first()
        if card is None or not card.whys:
            return
        chance = max(chances.of(comment, why=why, rule=card.rule) for why in card.whys)
        Urgency(chance, card.severity, card.exposure).put(card)
        card.save(update_fields=["p", "severity", "exposure", "rank", "doubt"])


def take_away(*, comment: Comment, why: Why | None = None) -> None:
    """Take a comment's card out of one queue, or out of all. What stands in no queue is gone."""
    cards = Card.objects.filter(pk=comment.pk)
    if why is None:
        cards.delete()
        return
    others = Q()
    for name in QUEUES:
        if name != why:
            others |= Q(**{name: True})
    if not cards.filter(others).update(**{why: False}):
        cards.delete()
