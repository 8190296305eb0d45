"""Assist's page of a site: what it does, what it would have done, how good it is, and for whom it is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rejoinder.accounts.viewer import Viewer
from rejoinder.assist.models import Version
from rejoinder.assist.outcomes import Blind, blind_sample
from rejoinder.assist.prices import Price, price, prices
from rejoinder.console.access import access_console, may
from rejoinder.console.assist import drawings, people, states, weeks
from rejoinder.console.assist.forms import MODES, SettingsForm, initial
from rejoinder.console.assist.words import (
    count,
    day,
    figure,
    plain,
    reason_of,
    share,
    state_of,
)
from rejoinder.console.page import show
from rejoinder.core import clock

__all__ = ["assist", "page"]

PLACE = "console-assist"
VERSIONS = 12
WEEK = timedelta(days=7)
# What the sliders take, in shares.
MISS = (0.005, 0.10)
THROUGH = (0.02, 0.30)


@require_safe
def assist(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/assist/?language=…&miss=…&through=…"""
    return page(request, access_console(request, site, may="read"))


def page(request: HttpRequest, viewer: Viewer, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page, with what went wrong or is asked first (`more`: form, asks, error)."""
    state = states.state_of(viewer.site)
    chosen = request.GET.get("language", "")
    language = chosen if chosen in state.active else ""
    version = state.active.get(language)
    context = {
        "page_title": _("Assist"),
        "state": states.sentences(state, version),
        "installed": state.installed,
        "off": state.policy.mode == state.policy.Mode.OFF,
        "alarm": states.alarm(state),
        "paused": state.policy.paused is not None,
        "language_chosen": language,
        "languages": _languages(state.active, language),
        "form": SettingsForm(initial=initial(state.policy)),
        "modes": MODES,
        "owns": may(viewer, "own"),
        **(_figures(viewer, state, version, request.GET) if state.installed else {}),
        **more,
    }
    return show(request, viewer, "rejoinder/console/assist.html", context, place=PLACE, status=status)


def _languages(active: dict[str, Version], chosen: str) -> list[dict[str, Any]]:
    if len(active) < 2:
        return []
    return [
        {"code": code, "label": code or _("all languages"), "current": code == chosen}
        for code in sorted(active)
    ]


def _figures(
    viewer: Viewer, state: states.State, version: Version | None, asked: QueryDict
) -> dict[str, Any]:
    found = version.evaluation if version is not None else {}
    blind = blind_sample(viewer.site)
    at = _priced(found, asked, state)
    return {
        "tiles": _tiles(state, found, at, blind),
        "blind": _blind(blind),
        "week": weeks.week(viewer.site, clock.now() - WEEK),
        "price": at,
        "curve": drawings.learning_curve(found.get("curve") or []),
        "calibration": drawings.calibration(found.get("calibration") or {}),
        "honest": _honest(found.get("calibration") or {}),
        "drift": people.drift(state.policy.drift.get(version.language if version else "", {})),
        "staff": people.staff(viewer.site),
        "identity": people.identity(found.get("identity") or []),
        "by_language": people.by_language(viewer.site),
        "by_kind": people.by_kind(viewer.site),
        "suspected": people.suspected(viewer.site),
        "versions": _versions(viewer, version.language if version else ""),
    }


def _tiles(
    state: states.State, found: dict[str, Any], at: dict[str, Any] | None, blind: Blind
) -> list[dict[str, str]]:
    learned, calibration = state.learned, found.get("calibration") or {}
    told = _("%(rejected)s rejected") % {"rejected": count(learned["rejected"])}
    if learned["told"]:
        told += "; " + _("%(n)s from other systems") % {"n": count(learned["told"])}
    off, floor = calibration.get("ece"), calibration.get("floor")
    now: Price | None = at["now"] if at else None
    return [
        _tile(_("Decisions"), count(learned["all"]), told),
        _tile(
            _("Rejected put before approved"),
            share(found.get("auroc"), digits=0),
            _("of pairs; by chance it is 50 %"),
        ),
        _tile(
            _("Probabilities are off by"),
            share(off),
            _("a perfect model, by chance: %(floor)s") % {"floor": share(floor)} if off is not None else "",
        ),
        _tile(
            _("Of the queue, saved if it approved"),
            share(now.saved, digits=0) if now and now.promises else _("0 for now"),
            _("within the limits that are set"),
        ),
        _tile(
            _("Missed, among what was decided blind"),
            share(blind.share) if blind.decided else "–",
            _("between %(low)s and %(high)s") % {"low": share(blind.low), "high": share(blind.high)}
            if blind.decided
            else "",
        ),
    ]


def _tile(label: str, value: str, hint: str) -> dict[str, str]:
    return {"label": label, "figure": value, "hint": hint}


def _blind(blind: Blind) -> str:
    if not blind.decided:
        return _("Nothing was decided blind yet.")
    said = _(
        "Of %(n)s comments that Assist would have approved and people decided without seeing what it says, they"
        " rejected %(rejected)s: %(share)s, and with 95 %% certainty between %(low)s and %(high)s."
    )
    return said % {
        "n": count(blind.decided),
        "rejected": count(blind.rejected),
        "share": share(blind.share),
        "low": share(blind.low),
        "high": share(blind.high),
    }


def _honest(found: dict[str, Any]) -> str:
    if found.get("ece") is None:
        return ""
    said = _(
        "Where it said 30 %%, about 30 %% should have been rejected. On average it was off by %(ece)s; a perfect model"
        " would show %(floor)s on so many comments, by chance. The band is where chance alone would put it."
    )
    return said % {"ece": share(found["ece"]), "floor": share(found["floor"])}


def _priced(found: dict[str, Any], asked: QueryDict, state: states.State) -> dict[str, Any] | None:
    """The price of the caps that are asked for, else of those that are set; None before anything was foretold."""
    later = found.get("later") or []
    if not later:
        return None
    policy = state.policy
    miss, through = _asked(asked, "miss", MISS), _asked(asked, "through", THROUGH)
    now = price(later, miss=policy.miss, through=policy.through)
    same = miss is None and through is None
    chosen = now if same else price(later, miss=miss or policy.miss, through=through or policy.through)
    return {
        "now": now,
        "chosen": chosen,
        "same": same,
        "says": _price_says(chosen),
        "miss": plain(chosen.miss),
        "through": plain(chosen.through),
        "missed": share(chosen.miss),
        "let_through": share(chosen.through),
        "plot": drawings.price_curve(prices(later, through=chosen.through), chosen),
        "on": count(len(later)),
    }


def _price_says(one: Price) -> str:
    if not one.promises:
        return _(
            "0 for now: with these limits nothing can be promised, so nothing would be approved. More decisions, or"
            " wider limits, change that."
        )
    said = _(
        "Assist would approve %(saved)s of the queue. Of that, people would reject %(missed)s, surely at most"
        " %(missed_most)s. Of all that they reject, %(through)s would get through, surely at most %(through_most)s."
    )
    return said % {
        "saved": share(one.saved, digits=0),
        "missed": share(one.missed),
        "missed_most": share(one.missed_at_most),
        "through": share(one.let_through),
        "through_most": share(one.let_through_at_most),
    }


def _asked(data: QueryDict, name: str, ends: tuple[float, float]) -> float | None:
    """A percentage of the address as a share, held within what the slider takes; None where there is none."""
    text = data.get(name, "")[:8]
    if not (text.isascii() and text.replace(".", "", 1).isdecimal()):
        return None
    return min(ends[1], max(ends[0], float(text) / 100))


def _versions(viewer: Viewer, language: str) -> list[dict[str, Any]]:
    rows = Version.objects.filter(site=viewer.site, language=language).select_related("actor")
    kept = set(rows.exclude(blob=None).values_list("pk", flat=True))
    return [_version(row, kept=row.pk in kept) for row in rows.defer("blob").order_by("-number")[:VERSIONS]]


def _version(row: Version, *, kept: bool) -> dict[str, Any]:
    found = row.evaluation
    trial = found.get("trial") or {}
    compared = (
        f"{figure(trial['before'])} → {figure(trial['after'])}"
        if {"before", "after"} <= trial.keys()
        else "–"
    )
    return {
        "id": row.pk,
        "number": row.number,
        "state": state_of(row),
        "current": row.state == Version.State.ACTIVE,
        "kept": kept,
        "made": day(row.made),
        "examples": count(row.examples),
        "why": reason_of(row),
        "by": row.actor.name if row.actor else "",
        "auroc": share(found.get("auroc"), digits=1),
        "ece": share((found.get("calibration") or {}).get("ece")),
        "loss": figure(found.get("log_loss")),
        "compared": compared,
    }
