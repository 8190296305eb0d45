"""Who says what in a text, as the API tells it: the shapes, and how they are filled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, PlainSerializer

from rejoinder.api.shapes import Given
from rejoinder.core import ids
from rejoinder.sourcing.actions import Replaced
from rejoinder.sourcing.models import ClaimStatus, Correction, Document, Passage, Source
from rejoinder.sourcing.queries import NOTHING, Read, Shown, claims_of, corrections_of, revision_of

# As text: a double would round what is larger than 2^53.
Written = Annotated[Decimal, PlainSerializer(lambda value: f"{value.normalize():f}", return_type=str)]


class PassageGiven(Given):
    id: Annotated[str, Field(description="of the page's #p-...")]
    quote: Annotated[str, Field(description="the words as they were chosen")]
    before: Annotated[str, Field(description="up to 32 characters before them")]
    after: Annotated[str, Field(description="up to 32 characters after them")]
    begin: Annotated[int, Field(description="where they stand in the text now: code points")]
    end: int
    state: Annotated[str, Field(json_schema_extra={"enum": ["placed", "changed"]})]


class SourceGiven(Given):
    id: str
    name: str
    kind: Annotated[str, Field(json_schema_extra={"enum": list(Source.Kind.values)})]
    side: Annotated[str, Field(description="on whose side it is, or what interest it has")]
    link: str
    reason: Annotated[str, Field(description="why its name is not told")]


class FigureGiven(Given):
    low: Annotated[Written | None, Field(description="null: at most `high`")]
    high: Annotated[Written | None, Field(description="null: at least `low`")]
    approx: bool
    unit: str
    written: Annotated[str, Field(description="in the words of the text")]


class StepGiven(Given):
    status: Annotated[
        str, Field(json_schema_extra={"enum": ["reported", "corroborated", "disputed", "false", "retracted"]})
    ]
    reason: str
    link: str
    created: datetime


class MatterGiven(Given):
    id: str
    title: str


class ClaimGiven(Given):
    id: str
    passage: PassageGiven
    sources: list[SourceGiven]
    manner: Annotated[
        str, Field(json_schema_extra={"enum": ["says", "claims", "denies", "estimates", "documents"]})
    ]
    said_on: date | None
    of_date: Annotated[date | None, Field(description="when what is claimed is said to have been")]
    of_place: str
    figure: FigureGiven | None
    matter: Annotated[MatterGiven | None, Field(description="claims of one matter belong side by side")]
    status: str
    history: Annotated[list[StepGiven], Field(description="what was known of it since when, oldest first")]
    revision: int


class CorrectionGiven(Given):
    id: str
    note: str
    before: str
    after: str
    passage: Annotated[str | None, Field(description="the id of the passage")]
    thanked: Annotated[str, Field(description="who told the desk, where they wish to be thanked")]
    created: datetime


class ClaimsGiven(Given):
    site: str
    key: str
    version: Annotated[int, Field(description="the number of the text that readers have; 0: none is kept")]
    language: str
    revision: Annotated[
        str, Field(description="another one as soon as any claim is added, changed or withdrawn")
    ]
    claims: Annotated[list[ClaimGiven], Field(description="in the order of the text")]
    corrections: Annotated[list[CorrectionGiven], Field(description="newest first")]


class Unplaced(Given):
    """A statement whose words are not in the text. It is kept, and looked for in each text that comes."""

    claim: Annotated[int, Field(description="its number among those that were sent: 0 is the first")]
    passage: str
    quote: str


class ClaimsTaken(ClaimsGiven):
    """What readers get now, and what the sender has to know."""

    unplaced: list[Unplaced]
    otherwise: Annotated[
        list[SourceGiven],
        Field(description="sources as the register has them, where that is not as was sent"),
    ]


class Lost(Given):
    """A passage that is not in the text any more, or whose words are others now."""

    passage: str
    quote: Annotated[str, Field(description="the words as they were chosen")]
    state: Annotated[str, Field(json_schema_extra={"enum": ["changed", "detached"]})]


class DocumentTaken(Given):
    key: str
    version: Annotated[int, Field(description="the number of the text that readers have")]
    lost: Annotated[
        list[Lost], Field(description="passages with statements or comments that need a person to look")
    ]


def claims_given(found: Read, *, key: str) -> dict[str, Any]:
    """The fields of ClaimsGiven: what readers may know of a text."""
    document = found.document
    claims = claims_of(document) if document.version else []
    corrections = corrections_of(document) if found.digest else []
    return {
        "site": document.site.key,
        "key": key,
        "version": document.version,
        "language": document.language,
        "revision": revision_of(document),
        "claims": [_claim(shown) for shown in claims],
        "corrections": [_correction(row) for row in corrections],
    }


def nothing_given(site: str, key: str) -> ClaimsGiven:
    """Of a text that nobody has sent."""
    return ClaimsGiven(
        site=site, key=key, version=0, language="", revision=NOTHING, claims=[], corrections=[]
    )


def claims_taken(found: Read, replaced: Replaced, *, key: str) -> ClaimsTaken:
    return ClaimsTaken(
        **claims_given(found, key=key),
        unplaced=[
            Unplaced(claim=number, passage=ids.encode(row.pk), quote=row.quote)
            for number, row in replaced.unplaced
        ],
        otherwise=[_source(source) for source in replaced.otherwise],
    )


def document_taken(document: Document, lost: Iterable[Passage]) -> DocumentTaken:
    rows = [Lost(passage=ids.encode(row.pk), quote=row.quote, state=row.state) for row in lost]
    return DocumentTaken(key=document.key, version=document.version, lost=rows)


def _claim(shown: Shown) -> ClaimGiven:
    claim, figure = shown.claim, shown.figure
    return ClaimGiven(
        id=ids.encode(claim.pk),
        passage=_passage(shown.passage),
        sources=[_source(source) for source in shown.sources],
        manner=claim.manner,
        said_on=claim.said_on,
        of_date=claim.of_date,
        of_place=claim.of_place,
        figure=FigureGiven(
            low=figure.low, high=figure.high, approx=figure.approx, unit=figure.unit, written=figure.written
        )
        if figure
        else None,
        matter=MatterGiven(id=ids.encode(claim.matter.pk), title=claim.matter.title)
        if claim.matter
        else None,
        status=claim.status,
        history=[_step(step) for step in shown.history],
        revision=claim.revision,
    )


def _passage(row: Passage) -> PassageGiven:
    return PassageGiven(
        id=ids.encode(row.pk),
        quote=row.quote,
        before=row.before,
        after=row.after,
        begin=row.begin,
        end=row.end,
        state=row.state,
    )


def _source(row: Source) -> SourceGiven:
    return SourceGiven(
        id=ids.encode(row.pk), name=row.name, kind=row.kind, side=row.side, link=row.link, reason=row.reason
    )


def _step(row: ClaimStatus) -> StepGiven:
    return StepGiven(status=row.status, reason=row.reason, link=row.link, created=row.created)


def _correction(row: Correction) -> CorrectionGiven:
    return CorrectionGiven(
        id=ids.encode(row.pk),
        note=row.note,
        before=row.before,
        after=row.after,
        passage=ids.encode(row.passage_id) if row.passage_id else None,
        thanked=row.thanked,
        created=row.created,
    )
