"""What a page that is read asks: its document, and what was corrected."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from rejoinder.accounts.models import Site
from rejoinder.sourcing.models import Correction, Document, DocumentVersion

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Read:
    """A document, and the digest of the text that readers have ("" before its publication)."""

    document: Document
    digest: str


def find_document(site: Site, key: str) -> Read | None:
    """The document of a page, without its text: one statement."""
    present = DocumentVersion.objects.filter(document=OuterRef("pk"), number=OuterRef("version"))
    documents = Document.objects.filter(site=site, key=key).select_related("site")
    found = documents.annotate(digest=Subquery(present.values("digest")[:1])).first()
    return Read(found, found.digest or "") if found else None


def corrections_of(document: Document) -> list[Correction]:
    """Newest first."""
    return list(_shown().filter(document=document))


def corrections_on(site: Site, *, before: int | None = None, most: int = PER_PAGE) -> list[Correction]:
    """All corrections of a site, newest first; one more than `most` where there are more."""
    found = _shown().filter(document__site=site)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found[: most + 1])


def _shown() -> QuerySet[Correction]:
    return Correction.objects.select_related("document", "passage").order_by("-pk")
