"""The log of decisions, its files, what a site lays down, and what readers see of removals."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse

from rejoinder.accounts.models import Site
from rejoinder.core import ids
from rejoinder.moderation.actions import undo
from rejoinder.moderation.decisions import record
from rejoinder.moderation.decisions.comments import decide_comment
from rejoinder.moderation.models import Decision, Terms
from tests import factories as make
from tests.factories import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return make.site()


@pytest.fixture
def reader(site: Site) -> Browser:
    return make.signed_in(make.staff(site, "analyst"))


def _reasons(reader: Browser, site: Site, **asked: str) -> set[str]:
    address = reverse("rejoinder:console-log-file", args=[site.key])
    answer = reader.get(address, {"format": "jsonl", **asked})
    assert answer.status_code == 200
    lines = b"".join(answer.streaming_content).decode().splitlines()
    return {json.loads(line)["reason"] for line in lines}


def test_log_is_narrowed_by_action_ground_rule_decider_and_person(site: Site, reader: Browser) -> None:
    anna, ben, author = make.staff(site), make.staff(site), make.account()
    found = make.comment(make.thread(site), by=author)
    decide_comment(viewer=make.viewer(site, anna), comment=found, action="remove", reason="R1", code="spam")
    record(site=site, action="note", reason="R2", actor=ben, person=author)
    record(site=site, action="hold", reason="R3", rule="links", comment=make.comment(make.thread(site)))
    record(site=make.site(), action="hold", reason="Elsewhere", rule="links")
    assert _reasons(reader, site) == {"R1", "R2", "R3"}
    assert _reasons(reader, site, action="remove") == {"R1"}
    assert _reasons(reader, site, code="spam") == {"R1"}
    assert _reasons(reader, site, rule="links", by="") == {"R3"}
    assert _reasons(reader, site, by="rules") == {"R3"}
    assert _reasons(reader, site, by=ids.encode(ben.pk)) == {"R2"}
    assert _reasons(reader, site, person=ids.encode(author.pk)) == {"R1", "R2"}
    assert _reasons(reader, site, comment=found.public_id) == {"R1"}
    page = reader.get(
        reverse("rejoinder:console-log", args=[site.key]), {"action": "remove"}
    ).content.decode()
    assert "R1" in page
    assert "R2" not in page
    assert reader.get(reverse("rejoinder:console-log", args=[site.key]), {"action": "x"}).status_code == 400


def test_file_for_spreadsheets_holds_no_formula_and_no_words_of_the_comment(
    site: Site, reader: Browser
) -> None:
    found = make.comment(make.thread(site), "Words that are nobody's business.")
    make.decide(found, "remove", reason='=HYPERLINK("https://bad.example")')
    answer = reader.get(reverse("rejoinder:console-log-file", args=[site.key]), {"format": "csv"})
    text = b"".join(answer.streaming_content).decode()
    [row] = csv.DictReader(StringIO(text))
    assert row["reason"] == """'=HYPERLINK("https://bad.example")"""
    assert (row["action"], row["comment"], row["position"]) == ("remove", found.public_id, "1")
    assert row["digest"] == Decision.objects.get().digest
    assert "nobody's business" not in text
    assert answer["Content-Disposition"] == f'attachment; filename="decisions-{site.key}.csv"'
    assert answer["Cache-Control"] == "no-store, private"


def test_log_goes_on_where_the_page_ends(site: Site, reader: Browser) -> None:
    for number in range(52):
        record(site=site, action="note", reason=f"Note {number}.")
    first = reader.get(reverse("rejoinder:console-log", args=[site.key])).content.decode()
    assert "Note 51." in first
    assert "Note 1." not in first
    older = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "Note 1." in reader.get(older).content.decode()


def _save(browser: Browser, site: Site, **data: str) -> Any:
    sent = {"notice_days": "7", "notice_keep": "365"} | data
    return browser.post(reverse("rejoinder:console-terms", args=[site.key]), sent)


def test_what_a_site_lays_down_is_a_decision_and_holds_at_once(site: Site) -> None:
    editor = make.signed_in(make.staff(site, "editor"))
    saved = _save(
        editor, site, shows_removed="1", appeals="1", appeal_days="3", **{"sentence-spam": "No adverts."}
    )
    assert saved.status_code == 303
    terms = Terms.objects.get(site=site)
    assert (terms.shows_removed, terms.appeals, terms.appeal_days) == (True, True, 3)
    assert terms.sentences == {"spam": "No adverts."}
    assert Decision.objects.get().action == "rule"
    _save(editor, site, shows_removed="1", appeals="1", appeal_days="3", **{"sentence-spam": "No adverts."})
    assert Decision.objects.count() == 1
    assert _save(editor, site, appeal_days="0").status_code == 422
    assert _save(editor, site, appeal_days="900").status_code == 422


def test_readers_see_what_was_removed_and_why_without_names_or_words(site: Site) -> None:
    thread = make.thread(site)
    judge = make.viewer(site, make.staff(site, name="Anna Bell"))

    def remove(code: str) -> Decision:
        found = make.comment(thread, "Words of Ms Miller.", name="Joe Smith")
        return decide_comment(
            viewer=judge, comment=found, action="remove", reason="About Ms Miller.", code=code
        )

    remove("privacy")
    remove("privacy")
    remove("")
    undo(viewer=judge, decision=remove("abuse"))
    address, page = reverse("rejoinder:removed", args=[site.key]), make.guest()
    window = reverse("rejoinder:thread", args=[site.key])
    assert page.get(address, {"key": thread.key}).status_code == 404
    assert "What was removed here" not in page.get(window, {"key": thread.key}).content.decode()
    _save(make.signed_in(make.staff(site, "owner")), site, shows_removed="1", appeal_days="7")
    assert "What was removed here" in page.get(window, {"key": thread.key}).content.decode()
    text = page.get(address, {"key": thread.key}).content.decode()
    assert "Private information: <b>2</b>" in text
    assert "Something else: <b>1</b>" in text
    assert "Attack on a person" not in text
    assert "It shows private information about somebody." in text
    for hidden in ("Miller", "Smith", "Bell"):
        assert hidden not in text
    assert "s-maxage" in page.get(address, {"key": thread.key})["Cache-Control"]
