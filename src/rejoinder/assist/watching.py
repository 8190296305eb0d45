"""The watch for a change of policy: do people still decide as the active version expects?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.models import Site
from rejoinder.assist.examples import Told
from rejoinder.assist.fitting import Lane
from rejoinder.assist.models import Policy
from rejoinder.core import clock
from rejoinder.core.db import locked, writing

if TYPE_CHECKING:
    from rejoinder.assist.learning.drift import Drift
    from rejoinder.assist.learning.model import Model


def watch(site: Site, lane: Lane) -> datetime | None:
    """Look at what was decided since the last look. Returns since when it is otherwise, where that is now sure.

    Raises the alarm then: automation stops until somebody has looked (actions.clear_alarm).
    """
    from rejoinder.assist.learning.drift import Drift

    if lane.active is None or lane.model is None:
        return None
    kept: dict[str, Any] = Policy.objects.get(site=site).drift.get(lane.language, {})
    began = kept.get("upto") or (lane.active.until or lane.active.made).isoformat()
    in_turn = sorted(lane.told, key=lambda one: one.order)
    new = [one for one in in_turn if one.order > datetime.fromisoformat(began)]
    if not new:
        return None
    state = _after(Drift.of(kept), lane.model, new)
    since = in_turn[-min(state.since, len(in_turn))].at if state.alarm else None
    alarm = {"language": lane.language, "side": state.alarm, "decisions": state.since}
    _keep(site, lane.language, (Drift() if since else state).as_dict() | {"upto": new[-1].order.isoformat()})
    if since is not None:
        _raise(site, alarm | {"since": since.isoformat(), "version": lane.active.number})
    return since


def _after(state: Drift, model: Model, new: list[Told]) -> Drift:
    """The state of the watch after these decisions, in the order in which they became known."""
    from rejoinder.assist.learning.model import score

    for said, one in zip(score(model, [one.example.text for one in new], why=False), new, strict=True):
        if said.probability is not None:
            state = state.after(said.probability, one.example.label)
    return state


def _keep(site: Site, language: str, state: dict[str, Any]) -> None:
    with writing():
        row: Policy = locked(Policy.objects.filter(site=site)).get()
        row.drift[language] = state
        row.save(update_fields=["drift"])


def _raise(site: Site, alarm: dict[str, Any]) -> None:
    with writing():
        Policy.objects.filter(site=site).update(alarmed=clock.now(), alarm=alarm)
        raise_edition(site=site.pk)
    structlog.get_logger("rejoinder.assist").warning("decisions look otherwise", site=site.key, **alarm)
