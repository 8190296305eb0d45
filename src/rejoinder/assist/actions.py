"""Telling Assist what was decided, and what it may do. Nothing here loads a model."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.models import Commenter, Site
from rejoinder.assist import available
from rejoinder.assist.models import Example, Policy, Score, Version
from rejoinder.assist.models.examples import MAX_KEY
from rejoinder.assist.queries import policy_of
from rejoinder.core import clock, jobs
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import InvalidInput, NotFound

WAIT = timedelta(minutes=10)
# The watch for a change of policy looks this often; a refit needs more (refitting.ENOUGH).
LOOK = 10
LONGEST = 20_000  # characters of a text that are kept
ABOVE = 2_000  # of the text that it answers


def key_of(comment_id: int | str) -> str:
    """How an example is called: a comment of ours by its number, anything else as its client calls it."""
    return f"comment:{comment_id}" if isinstance(comment_id, int) else f"client:{comment_id}"[:MAX_KEY]


def learn(
    *,
    site: Site,
    comment_id: int | str,
    body: str,
    label: int,
    at: datetime,
    weight: float = 1.0,
    language: str = "",
    parent: str = "",
    author: Commenter | int | str | None = None,
    actor: Commenter | None = None,
    saw: bool | None = None,
) -> None:
    """Keep a decision (1: rejected, 0: approved) in the caller's transaction; a later one takes an earlier one's place.

    `comment_id`: a comment's number, or a client's token (unique within the site: name the client in it). `author`: a
    commenter, a number, or what a client calls them. Does nothing where Assist is off or not installed.
    """
    if not available() or policy_of(site).mode == Policy.Mode.OFF or not body.strip():
        return
    key = key_of(comment_id)
    said = Score.objects.filter(comment=comment_id).first() if isinstance(comment_id, int) else None
    told: dict[str, Any] = {
        "label": label,
        "weight": weight,
        "at": at,
        "changed": clock.now(),
        "language": language,
        "body": body[:LONGEST].replace("\x00", ""),
        "parent": parent[:ABOVE].replace("\x00", ""),
        "author_id": getattr(author, "pk", author) if not isinstance(author, str) else None,
        "author_key": author[:64] if isinstance(author, str) else "",
        "actor": actor,
        "saw": saw,
        "score": said.score if said else None,
        "probability": said.probability if said else None,
        "source": Example.Source.DECISION if isinstance(comment_id, int) else Example.Source.CLIENT,
    }
    with writing():
        before = locked(Example.objects.filter(site=site, key=key)).first()
        if _same(before, told):
            return  # told again
        if before is not None:
            told |= {"label_before": before.label, "at_before": before.at, "actor_before": before.actor}
            told |= {} if before.body == told["body"] else {"vector": None}
            Example.objects.filter(pk=before.pk).update(**told)
        else:
            Example.objects.create(site=site, key=key, **told)
        ask_for_refit(site)


def _same(before: Example | None, told: dict[str, Any]) -> bool:
    said = ("label", "at", "body", "weight")
    return before is not None and all(getattr(before, name) == told[name] for name in said)


def unlearn(*, comment_id: int | str, site: Site | None = None) -> None:
    """Forget what was decided about a text. `site` is needed for a client's token only."""
    rows = Example.objects.filter(key=key_of(comment_id))
    if site is not None:
        rows = rows.filter(site=site)
    for example in rows.select_related("site"):
        with writing():
            example.delete()
            ask_for_refit(example.site)


def ask_for_refit(site: Site, *, forced: bool = False) -> None:
    """Have a worker look at what is new: in ten minutes, or at once where enough is. Within the present transaction.

    Forced: a new version is made whatever its loss, because the one before it learned from what is gone.
    """
    if forced:
        jobs.enqueue("assist.refit", key=f"assist:{site.pk}:forced", site=site.pk, forced=True)
        return
    jobs.enqueue("assist.refit", key=f"assist:{site.pk}", due=clock.now() + WAIT, site=site.pk)
    since = policy_of(site).looked
    new = Example.objects.filter(site=site, **({"changed__gt": since} if since else {}))
    if len(new.values_list("pk")[:LOOK]) == LOOK:
        jobs.enqueue("assist.refit", key=f"assist:{site.pk}:now", site=site.pk)


def change_policy(*, site: Site, **changes: Any) -> Policy:
    """Set what is named: mode, miss, through, use_record. Raises InvalidInput."""
    _check_policy(changes)
    with writing():
        Policy.objects.get_or_create(site=site)
        Policy.objects.filter(site=site).update(**changes)
        raise_edition(site=site.pk)
        if changes.keys() & {"miss", "through", "use_record"}:
            ask_for_refit(site, forced=True)
    return policy_of(site)


def _check_policy(changes: dict[str, Any]) -> None:
    if changes.get("mode", Policy.Mode.LOG) not in Policy.Mode.values:
        raise InvalidInput(code="mode", message=_("There is no such mode."), field="mode")
    for name in ("miss", "through"):
        if not 0 < changes.get(name, 0.01) <= 0.5:
            raise InvalidInput(
                code=name, message=_("Write a share above 0 and at most one half."), field=name
            )


def clear_alarm(*, site: Site) -> None:
    """Somebody has looked: automation may go on, and the watch begins anew."""
    with writing():
        Policy.objects.filter(site=site).update(alarmed=None, alarm={}, drift={})
        raise_edition(site=site.pk)


def revert(*, version: Version, actor: Commenter | None = None) -> None:
    """Go back to a version. No new one is made until `resume` (or `rejoinder assist train`) says so.

    Raises NotFound where its file is not kept any more.
    """
    with writing():
        row = locked(Version.objects.filter(pk=version.pk)).first()
        if row is None or not row.blob:
            raise NotFound(_("This version is too old: it is not kept any more."))
        same = Version.objects.filter(site=row.site, language=row.language, state=Version.State.ACTIVE)
        moment = clock.now()
        same.exclude(pk=row.pk).update(state=Version.State.REVERTED, ended=moment, actor=actor)
        Version.objects.filter(pk=row.pk).update(state=Version.State.ACTIVE, ended=None)
        Policy.objects.get_or_create(site=row.site)
        Policy.objects.filter(site=row.site).update(paused=moment, drift={})


def resume(*, site: Site) -> None:
    """Learn on, from all that was decided and not left out."""
    with writing():
        Policy.objects.filter(site=site).update(paused=None)
        ask_for_refit(site, forced=True)


def leave_out(*, site: Site, actor: Commenter, since: datetime | None = None) -> int:
    """Learn nothing from what somebody decided (since a moment). Returns how many that are; `take_in` undoes it."""
    rows = Example.objects.filter(site=site, actor=actor, left_out=False)
    if since is not None:
        rows = rows.filter(at__gte=since)
    with writing():
        return rows.update(left_out=True)


def take_in(*, site: Site, actor: Commenter) -> int:
    """Learn again from what was left out of somebody's decisions. Returns their number."""
    with writing():
        return Example.objects.filter(site=site, actor=actor, left_out=True).update(
            left_out=False, changed=clock.now()
        )
