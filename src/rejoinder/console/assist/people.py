"""People and Assist: who decides otherwise, and whom it is hard on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.assist import fairness
from rejoinder.assist.learning.drift import LIMIT, SIDES, Drift
from rejoinder.assist.queries import by_actor
from rejoinder.console.assist.words import count, share
from rejoinder.core import ids

UNFAIR = 0.15  # of plain sentences about a group, from which share on it is called unfair
MOST = 40


def staff(site: Site) -> list[dict[str, Any]]:
    """A row for each person who decided: how, how often against what was probable, how much is left out."""
    return [
        {
            "id": ids.encode(row["actor"]) if row["actor"] else "",
            "name": row["actor__name"] or _("Somebody who is not here any more"),
            "approved": count(row["approved"]),
            "rejected": count(row["rejected"]),
            "share": share(row["rejected"] / max(1, row["rejected"] + row["approved"])),
            "agrees": share(1 - row["against"] / row["compared"]) if row["compared"] else "–",
            "compared": count(row["compared"]),
            "left_out": row["left_out"],
            "left_out_said": count(row["left_out"]),
            "whole": row["left_out"] == row["approved"] + row["rejected"],
        }
        for row in by_actor(site)[:MOST]
    ]


def drift(kept: Mapping[str, Any]) -> list[dict[str, Any]]:
    """How high each sum of the watch stands against its limit."""
    state = Drift.of(kept)
    labels = {
        "stricter": _("more is rejected than expected"),
        "milder": _("less is rejected than expected"),
        "otherwise": _("other comments are rejected than expected"),
    }
    return [
        {
            "label": labels[side],
            "height": min(100, round(100 * float(getattr(state, side)) / LIMIT)),
            "seen": state.seen,
        }
        for side in SIDES
    ]


def identity(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Plain sentences about groups of people, and how many of them it suspects; the worst first."""
    if not rows:
        return None
    worst = [row for row in rows if row["flagged"]]
    return {
        "rows": [
            {
                "group": row["group"],
                "share": share(row["flagged"] / row["asked"], digits=0),
                "said": f"{count(row['flagged'])} / {count(row['asked'])}",
                "unfair": row["flagged"] / row["asked"] > UNFAIR,
            }
            for row in worst
        ],
        "groups": len(rows),
        "others": len(rows) - len(worst),
        "all": share(sum(row["flagged"] for row in rows) / sum(row["asked"] for row in rows)),
        "unfair": [row["group"] for row in worst if row["flagged"] / row["asked"] > UNFAIR],
    }


def by_language(site: Site) -> list[dict[str, str]]:
    return [_audited(_language(row.name), row) for row in fairness.by_language(site)]


def by_kind(site: Site) -> list[dict[str, str]]:
    labels = {
        "account": _("with an account"),
        "guest": _("guests"),
        "elsewhere": _("on pages that ask here"),
    }
    return [_audited(labels[row.name], row) for row in fairness.by_kind(site)]


def suspected(site: Site) -> list[dict[str, str]]:
    return [
        {
            "name": one.name or _("Guest"),
            "url": reverse("rejoinder:console-person", args=[site.key, ids.encode(one.number)]),
            "said": f"{count(one.suspected)} / {count(one.approved)}",
        }
        for one in fairness.suspected_people(site)
    ]


def _audited(name: str, row: fairness.Row) -> dict[str, str]:
    return {
        "name": name,
        "approved": count(row.approved),
        "suspected": share(row.suspected / row.approved) if row.approved else "–",
        "rejected": count(row.rejected),
        "found": share(row.found / row.rejected) if row.rejected else "–",
    }


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code or "–"
