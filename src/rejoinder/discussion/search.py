"""Search through comments: FTS5 on SQLite, tsvector on PostgreSQL. Words without accents, newest first."""

from __future__ import annotations

import re
import unicodedata

from django.db import connection
from django.db.models import QuerySet

from rejoinder.accounts.models import Site
from rejoinder.discussion.models import Comment

_WORD = re.compile(r"\w+")
_ACCENTS = re.compile("[\u0300-\u036f]")
MOST_WORDS = 12  # more narrow nothing down and cost time


def words_of(query: str) -> list[str]:
    """The words of a query. Case is the databases' matter, and so are accents where FTS5 takes them off."""
    text = unicodedata.normalize("NFC", query)
    if connection.vendor != "sqlite":
        # As the column does it (migration 0002).
        text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))
    return _WORD.findall(text)[:MOST_WORDS]


def _matching(words: list[str]) -> tuple[str, str]:
    """SQL that holds for comments with all words (the last one may be a beginning), and its one parameter."""
    if connection.vendor == "sqlite":
        match = " ".join(f'"{word}"' for word in words) + "*"
        return (
            "rejoinder_comment.id IN (SELECT rowid FROM rejoinder_search WHERE rejoinder_search MATCH %s)",
            match,
        )
    match = " & ".join(words) + ":*"
    return "rejoinder_comment.search @@ to_tsquery('simple', %s)", match


def find(
    site: Site, query: str, *, states: set[str] | None = None, before: int | None = None
) -> QuerySet[Comment]:
    """Comments of a site, newest first. `states`: only these; `before`: only older row numbers (keyset)."""
    found = Comment.objects.filter(thread__site=site)
    if states:
        found = found.filter(state__in=states)
    if before is not None:
        found = found.filter(pk__lt=before)
    words = words_of(query)
    if query.strip() and not words:  # signs alone are in no index
        return found.none()
    if words:
        # The words are letters and digits only (\w), and travel as a parameter.
        where, match = _matching(words)
        found = found.extra(where=[where], params=[match])  # noqa: S610
    return found.select_related("thread__site").order_by("-pk")
