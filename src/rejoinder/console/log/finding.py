"""Which decisions are asked for, and finding them: newest first, a page at a time or all one after the other."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.core import ids
from rejoinder.core.http import BadRequest, parameter
from rejoinder.moderation.decisions import codes
from rejoinder.moderation.models import Decision

BATCH = 500
BY_RULES = "rules"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the log is narrowed by. `by`: a person's public id, or "rules"; `person`: whom it is about."""

    action: str = ""
    code: str = ""
    rule: str = ""
    by: str = ""
    person: str = ""
    comment: str = ""

    @classmethod
    def of(cls, data: QueryDict) -> Asked:
        """As it stands in the address; empty fields of a form are as good as absent. Raises BadRequest."""
        given = {name: parameter(data, name, longest=80) or "" for name in cls.__slots__ if data.get(name)}
        asked = cls(**given)
        if asked.action and asked.action not in Decision.Action.values:
            raise BadRequest(_("There is no such decision."))
        if asked.code and asked.code not in codes.CODES:
            raise BadRequest(_("There is no such ground."))
        return asked

    def query(self, **more: str) -> str:
        """The same as part of an address."""
        named = {name: getattr(self, name) for name in self.__slots__}
        return urlencode({name: value for name, value in {**named, **more}.items() if value})


def _narrowed(site: Site, asked: Asked) -> QuerySet[Decision]:
    found = Decision.objects.filter(site=site)
    exact = {"action": asked.action, "code": asked.code, "rule": asked.rule}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if asked.by:
        found = found.filter(actor=None if asked.by == BY_RULES else ids.decode(asked.by))
    if asked.comment:
        found = found.filter(comment=ids.decode(asked.comment))
    return found.select_related("actor", "person", "comment__author", "thread").order_by("-pk")


def _parts(site: Site, asked: Asked) -> list[QuerySet[Decision]]:
    """About a person is asked twice, about what they wrote and about themselves: each by its own index."""
    found = _narrowed(site, asked)
    if not asked.person:
        return [found]
    number = ids.decode(asked.person)
    return [found.filter(comment__author=number, comment__isnull=False), found.filter(person=number)]


def page_of(site: Site, asked: Asked, *, before: int = 0, limit: int = 50) -> list[Decision]:
    """The newest `limit` decisions, or those before a number."""
    parts = [part.filter(pk__lt=before) if before else part for part in _parts(site, asked)]
    return list(islice(_merged([iter(part[:limit]) for part in parts]), limit))


def all_of(site: Site, asked: Asked) -> Iterator[Decision]:
    """All of them, newest first, a few held at a time."""
    return _merged([part.iterator(chunk_size=BATCH) for part in _parts(site, asked)])


def _merged(parts: list[Iterator[Decision]]) -> Iterator[Decision]:
    return heapq.merge(*parts, key=lambda row: -row.pk)
