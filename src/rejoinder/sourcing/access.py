"""Who may say what a story rests on: a site's owners and editors, as at its desk."""

from __future__ import annotations

from typing import TypeVar

from rejoinder.accounts.models import Role
from rejoinder.accounts.viewer import Viewer
from rejoinder.core.errors import nothing_here
from rejoinder.sourcing.models import Claim, Document, Matter, Passage, Source

Row = TypeVar("Row")
ROLES = {Role.Kind.OWNER, Role.Kind.EDITOR}


def may_source(viewer: Viewer) -> bool:
    return viewer.role in ROLES


def check_may_source(viewer: Viewer) -> None:
    """Raises NotFound for everybody but owners and editors."""
    if not may_source(viewer):
        raise nothing_here()


def _there(found: Row | None) -> Row:
    if found is None:
        raise nothing_here()
    return found


def access_document(viewer: Viewer, key: str) -> Document:
    """A document of the viewer's site, for those who source. Raises NotFound."""
    check_may_source(viewer)
    return _there(Document.objects.select_related("site").filter(site=viewer.site, key=key).first())


def access_passage(viewer: Viewer, number: int) -> Passage:
    """Raises NotFound."""
    check_may_source(viewer)
    return _there(
        Passage.objects.select_related("document").filter(document__site=viewer.site, pk=number).first()
    )


def access_claim(viewer: Viewer, number: int) -> Claim:
    """Raises NotFound, also for one that was withdrawn."""
    check_may_source(viewer)
    claims = Claim.objects.select_related("passage", "document", "matter")
    return _there(claims.filter(document__site=viewer.site, pk=number, withdrawn=None).first())


def access_source(viewer: Viewer, number: int) -> Source:
    """A source of the register, also one that was merged. Raises NotFound."""
    check_may_source(viewer)
    return _there(Source.objects.select_related("merged_into").filter(site=viewer.site, pk=number).first())


def access_matter(viewer: Viewer, number: int) -> Matter:
    """Raises NotFound."""
    check_may_source(viewer)
    return _there(Matter.objects.filter(site=viewer.site, pk=number).first())
