"""Asking: how probable is it that people here would reject this, and why."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.assist import available, shelf
from rejoinder.assist.learning import Judgement, Text, Thresholds
from rejoinder.assist.models import Policy, Score
from rejoinder.assist.queries import policy_of, records_of
from rejoinder.core import rows
from rejoinder.core.db import writing
from rejoinder.core.errors import Unavailable
from rejoinder.discussion.models import Comment

# Of what Assist would approve, the share that people decide without being shown a score: its misses show there.
BLIND = 0.05
REASONS = 8


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with what made it. `version`: the row's number, None for the shipped prior alone.

    `marks`: the scores that 2% and 0.2% of what was approved here exceed, where enough was approved to tell.
    """

    judgement: Judgement
    language: str
    version: int | None
    thresholds: Thresholds
    marks: tuple[float, float] | None


def check_available() -> None:
    """Raises Unavailable with how to add the extra."""
    if not available():
        raise Unavailable(missing())


def missing() -> str:
    """One sentence: what is not installed, and how it is added."""
    return _("Assist is not installed on this server. Add it: pip install 'rejoinder[assist]'")


def judge(site: Site, texts: Sequence[Text]) -> list[Judgement]:
    """What Assist says of each text, in their order. Raises Unavailable where the extra is not installed."""
    return [judged.judgement for judged in judge_in_full(site, texts)]


def judge_in_full(site: Site, texts: Sequence[Text], *, why: bool = True) -> list[Judged]:
    """The same, with version and thresholds; without reasons where nobody asks `why`. A language that is not named is
    detected; short texts have the site's.
    """
    check_available()
    from rejoinder.assist.learning.model import score

    lanes = shelf.lanes_of(site)
    named = [text if text.language else _named(text, site) for text in texts]
    together: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(named):
        together[text.language if text.language in lanes else ""].append(place)
    found: dict[int, Judged] = {}
    for language, places in together.items():
        lane = lanes[language]
        judgements = score(lane.model, [named[place] for place in places], why=why)
        for place, judgement in zip(places, judgements, strict=True):
            spoken = named[place].language
            found[place] = Judged(judgement, spoken, lane.version, lane.thresholds, lane.marks)
    return [found[place] for place in range(len(named))]


def _named(text: Text, site: Site) -> Text:
    return replace(text, language=language_of(text, site), detected=True)


def language_of(text: Text, site: Site) -> str:
    """The language that a text is in, as far as can be told; else the site's."""
    from rejoinder.assist.learning.languages import detect

    code, sure = detect(text.body)
    return code if sure else site.language


def judge_comments(site: Site, comments: Sequence[Comment]) -> list[Judged]:
    """What Assist says of comments of a site where it is on, in their order; they come with their parents."""
    records: dict[int | None, tuple[int, int]] = {}
    if policy_of(site).use_record:
        records = records_of(site, {comment.author_id for comment in comments if comment.author_id})

    def text(comment: Comment) -> Text:
        parent = comment.parent.body if comment.parent is not None else ""
        return Text(comment.body, parent=parent, at=comment.created, record=records.get(comment.author_id))

    return judge_in_full(site, [text(comment) for comment in comments]) if comments else []


def proposal(policy: Policy, judged: Judged) -> str:
    """What automation would do: "hold", "approve" or nothing (where nothing can be promised). It never rejects."""
    probability = judged.judgement.probability
    if probability is None:
        return ""
    hold, approve = judged.thresholds.hold, judged.thresholds.approve
    if hold is not None and probability >= hold:
        return "hold"
    return "approve" if approve is not None and probability <= approve else ""


AT_ONCE = 50  # scores in one transaction; on SQLite whoever posts waits for it


def keep_scores(site: Site, said: Sequence[tuple[Comment, Judged]], *, read: datetime) -> list[Score]:
    """Store what was said of a site's comments, in the place of what was said before of other words of theirs.

    `read`: when their words were. What was said of later ones stays.
    """
    policy = policy_of(site)
    scores = [_score(comment, judged, proposal(policy, judged), read) for comment, judged in said]
    names = [field.column for field in Score._meta.concrete_fields if not field.primary_key]
    replaced = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
    for begin in range(0, len(scores), AT_ONCE):
        with writing():
            rows.store_all(
                scores[begin : begin + AT_ONCE],
                otherwise=f"ON CONFLICT (comment_id) DO UPDATE SET {replaced} "
                "WHERE rejoinder_assist_score.made <= excluded.made",
            )
    return scores


def _score(comment: Comment, judged: Judged, would: str, moment: datetime) -> Score:
    judgement = judged.judgement
    return Score(
        comment=comment,
        version_id=judged.version,
        score=judgement.score,
        probability=judgement.probability,
        reasons=[asdict(reason) for reason in judgement.reasons[:REASONS]],
        language=judged.language,
        would=would,
        blind=would == "approve" and random.random() < BLIND,  # noqa: S311
        made=moment,
    )
