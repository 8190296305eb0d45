"""Receipts: a request that comes again, after an answer that was lost or by a second click, gets the same comment."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, jobs, rows
from rejoinder.core.db import ask
from rejoinder.core.errors import InvalidInput
from rejoinder.discussion.models import Comment, Receipt, Thread
from rejoinder.discussion.ports import Writing

# The same words by the same person in the same place within this time are one click, sent twice.
TWICE = timedelta(minutes=5)
KEEP = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Receipts:
    """What names a request: keys to store with the comment, and all keys under which it may be stored already."""

    store: dict[UUID, UUID | None]
    known: list[UUID]
    words: str
    window: int
    # Of the client's key, and of the text that came with it.
    key: UUID | None = None
    text: UUID | None = None


def receipts_of(viewer: Viewer, thread: Thread, writing_: Writing) -> Receipts:
    """What makes two requests the same: the key the client chose, and the words themselves within a short time."""
    # As it was asked for: a retry finds what it stored, though the thread was moved in between.
    place = f"{viewer.site.pk}|{thread.asked_as or thread.key}|{writing_.parent}"
    if writing_.place:
        place += f"|{sorted(writing_.place.items())}"
    words = f"{place}|{writing_.name.strip()}|{writing_.body.strip()}"
    window = int(clock.now().timestamp() // TWICE.total_seconds())
    who = viewer.number or viewer.block
    store: dict[UUID, UUID | None] = {_said(words, window, who): None}
    key = text = None
    if writing_.idempotency_key:
        key = _digest(f"key|{place}|{writing_.idempotency_key}")
        text = _digest(f"text|{writing_.body.strip()}")
        store[key] = text
    return Receipts(store, [*store, _said(words, window - 1, who)], words, window, key, text)


def _said(words: str, window: int, who: int | str) -> UUID:
    return _digest(f"said|{window}|{who}|{words}")


def _digest(text: str) -> UUID:
    return UUID(bytes=hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16])


def made_before(receipts: Receipts) -> Comment | None:
    """What this request has made already. Raises InvalidInput where its key came with another text."""
    found = _kept(receipts.known)
    if not found:
        return None
    named = found.get(receipts.key) if receipts.key else None
    if named and named[1] not in {None, receipts.text}:
        # Answered with the earlier comment, this text would be lost with nobody being told.
        raise InvalidInput(
            code="idempotency-key",
            message="This Idempotency-Key came with another text before. Choose a new one for each text.",
            field="idempotency_key",
        )
    number, _text = named or next(iter(found.values()))
    return Comment.objects.select_related("thread__site", "author").get(pk=number)


def _kept(keys: list[UUID]) -> dict[UUID, tuple[int, UUID | None]]:
    """Under these keys: the comment, and the text that came with a client's key (None where that is not known)."""
    field = Receipt._meta.pk
    marks = ", ".join(["%s"] * len(keys))
    found = ask(
        f"SELECT key, comment_id, text FROM rejoinder_receipt WHERE key IN ({marks})",  # noqa: S608
        [field.get_db_prep_value(key, connection) for key in keys],
    )
    return {field.to_python(key): (number, field.to_python(text)) for key, number, text in found}


def keep(receipts: Receipts, comment: Comment, *, author: Commenter, created: datetime) -> None:
    """Store them with what they name. Raises IntegrityError where the same request was taken a moment earlier.

    The same form again comes with the edit token of the first answer, or without it where that was lost.
    """
    keys = {**receipts.store, _said(receipts.words, receipts.window, author.pk): None}
    of = {"comment_id": comment.pk, "created": created}
    rows.insert(Receipt, *({"key": key, "text": keys[key], **of} for key in sorted(keys)))


def check_idempotency_key(raw: str) -> str:
    """A client's key: 16 to 200 printable ASCII characters, or nothing. Raises InvalidInput."""
    if raw and not (16 <= len(raw) <= 200 and raw.isascii() and raw.isprintable()):
        raise InvalidInput(
            code="idempotency-key",
            message="Idempotency-Key must be 16 to 200 printable ASCII characters.",
            field="idempotency_key",
        )
    return raw


@jobs.periodic("discussion.forget_receipts", every=timedelta(hours=1))
def forget_receipts() -> None:
    rows.forget(Receipt.objects.filter(created__lt=clock.now() - KEEP))
