from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from rejoinder.accounts.actions import check_guest_name
from rejoinder.accounts.guests import sign_guest
from rejoinder.accounts.models import Commenter
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, events, ids, rows
from rejoinder.core.db import writing
from rejoinder.core.errors import Conflict, Refused, RejoinderError
from rejoinder.core.limits import Limit, check_room, spend, take
from rejoinder.core.text.check import check_and_render
from rejoinder.core.text.normal import clean
from rejoinder.core.text.render import RENDERER_VERSION
from rejoinder.core.text.skeleton import name_key
from rejoinder.discussion import counters, ports
from rejoinder.discussion.actions.receipts import Receipts, keep, made_before, receipts_of
from rejoinder.discussion.actions.threads import open_thread
from rejoinder.discussion.anchors import anchor_for, words_for
from rejoinder.discussion.errors import parent_gone, thread_closed
from rejoinder.discussion.events import CommentPosted
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.orders import rank_of, tie_of
from rejoinder.discussion.ports import Writing
from rejoinder.discussion.windows.shape import INDENTED

__all__ = ["POSTS", "Posted", "Writing", "branch_beneath", "post_comment"]

# One address block posts no more than this; a family or an office behind one address stays well below.
POSTS = Limit("posts", most=30, window=timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class Posted:
    comment: Comment
    fresh: bool  # False: this request had been taken before
    comment_count: int  # of the thread, now


def post_comment(*, viewer: Viewer, thread: Thread, writing_: Writing) -> Posted:
    """Post a comment or a reply. Returned means stored.

    Raises InvalidInput (nothing is stored, the text is kept by the caller), Conflict (closed, parent gone),
    TooMany, Refused (no guests here), ConfirmFirst (kept until the writer's address is confirmed).
    """
    receipts = receipts_of(viewer, thread, writing_)
    try:
        check_room(POSTS, viewer.block)  # a flood is not read first
        text = _check(viewer, thread, writing_)
        ports.letters().receive(viewer=viewer, thread=thread, writing_=writing_)
    except RejoinderError:
        # Taken while that was allowed still: the answer was lost, not the comment.
        before = _taken_before(receipts)
        if before is None:
            raise
        return before
    return _post(viewer, thread, writing_, receipts, text)


@dataclass(frozen=True, slots=True)
class Checked:
    """What somebody sends, found right."""

    name: str
    body: str
    html: str
    prepared: Any


def _check(viewer: Viewer, thread: Thread, writing_: Writing) -> Checked:
    body, html = check_and_render(writing_.body)
    name = _check_name(viewer, writing_.name)
    if thread.closed:
        raise thread_closed()
    about = words_for(thread, writing_.place)
    prepared = ports.screener().prepare(viewer, thread, body, writing_.parent, quote=about)
    return Checked(name, body, html, prepared)


def _post(viewer: Viewer, thread: Thread, writing_: Writing, receipts: Receipts, text: Checked) -> Posted:
    try:
        with writing():
            before = _taken_before(receipts)
            if before is not None:
                return before
            spend(POSTS, viewer.block)
            if not thread.is_born:
                thread = _born(thread, writing_)
            parent = _access_parent(thread, writing_.parent)
            author = _author(viewer, writing_.guest_token, text.name)
            draft = ports.Draft(
                thread,
                author,
                text.name,
                text.body,
                viewer,
                parent,
                signals=writing_.signals,
                prepared=text.prepared,
                anchor=anchor_for(thread, parent, writing_.place),
            )
            return _store(draft, text.html, receipts, writing_)
    except IntegrityError:
        # The same request, a moment earlier, on another connection.
        before = _taken_before(receipts)
        if before is None and thread.is_born and not Thread.objects.filter(pk=thread.pk).exists():
            raise thread_closed() from None  # merged into another a moment ago
        if before is None:
            raise
        return before
    except (Conflict, Refused):
        take(POSTS, viewer.block)  # what was counted above is undone with the rest, and counts all the same
        raise


def _check_name(viewer: Viewer, raw: str) -> str:
    viewer.check_may_speak()
    if viewer.is_account and viewer.commenter:
        return viewer.commenter.name
    if not viewer.site.guests:
        raise Refused(_("Guests cannot write here; sign in first."))
    return check_guest_name(raw, viewer.site)


def _author(viewer: Viewer, guest_token: str, name: str) -> Commenter:
    """Who writes, under this name from now on."""
    author = viewer.commenter
    if author is None:
        return sign_guest(guest_token, name)
    if author.name != name:
        author.name, author.name_key = name, name_key(name)[:240]
        author.save(update_fields=["name", "name_key"])
    return author


def _born(thread: Thread, writing_: Writing) -> Thread:
    """A thread that begins with its first comment (access_thread made sure that it may)."""
    hint = " ".join(clean(writing_.title).split())
    return open_thread(site=thread.site, key=thread.key, url=thread.url, hint=hint)


def _access_parent(thread: Thread, public_id: str) -> Comment | None:
    if not public_id:
        return None
    of = [ids.decode(public_id), thread.pk, Comment.State.PUBLIC]
    parent = rows.one(Comment, "id = %s AND thread_id = %s AND state = %s", of)
    if parent is None:
        raise parent_gone()
    return parent


def _store(draft: ports.Draft, html: str, receipts: Receipts, writing_: Writing) -> Posted:
    verdict = ports.screener().screen(draft)
    held = verdict is not None and verdict.holds
    moment = clock.now()
    place = clock.micros(moment)
    parent, site = draft.parent, draft.viewer.site
    comment = Comment(
        thread=draft.thread,
        parent=parent,
        depth=parent.depth + 1 if parent else 0,
        branch_id=branch_beneath(parent),
        author=draft.author,
        author_name=draft.name,
        body=draft.body,
        html=html,
        renderer_version=RENDERER_VERSION,
        created=moment,
        state=Comment.State.HELD if held else Comment.State.PUBLIC,
        listed=not held,
        place=place,
        rank=rank_of(0, 0, draft.thread.prior_up, draft.thread.prior_down),
        tie=tie_of(place, root=parent is None),
        anchor=draft.anchor or None,
    )
    rows.store(comment)
    if verdict is not None:
        ports.screener().record(comment, verdict)
    keep(receipts, comment, author=draft.author, created=moment)
    events.publish(
        CommentPosted(site=site.pk, thread=draft.thread.pk, comment=comment.pk, state=comment.state)
    )
    ports.letters().keep(viewer=draft.viewer, comment=comment, writing_=writing_)
    return Posted(comment, fresh=True, comment_count=_finish(draft.thread, comment))


def _finish(thread: Thread, comment: Comment) -> int:
    """What others wait for, last: the parent's row, then the thread's.

    Closed, or the parent gone in the meantime, means that nothing of this happened. Returns the number of comments.
    """
    if comment.state == Comment.State.PUBLIC:
        moved = counters.answer(comment)
        return counters.touch(thread.pk, public=1, moved=moved, is_open=True).comment_count
    count = Thread.objects.filter(pk=thread.pk, closed=None).values_list("comment_count", flat=True).first()
    if count is None:
        raise thread_closed()
    return count


def branch_beneath(parent: Comment | None) -> int | None:
    """The ancestor beneath which a reply to `parent` goes on flat, or None where it is still indented."""
    if parent is None or parent.depth < INDENTED:
        return None
    return parent.pk if parent.depth == INDENTED else parent.branch_id


def _taken_before(receipts: Receipts) -> Posted | None:
    """What this request has made already. Raises InvalidInput where its key came with another text."""
    comment = made_before(receipts)
    if comment is None:
        return None
    return Posted(comment, fresh=False, comment_count=comment.thread.comment_count)
