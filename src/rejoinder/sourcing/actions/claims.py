"""What a story rests on: claims, what is known of them, and which are about one matter."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, events
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, InvalidInput, nothing_here
from rejoinder.sourcing import checking
from rejoinder.sourcing.access import check_may_source
from rejoinder.sourcing.errors import ChangedMeanwhile
from rejoinder.sourcing.events import ClaimChanged
from rejoinder.sourcing.figures import Figure
from rejoinder.sourcing.models import Claim, ClaimSource, ClaimStatus, Matter, Passage, Source
from rejoinder.sourcing.models.claim import MAX_PLACE, MAX_REASON, MAX_UNIT, MAX_WRITTEN

MOST_SOURCES = 12
MOST_CLAIMS = 2_000  # of one document
_LARGEST = 10**18


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimWish:
    """What a claim is to say. `manner`: of Claim.Manner; `of_date`, `of_place`: of what is claimed."""

    sources: Sequence[Source]
    manner: str
    said_on: date | None = None
    of_date: date | None = None
    of_place: str = ""
    figure: Figure | None = None
    matter: Matter | None = None


def columns_of(viewer: Viewer, wish: ClaimWish) -> dict[str, Any]:
    """The columns of a claim. Raises InvalidInput, and NotFound for a matter of another site."""
    if wish.matter is not None and wish.matter.site_id != viewer.site.pk:
        raise nothing_here()
    return {
        "manner": checking.one_of(wish.manner, Claim.Manner.values, field="manner"),
        "said_on": wish.said_on,
        "of_date": wish.of_date,
        "of_place": checking.line(wish.of_place, field="of_place", most=MAX_PLACE),
        "matter": wish.matter,
        **_figure(wish.figure),
    }


def _figure(figure: Figure | None) -> dict[str, Any]:
    low, high = (figure.low, figure.high) if figure else (None, None)
    for value in (low, high):
        if value is not None and not -_LARGEST < value < _LARGEST:
            raise InvalidInput(code="figure", message=_("This figure is too large."), field="figure")
    if low is not None and high is not None and low > high:
        raise InvalidInput(code="figure", message=_("A range goes from less to more."), field="figure")
    return {
        "figure_low": low if low is None else round(low, 4),
        "figure_high": high if high is None else round(high, 4),
        "figure_approx": bool(figure and figure.approx),
        "figure_unit": checking.line(figure.unit if figure else "", field="unit", most=MAX_UNIT),
        "figure_written": checking.line(figure.written if figure else "", field="figure", most=MAX_WRITTEN),
    }


def add_claim(*, viewer: Viewer, passage: Passage, wish: ClaimWish) -> Claim:
    """Say who says the words of a passage. Raises NotFound for those who may not, InvalidInput, Conflict."""
    check_may_source(viewer)
    columns = columns_of(viewer, wish)
    moment = clock.now()
    with writing():
        document = passage.document
        if document.site_id != viewer.site.pk:
            raise nothing_here()
        check_statements(Claim.objects.filter(document=document, withdrawn=None).count() + 1)
        claim = Claim.objects.create(
            document=document,
            passage=passage,
            actor=viewer.commenter,
            created=moment,
            changed=moment,
            **columns,
        )
        _name_sources(viewer, claim, wish.sources)
        ClaimStatus.objects.create(claim=claim, status=claim.status, actor=viewer.commenter, created=moment)
        _tell(claim, "added")
    return claim


def check_statements(count: int) -> None:
    """Raises Conflict for more than one text may have."""
    if count > MOST_CLAIMS:
        message = _("At most %(most)d statements in one text.") % {"most": MOST_CLAIMS}
        raise Conflict(message, code="claims")


def check_sources(sources: Sized) -> None:
    """Raises InvalidInput for more than one claim may have."""
    if len(sources) > MOST_SOURCES:
        message = _("At most %(most)d sources.") % {"most": MOST_SOURCES}
        raise InvalidInput(code="sources", message=message, field="sources")


def _name_sources(viewer: Viewer, claim: Claim, sources: Sequence[Source]) -> None:
    """A claim without a source is allowed: the checklist before publication tells of it."""
    wanted = {source.pk for source in sources}
    check_sources(wanted)
    # Locked, so that none is merged or deleted meanwhile; one that was merged is who it became.
    found = list(locked(Source.objects.filter(pk__in=wanted, site=viewer.site).order_by("pk")))
    if len(found) != len(wanted):
        raise Conflict(_("One of the sources is not in the register any more."), code="source-gone")
    numbers = {source.merged_into_id or source.pk for source in found}
    ClaimSource.objects.filter(claim=claim).exclude(source__in=numbers).delete()
    links = [ClaimSource(claim=claim, source_id=number) for number in sorted(numbers)]
    ClaimSource.objects.bulk_create(links, ignore_conflicts=True)


def locked_claim(viewer: Viewer, claim: Claim) -> Claim:
    """The row, which nobody else changes now. Raises NotFound, also for one that was withdrawn."""
    check_may_source(viewer)
    found = Claim.objects.filter(pk=claim.pk, document__site=viewer.site, withdrawn=None)
    row: Claim | None = locked(found.select_related("document"), of=("self",)).first()
    if row is None:
        raise nothing_here()
    return row


def change_claim(
    *, viewer: Viewer, claim: Claim, wish: ClaimWish, seen: int, passage: Passage | None = None
) -> Claim:
    """`seen`: the revision that the viewer had before them; `passage`: another one, where it is to be moved.

    Raises as add_claim does, and ChangedMeanwhile.
    """
    columns = columns_of(viewer, wish)
    with writing():
        row = locked_claim(viewer, claim)
        if row.revision != seen:
            raise ChangedMeanwhile(list(_otherwise(row, columns, wish)))
        if passage is not None:
            if passage.document_id != row.document_id:
                raise nothing_here()
            row.passage = passage
        for name, value in columns.items():
            setattr(row, name, value)
        _name_sources(viewer, row, wish.sources)
        _raise(row)
        _tell(row, "changed")
    return row


def _otherwise(row: Claim, columns: dict[str, Any], wish: ClaimWish) -> list[str]:
    names = [name for name, value in columns.items() if getattr(row, name) != value]
    there = set(ClaimSource.objects.filter(claim=row).values_list("source", flat=True))
    return names + (["sources"] if there != {source.pk for source in wish.sources} else [])


def _raise(row: Claim) -> None:
    row.revision, row.changed = row.revision + 1, clock.now()
    row.save()


def withdraw_claim(*, viewer: Viewer, claim: Claim, seen: int) -> None:
    """Take back what the desk entered in error. Raises NotFound and ChangedMeanwhile."""
    with writing():
        row = locked_claim(viewer, claim)
        if row.revision != seen:
            raise ChangedMeanwhile([])
        row.withdrawn = clock.now()
        _raise(row)
        _tell(row, "withdrawn")


def set_status(
    *, viewer: Viewer, claim: Claim, status: str, reason: str = "", link: str = "", seen: int
) -> ClaimStatus:
    """Say what is known of a claim now; what was known stays in its history.

    Whatever is said but "reported" needs a reason. Raises NotFound, InvalidInput and ChangedMeanwhile.
    """
    said = checked_step(status, reason, link)
    with writing():
        row = locked_claim(viewer, claim)
        if row.revision != seen:
            raise ChangedMeanwhile(["status"] if row.status != said["status"] else [])
        row.status = said["status"]
        _raise(row)
        step = ClaimStatus.objects.create(claim=row, actor=viewer.commenter, created=clock.now(), **said)
        _tell(row, "status")
    return step


def checked_step(status: str, reason: str, link: str) -> dict[str, str]:
    """The columns of a step in a claim's history. Raises InvalidInput."""
    status = checking.one_of(status, Claim.Status.values, field="status")
    needed = status != Claim.Status.REPORTED
    return {
        "status": status,
        "reason": checking.line(reason, field="reason", most=MAX_REASON, needed=needed),
        "link": checking.link(link),
    }


def add_matter(*, viewer: Viewer, title: str, claims: Sequence[Claim] = ()) -> Matter:
    """Something that several claims are about, in one story or in several. Raises NotFound and InvalidInput."""
    check_may_source(viewer)
    title = checking.line(title, field="title", most=160, needed=True)
    with writing():
        matter = Matter.objects.create(site=viewer.site, title=title, created=clock.now())
        for claim in claims:
            put_in_matter(viewer=viewer, claim=claim, matter=matter)
    return matter


def put_in_matter(*, viewer: Viewer, claim: Claim, matter: Matter | None) -> Claim:
    """Say what a claim is about; None: nothing that others are about. A matter without claims goes."""
    if matter is not None and matter.site_id != viewer.site.pk:
        raise nothing_here()
    with writing():
        row = locked_claim(viewer, claim)
        before, row.matter = row.matter_id, matter
        _raise(row)
        if before is not None:
            Matter.objects.filter(pk=before, claims=None).delete()
        _tell(row, "matter")
    return row


def _tell(claim: Claim, what: str) -> None:
    site = claim.document.site_id
    raise_edition(site=site)
    events.publish(ClaimChanged(site=site, document=claim.document_id, claim=claim.pk, what=what))
