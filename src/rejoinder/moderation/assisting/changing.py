"""Changing what Assist may do, what it learns from and who asks it: each change is a decision under its name.

Who may is the caller's to check.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.viewer import Viewer
from rejoinder.assist import actions, clients
from rejoinder.assist.models import Client, Policy, Version
from rejoinder.assist.queries import policy_of
from rejoinder.assist.taking import take_bytes
from rejoinder.core import ids
from rejoinder.core.db import writing
from rejoinder.moderation.assisting.opinions import RULE
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Decision


def change(*, viewer: Viewer, mode: str, miss: float, through: float, use_record: bool) -> None:
    """Set what it may do by itself, and within what. Raises InvalidInput; where nothing differs, nothing is done."""
    wanted: dict[str, Any] = {"mode": mode, "miss": miss, "through": through, "use_record": use_record}
    present = policy_of(viewer.site)
    changed = {name: value for name, value in wanted.items() if getattr(present, name) != value}
    if not changed:
        return
    with writing():
        actions.change_policy(site=viewer.site, **changed)
        _note(viewer, _("changed: %(what)s") % {"what": "; ".join(_said(changed))})


def _said(changed: dict[str, Any]) -> list[str]:
    labels = dict(Policy.Mode.choices)
    record_of = {True: _("authors’ records count"), False: _("authors’ records do not count")}
    sayings = {
        "mode": lambda value: str(labels[value]),
        "miss": lambda value: _("of what it approves, at most %(share)s missed") % {"share": _share(value)},
        "through": lambda value: (
            _("of all rejects, at most %(share)s let through") % {"share": _share(value)}
        ),
        "use_record": lambda value: record_of[value],
    }
    return [sayings[name](value) for name, value in changed.items()]


def _share(value: float) -> str:
    return formats.number_format(round(100 * value, 2)) + "\u00a0%"


def clear_alarm(*, viewer: Viewer) -> None:
    """Somebody has looked at what changed: automation may go on."""
    with writing():
        actions.clear_alarm(site=viewer.site)
        _note(viewer, _("the alarm was looked at; what it may do by itself goes on"))


def back_to(*, viewer: Viewer, version: Version) -> None:
    """Go back to a version; learning rests then. Raises NotFound where its file is gone."""
    with writing():
        actions.revert(version=version, actor=viewer.commenter)
        _note(viewer, _("back to version %(version)s; learning rests") % {"version": version.number})


def resume(*, viewer: Viewer) -> None:
    """Learn on, anew from all that counts."""
    with writing():
        actions.resume(site=viewer.site)
        _note(viewer, _("learns again, from all that counts"))


def leave_out(*, viewer: Viewer, actor: Commenter, since: datetime | None) -> int:
    """Learn nothing from somebody's decisions, and make a version without them. Returns how many those are.

    The record calls them by their id: a name in it could not be taken out again.
    """
    with writing():
        count = actions.leave_out(site=viewer.site, actor=actor, since=since)
        if count:
            actions.ask_for_refit(viewer.site, forced=True)
            said = _("%(n)d decisions of %(who)s since %(day)s are not learned from")
            day = since.date().isoformat() if since else "…"
            _note(viewer, said % {"n": count, "who": ids.encode(actor.pk), "day": day})
    return count


def take_in(*, viewer: Viewer, actor: Commenter) -> int:
    """Learn again from what was left out of somebody's decisions. Returns how many those are."""
    with writing():
        count = actions.take_in(site=viewer.site, actor=actor)
        if count:
            actions.ask_for_refit(viewer.site, forced=True)
            said = _("%(n)d decisions of %(who)s are learned from again")
            _note(viewer, said % {"n": count, "who": ids.encode(actor.pk)})
    return count


def take_file(*, viewer: Viewer, content: bytes, language: str) -> Version:
    """Make a model from a file the active version. Raises InvalidInput for whatever is no model of ours."""
    with writing():
        version = take_bytes(
            site=viewer.site, content=content, language=language, actor=viewer.commenter or None
        )
        _note(viewer, _("version %(version)s was taken from a file") % {"version": version.number})
    return version


def add_key(*, viewer: Viewer, name: str, quota: int) -> tuple[Client, str]:
    """A key for a program that asks in Perspective's format. Returns its row and the key. Raises InvalidInput."""
    with writing():
        client, key = clients.add_client(site=viewer.site, name=name, quota=quota)
        _note(viewer, _("a key for “%(name)s” was made") % {"name": client.name})
    return client, key


def change_quota(*, viewer: Viewer, client: Client, quota: int) -> None:
    """How many requests a minute a program may make. Raises InvalidInput."""
    with writing():
        clients.change_quota(client=client, quota=quota)
        said = _("“%(name)s” may ask %(quota)s times a minute")
        _note(viewer, said % {"name": client.name, "quota": formats.number_format(quota)})


def end_key(*, viewer: Viewer, client: Client, forget: bool) -> None:
    """Take a key back; `forget`: unlearn all that came by it, too."""
    with writing():
        if forget:
            clients.forget_client(client=client)
            said = _("the key of “%(name)s” was taken back, and what it told is forgotten")
        else:
            client.end()
            said = _("the key of “%(name)s” was taken back")
        _note(viewer, said % {"name": client.name})


def _note(viewer: Viewer, what: str) -> None:
    record(
        site=viewer.site,
        action=Decision.Action.RULE,
        reason=_("Assist: %(what)s") % {"what": what},
        actor=viewer.commenter,
        rule=RULE,
    )
