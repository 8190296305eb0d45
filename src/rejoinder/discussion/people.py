"""What the discussion holds of a person: handing it over, erasing it, joining a guest's to an account's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.models import Commenter, Site
from rejoinder.core import ids
from rejoinder.core.db import locked, writing
from rejoinder.discussion import counters
from rejoinder.discussion.actions.change import set_comment_state
from rejoinder.discussion.actions.vote import withdraw
from rejoinder.discussion.models import Admission, Comment, Edit, Receipt, Vote

BATCH = 200  # comments looked up at once; each is erased in a transaction of its own, so nobody waits for all
Line = dict[str, Any]


def export_person(commenter: Commenter) -> Iterator[Line]:
    """Comments with their words, what those were before, and votes; oldest first."""
    written = Comment.objects.filter(author=commenter).select_related("thread__site").order_by("id")
    for comment in written.iterator(chunk_size=BATCH):
        yield _comment_line(comment)
    for edit in Edit.objects.filter(comment__author=commenter).order_by("id").iterator(chunk_size=BATCH):
        until = edit.created.isoformat()
        yield {
            "type": "earlier words",
            "comment": ids.encode(edit.comment_id),
            "body": edit.body,
            "until": until,
        }
    for vote in Vote.objects.filter(voter=commenter).order_by("id").iterator(chunk_size=BATCH):
        yield {
            "type": "vote",
            "comment": ids.encode(vote.comment_id),
            "value": vote.value,
            "counted": vote.counted,
            "created": vote.created.isoformat(),
        }


def _comment_line(comment: Comment) -> Line:
    return {
        "type": "comment",
        "id": comment.public_id,
        "site": comment.thread.site.key,
        "thread": comment.thread.key,
        "url": comment.thread.url,
        "parent": ids.encode(comment.parent_id) if comment.parent_id else None,
        "passage": comment.anchor,
        "name": comment.author_name,
        "body": comment.body,
        "state": comment.state,
        "created": _iso(comment.created),
        "edited": _iso(comment.edited),
        "ups": comment.ups,
        "downs": comment.downs,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def erase_person(commenter: Commenter, keeps_words: bool) -> None:
    """Comments lose their author, and unless they are kept their words; each keeps its place, with what is beneath it.

    Votes stay: of a row that names nobody.
    """
    while True:
        # Newest first, as everywhere: replies before what they answer.
        found = Comment.objects.filter(author=commenter).order_by("-pk").values_list("pk", flat=True)[:BATCH]
        numbers = list(found)
        for number in numbers:
            _erase_comment(number, keeps_words)
        if len(numbers) < BATCH:
            break
    with writing():
        Admission.objects.filter(voter=commenter).update(block="")


def _erase_comment(number: int, keeps_words: bool) -> None:
    with writing():
        row: Comment = locked(Comment.objects.filter(pk=number)).get()
        row.edits.all().delete()
        Receipt.objects.filter(comment=row).delete()
        row.author, row.author_name = None, ""
        if not keeps_words:
            row.body = row.html = ""
        row.save(update_fields=["author", "author_name", "body", "html"])
        if not keeps_words and row.state != Comment.State.DELETED:
            set_comment_state(comment=row, state=Comment.State.DELETED)
        else:
            counters.touch(row.thread_id)  # the name is gone from what was drawn


def claim_person(guest: Commenter, account: Commenter) -> None:
    """What a guest wrote and voted becomes an account's. One person has one vote, and none for their own words."""
    with writing():
        _withdraw_double(guest, account)
        Vote.objects.filter(voter=guest).update(voter=account)
        known = Admission.objects.filter(voter=account).values("thread")
        Admission.objects.filter(voter=guest).exclude(thread__in=known).update(voter=account)
        Admission.objects.filter(voter=guest).delete()
        written = Comment.objects.filter(author=guest)
        sites = list(
            Site.objects.filter(threads__comments__author=guest).distinct().values_list("pk", flat=True)
        )
        written.update(author=account)
        for site in sites:
            raise_edition(site=site)  # a badge may belong to these names now


def _withdraw_double(guest: Commenter, account: Commenter) -> None:
    mine = Vote.objects.filter(voter=account).values("comment")
    again = Q(voter=guest, comment__in=mine)
    own = Q(voter=guest, comment__author=account) | Q(voter=account, comment__author=guest)
    for vote in Vote.objects.filter(again | own).order_by("-comment_id"):
        withdraw(vote=vote)
