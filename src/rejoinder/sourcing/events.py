from __future__ import annotations

from dataclasses import dataclass

from rejoinder.core.events import Event


@dataclass(frozen=True, kw_only=True)
class DocumentPublished(Event):
    """A document has a new version. `detached`, `changed`: how many passages are so in it and were not before."""

    site: int
    document: int
    version: int
    detached: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class ClaimChanged(Event):
    """A claim was added, changed, withdrawn, or another thing is known of it. `what`: see actions.claims."""

    site: int
    document: int
    claim: int
    what: str


@dataclass(frozen=True, kw_only=True)
class ClaimsReplaced(Event):
    """All claims of a document were sent at once; how many of them were added and withdrawn."""

    site: int
    document: int
    added: int
    withdrawn: int


@dataclass(frozen=True, kw_only=True)
class SourceChanged(Event):
    """`what`: added, changed, merged, parted (a merge was taken back) or deleted."""

    site: int
    source: int
    what: str


@dataclass(frozen=True, kw_only=True)
class CorrectionPublished(Event):
    site: int
    document: int
    correction: int
