"""Who a story rests on, in one line and one bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import pgettext

from rejoinder.sourcing.drawing.telling import Links, Voice, voice
from rejoinder.sourcing.models import Source
from rejoinder.sourcing.queries import Shown, rests_on

# Shades of the blue pencil, the darkest for the largest share; what is left has the lightest.
SHADES: Final = 5
_WIDE = 1000  # units of the plot


@dataclass(frozen=True, slots=True)
class Row:
    """A kind and side of sources. `begin`, `width`: of the plot; `shade`: 1 is the darkest."""

    label: str
    percent: int
    statements: int
    voices: tuple[Voice, ...]
    begin: int
    width: int
    shade: int


@dataclass(frozen=True, slots=True)
class Rests:
    """`statements`: those with a source; `sources`: how many they are of."""

    rows: tuple[Row, ...]
    statements: int
    sources: int


def rests_of(claims: Sequence[Shown], links: Links) -> Rests | None:
    """None where no statement has a source."""
    rows: list[Row] = []
    begin = 0.0
    for number, share in enumerate(rests_on(claims), 1):
        kind = str(Source.Kind(share.kind).label)
        rows.append(
            Row(
                pgettext("between two of a list", ", ").join(part for part in (kind, share.side) if part),
                round(share.share * 100),
                share.statements,
                tuple(voice(source, links) for source in share.sources),
                round(begin * _WIDE),
                max(1, round((begin + share.share) * _WIDE) - round(begin * _WIDE) - 4),
                min(number, SHADES),
            )
        )
        begin += share.share
    if not rows:
        return None
    sourced = [one for one in claims if one.sources]
    sources = {source.pk for one in sourced for source in one.sources}
    return Rests(tuple(rows), len(sourced), len(sources))
