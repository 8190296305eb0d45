"""A desk at which stories are sourced, for tests."""

from __future__ import annotations

from typing import Any

from rejoinder.accounts.models import Role, Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.sourcing.actions import ClaimWish, SourceWish, add_claim, add_source, keep_passage
from rejoinder.sourcing.models import Claim, Document, Source
from rejoinder.sourcing.passages import Anchor, anchor_of
from tests import factories


def desk(site: Site, role: str = Role.Kind.EDITOR) -> Viewer:
    """Somebody who works there."""
    person = factories.staff(site, role)
    return Viewer(site=site, commenter=person, role=role)


def moderator(site: Site) -> Viewer:
    return desk(site, Role.Kind.MODERATOR)


def anchor(text: str, words: str, *, version: int = 0) -> Anchor:
    begin = text.index(words)
    return anchor_of(text, begin, begin + len(words), version)


def source(viewer: Viewer, name: str = "", kind: str = Source.Kind.OFFICIAL, **more: Any) -> Source:
    name = name or f"Harbour office {factories.a_number()}"
    return add_source(viewer=viewer, wish=SourceWish(name=name, kind=kind, **more))


def claim(viewer: Viewer, document: Document, words: str, *sources: Source, **more: Any) -> Claim:
    passage = keep_passage(document=document, anchor=Anchor(words))
    wish = ClaimWish(sources=sources, **{"manner": Claim.Manner.SAYS, **more})
    return add_claim(viewer=viewer, passage=passage, wish=wish)
