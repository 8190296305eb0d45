from rejoinder.sourcing.models.claim import Claim, ClaimSource, ClaimStatus, Correction, Matter
from rejoinder.sourcing.models.document import Document, DocumentVersion, Passage
from rejoinder.sourcing.models.report import ErrorReport
from rejoinder.sourcing.models.source import Source, SourceMerge, SourceName

__all__ = [
    "Claim",
    "ClaimSource",
    "ClaimStatus",
    "Correction",
    "Document",
    "DocumentVersion",
    "ErrorReport",
    "Matter",
    "Passage",
    "Source",
    "SourceMerge",
    "SourceName",
]
