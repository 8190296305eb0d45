"""Plots of the page, each with its table."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from rejoinder.assist.plots import Axis, Series, chart, table
from rejoinder.assist.prices import Price
from rejoinder.console.assist.words import count, figure, share

_QUARTERS = (0, 0.25, 0.5, 0.75, 1)
_SURE = 1.96  # standard errors about which 95% lie


def _drawn(title: str, plot: str, rows: str) -> dict[str, Any]:
    return {"title": title, "plot": plot, "table": rows}


def learning_curve(points: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """How good it became with the decisions; None before anything can be said."""
    known = [point for point in points if point["auroc"] is not None]
    if len(known) < 2:
        return None
    title = _("How good it has become")
    last = known[-1]["decided"] or 1
    x = Axis(_("decisions learned from"), 0, last, sorted({0, last // 2, last}))
    y = Axis(_("rejected before approved"), 0.5, 1.0, (0.5, 0.6, 0.7, 0.8, 0.9, 1.0), percent=True)
    line = Series(_("rejected before approved"), [(point["decided"], point["auroc"]) for point in known])
    rows = [
        [count(point["decided"]), count(point["judged"]), share(point["auroc"]), figure(point["log_loss"])]
        for point in points
    ]
    head = [_("learned from"), _("asked about"), _("rejected before approved"), _("log loss")]
    return _drawn(title, chart(title, x, y, [line]), table(title, head, rows))


def calibration(found: Mapping[str, Any]) -> dict[str, Any] | None:
    """What it said and what happened, with where a perfect model would lie by chance; None before it says anything."""
    bins = found.get("bins") or []
    if not bins:
        return None
    title = _("Said and happened")
    x = Axis(_("probability said"), 0, 1, _QUARTERS, percent=True)
    y = Axis(_("share rejected"), 0, 1, _QUARTERS, percent=True)
    points = [(one["said"], one["was"]) for one in bins]
    line = Series(_("rejected"), points, band=[_chance(one) for one in bins])
    rows = [[share(one["said"]), share(one["was"]), count(one["count"])] for one in bins]
    head = [_("said"), _("rejected"), _("comments")]
    plot = chart(title, x, y, [line], ideal=[(0, 0), (1, 1)])
    return _drawn(title, plot, table(title, head, rows))


def _chance(one: Mapping[str, Any]) -> tuple[float, float]:
    """Between which shares a perfect model would lie with so many comments."""
    said = one["said"]
    room = _SURE * math.sqrt(said * (1 - said) / max(1, one["count"]))
    return max(0.0, said - room), min(1.0, said + room)


def price_curve(found: Sequence[Price], chosen: Price) -> dict[str, Any]:
    """How much of the queue each cap of the miss would save, with the chosen one marked."""
    title = _("What each limit would save")
    most = found[-1].miss
    x = Axis(_("of what it approves, at most missed"), 0, most, (0, most / 2, most), percent=True)
    y = Axis(_("of the queue, saved"), 0, 1, _QUARTERS, percent=True)
    lines = [Series(_("saved"), [(one.miss, one.saved) for one in found])]
    if chosen.promises and chosen.miss <= most:
        lines.append(Series(_("chosen"), [(chosen.miss, chosen.saved)]))
    rows = [
        [
            share(one.miss),
            share(one.saved, digits=0) if one.promises else _("0 for now"),
            _with_bound(one.missed, one.missed_at_most) if one.promises else "–",
            _with_bound(one.let_through, one.let_through_at_most) if one.promises else "–",
        ]
        for one in found
    ]
    head = [_("at most missed"), _("queue saved"), _("really missed"), _("of all rejects, let through")]
    return _drawn(title, chart(title, x, y, lines), table(title, head, rows))


def _with_bound(value: float, most: float) -> str:
    return _("%(share)s (surely at most %(most)s)") % {"share": share(value), "most": share(most)}
