"""What Assist says of a comment, as lines on its card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rejoinder.accounts.models import Site
from rejoinder.assist.models import Score
from rejoinder.discussion.models import Comment
from rejoinder.moderation.assisting.opinions import shown_of

# What a reason is about. Words stand for themselves.
_WHAT = {
    "meaning": gettext_lazy("What it says as a whole"),
    "prior": gettext_lazy("As is called abusive in general"),
    "author": gettext_lazy("What became of this person's other comments"),
    "duplicate": gettext_lazy("Much the same was rejected"),
    "surface": gettext_lazy("The way it is written"),
}
MOST = 6


@dataclass(frozen=True, slots=True)
class Said:
    """`heading`: how probable a rejection is, or that this cannot be said yet. `reasons`: each a line."""

    heading: str
    reasons: list[dict[str, str]] = field(default_factory=list)


def said_of(site: Site, comments: Sequence[Comment]) -> dict[int, Said]:
    """What those who moderate are shown, by comment. One query."""
    return {
        number: Said(_heading(score), _lines(score)) for number, score in shown_of(site, comments).items()
    }


def _heading(score: Score) -> str:
    if score.probability is None:
        return _("Assist: no probability yet")
    percent = formats.number_format(round(100 * score.probability))
    return _("Assist: rejected with a probability of %(percent)s%%") % {"percent": percent}


def _lines(score: Score) -> list[dict[str, str]]:
    strongest = sorted(score.reasons, key=lambda reason: -abs(reason["weight"]))[:MOST]
    return [_line(reason) for reason in strongest]


def _line(reason: dict[str, Any]) -> dict[str, str]:
    weight = float(reason["weight"])
    sign = "+" if weight > 0 else "−"
    return {
        "what": str(_WHAT.get(reason["kind"], "")),
        "words": str(reason["text"])[:60] if reason["kind"] in {"word", "duplicate"} else "",
        "side": "against" if weight > 0 else "for",
        "weight": sign + formats.number_format(abs(weight), decimal_pos=1),
    }
