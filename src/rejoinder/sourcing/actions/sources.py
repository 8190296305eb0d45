"""The register of sources: adding, changing, merging, deleting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, events
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, InvalidInput, nothing_here
from rejoinder.sourcing import checking
from rejoinder.sourcing.access import check_may_source
from rejoinder.sourcing.errors import ChangedMeanwhile, SourceInUse
from rejoinder.sourcing.events import SourceChanged
from rejoinder.sourcing.models import ClaimSource, Source, SourceMerge, SourceName
from rejoinder.sourcing.models.source import MAX_SOURCE_NAME
from rejoinder.sourcing.names import key_of

_MOST_ALIASES = 40
_SHOWN = 20  # claims that are named where a source cannot be deleted


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWish:
    """What a source is to be. `kind`: of Source.Kind; `aliases`: the other names it goes by."""

    name: str
    kind: str
    side: str = ""
    link: str = ""
    reason: str = ""
    aliases: tuple[str, ...] = ()


def _columns(wish: SourceWish) -> dict[str, str]:
    return {
        "name": checking.line(wish.name, field="name", most=MAX_SOURCE_NAME, needed=True),
        "kind": checking.one_of(wish.kind, Source.Kind.values, field="kind"),
        "side": checking.line(wish.side, field="side", most=80),
        "link": checking.link(wish.link),
        "reason": checking.line(wish.reason, field="reason", most=300),
    }


def _names(columns: dict[str, str], wish: SourceWish) -> dict[str, str]:
    """All names by their keys, the source's own first."""
    if len(wish.aliases) > _MOST_ALIASES:
        message = _("At most %(most)d other names.") % {"most": _MOST_ALIASES}
        raise InvalidInput(code="aliases", message=message, field="aliases")
    given = [checking.line(name, field="aliases", most=MAX_SOURCE_NAME) for name in wish.aliases]
    found: dict[str, str] = {}
    for name in [columns["name"], *filter(None, given)]:
        found.setdefault(key_of(name), name)
    return found


def add_source(*, viewer: Viewer, wish: SourceWish) -> Source:
    """Raises NotFound for those who may not, InvalidInput, and Conflict for a name that another source has."""
    check_may_source(viewer)
    columns = _columns(wish)
    names = _names(columns, wish)
    moment = clock.now()
    with writing():
        _check_free(viewer, names)
        source = Source.objects.create(site=viewer.site, created=moment, changed=moment, **columns)
        _write_names(source, names)
        _tell(source, "added")
    return source


def change_source(*, viewer: Viewer, source: Source, wish: SourceWish, seen: int) -> Source:
    """`seen`: the revision that the viewer had before them. Raises as add_source does, and ChangedMeanwhile."""
    columns = _columns(wish)
    names = _names(columns, wish)
    with writing():
        row = locked_source(viewer, source)
        if row.revision != seen:
            raise ChangedMeanwhile([name for name, value in columns.items() if getattr(row, name) != value])
        _check_free(viewer, names, but=row)
        for name, value in columns.items():
            setattr(row, name, value)
        row.revision, row.changed = row.revision + 1, clock.now()
        row.save()
        SourceName.objects.filter(source=row).delete()
        _write_names(row, names)
        _tell(row, "changed")
    return row


def locked_source(viewer: Viewer, source: Source) -> Source:
    """The row, which nobody else changes now. Raises NotFound; Conflict where it was merged into another."""
    check_may_source(viewer)
    row: Source | None = locked(Source.objects.filter(pk=source.pk, site=viewer.site)).first()
    if row is None:
        raise nothing_here()
    if row.merged_into_id is not None:
        raise Conflict(_("This source was merged into another one."), code="merged")
    return row


def _check_free(viewer: Viewer, names: dict[str, str], but: Source | None = None) -> None:
    taken = SourceName.objects.filter(site=viewer.site, key__in=names).select_related("source")
    for other in taken:
        if but is None or other.source_id != but.pk:
            message = _("“%(name)s” is in the register already: %(source)s.")
            raise Conflict(message % {"name": other.name, "source": other.source.name}, code="source-exists")


def _write_names(source: Source, names: dict[str, str]) -> None:
    SourceName.objects.bulk_create(
        SourceName(site_id=source.site_id, source=source, name=name, key=key) for key, name in names.items()
    )


def _tell(source: Source, what: str) -> None:
    raise_edition(site=source.site_id)
    events.publish(SourceChanged(site=source.site_id, source=source.pk, what=what))


def merge_sources(*, viewer: Viewer, source: Source, into: Source) -> SourceMerge:
    """Two sources are one: what `source` said, and its names, are `into`'s; its page leads there.

    Raises NotFound, Conflict where one of them was merged before, InvalidInput for a source and itself.
    """
    check_may_source(viewer)
    if source.pk == into.pk:
        message = _("A source cannot be merged into itself.")
        raise InvalidInput(code="itself", message=message, field="into")
    with writing():
        # In one order, so that two who merge crosswise wait for each other and do not stand still.
        rows = {row.pk: locked_source(viewer, row) for row in sorted((source, into), key=lambda row: row.pk)}
        lost, kept = rows[source.pk], rows[into.pk]
        shared = set(ClaimSource.objects.filter(source=kept).values_list("claim", flat=True))
        claims = list(ClaimSource.objects.filter(source=lost).values_list("claim", flat=True))
        names = list(SourceName.objects.filter(source=lost).values_list("name", flat=True))
        merge = SourceMerge.objects.create(
            source=lost,
            into=kept,
            actor=viewer.commenter,
            moved=[number for number in claims if number not in shared],
            shared=[number for number in claims if number in shared],
            names=names,
            created=clock.now(),
        )
        ClaimSource.objects.filter(source=lost, claim__in=shared).delete()
        ClaimSource.objects.filter(source=lost).update(source=kept)
        SourceName.objects.filter(source=lost).update(source=kept)
        Source.objects.filter(merged_into=lost).update(merged_into=kept)
        _part(lost, kept)
        _tell(kept, "merged")
    return merge


def _part(source: Source, into: Source | None) -> None:
    source.merged_into = into
    source.revision, source.changed = source.revision + 1, clock.now()
    source.save(update_fields=["merged_into", "revision", "changed"])


def undo_merge(*, viewer: Viewer, merge: SourceMerge) -> Source:
    """Take a merge back: what came over goes back, what was said since stays. Returns the source that is one again.

    Raises NotFound; Conflict where it was taken back already, or the other source was merged onward since.
    """
    check_may_source(viewer)
    with writing():
        row = locked(SourceMerge.objects.filter(pk=merge.pk, into__site=viewer.site)).first()
        if row is None:
            raise nothing_here()
        kept, lost = locked_source(viewer, row.into), Source.objects.get(pk=row.source_id)
        if row.undone is not None or lost.merged_into_id != kept.pk:
            raise Conflict(_("This was taken back already."), code="decided")
        names = {key_of(name) for name in row.names} - {key_of(kept.name)}
        SourceName.objects.filter(source=kept, key__in=names).update(source=lost)
        _write_missing_name(lost)
        ClaimSource.objects.filter(source=kept, claim__in=row.moved).update(source=lost)
        _share(lost, row.shared)
        _part(lost, None)
        row.undone = clock.now()
        row.save(update_fields=["undone"])
        _tell(lost, "parted")
    return lost


def _write_missing_name(source: Source) -> None:
    """Its own name may have been dropped from the other one's since; where somebody else has it now, it is theirs."""
    name = SourceName(site_id=source.site_id, source=source, name=source.name, key=key_of(source.name))
    SourceName.objects.bulk_create([name], ignore_conflicts=True)


def _share(source: Source, claims: Iterable[int]) -> None:
    left = ClaimSource.objects.filter(claim__in=claims).values_list("claim", flat=True).distinct()
    links = [ClaimSource(claim_id=number, source=source) for number in left]
    ClaimSource.objects.bulk_create(links, ignore_conflicts=True)


def delete_source(*, viewer: Viewer, source: Source) -> None:
    """Raises NotFound, and SourceInUse where statements name it, withdrawn ones too."""
    with writing():
        row = locked_source(viewer, source)
        using = ClaimSource.objects.filter(source=row).order_by("-claim")
        if count := using.count():
            raise SourceInUse(list(using.values_list("claim", flat=True)[:_SHOWN]), count)
        if Source.objects.filter(merged_into=row).exists():
            raise Conflict(_("Another source was merged into this one; take that back first."), code="merged")
        _tell(row, "deleted")
        row.delete()
