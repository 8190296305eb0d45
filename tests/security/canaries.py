"""Private columns, each filled with a word that stands nowhere else: whoever finds one has read what is not theirs.

A column of text is private until PUBLIC names it, so that a new one is looked for from its first day.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction

from rejoinder.core import clock

# What readers may see of a row that is public; and what no reader sees, but the row works by it (kinds, choices).
PUBLIC = {
    "Site.key",
    "Site.name",
    "Site.language",
    "Origin.origin",
    "Thread.key",
    "Thread.url",
    "Thread.title",
    "Thread.byline",
    "Thread.section",
    "Comment.author_name",
    "Comment.body",
    "Comment.html",
    "Comment.anchor",
    "Commenter.name",
    "NameChange.after",
    "Alias.key",
    "Manners.guidelines",
    "Report.figures",
}
WORKING = {
    "Job.task",
    "Event.kind",
    "Schedule.task",
    "Identity.badges",
    "ApiToken.scopes",
    "Waiting.thread_key",
}
WORKING |= {"Authorship.key", "Session.origin", "OneTimeCode.origin", "Waiting.parent"}
# Rows of comments that are not public: their words and names are nobody's either.
HIDDEN = {"Comment.author_name", "Comment.body", "Comment.html", "Comment.anchor"}

ROOM = 10  # characters of a marker
_number = itertools.count(100_000)


@dataclass
class Canaries:
    """`words`: marker -> where it lies."""

    words: dict[str, str] = field(default_factory=dict)
    # Other forms of what was stored: somebody who has an address can compare.
    forms: dict[str, str] = field(default_factory=dict)

    def put(self, row: models.Model, *, hidden: bool = False) -> None:
        """Fill all private columns of a row."""
        changed = {}
        for column in private_columns(type(row), hidden=hidden):
            where = f"{type(row).__name__}.{column.name}"
            changed[column.name] = self._marker(column, where)
        # What is sealed cannot be changed: of that a row is made anew.
        with suppress(DatabaseError), transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**changed)

    def make(self, model: type[models.Model], known: dict[Any, Any]) -> bool:
        """Another row of a model, its private columns filled, about what is known. False where it cannot be."""
        given: dict[str, Any] = {}
        for column in model._meta.concrete_fields:
            if isinstance(column, models.ForeignKey):
                given[column.name] = known.get(column.related_model)  # type: ignore[arg-type]
            elif not column.primary_key and not column.has_default() and not column.null:
                given[column.name] = _something(column)
        for column in private_columns(model, hidden=True):
            given[column.name] = self._marker(column, f"{model.__name__}.{column.name}")
        try:
            with transaction.atomic():
                known.setdefault(model, model._default_manager.create(**given))
        except (DatabaseError, ValueError):
            return False
        return True

    def word(self, where: str) -> str:
        """A marker for what is no column of a row."""
        marker = f"zq{next(_number)}zq"
        self._know(marker, where)
        return marker

    def _marker(self, column: Any, where: str) -> Any:
        marker = self.word(where)
        if isinstance(column, models.JSONField):
            return {"of": marker}
        stored = f"{marker}@mail.example" if "email" in column.name else marker
        self._know(stored, where)
        return stored

    def _know(self, stored: str, where: str) -> None:
        self.words[stored] = where
        for form in _forms(stored):
            self.forms[form] = where

    def found_in(self, text: str) -> list[str]:
        """Where what stands in a text was taken from."""
        plain = {where for word in re.findall(r"zq\d{6}zq", text) for where in [self.words.get(word, "")]}
        digests = set(re.findall(r"[0-9a-f]{32,64}|[A-Za-z0-9+/_-]{12,}={0,2}", text))
        return sorted(plain | {f"{self.forms[form]}, digested" for form in digests & set(self.forms)})


def _something(column: Any) -> Any:
    """A value that a column takes."""
    if isinstance(column, models.DateTimeField):
        return clock.now()
    if isinstance(column, (models.IntegerField, models.FloatField)):
        return next(_number)
    if isinstance(column, models.BooleanField):
        return False
    if isinstance(column, models.JSONField):
        return {}
    return column.choices[0][0] if column.choices else f"x{next(_number)}"[: column.max_length or 20]


def _forms(stored: str) -> Iterator[str]:
    raw = stored.encode()
    for name in ("md5", "sha1", "sha256"):
        yield hashlib.new(name, raw, usedforsecurity=False).hexdigest()
    yield base64.b64encode(raw).decode()
    yield base64.urlsafe_b64encode(raw).decode()


def private_columns(model: type[models.Model], *, hidden: bool = False) -> Iterator[models.Field[Any, Any]]:
    for column in model._meta.concrete_fields:
        where = f"{model.__name__}.{column.name}"
        shown = where in PUBLIC and not (hidden and where in HIDDEN)
        text = isinstance(column, (models.CharField, models.TextField, models.JSONField))
        # What has no room for a marker has none for anything of people either.
        roomy = (column.max_length or 100) >= ROOM
        if text and roomy and not shown and where not in WORKING and not column.choices:
            yield column


def watched() -> Iterable[type[models.Model]]:
    """Our models that have private columns, the tables of counters and of what is drawn already apart."""
    left_out = {"Tally", "Cached", "Schedule", "Receipt", "UsedToken"}  # digests of ours alone, or time
    for model in apps.get_models():
        ours = model.__module__.startswith("rejoinder.") and not model.__module__.startswith(
            "rejoinder.newsroom"
        )
        if ours and model.__name__ not in left_out and any(private_columns(model, hidden=True)):
            yield model
