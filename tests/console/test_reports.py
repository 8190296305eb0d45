"""The figures that those who moderate look at: equal to what happened, and cheap however much that was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import travel

from rejoinder.discussion.actions import set_comment_state
from rejoinder.discussion.models import Comment
from rejoinder.moderation.actions import flag_comment
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Day
from rejoinder.moderation.reports.board import board
from rejoinder.moderation.reports.days import count_days
from tests import factories as make

pytestmark = pytest.mark.django_db
START = datetime(2027, 5, 1, 12, tzinfo=UTC)


def _held_by_rule(comment: Comment) -> None:
    record(
        site=comment.thread.site, comment=comment, action="hold", reason="Held.", rule="Casino", code="spam"
    )
    set_comment_state(comment=comment, state="held")


def test_days_are_what_was_written_and_decided_and_are_counted_anew_without_a_difference() -> None:
    thread = make.thread()
    site, staff = thread.site, make.staff(thread.site)
    make.comment(make.thread())
    with travel(START, tick=False) as clock:
        first = [make.comment(thread) for _ in range(3)]
        make.decide(first[0], "remove", by=staff)
        flag_comment(viewer=make.viewer(site, make.commenter()), comment=first[1], reason="abuse")
        count_days()
        clock.shift(timedelta(days=1))
        make.comment(thread)
        count_days()
        clock.shift(timedelta(days=2))
        make.comment(thread)
        make.decide(first[0], "restore", by=staff)
        count_days()
        count_days()
        days = board(site).days
    rows = [(day.written, day.removed, day.restored, day.flags) for day in days[-4:]]
    assert rows == [(3, 1, 0, 1), (1, 0, 0, 0), (0, 0, 0, 0), (1, 0, 1, 0)]
    assert len(days) == 30
    assert Day.objects.filter(site=site).count() == 3


def test_speed_agreement_rules_stories_and_backlog_are_those_of_the_decisions() -> None:
    thread = make.thread(title="A story")
    site, one, other = thread.site, make.staff(thread.site), make.staff(thread.site)
    with travel(START, tick=False) as clock:
        comments = [make.comment(thread) for _ in range(4)]
        for comment in comments[:3]:
            _held_by_rule(comment)
        for minutes, comment, action in ((10, comments[0], "approve"), (20, comments[1], "remove")):
            clock.shift(timedelta(minutes=minutes))
            make.decide(comment, action, by=one)
        make.decide(comments[1], "restore", by=other)
        make.decide(comments[0], "remove", by=one)
        flag_comment(viewer=make.viewer(site, make.commenter()), comment=comments[3], reason="abuse")
        found = board(site)
    assert (found.speed.count, found.speed.median, found.speed.p90) == (3, 30.0, 30.0)
    assert (found.agreement.count, found.agreement.same) == (1, 0)
    assert found.rules == [{"rule": "Casino", "count": 3, "confirmed": 1, "reversed": 1, "error_rate": 0.5}]
    assert [(story["title"], story["held"], story["removed"]) for story in found.stories] == [
        ("A story", 3, 2)
    ]
    assert found.backlog.cards == 1


def test_page_says_the_figures_in_tables_too_and_asks_the_same_number_of_questions() -> None:
    thread = make.thread(title="A story")
    analyst = make.signed_in(make.staff(thread.site, "analyst"))
    address = reverse("rejoinder:console-reports", args=[thread.site.key])
    with CaptureQueriesContext(
        connection,
    ) as empty:
        assert "No rule held anything." in analyst.get(address).content.decode()
    for comment in [make.comment(thread) for _ in range(5)]:
        _held_by_rule(comment)
    count_days()
    with CaptureQueriesContext(connection) as full:
        answer = analyst.get(address)
    page = answer.content.decode()
    assert len(full) <= len(empty) + 2
    assert 'role="img" aria-label="Comments a day: at most 5' in page
    assert page.count("<tr>") > 60
    assert "Casino" in page
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
