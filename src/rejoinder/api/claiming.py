"""What the API takes of who says what in a text: the shapes, and what they mean."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from rejoinder.api.schema import ABSENT, Asked, AskedThread
from rejoinder.core.errors import InvalidInput, within
from rejoinder.core.http import missing
from rejoinder.sourcing.actions import SourceWish, Statement
from rejoinder.sourcing.actions.documents import LONGEST
from rejoinder.sourcing.figures import Figure
from rejoinder.sourcing.passages import Anchor

MOST = 1_000  # statements of one request


Day = Annotated[
    str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"example": "2026-03-14"})
]
# As text: a double would round what is larger than 2^53.
Number = Annotated[str, Field(pattern=r"^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,4})?$")]
Kind = Literal[
    "official", "party", "agency", "medium", "witness", "document", "expert", "reporter", "unnamed"
]


class NewDocument(AskedThread):
    """The text of a page, as its readers have it."""

    text: Annotated[
        str,
        Field(
            max_length=LONGEST,
            description="plain text; a blank line between paragraphs. Empty: the page was taken back",
        ),
    ]
    language: Annotated[
        str,
        Field(
            min_length=2, max_length=12, pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="en, ar"
        ),
    ] = ABSENT


class PassageSent(Asked):
    """Words of the text. What stands around them tells which they are, where they stand there twice."""

    quote: Annotated[str, Field(min_length=1, max_length=4000, description="at most 1,500 characters")]
    before: Annotated[str, Field(max_length=4000, description="32 characters are enough")] = ""
    after: Annotated[str, Field(max_length=4000, description="32 characters are enough")] = ""
    begin: Annotated[
        int,
        Field(ge=0, le=LONGEST, description="where they begin in the text, where that is known: code points"),
    ] = 0


class SourceSent(Asked):
    """By its name. What else is said of it is needed where the register does not have it yet."""

    name: Annotated[str, Field(min_length=1, max_length=1000)]
    kind: Annotated[Kind | None, Field(description="needed of a new one")] = None
    side: Annotated[str, Field(max_length=1000, description="on whose side, or what interest it has")] = ""
    link: Annotated[str, Field(max_length=2000)] = ""
    reason: Annotated[str, Field(max_length=1000, description="why its name is not told")] = ""


class FigureSent(Asked):
    """A range: without `low` at most `high`, without `high` at least `low`; 20 is both."""

    low: Number = ABSENT
    high: Number = ABSENT
    approx: bool = False
    unit: Annotated[str, Field(max_length=1000)] = ""
    written: Annotated[str, Field(max_length=1000, description="in the words of the text")] = ""


class ClaimSent(Asked):
    """Who says the words of a passage."""

    passage: PassageSent
    sources: Annotated[list[SourceSent], Field(max_length=50)]
    manner: Literal["says", "claims", "denies", "estimates", "documents"]
    said_on: Day = ABSENT
    of_date: Annotated[Day, Field(description="when what is claimed is said to have been")] = ABSENT
    of_place: Annotated[str, Field(max_length=1000)] = ""
    figure: FigureSent | None = None
    matter: Annotated[
        str, Field(max_length=1000, description="what it is about: claims of one matter stand side by side")
    ] = ""
    status: Annotated[
        Literal["reported", "corroborated", "disputed", "false", "retracted"] | None,
        Field(description="what is known of it; left out: that stays as it is"),
    ] = None
    reason: Annotated[str, Field(max_length=5000, description="why; all but reported need one")] = ""
    link: Annotated[str, Field(max_length=2000, description="to what it is known by")] = ""

    def statement(self) -> Statement:
        """The same for the action. Raises InvalidInput."""
        passage = self.passage
        if (self.reason or self.link) and not self.status:
            raise InvalidInput(code="missing", message=missing("status"), field="status")
        return Statement(
            anchor=Anchor(passage.quote, passage.before, passage.after, passage.begin),
            sources=[
                SourceWish(
                    name=one.name, kind=one.kind or "", side=one.side, link=one.link, reason=one.reason
                )
                for one in self.sources
            ],
            manner=self.manner,
            said_on=_day(self.said_on, "said_on"),
            of_date=_day(self.of_date, "of_date"),
            of_place=self.of_place,
            figure=_figure(self.figure),
            matter=self.matter,
            status=self.status or "",
            reason=self.reason,
            link=self.link,
        )


def _day(text: str, field: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        message = _("There is no such day: %(day)s.") % {"day": text}
        raise InvalidInput(code="day", message=message, field=field) from None


def _figure(sent: FigureSent | None) -> Figure | None:
    if sent is None:
        return None
    if not (sent.low or sent.high):
        raise InvalidInput(code="missing", message=missing("low"), field="figure.low")
    low, high = (Decimal(value) if value else None for value in (sent.low, sent.high))
    return Figure(low=low, high=high, unit=sent.unit, approx=sent.approx, written=sent.written)


class NewClaims(Asked):
    """All claims of a text: what is not among them is withdrawn."""

    claims: Annotated[list[ClaimSent], Field(max_length=MOST)]
    revision: Annotated[
        str,
        Field(
            min_length=1, max_length=40, description="that you had before you; needed where there are claims"
        ),
    ] = ABSENT
    known_sources: Annotated[
        Literal["keep", "change"],
        Field(
            description="where the register says something else of a source than you: what holds from now on"
        ),
    ] = "keep"

    def statements(self) -> list[Statement]:
        """Raises InvalidInput with `claims.<number>.<field>`."""
        found: list[Statement] = []
        for number, one in enumerate(self.claims):
            with within(f"claims.{number}"):
                found.append(one.statement())
        return found
