"""Accounts of one matter, side by side: who says what of it, figures as ranges on one axis."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Final

from rejoinder.sourcing.drawing.telling import Links, Told, number, told
from rejoinder.sourcing.figures import Figure
from rejoinder.sourcing.queries import Shown

_WIDE: Final = 1000  # units of the axis
_LEAST: Final = 16  # a figure of one number is a stroke as wide as this
# Figures further apart than this stand on an axis on which each step is ten times the one before.
_STEEP: Final = 20
_MOST_PAIRS = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """[begin, begin + width) of the axis; `open_low`, `open_high`: it goes on in that direction."""

    begin: int
    width: int
    open_low: bool
    open_high: bool
    approx: bool


@dataclass(frozen=True, slots=True)
class Row:
    """`page`: the address of the text it stands in; "" for the page that shows it."""

    told: Told
    bar: Bar | None
    page: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """`low`, `high`: the ends of the axis, "" without figures; `steep`: its steps are powers of ten.

    `against`: names of sources whose figures cannot both be right; `denied`: some deny what others say.
    """

    title: str
    rows: tuple[Row, ...]
    low: str
    high: str
    steep: bool
    against: tuple[tuple[str, str], ...]
    denied: bool


def accounts_of(
    claims: Sequence[Shown], links: Links, pages: Mapping[int, str] | None = None
) -> list[Account]:
    """The matters about which there is more than one statement, in the order of the text.

    `pages`: where they stand, by the number of their document, if that is not the page that shows them.
    """
    matters: dict[int, list[Shown]] = defaultdict(list)
    for shown in claims:
        if shown.claim.matter_id is not None:
            matters[shown.claim.matter_id].append(shown)
    return [_account(those, links, pages or {}) for those in matters.values() if len(those) > 1]


def _account(claims: list[Shown], links: Links, pages: Mapping[int, str]) -> Account:
    figures = [shown.figure for shown in claims]
    units = Counter(figure.unit.casefold() for figure in figures if figure)
    unit = units.most_common(1)[0][0] if units else ""
    drawn = [figure if figure and figure.unit.casefold() == unit else None for figure in figures]
    ends = [value for figure in drawn if figure for value in (figure.low, figure.high) if value is not None]
    rows = [told(shown, links) for shown in claims]
    low, high = (min(ends), max(ends)) if ends else (Decimal(0), Decimal(0))
    steep = low > 0 and high / low > _STEEP
    if not steep:
        low = min(low, Decimal(0))
    if any(figure and figure.at_least for figure in drawn):
        high += (high - low) / 4 if not steep else high  # room for what goes on beyond
    scale = _scale(low, high, steep)
    manners = {shown.claim.manner for shown in claims}
    return Account(
        claims[0].claim.matter.title if claims[0].claim.matter else "",
        tuple(
            Row(row, _bar(figure, scale), pages.get(row.shown.claim.document_id, ""))
            for row, figure in zip(rows, drawn, strict=True)
        ),
        number(low) if ends else "",
        number(high) if ends else "",
        steep,
        _against(rows),
        "denies" in manners and len(manners) > 1,
    )


def _scale(low: Decimal, high: Decimal, steep: bool) -> Callable[[Decimal], int]:
    """From a figure to a place on the axis."""
    if high <= low:
        return lambda _value: _WIDE // 2
    if steep:
        begin, span = math.log10(low), math.log10(high) - math.log10(low)
        return lambda value: round((math.log10(value) - begin) / span * _WIDE)
    return lambda value: round(float((value - low) / (high - low)) * _WIDE)


def _bar(figure: Figure | None, scale: Callable[[Decimal], int]) -> Bar | None:
    if figure is None:
        return None
    begin = 0 if figure.low is None else scale(figure.low)
    end = _WIDE if figure.high is None else scale(figure.high)
    begin = min(begin, _WIDE - _LEAST)
    return Bar(
        begin,
        max(_LEAST, end - begin),
        figure.low is None,
        figure.high is None,
        figure.approx,
    )


def _against(rows: list[Told]) -> tuple[tuple[str, str], ...]:
    """Pairs whose figures cannot both be right; a few are enough."""
    found: list[tuple[str, str]] = []
    for one, other in combinations([row for row in rows if row.shown.figure], 2):
        pair = (one.names, other.names)
        if _contradict(one.shown.figure, other.shown.figure) and all(pair) and pair not in found:
            found.append(pair)
    return tuple(found[:_MOST_PAIRS])


def _contradict(one: Figure | None, other: Figure | None) -> bool:
    return one is not None and other is not None and one.contradicts(other)
