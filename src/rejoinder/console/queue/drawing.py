"""Cards as they are drawn: the comment, what it answers, who wrote it, why it is here, what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rejoinder.accounts.models import Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import may
from rejoinder.console.queue.assisting import Said, said_of
from rejoinder.console.queue.likeness import how_many_like
from rejoinder.console.queue.marking import Marker
from rejoinder.core import ids
from rejoinder.discussion import pages
from rejoinder.discussion.models import Comment, Highlight
from rejoinder.discussion.windows.shape import Shown
from rejoinder.moderation.decisions.codes import offered
from rejoinder.moderation.decisions.comments import version_of
from rejoinder.moderation.models import Card, Decision, Flag, Notice
from rejoinder.moderation.notices.queries import waiting_about
from rejoinder.moderation.queue import around
from rejoinder.moderation.queue.around import Record
from rejoinder.moderation.queue.queries import comments_of
from rejoinder.moderation.reasons import by_whom, past, said

# Words that somebody need not have before their eyes unasked.
VEILED = {"abuse", "hate", "illegal"}
_A = Decision.Action


@dataclass(slots=True)
class Drawn:
    """A card for the template; `card` is None for a comment that waits in no queue (search)."""

    comment: Comment
    shown: Shown
    card: Card | None = None
    parent: Shown | None = None
    record: Record = field(default_factory=Record)
    # The name and the words, with marks where a rule found something; `rules`: those that no decision names.
    name: SafeString | str = ""
    words: SafeString | str = ""
    rules: list[str] = field(default_factory=list)
    person_url: str = ""
    whys: list[str] = field(default_factory=list)
    reasons: list[dict[str, Any]] = field(default_factory=list)
    flags: list[dict[str, Any]] = field(default_factory=list)
    # Where somebody holds it to be against the law: the notice that is due first.
    notice: Notice | None = None
    like: int = 0
    assist: Said | None = None
    veiled: bool = False
    since: int = 0
    code: str = ""
    acts: list[dict[str, str]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.comment.public_id

    @property
    def seen(self) -> str:
        return version_of(self.comment)

    @property
    def url(self) -> str:
        return pages.comment_url(self.comment)

    @property
    def thread_url(self) -> str:
        """The thread's page in the console."""
        thread = self.comment.thread
        return pages.address("console-thread", thread.site.key, key=thread.key)

    @property
    def notice_url(self) -> str:
        """The page on which the notice about it is decided, or nothing."""
        if self.notice is None:
            return ""
        site = self.comment.thread.site.key
        return reverse("rejoinder:console-notice", args=[site, ids.encode(self.notice.pk)])

    @property
    def story(self) -> str:
        thread = self.comment.thread
        return thread.title or thread.hint or thread.key


def queue_labels() -> dict[str, str]:
    return {
        "held": pgettext("a queue", "Held"),
        "reported": pgettext("a queue", "Reported"),
        "suspected": pgettext("a queue", "Suspected"),
        "new": pgettext("a queue", "New people"),
        "appeal": pgettext("a queue", "Appeals"),
        "all": pgettext("a queue", "All"),
    }


def draw(viewer: Viewer, cards: Sequence[Card]) -> list[Drawn]:
    """Some cards of the viewer's site, in their order; a number of queries that does not grow with them."""
    comments = comments_of(viewer.site, [card.pk for card in cards])
    found = [comments[card.pk] for card in cards if card.pk in comments]
    return draw_comments(viewer, found, {card.pk: card for card in cards})


def draw_comments(
    viewer: Viewer, comments: Sequence[Comment], cards: Mapping[int, Card] | None = None
) -> list[Drawn]:
    """The same for comments that may wait in no queue."""
    site, numbers = viewer.site, [comment.pk for comment in comments]
    shown = _shown(site, comments)
    records = around.records(site, [comment.author_id for comment in comments if comment.author_id])
    flags, decisions = around.flags_of(numbers), around.decisions_of(numbers)
    noticed = waiting_about(numbers)
    lifted, alike = _lifted(comments), how_many_like(comments) if cards else {}
    marker, opinions = Marker(site, decisions, cards or {}), said_of(site, comments)
    drawn = []
    for comment in comments:
        card = (cards or {}).get(comment.pk)
        one = Drawn(comment, shown[comment.pk], card, shown.get(comment.parent_id or 0))
        one.record = records.get(comment.author_id or 0, one.record)
        one.like = alike.get(comment.pk, 0)
        one.assist = opinions.get(comment.pk)
        one.person_url = person_url(site, comment.author_id)
        one.whys = [queue_labels()[why] for why in card.whys] if card else []
        one.words = marker.words(comment.pk, one.shown.html)
        one.name = marker.name(comment.pk, one.shown.name or comment.author_name or _("Guest"))
        one.rules = marker.unsaid(comment.pk, decisions.get(comment.pk, []))
        one.notice = noticed.get(comment.pk)
        _say_why(one, decisions.get(comment.pk, []), flags.get(comment.pk, {}))
        one.acts = _acts(comment, lifted.get(comment.pk, set())) if may(viewer, "decide") else []
        drawn.append(one)
    return drawn


def person_url(site: Site, number: int | None) -> str:
    """The person's page in the console, or nothing where there is none."""
    try:
        return reverse("rejoinder:console-person", args=[site.key, ids.encode(number)]) if number else ""
    except NoReverseMatch:
        return ""


def _shown(site: Site, comments: Sequence[Comment]) -> dict[int, Shown]:
    """Comments and what they answer, by number: read together."""
    found = {row.pk: row for one in comments for row in (one, one.parent) if row is not None}
    return {one.number: one for one in pages.several(site, list(found.values()))}


def _lifted(comments: Sequence[Comment]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    marked = [comment.pk for comment in comments if comment.thread.highlights]
    if marked:
        for number, kind in Highlight.objects.filter(comment__in=marked).values_list("comment", "kind"):
            found.setdefault(number, set()).add(kind)
    return found


def _say_why(one: Drawn, decisions: Sequence[Decision], flags: Mapping[str, int]) -> None:
    one.since = decisions[-1].pk if decisions else 0
    one.flags = [{"label": Flag.Reason(reason).label, "count": count} for reason, count in flags.items()]
    one.reasons = [
        {
            "what": past(row.action),
            "by": by_whom(row, named=True),
            "rule": row.rule,
            "why": row.reason,
            "created": row.created,
            "signals": [said(signal) for signal in row.signals],
        }
        for row in decisions[-4:]
    ]
    grounds = [row.code for row in decisions if row.actor_id is None and row.code]
    one.code = next(iter([*reversed(grounds), *flags]), "")
    one.veiled = one.notice is not None or not VEILED.isdisjoint([*grounds, *flags])


def _acts(comment: Comment, lifted: set[str]) -> list[dict[str, str]]:
    """What can be done with the comment as it is: action, key, label."""
    state, kinds = Comment.State(comment.state), Comment.State
    offer: list[tuple[str, str, str]] = []
    if state == kinds.HELD:
        offer += [(_A.APPROVE, "a", _("Approve")), (_A.REMOVE, "r", _("Remove"))]
    elif state == kinds.PUBLIC:
        offer += [(_A.IGNORE_FLAGS, "a", _("Let it stand")), (_A.REMOVE, "r", _("Remove"))]
        offer += [(_A.HOLD, "h", _("Hold"))]
        featured, pinned = "featured" in lifted, "pinned" in lifted
        offer.append(
            (_A.UNFEATURE, "f", _("Feature no more")) if featured else (_A.FEATURE, "f", _("Feature"))
        )
        if comment.parent_id is None:
            offer.append((_A.UNPIN, "p", _("Unpin")) if pinned else (_A.PIN, "p", _("Pin")))
    elif state == kinds.REMOVED:
        offer += [(_A.RESTORE, "a", _("Restore"))]
    return [{"action": str(action), "key": key, "label": label} for action, key, label in offer]


def grounds(site: Site) -> list[dict[str, str]]:
    """What staff choose from, with the key that removes for it."""
    return [
        {"code": code, "label": label, "sentence": sentence, "key": str(place) if place <= 9 else ""}
        for place, (code, label, sentence) in enumerate(offered(site), 1)
    ]
