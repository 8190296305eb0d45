"""What waits in the demo's queue, so that somebody new to it sees what it is for. Real rows, made by the same doors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock
from rejoinder.core.db import writing
from rejoinder.discussion.actions import post_comment, set_comment_state
from rejoinder.discussion.actions.post import Writing
from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation.actions import flag_comment
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Decision
from rejoinder.moderation.queue import place, take_away
from rejoinder.project.demo.content.load import FOLDER, read


def load(*, site: Site, threads: Mapping[str, Thread]) -> None:
    """Post what waits, unless it was posted before. `threads`: by the slug of their story."""
    entries = read(FOLDER / "waiting.toml")["waiting"]
    if Comment.objects.filter(thread__site=site, body=entries[0]["body"]).exists():
        return
    for number, entry in enumerate(entries):
        thread = threads.get(entry["story"])
        if thread is not None:
            with writing():
                _put(site, thread, entry, number)


def _put(site: Site, thread: Thread, entry: Mapping[str, Any], number: int) -> None:
    viewer = _somebody(site, f"waiting {number}", entry["name"])
    comment = post_comment(
        viewer=viewer, thread=thread, writing_=Writing(body=entry["body"], name=entry["name"])
    ).comment
    # The demo's site has no rules yet: what they would have done is put here.
    take_away(comment=comment)
    rule = entry.get("rule", "")
    if entry["why"] == "held":
        _hold(site, comment, entry)
    for turn, reason in enumerate(entry.get("flags", [])):
        flag_comment(viewer=_somebody(site, f"waiting {number} {turn}"), comment=comment, reason=reason)
    place(comment=comment, why=entry["why"], rule=rule, severity=3 if entry.get("code") == "abuse" else 1)


def _somebody(site: Site, block: str, name: str = "") -> Viewer:
    """Somebody with an address of their own."""
    return Viewer(site, Commenter.objects.create(name=name, created=clock.now()), block=f"demo {block}")


def _hold(site: Site, comment: Comment, entry: Mapping[str, Any]) -> None:
    if comment.state == Comment.State.PUBLIC:
        record(
            site=site,
            comment=comment,
            action=Decision.Action.HOLD,
            reason=entry["reason"],
            rule=entry["rule"],
            code=entry["code"],
            text_seen=comment.body,
        )
        set_comment_state(comment=comment, state=Comment.State.HELD)
