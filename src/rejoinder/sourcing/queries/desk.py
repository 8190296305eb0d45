"""What the desk looks at: texts, passages in a draft, passages that need a person."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from rejoinder.accounts.models import Site
from rejoinder.sourcing.models import Claim, Correction, Document, DocumentVersion, Passage
from rejoinder.sourcing.moving import places_in
from rejoinder.sourcing.passages import Place, normal


def text_of(document: Document, version: int | None = None) -> str:
    """The text that readers have, or that of another version; "" where there is none."""
    number = document.version if version is None else version
    found = DocumentVersion.objects.filter(document=document, number=number)
    return found.values_list("text", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class Marked:
    """Where a passage would be in a text."""

    passage: Passage
    place: Place


def marked_in(document: Document, text: str) -> list[Marked]:
    """Where the passages of a document would be in a draft: nothing is stored. Two statements."""
    passages = Passage.objects.filter(document=document).order_by("pk")
    return [Marked(*pair) for pair in places_in(document, passages, normal(text))]


def passages_to_look_at(site: Site, document: Document | None = None) -> QuerySet[Passage]:
    """Passages that are detached, or stand in other words, as long as anything hangs on them; newest text first."""
    stuck = Passage.objects.filter(
        document__site=site, state__in=(Passage.State.DETACHED, Passage.State.CHANGED)
    )
    if document is not None:
        stuck = stuck.filter(document=document)
    claims = Claim.objects.filter(passage=OuterRef("pk"), withdrawn=None)
    corrections = Correction.objects.filter(passage=OuterRef("pk"))
    hangs = Q(Exists(claims)) | Q(Exists(corrections)) | Q(talked=True)
    # Of a text that was taken back nothing is to be looked for.
    withdrawn = DocumentVersion.objects.filter(
        document=OuterRef("document"), number=OuterRef("document__version"), text=""
    )
    stuck = stuck.exclude(Exists(withdrawn))
    return stuck.filter(hangs).select_related("document").order_by("-document__pk", "begin", "pk")
