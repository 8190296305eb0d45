"""Dates as pages write them: certain ones are read, others stay unknown."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.transfer.importers.dates import parse_date, parse_moment

CERTAIN = {
    "18. Oktober 2017 um 14:05 Uhr": "2017-10-18T14:05:00",
    "8. April 2019 @ 11:40": "2019-04-08T11:40:00",
    "23.07.2020 // 12:59": "2020-07-23T12:59:00",
    "Mittwoch, den 18. Oktober 2017": "2017-10-18T00:00:00",
    "am 4.3.2031, 9.10 Uhr": "2031-03-04T09:10:00",
    "October 27, 2020 at 1:18 am": "2020-10-27T01:18:00",
    "Oct 27, 2020 at 12:00 p.m.": "2020-10-27T12:00:00",
    "Wednesday, October 18, 2017 2:05 PM": "2017-10-18T14:05:00",
    "18 October 2017, 14:05 UTC": "2017-10-18T14:05:00+00:00",
    "5th March 2018": "2018-03-05T00:00:00",
    "2020-10-27T01:18:05+08:00": "2020-10-27T01:18:05+08:00",
    "2020-10-27 01:18": "2020-10-27T01:18:00",
}
UNKNOWN = ["3 days ago", "vor 3 Tagen", "yesterday", "10/11/2017", "5. März", "18.10.17", "31. Februar 2017"]
UNKNOWN += [
    "0001-01-01T00:00:00",
    "1970-01-01",
    "25:99",
    "13:05 pm, 4 March 2020",
    "March 4, 2020 13:05 pm",
    "2017",
]


@pytest.mark.parametrize("text", CERTAIN)
def test_certain_dates_are_read(text: str) -> None:
    moment = parse_date(text)
    assert moment is not None
    assert moment.isoformat() == CERTAIN[text]


@pytest.mark.parametrize("text", UNKNOWN)
def test_uncertain_dates_are_unknown(text: str) -> None:
    assert parse_date(text) is None


def test_a_day_takes_its_hour_only_from_the_same_day() -> None:
    assert parse_moment("2020-07-23", "23.07.2020 // 12:59") == datetime(2020, 7, 23, 12, 59)  # noqa: DTZ001
    assert parse_moment("2020-07-23", "24.07.2020 // 12:59") == datetime(2020, 7, 23)  # noqa: DTZ001


@given(st.text(alphabet="0123456789.:-/ ,@TZaPpMmuhrOktober", max_size=90))
def test_no_text_breaks_the_parser(text: str) -> None:
    parse_date(text)
