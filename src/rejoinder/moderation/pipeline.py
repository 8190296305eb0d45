"""Screening: what is looked at before a comment shows, in this order. A list to be read from top to bottom.

Each step is asked (draft, context) and says nothing, or a verdict: hold it, with a sentence that its author reads; or
it raises what is said to who wrote it (Refused, TooMany, Paused). The first verdict counts, and nothing is dropped
silently.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from rejoinder.accounts.viewer import Viewer
from rejoinder.assist.judging import Judged
from rejoinder.core.errors import Refused
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.ports import Draft, Verdict
from rejoinder.moderation.assisting.opinions import opinion, step_assist
from rejoinder.moderation.models import Rule
from rejoinder.moderation.sanctions.standing import is_trusted
from rejoinder.moderation.sanctions.step import step_person
from rejoinder.moderation.screening import approved, keeping
from rejoinder.moderation.screening.context import Context
from rejoinder.moderation.screening.judging import read_ahead
from rejoinder.moderation.signals import HOLD
from rejoinder.moderation.threads.pause import reconsider
from rejoinder.moderation.threads.step import calm_holds, step_thread

Step = Callable[[Draft, Context], Verdict | None]
K = Rule.Kind


def site_holds(draft: Draft, context: Context) -> Verdict | None:
    if draft.viewer.site.hold_all:
        return Verdict(
            _("On this site a moderator reads every comment before it appears."), rule="site holds all"
        )
    return None


def thread_holds(draft: Draft, context: Context) -> Verdict | None:
    if draft.thread.hold:
        return Verdict(
            _("In this discussion a moderator reads every comment before it appears."),
            rule="thread holds all",
        )
    return None


def signals_hold(draft: Draft, context: Context) -> Verdict | None:
    """How it was written, taken together, looks like a program's work."""
    if sum(signal.weight for signal in context.signals) < HOLD:
        return None
    return Verdict(
        _(
            "It was sent in a way that programs which post advertising often use, so a moderator reads it first."
        ),
        rule="signals",
    )


def refused_by_rule(draft: Draft, context: Context) -> Verdict | None:
    for hit in context.speaking:
        if hit.rule.verdict == Rule.Verdict.REFUSE and not hit.failed:
            message = _("This was not posted: %(reason)s Your text is kept.") % {"reason": hit.sentence()}
            raise Refused(message, code="rule")
    return None


def changed_after_approval(draft: Draft, context: Context) -> Verdict | None:
    if draft.comment is None or not approved.is_approved(draft.comment):
        return None
    return Verdict(
        _("A moderator had approved what it said before, and reads what it says now."), rule="edited"
    )


def by_rule(*kinds: str) -> Step:
    """The site's own rules of these kinds, where they hold."""

    def step(draft: Draft, context: Context) -> Verdict | None:
        hit = next((hit for hit in context.holding if hit.rule.kind in kinds), None)
        if hit is None or (
            hit.rule.kind in {K.NEWCOMER, K.RECORD} and is_trusted(draft.viewer.site, draft.author)
        ):
            return None
        verdict = Verdict(hit.sentence(), rule=hit.rule.name)
        if hit.rule.kind in {K.PHRASES, K.PATTERN, K.LINKS}:
            reconsider(draft, verdict)
        return verdict

    return step


def assist_holds(draft: Draft, context: Context) -> Verdict | None:
    """What the newsroom's own model finds much like what was rejected here, where the site lets it hold."""
    return None if context.is_read_afterwards else step_assist(draft, context.said)


def by_service(draft: Draft, context: Context) -> Verdict | None:
    """Others are asked once the text is stored; it waits for what they say."""
    rule = context.waits_for
    if rule is None:
        return None
    return Verdict(rule.sentence or _("It is being checked, and appears when that is done."), rule=rule.name)


STEPS: tuple[Step, ...] = (
    # Whether this thread takes comments, how fast, and whether this person may write. These refuse, and say why.
    step_thread,
    step_person,
    # What the site does not take at all, by rules that refuse.
    refused_by_rule,
    # What the publication wants read first, whatever it says: the whole site, a thread, or a section.
    site_holds,
    thread_holds,
    calm_holds,
    by_rule(K.EVERYTHING),
    # Words that a moderator has read must not become others unseen.
    changed_after_approval,
    # What a program may have sent: how it was written, how fast, with how many links; and what others sent before.
    signals_hold,
    by_rule(K.REPEATS),
    # Words, phrases and patterns of the site's lists, as a reader sees them, however they are spelt.
    by_rule(K.PHRASES),
    by_rule(K.PATTERN),
    # Who is new here, and whose comments were often removed.
    by_rule(K.NEWCOMER),
    by_rule(K.RECORD),
    # What leads elsewhere.
    by_rule(K.LINKS),
    # What resembles comments that people here rejected, where the site lets Assist hold.
    assist_holds,
    # Last, since it takes longest: the site's own service, and Akismet.
    by_service,
)


class Screening:
    """The discussion's Screener port."""

    def prepare(
        self, viewer: Viewer, thread: Thread, body: str, parent: str, *, quote: str = ""
    ) -> Judged | None:
        if not viewer.is_staff:
            read_ahead(viewer.site, body)
        return opinion(viewer, thread, body, parent, quote=quote)

    def screen(self, draft: Draft) -> Verdict | None:
        if draft.viewer.is_staff:
            return None
        context = Context(draft)
        verdict = next((found for step in STEPS if (found := step(draft, context)) is not None), None)
        if verdict is None:
            verdict = Verdict("", rule="", holds=False)
        return replace(verdict, signals=context.told(), notes=context)

    def record(self, comment: Comment, verdict: Verdict) -> None:
        keeping.keep(comment, verdict)
