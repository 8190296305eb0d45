"""Dates as pages write them: ISO 8601, and absolute German and English ones whose reading is certain.

"3 days ago", dates without a year and dates like 10/11/2017 (October or November?) are unknown: None.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

_MONTHS = (
    ("january", "januar", "jan", "jänner", "jän"),
    ("february", "februar", "feb", "febr"),
    ("march", "märz", "mar", "mär", "mrz"),
    ("april", "apr"),
    ("may", "mai"),
    ("june", "juni", "jun"),
    ("july", "juli", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oktober", "oct", "okt"),
    ("november", "nov"),
    ("december", "dezember", "dec", "dez"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_MONTH = r"(?P<month>[a-zä]{3,9})\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>(?:19|20)\d\d)"
_CLOCK = (
    r"(?:[\s,]*(?:um|at|@|//|/|\||-|–|—|·|:)?\s*"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?:uhr)?\s*(?P<zone>utc|gmt|z)?)?"
)
_WEEKDAY = r"(?:(?:am|on|vom|den)\s+)?(?:[a-z]{2,10}\.?,\s*(?:den\s+|the\s+)?)?"
_SHAPES = tuple(
    re.compile(_WEEKDAY + shape + _CLOCK, re.IGNORECASE)
    for shape in (
        rf"{_DAY}\.\s*(?P<month>\d{{1,2}})\.\s*{_YEAR}",
        rf"{_DAY}(?:\.|st|nd|rd|th)?\s*{_MONTH},?\s*{_YEAR}",
        rf"{_MONTH}\s*{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
    )
)
# Longer text is no date; the limit also bounds the matching.
_LONGEST = 80


def parse_date(text: str) -> datetime | None:
    """The moment a text names, or None where it names none for certain. Naive where the text names no
    zone."""
    text = " ".join(text.split())
    if not 8 <= len(text) <= _LONGEST:
        return None
    moment = _iso(text) or next((found for shape in _SHAPES if (found := _match(shape, text))), None)
    return moment if moment is not None and _is_sane(moment) else None


def parse_moment(*texts: str) -> datetime | None:
    """The first moment that the texts name; a day takes its hour from a later text about the same day."""
    moments = [moment for text in texts if (moment := parse_date(text))]
    if not moments:
        return None
    first = moments[0]
    if first.tzinfo is None and (first.hour, first.minute, first.second) == (0, 0, 0):
        return next(
            (moment for moment in moments if moment.date() == first.date() and moment != first), first
        )
    return first


def _iso(text: str) -> datetime | None:
    if not re.match(r"\d{4}-\d\d-\d\d", text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _match(shape: re.Pattern[str], text: str) -> datetime | None:
    match = shape.fullmatch(text)
    if match is None:
        return None
    month = match["month"].lower()
    number = int(month) if month.isdigit() else _MONTH_NUMBER.get(month, 0)
    hour = int(match["hour"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    try:
        moment = datetime(  # noqa: DTZ001 (naive on purpose: the page names no zone)
            int(match["year"]),
            number,
            int(match["day"]),
            hour,
            int(match["minute"] or 0),
            int(match["second"] or 0),
        )
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if match["zone"] else moment


def _is_sane(moment: datetime) -> bool:
    # Systems write 0001-01-01 and 1970-01-01 for "unknown"; arithmetic near year 1 overflows in other zones.
    return 1980 <= moment.year <= 2999
