"""Sources by their names, as another system sends them: the register's own, or new ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import IntegrityError
from django.utils.translation import gettext as _

from rejoinder.accounts.viewer import Viewer
from rejoinder.core.errors import InvalidInput
from rejoinder.sourcing import checking
from rejoinder.sourcing.actions.sources import SourceWish, add_source, change_source
from rejoinder.sourcing.models import Source, SourceName
from rejoinder.sourcing.models.source import MAX_SOURCE_NAME
from rejoinder.sourcing.names import key_of

# What is said of a source besides its name; what is left out is not said.
_FIELDS = ("kind", "side", "link", "reason")


@dataclass(frozen=True, slots=True)
class Named:
    """Sources by the key of the name they were sent by, and those of which the register says something else."""

    by_key: dict[str, Source]
    otherwise: list[Source]


def name_key(wish: SourceWish) -> str:
    """What a name is looked for by. Raises InvalidInput."""
    return key_of(checking.line(wish.name, field="name", most=MAX_SOURCE_NAME, needed=True))


def one_wish_a_name(wishes: Iterable[SourceWish]) -> dict[str, SourceWish]:
    """What is said of each source in all places together. Raises InvalidInput where two of them differ."""
    found: dict[str, SourceWish] = {}
    for wish in wishes:
        before = found.setdefault(name_key(wish), wish)
        for field in _FIELDS:
            one, other = getattr(before, field), getattr(wish, field)
            if one and other and one != other:
                message = _("“%(name)s” is described in two ways.") % {"name": wish.name[:80]}
                raise InvalidInput(code="source-differs", message=message, field="sources")
            before = replace(before, **{field: one or other})
        found[name_key(wish)] = before
    return found


def find_or_add(viewer: Viewer, wishes: Iterable[SourceWish], *, change: bool) -> Named:
    """The sources of these names, added where the register has none. Within the transaction of who names them.

    `change`: where the register says something else of one, it is to say what was sent; otherwise it stays.
    Raises as add_source and change_source do.
    """
    wanted = one_wish_a_name(wishes)
    rows = SourceName.objects.filter(site=viewer.site, key__in=wanted).select_related("source")
    found = {row.key: row.source for row in rows}
    named = Named({}, [])
    for key, wish in wanted.items():
        source = found.get(key)
        if source is None:
            named.by_key[key] = _added(viewer, key, wish)
        elif not _differs(source, wish):
            named.by_key[key] = source
        elif change:
            named.by_key[key] = change_source(
                viewer=viewer, source=source, wish=_merged(source, wish), seen=source.revision
            )
        else:
            named.by_key[key] = source
            named.otherwise.append(source)
    return named


def _added(viewer: Viewer, key: str, wish: SourceWish) -> Source:
    try:
        return add_source(viewer=viewer, wish=wish)
    except IntegrityError:  # another text named it in the same moment
        return SourceName.objects.select_related("source").get(site=viewer.site, key=key).source


def _differs(source: Source, wish: SourceWish) -> bool:
    return any(getattr(wish, field) not in {"", getattr(source, field)} for field in _FIELDS)


def _merged(source: Source, wish: SourceWish) -> SourceWish:
    """What the register has, and over it what was sent. Its own name stays, and so do its other ones."""
    others = SourceName.objects.filter(source=source).exclude(key=key_of(source.name))
    said = {field: getattr(wish, field) or getattr(source, field) for field in _FIELDS}
    return SourceWish(name=source.name, aliases=tuple(others.values_list("name", flat=True)), **said)
