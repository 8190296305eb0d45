"""The part of a transparency report about notices (Article 15 (1)(b) of Regulation (EU) 2022/2065)."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import Any

from django.db.models import QuerySet

from rejoinder.moderation.models import Decision, Notice

_A = Decision.Action
BATCH = 2000
_READ = (
    "category", "created", "ended", "complained", "outcome__action", "outcome__machine", "outcome__code",
    "removal__action", "first__action", "outcome__actor", "outcome__rule",
)  # fmt: skip


def notice_figures(notices: QuerySet[Notice]) -> dict[str, Any]:
    """Of notices that were received, how many there were, of what, and what became of each, as it is known now.

    `by_action`: what became of the comment; `none`: it was gone already. `automated`: decided by a rule.
    """
    counts: Counter[str] = Counter()
    categories: Counter[str] = Counter()
    actions: Counter[str] = Counter()
    hours: list[float] = []
    for row in notices.order_by("pk").values(*_READ).iterator(chunk_size=BATCH):
        categories[row["category"]] += 1
        counts.update(_counted(row))
        if row["outcome__action"] == _A.NOTICE_UPHELD:
            actions[row["removal__action"] or "none"] += 1
        if row["ended"] is not None:
            hours.append((row["ended"] - (row["complained"] or row["created"])).total_seconds() / 3600)
    return {
        "received": categories.total(),
        "by_category": dict(sorted(categories.items())),
        **{name: counts[name] for name in ("acted_upon", "not_acted_upon", "open")},
        "by_action": dict(sorted(actions.items())),
        "unfounded": counts["unfounded"],
        "automated": counts["automated"],
        "with_part_of_a_program": counts["machine"],
        "contested": counts["contested"],
        "reversed": counts["reversed"],
        "median_hours": round(median(hours), 2) if hours else None,
    }


def _counted(row: dict[str, Any]) -> list[str]:
    """What one notice counts as."""
    outcome = row["outcome__action"]
    found = [{_A.NOTICE_UPHELD: "acted_upon", _A.NOTICE_REJECTED: "not_acted_upon"}.get(outcome, "open")]
    if row["outcome__code"] == "misuse":
        found.append("unfounded")
    if row["outcome__machine"]:
        found.append("machine")
    # Of somebody who was erased since, the name is gone, and it was no rule either.
    if row["outcome__rule"] and row["outcome__actor"] is None:
        found.append("automated")
    if row["complained"] is not None:
        found.append("contested")
    if row["first__action"] and outcome and outcome != row["first__action"]:
        found.append("reversed")
    return found
