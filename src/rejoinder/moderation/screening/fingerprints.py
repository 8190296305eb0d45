"""By what a text is found again though some of its words were changed: MinHash of its five-letter pieces.

The pieces are of the text's key (see phrases): neither spaces, accents, case, look-alikes nor links make a difference.
One permutation with eight bins (Li, Owen, Zhang: One Permutation Hashing, 2012); each two bins are a band, and texts
that share a band are compared piece by piece.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from django.db.models import Q, QuerySet

from rejoinder.core import clock, jobs, rows
from rejoinder.discussion.models import Comment
from rejoinder.moderation.models import Fingerprint
from rejoinder.moderation.screening.folding import folded, lower
from rejoinder.moderation.screening.phrases import key_of

Bands = tuple[int, int, int, int]

SHORTEST, COMPARED = 30, 2000  # letters: shorter texts are alike by chance, and what advertises says so early
LIKE: Final = 0.6  # the share of pieces that two texts have in common, of all that either has
KEEP = timedelta(days=60)
_PIECE, _BINS = 5, 8
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_COLUMNS = ("first", "second", "third", "fourth")
_MOST = 200  # texts that are compared with one


# A text is taken to pieces before its transaction and looked up within; in a flood the same ones are compared again
# and again.
@lru_cache(maxsize=64)
def pieces_of(text: str) -> frozenset[str]:
    """What is compared; empty for a text that is too short to say anything."""
    letters = key_of(folded(lower(_LINK.sub(" ", text))))[:COMPARED]
    if len(letters) < SHORTEST:
        return frozenset()
    return frozenset(letters[at : at + _PIECE] for at in range(len(letters) - _PIECE + 1))


@lru_cache(maxsize=64)
def of(text: str, site: int) -> Bands | None:
    """The four bands of a text on a site, or None where it is too short."""
    pieces = pieces_of(text)
    return _bands(pieces, site) if pieces else None


def _bands(pieces: Iterable[str], site: int) -> Bands:
    smallest: list[int] = [-1] * _BINS
    for piece in pieces:
        number, at = divmod(zlib.crc32(piece.encode("utf-8", "surrogatepass")), _BINS)
        if smallest[at] < 0 or number < smallest[at]:
            smallest[at] = number
    # An empty bin takes over from the next that is not (Shrivastava, Li: Densifying One Permutation Hashing, 2014).
    filled = [
        next(smallest[(at + step) % _BINS] for step in range(_BINS) if smallest[(at + step) % _BINS] >= 0)
        for at in range(_BINS)
    ]
    first, second, third, fourth = (
        _number(f"{site}|{at}|{filled[at]}|{filled[at + 1]}") for at in range(0, _BINS, 2)
    )
    return first, second, third, fourth


def _number(text: str) -> int:
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's coefficient."""
    return len(one & other) / len(one | other) if one and other else 0.0


def keep(comment: Comment, site: int) -> None:
    """Store by what a comment is found again, within the transaction of its text."""
    bands = of(comment.body, site)
    if bands is None:
        Fingerprint.objects.filter(pk=comment.pk).delete()
        return
    taken = ", ".join(f"{name} = excluded.{name}" for name in (*_COLUMNS, "created"))
    row = {"comment_id": comment.pk, "created": clock.now(), **dict(zip(_COLUMNS, bands, strict=True))}
    rows.insert(Fingerprint, row, otherwise=f"ON CONFLICT (comment_id) DO UPDATE SET {taken}")


def _alike(bands: Bands) -> QuerySet[Fingerprint]:
    shared = Q()
    for name, band in zip(_COLUMNS, bands, strict=True):
        shared |= Q(**{name: band})
    return Fingerprint.objects.filter(shared)


def similar(comment: Comment, *, most: int = 50) -> list[Comment]:
    """Comments of the site that say much the same, newest first, whatever their state; not itself."""
    found = near(comment.body, comment.thread.site_id, but=comment.pk)
    return found[:most]


def near(
    text: str, site: int, *, since: datetime | None = None, but: int = 0, most: int = _MOST
) -> list[Comment]:
    """Comments of a site that say much the same as a text, newest first; of the newest `most` that may.

    Each costs what reading its text costs: in a flood all of them may, and whoever writes waits for it.
    """
    pieces = pieces_of(text)
    if not pieces:
        return []
    rows_ = _alike(_bands(pieces, site)).exclude(pk=but)
    if since is not None:
        rows_ = rows_.filter(created__gt=since)
    numbers = list(rows_.order_by("-created").values_list("pk", flat=True)[:most])
    if not numbers:
        return []
    candidates = (
        Comment.objects.filter(pk__in=numbers)
        .exclude(state=Comment.State.DELETED)
        .select_related("thread__site", "author")
        .order_by("-id")
    )
    return [row for row in candidates if likeness(pieces, pieces_of(row.body)) >= LIKE]


@jobs.periodic("moderation.forget_fingerprints", every=timedelta(hours=12))
def forget() -> None:
    """What is old, and what its author took back, is compared with no more."""
    rows.forget(Fingerprint.objects.filter(created__lt=clock.now() - KEEP))
    rows.forget(Fingerprint.objects.filter(comment__state=Comment.State.DELETED))
