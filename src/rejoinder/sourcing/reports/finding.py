"""Finding reports of errors, and the texts in which they may be sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet

from rejoinder.accounts.models import Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import ids
from rejoinder.core.errors import nothing_here
from rejoinder.discussion.queries import find_thread
from rejoinder.sourcing import ports
from rejoinder.sourcing.access import check_may_source
from rejoinder.sourcing.models import Document, ErrorReport, Passage
from rejoinder.sourcing.queries import text_of
from rejoinder.sourcing.talk.anchoring import document_of, seen_passages, with_words

_OPEN = Q(reports__state=ErrorReport.State.OPEN)


def document_at(site: Site, *, key: str, passage: str) -> Document:
    """The text that a reader wants to report an error in, named by a passage of it or by its key.

    Raises NotFound: no such text, one that was taken back, or no desk that would read the report.
    """
    document = _of_passage(site, passage) if passage else _of_key(site, key)
    if document is None or not ports.has_desk(site) or not text_of(document):
        raise nothing_here()
    document.site = site
    return document


def _of_passage(site: Site, passage: str) -> Document | None:
    found = Document.objects.filter(site=site, passages=ids.decode(passage)).first()
    return found if found and seen_passages(found).filter(pk=ids.decode(passage)).exists() else None


def _of_key(site: Site, key: str) -> Document | None:
    thread = find_thread(site, key)
    if thread is not None:
        return document_of(thread)
    return Document.objects.filter(site=site, key=key, version__gt=0).first()


def passages_told(site: Site) -> QuerySet[Passage]:
    """Passages with the words that stand there now, and their page; as talk.drawing draws them."""
    return with_words(Passage.objects.filter(document__site=site)).select_related("document")


def access_report(viewer: Viewer, number: int) -> ErrorReport:
    """A report of the viewer's site, for who answers it. Raises NotFound."""
    check_may_source(viewer)
    found = ErrorReport.objects.filter(pk=number, passage__document__site=viewer.site)
    report = found.select_related("correction", "actor").first()
    if report is None:
        raise nothing_here()
    report.passage = passages_told(viewer.site).get(pk=report.passage_id)
    return report


@dataclass(frozen=True, slots=True)
class Waiting:
    """A passage in which errors are reported. `first`: the report that waits longest, of `count`."""

    passage: Passage
    first: ErrorReport
    count: int


def waiting(site: Site, *, document: Document | None = None, after: int = 0, most: int = 50) -> list[Waiting]:
    """Passages with reports that wait, longest first: two statements, and one for their words.

    `after`: the number of the first report of the last passage that was seen.
    """
    passages = Passage.objects.filter(document__site=site)
    if document is not None:
        passages = passages.filter(document=document)
    counted = (
        passages.values("pk")
        .annotate(first=Min("reports", filter=_OPEN), count=Count("reports", filter=_OPEN))
        .filter(first__gt=after)
        .order_by("first")
    )
    rows = list(counted[:most])
    reports = ErrorReport.objects.in_bulk([row["first"] for row in rows])
    found = passages_told(site).in_bulk([row["pk"] for row in rows])
    return [Waiting(found[row["pk"]], reports[row["first"]], row["count"]) for row in rows]


def answered(site: Site, *, before: int = 0, most: int = 50) -> list[ErrorReport]:
    """Reports that were answered, newest first; `before`: the number of the last one that was seen, or 0."""
    found = ErrorReport.objects.filter(passage__document__site=site).exclude(state=ErrorReport.State.OPEN)
    found = found.filter(pk__lt=before) if before else found
    return list(found.select_related("passage__document").order_by("-pk")[:most])


def count_open(sites: list[Site]) -> int:
    """How many reports wait at these sites."""
    waiting = ErrorReport.objects.filter(state=ErrorReport.State.OPEN, passage__document__site__in=sites)
    return waiting.count()


def about_the_same(report: ErrorReport, most: int = 50) -> list[ErrorReport]:
    """Others about the same words that wait."""
    others = ErrorReport.objects.filter(passage=report.passage_id, state=ErrorReport.State.OPEN)
    return list(others.exclude(pk=report.pk).order_by("pk")[:most])
