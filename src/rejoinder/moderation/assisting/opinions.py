"""What Assist says of a text before it is stored, on sites that let it hold: found out before the transaction."""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from django.utils.translation import gettext as _

from rejoinder import assist
from rejoinder.accounts.editions import once_an_edition
from rejoinder.accounts.models import Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.assist.judging import Judged, judge_in_full, keep_scores, proposal
from rejoinder.assist.learning import Text
from rejoinder.assist.models import Policy, Score
from rejoinder.assist.queries import policy_of, record_of, score_of
from rejoinder.core import clock, ids
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.ports import Draft, Verdict
from rejoinder.moderation.sanctions.standing import is_trusted
from rejoinder.moderation.threads.pause import reconsider

# How decisions that it made or had a part in name it, see `machine`.
SAW = RULE = "Assist"
_log = structlog.get_logger(__name__)


@once_an_edition
def policy(site: Site) -> Policy:
    """What the site lets Assist do; whatever changes it raises the site's edition."""
    return policy_of(site)


def opinion(viewer: Viewer, thread: Thread, body: str, parent: str, *, quote: str = "") -> Judged | None:
    """What Assist says, where it may hold; `quote`, which it is about, is context as what it answers is.

    Nobody's comment is lost because a model could not be asked: None then.
    """
    site = viewer.site
    if viewer.is_staff or not policy(site).may_hold or not assist.available():
        return None
    above = Comment.objects.filter(pk=ids.decode(parent), thread=thread.pk) if parent and thread.pk else None
    text = Text(
        body,
        parent=(above.values_list("body", flat=True).first() or "") if above is not None else quote,
        record=record_of(site, viewer.number) if policy(site).use_record and viewer.number else None,
    )
    try:
        return judge_in_full(site, [text])[0]
    except Exception:
        _log.exception("assist was not able to judge", site=site.key)
        return None


def step_assist(draft: Draft, said: Judged | None) -> Verdict | None:
    """Hold what is as probable to be rejected here as what the site lets Assist hold. It refuses nothing."""
    if said is None or not _holds(draft.viewer.site, said) or is_trusted(draft.viewer.site, draft.author):
        return None
    verdict = Verdict(
        _("It resembles comments that moderators here did not let stand, so a moderator reads it first."),
        rule=RULE,
    )
    reconsider(draft, verdict)
    return verdict


def _holds(site: Site, said: Judged) -> bool:
    return proposal(policy(site), said) == "hold"


def keep(comment: Comment, said: Judged | None) -> None:
    """Store what was said with the comment, in its transaction."""
    if said is not None:
        keep_scores(comment.thread.site, [(comment, said)], read=clock.now())


def machine(version: int | None, probability: float | None) -> str:
    """How Assist is named in a decision that it made or had a part in."""
    which = f"Assist {version}" if version else "Assist"
    return f"{which}: {probability:.0%}" if probability is not None else which


def shown_of(site: Site, comments: Iterable[Comment]) -> dict[int, Score]:
    """What those who moderate are shown of what Assist said, by comment. One query; none where it is off.

    Those that are decided blind are left out: how often Assist is wrong is only known where nobody was led by it.
    """
    if policy(site).mode == Policy.Mode.OFF:
        return {}
    return {number: score for number, score in score_of(comments).items() if not score.blind}


def part_of(comment: Comment) -> str:
    """Assist's part in a decision by somebody who had before them what it says: empty where it says nothing."""
    score = shown_of(comment.thread.site, [comment]).get(comment.pk)
    return machine(score.version_id, score.probability) if score is not None else ""
