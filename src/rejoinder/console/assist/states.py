"""What Assist does on a site at present, in sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.assist import available
from rejoinder.assist.judging import missing
from rejoinder.assist.models import Example, Policy, Version
from rejoinder.assist.queries import policy_of
from rejoinder.console.assist.words import count, day, share
from rejoinder.core import clock

FIRST = 25  # decisions that a first version needs


@dataclass(frozen=True, slots=True)
class State:
    """`active`: by language; `learned`: of the examples, how many there are, since when, how many left out."""

    site: Site
    policy: Policy
    installed: bool
    active: dict[str, Version] = field(default_factory=dict)
    learned: dict[str, Any] = field(default_factory=dict)


def state_of(site: Site) -> State:
    """Three queries."""
    versions = (
        Version.objects.filter(site=site, state=Version.State.ACTIVE).defer("blob").order_by("language")
    )
    learned = Example.objects.filter(site=site).aggregate(
        all=Count("pk"),
        rejected=Count("pk", filter=Q(label=1)),
        left_out=Count("pk", filter=Q(left_out=True)),
        told=Count("pk", filter=Q(source=Example.Source.CLIENT)),
        first=Min("at"),
        last=Max("changed"),
    )
    return State(
        site, policy_of(site), available(), {version.language: version for version in versions}, learned
    )


def sentences(state: State, version: Version | None) -> list[str]:
    """From what it does down to what holds it back."""
    if not state.installed:
        return [missing()]
    if state.policy.mode == Policy.Mode.OFF:
        return [_("Assist is off here: it learns nothing, says nothing and does nothing.")]
    found = [_does(state, version), _learned(state, version), _probability(version)]
    if state.policy.paused is not None:
        found.append(
            _("Somebody went back to an older version on %(day)s: learning rests.")
            % {"day": day(state.policy.paused)}
        )
    return [sentence for sentence in found if sentence]


def _does(state: State, version: Version | None) -> str:
    mode = state.policy.mode
    if mode == Policy.Mode.LOG:
        return _("Assist learns and sorts here. By itself it does nothing.")
    if state.policy.alarmed is not None:
        return _("Assist sorts here. What it may do by itself rests until somebody has looked at the alarm.")
    limits = version.thresholds if version is not None else {}
    hold, approve = limits.get("hold"), limits.get("approve")
    holds = (
        _("It holds what people here mostly reject: from a probability of %(share)s on.")
        % {"share": share(hold, digits=0)}
        if hold is not None
        else _("It may hold comments, and holds none for now: not enough is known yet.")
    )
    if mode == Policy.Mode.HOLD:
        return holds
    approves = (
        _("It lets appear what has a probability of %(share)s or less and is held only as everything is.")
        % {"share": share(approve)}
        if approve is not None
        else _("It may approve comments, and approves none: 0 for now, because nothing can be promised.")
    )
    return f"{holds} {approves}"


def _learned(state: State, version: Version | None) -> str:
    total = state.learned["all"]
    if not total:
        return _(
            "It has learned from no decision yet. What it says comes from what is called abusive in general."
        )
    said = _("Decisions so far: %(n)s, since %(day)s.")
    said %= {"n": count(total), "day": day(state.learned["first"])}
    if version is None:
        return f"{said} " + _("A first version comes after %(n)d of both kinds.") % {"n": FIRST}
    return f"{said} " + _("Version %(version)s judges now, from %(n)s of them.") % {
        "version": version.number,
        "n": count(version.examples),
    }


def shows_probability(version: Version | None) -> bool | None:
    """Whether cards show one; None where it cannot be told, as of a model from a file."""
    if version is None:
        return False
    curve = version.evaluation.get("curve") or []
    return curve[-1]["log_loss"] is not None if curve else None


def _probability(version: Version | None) -> str:
    shown = shows_probability(version)
    if shown is None:
        return ""
    if shown:
        return _("Cards show how probable a rejection is.")
    return _(
        "Cards show an order and no probability: there are too few decisions for one that would be honest."
    )


def alarm(state: State) -> dict[str, Any] | None:
    """What the alarm says, if there is one."""
    if state.policy.alarmed is None:
        return None
    told = state.policy.alarm
    sides = {
        "stricter": _("People here have come to reject more than Assist expects."),
        "milder": _("People here have come to reject less than Assist expects."),
        "otherwise": _("People here have come to reject other comments than Assist expects."),
    }
    since = str(told.get("since", ""))[:10]
    says = _("That became sure on %(day)s; it seems to have begun on %(since)s, %(n)d decisions before.")
    return {
        "what": sides.get(str(told.get("side")), sides["otherwise"]),
        "when": says
        % {"day": day(state.policy.alarmed), "since": since or "–", "n": int(told.get("decisions") or 0)},
        "version": told.get("version"),
        "language": told.get("language", ""),
        "fresh": (clock.now() - state.policy.alarmed).days < 1,
    }
