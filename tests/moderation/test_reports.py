"""The transparency report: its figures are those of the log, whatever was decided in whatever order."""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from time_machine import travel

from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.console.log.export import as_json_lines
from rejoinder.console.log.finding import Asked, all_of
from rejoinder.core.errors import Conflict, InvalidInput, RejoinderError
from rejoinder.discussion.actions import set_comment_state
from rejoinder.discussion.models import Comment
from rejoinder.moderation.actions import flag_comment, undo
from rejoinder.moderation.appeals import answer_appeal, appeal
from rejoinder.moderation.decisions import record
from rejoinder.moderation.flags.outcomes import settle
from rejoinder.moderation.models import Appeal, Decision, Flag, Notice
from rejoinder.moderation.notices import complain, decide_notice, file_notice
from rejoinder.moderation.notices.deciding import Answer
from rejoinder.moderation.notices.filing import Typed
from rejoinder.moderation.queue.acts import act
from rejoinder.moderation.reports import written
from rejoinder.moderation.reports.figures import figures
from rejoinder.moderation.reports.publishing import publish
from rejoinder.project.commands import report
from tests import factories as make

pytestmark = pytest.mark.django_db

YEAR, NOW = 2027, datetime(2027, 3, 1, 12, tzinfo=UTC)
STAFF_ACTS = ("approve", "hold", "remove", "restore", "ignore-flags", "feature")
NOTICE_ACTS = ("notice", "notice-upheld", "notice-rejected", "contest")
GROUNDS = ("", "abuse", "spam", "illegal")


class Scene:
    """A site on which things happen at random; what cannot be done there is simply not done."""

    def __init__(self) -> None:
        self.site = make.site()
        self.staff = [make.staff(self.site) for _ in range(2)]
        self.author = make.account()
        thread = make.thread(self.site)
        self.comments = [make.comment(thread, by=self.author) for _ in range(3)]

    def do(self, what: str, number: int, ground: str) -> None:
        comment = make.again(self.comments[number % 3])
        viewer = make.viewer(self.site, self.staff[number % 2])
        last = Decision.objects.filter(site=self.site).order_by("-pk").first()
        try:
            if what in STAFF_ACTS:
                act(viewer=viewer, comment=comment, action=what, reason="A reason.", code=ground)
            elif what == "rule" and comment.state == "public":
                self._rule(comment, ground)
            elif what == "flag":
                who = make.viewer(self.site, make.commenter())
                flag_comment(viewer=who, comment=comment, reason=ground or "other")
            elif what == "undo" and last is not None:
                undo(viewer=viewer, decision=last)
            elif what == "ban":
                self._ban(viewer.commenter)
            elif what == "appeal" and last is not None:
                appeal(viewer=make.viewer(self.site, self.author), decision=last, words="Why?")
            elif what in {"uphold", "reject"}:
                self._answer(viewer, what == "uphold")
            elif what == "notice":
                self._notice(comment, number)
            elif what in {"notice-upheld", "notice-rejected", "contest"}:
                self._about_notice(viewer, what)
        except RejoinderError:
            return
        newest = Decision.objects.filter(site=self.site).order_by("-pk").first()
        if newest is not None and newest != last:
            settle(newest)

    def _rule(self, comment: Comment, ground: str) -> None:
        """As screening holds; with the ground `first` where everything is read first."""
        rule = {"": "site holds all", "spam": "Casino", "abuse": "flags"}.get(ground, "Words")
        record(
            site=self.site, comment=comment, action="hold", reason="Held.", rule=rule, code=ground or "first"
        )
        set_comment_state(comment=comment, state="held")

    def _ban(self, by: Commenter | None) -> None:
        record(site=self.site, action="ban", reason="Enough.", code="abuse", actor=by, person=self.author)

    def _answer(self, viewer: Any, upheld: bool) -> None:
        asked = Appeal.objects.filter(site=self.site, answered=None).first()
        if asked is not None:
            answer_appeal(viewer=viewer, appeal=asked, upheld=upheld, reason="Read again.")

    def _notice(self, comment: Comment, number: int) -> None:
        """Each from a sender of its own: who sends many that are unfounded is paused."""
        address = f"http://testserver/comments/{comment.public_id}/"
        typed = Typed(
            address,
            ("violence", "fraud")[number % 2],
            "It is.",
            "Nora Quill",
            f"{make.a_number()}@mail.example",
            True,
        )
        file_notice(viewer=make.viewer(self.site, make.commenter()), typed=typed, host="testserver")

    def _about_notice(self, viewer: Viewer, what: str) -> None:
        found = Notice.objects.filter(site=self.site).order_by("pk")
        if what == "contest":
            decided = found.exclude(ended=None).first()
            if decided is not None:
                complain(notice=decided, words="Look again.")
            return
        waiting = found.filter(ended=None).first()
        if waiting is not None:
            answer = Answer(what == "notice-upheld", "Read with care.", "remove")
            decide_notice(viewer=viewer, notice=waiting, answer=answer)


def recounted(site: Site) -> dict[str, Any]:
    """The same from the log as it is exported, line by line, without the database's help."""
    log = [json.loads(line) for line in as_json_lines(all_of(site, Asked()))][::-1]
    leads = {"approve", "hold", "remove", "restore", "appeal-upheld"}
    taken_back = {line["undoes"] for line in log if line["action"] == "undo"}
    upheld = {line["undoes"] for line in log if line["action"] == "appeal-upheld"}
    flagged = {flag.decision_id for flag in Flag.objects.filter(comment__thread__site=site)}
    by_flags = {row["id"] for row in log if _number(row["id"]) in flagged}
    noticed = {notice.removal_id for notice in Notice.objects.filter(site=site)}
    by_notices = {row["id"] for row in log if _number(row["id"]) in noticed}
    lines: Counter[tuple[str, str, str]] = Counter()
    back: Counter[tuple[str, str, str]] = Counter()
    rules: Counter[str] = Counter()
    held: list[float] = []
    for place, line in enumerate(log):
        if line["action"] not in {"remove", "hold", "suspend", "ban"} or line["id"] in taken_back:
            continue
        if line["by"]:
            source = "flags" if line["id"] in by_flags else "people"
        else:
            source = "flags" if line["rule"] == "flags" else "rules"
        source = "notices" if line["id"] in by_notices else source
        then = [
            later
            for later in log[place + 1 :]
            if line["comment"] and later["comment"] == line["comment"]
            if later["action"] in leads and later["id"] not in taken_back
        ][:1]
        is_back = line["id"] in upheld if not line["comment"] else bool(then and then[0]["action"][0] in "ar")
        is_back = is_back and not (then and then[0]["action"] == "remove")
        kind = (line["action"], line["code"] or "other", source)
        lines[kind] += 1
        back[kind] += is_back
        if then and line["action"] == "hold":
            held.append(_hours(line["created"], then[0]["created"]))
        if not line["by"] and line["code"] != "first":
            rules["by_rules"] += 1
            rules["reversed"] += is_back
            rules["confirmed"] += bool(then) and not is_back
    return {
        "by_action": dict(sorted(Counter(line["action"] for line in log).items())),
        "lines": [(*kind, lines[kind], back[kind]) for kind in sorted(lines)],
        "rules": (rules["by_rules"], rules["confirmed"], rules["reversed"]),
        "held": round(median(held), 2) if held else None,
    }


def _number(public: str) -> int:
    from rejoinder.core import ids

    return ids.decode(public) or 0


def _hours(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() / 3600


def check_notices(site: Site, found: dict[str, Any]) -> None:
    """What the report says of notices, against the notices one by one and the log's decisions about them."""
    notices = list(Notice.objects.filter(site=site).select_related("outcome", "first"))
    ends = [notice.outcome.action if notice.outcome else "" for notice in notices]
    told = [found[name] for name in ("received", "acted_upon", "not_acted_upon", "open", "contested")]
    contested = [notice for notice in notices if notice.complained is not None]
    counted = [ends.count(action) for action in ("notice-upheld", "notice-rejected", "")]
    # Where a moderator removes the comment from the queue, that decision ends its notices too.
    by_removal = len(notices) - sum(counted)
    counted[0] += by_removal
    assert told == [len(notices), *counted, len(contested)]
    log = [json.loads(line)["action"] for line in as_json_lines(all_of(site, Asked()))]
    of_log = log.count("notice-upheld") + log.count("notice-rejected")
    assert of_log >= counted[0] + counted[1] - by_removal
    assert sum(found["by_category"].values()) == len(notices)
    assert sum(found["by_action"].values()) == counted[0]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                (
                    *STAFF_ACTS,
                    "rule",
                    "rule",
                    "flag",
                    "undo",
                    "ban",
                    "appeal",
                    "uphold",
                    "reject",
                    *NOTICE_ACTS,
                )
            ),
            st.integers(0, 5),
            st.sampled_from(GROUNDS),
        ),
        min_size=5,
        max_size=25,
    )
)
@example(
    [
        ("notice", 0, ""),
        ("notice-upheld", 0, ""),
        ("notice", 1, ""),
        ("notice-rejected", 1, ""),
        ("contest", 0, ""),
        ("notice", 2, ""),
        ("notice-rejected", 1, ""),
    ]
)
def test_figures_are_those_of_the_log_line_by_line(acts: list[tuple[str, int, str]]) -> None:
    with travel(NOW, tick=False) as clock:
        scene = Scene()
        for what, number, ground in acts:
            clock.shift(timedelta(minutes=3 + 7 * number))
            scene.do(what, number, ground)
        found, own = figures(scene.site, YEAR), recounted(scene.site)
    assert found["decisions"]["by_action"] == own["by_action"]
    lines = [tuple(line.values()) for line in found["restrictions"]["lines"]]
    assert lines == own["lines"]
    assert found["restrictions"]["total"] == sum(line[3] for line in own["lines"])
    automation = found["automation"]
    assert (automation["by_rules"], automation["confirmed"], automation["reversed"]) == own["rules"]
    assert found["restrictions"]["median_hours_held"] == own["held"]
    flags = list(Flag.objects.filter(comment__thread__site=scene.site).values_list("outcome", flat=True))
    told = [found["flags"][name] for name in ("received", "upheld", "not_upheld", "open")]
    assert told == [len(flags), flags.count("upheld"), flags.count("rejected"), flags.count("")]
    check_notices(scene.site, found["notices"])
    appeals = list(Appeal.objects.filter(site=scene.site))
    assert found["appeals"]["received"] == len(appeals)
    assert found["appeals"]["open"] == len([asked for asked in appeals if asked.answered is None])


def test_year_ends_with_its_last_moment_and_sites_are_apart() -> None:
    scene, other = Scene(), Scene()
    for moment in (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)):
        with travel(moment, tick=False):
            scene._ban(scene.staff[0])
            other._ban(other.staff[0])
    totals = [figures(scene.site, year)["people"]["ban"] for year in (2025, 2026, 2027, 2028)]
    assert totals == [0, 1, 1, 0]
    assert figures(None, 2026)["people"]["ban"] == 2
    with pytest.raises(InvalidInput):
        figures(None, 0)


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    report.configure(parser)
    return report.run(parser.parse_args(["transparency", *words]))


def test_command_writes_the_same_as_json_csv_and_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("rejoinder.project.boot.start_on_database", lambda: None)
    scene = Scene()
    with travel(NOW, tick=False):
        scene.do("remove", 0, "spam")
        scene.do("remove", 1, "")
    words = ("--year", str(YEAR), "--site", scene.site.key)
    assert _run(*words) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == figures(scene.site, YEAR)
    assert _run(*words, "--format", "csv", "-o", str(tmp_path / "r.csv")) == 0
    cells = dict(csv.reader(StringIO((tmp_path / "r.csv").read_text())))
    assert cells["restrictions.lines.remove.spam.people.count"] == "1"
    assert cells["restrictions.total"] == "2"
    assert cells["appeals.median_hours"] == ""
    assert _run(*words, "--format", "html") == 0
    page = capsys.readouterr().out
    assert "Advertising" in page
    assert "http" not in page, "nothing is fetched"


def test_csv_has_no_formulas() -> None:
    text = written.as_csv({"site": "=1+1", "year": -1})
    assert list(csv.reader(StringIO(text))) == [["figure", "value"], ["site", "'=1+1"], ["year", "'-1"]]


def test_published_report_is_there_for_everybody_and_stands_still() -> None:
    scene = Scene()
    address = reverse("rejoinder:transparency", args=[scene.site.key, YEAR])
    with travel(NOW, tick=False):
        scene.do("remove", 0, "spam")
    with travel(NOW, tick=False), pytest.raises(Conflict):
        publish(site=scene.site, year=YEAR)
    reader = make.guest()
    with travel(datetime(YEAR + 1, 1, 2, tzinfo=UTC), tick=False):
        assert reader.get(address).status_code == 404
        publish(site=scene.site, year=YEAR)
        make.decide(make.again(scene.comments[0]), "restore")
        answer = reader.get(address)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert f"Transparency report {YEAR}" in page
        assert "people of the publication" in page
        found = reader.get(address, {"format": "json"}).json()
        assert found["restrictions"]["lines"][0]["reversed"] == 0
        assert "restrictions.total,1" in reader.get(address, {"format": "csv"}).content.decode()
        assert reader.get(address, {"format": "xml"}).status_code == 400
