"""Errors that readers report: kept with their passage, answered at the desk, told to who sent them."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from rejoinder.accounts.models import Role
from rejoinder.core import clock, ids
from rejoinder.core.models import Job
from rejoinder.sourcing.models import Correction, ErrorReport, Passage
from rejoinder.sourcing.people import erase_person, export_person
from rejoinder.sourcing.reports import people
from rejoinder.sourcing.reports.filing import REPORTS
from tests import factories
from tests.newsroom.sourcing_desk import SHIPS, UNION, Desk, desk

pytestmark = pytest.mark.django_db

WRONG = "The union says 45, not 40.\nSee its letter."


@pytest.fixture
def scene() -> Desk:
    return desk()


def send(scene: Desk, by: Client | None = None, **typed: Any) -> Any:
    """A report by a guest of their own address, about UNION where nothing else is named."""
    sent = {"key": scene.page.thread_key, "quote": UNION, "words": WRONG} | typed
    browser = by or factories.guest()
    return browser.post(reverse("rejoinder:error-reports", args=[scene.front.publication.key]), sent)


def letters() -> list[dict[str, Any]]:
    return [job.arguments["letter"] for job in Job.objects.filter(task="core.mail").order_by("pk")]


def test_report_leads_by_its_passage_to_a_correction_that_thanks_by_name_and_tells_who_sent_it(
    scene: Desk,
) -> None:
    answer = send(
        scene, name="Wim Reader", thanks="1", email="wim@mail.example", link="https://union.example/l"
    )
    assert answer.status_code == 303, answer.content.decode()
    report = ErrorReport.objects.get()
    assert (report.passage.quote, report.words, report.state) == (UNION, WRONG, "open")
    (receipt,) = letters()
    assert answer["Location"] in receipt["text"]
    assert "See its letter." not in receipt["text"], "whoever's address it is"
    page = factories.guest().get(answer["Location"])
    assert page["X-Robots-Tag"] == "noindex"
    assert "Received. The newsroom reads it." in page.content.decode()
    scene.rewrite("puts it at 40", "puts it at 45")
    assert "Reported errors (1)" in scene.read("/desk/")
    assert f"reports/{report.pk}/" in scene.read(
        f"/desk/sourcing/sites/{scene.front.publication.key}/reports/"
    )
    assert f"reports/{report.pk}/" in scene.read(), "beside its story"
    html = scene.read(f"/desk/sourcing/reports/{report.pk}/")
    assert "The union puts it at 45." in html
    assert "wim@mail.example" in html
    form = scene.read(f"/desk/sourcing/reports/{report.pk}/correction/")
    assert 'value="Wim Reader"' in form
    words = {"before": UNION, "after": "The union puts it at 45.", "note": "The union said 45."}
    done = scene.post(f"reports/{report.pk}/correction/", **words, thanked="Wim Reader", answer="Well seen.")
    assert done.status_code == 303, done.content.decode()
    correction = Correction.objects.get()
    assert (correction.thanked, correction.reporter_id) == ("Wim Reader", report.reporter_id)
    told = factories.guest().get(answer["Location"]).content.decode()
    for sentence in ("The text was corrected", "The union said 45.", "Well seen."):
        assert sentence in told
        assert sentence in letters()[-1]["text"]
    story = Client().get(scene.page.address).content.decode()
    assert "<bdi>Wim Reader</bdi>" in story
    assert "wim@mail.example" not in story
    assert "See its letter." not in story


def test_report_that_is_declined_tells_why_and_those_about_the_same_words_with_it(scene: Desk) -> None:
    first, second = send(scene), send(scene, words="It was 44.")
    other = send(scene, quote=SHIPS, words="30 ships.")
    number = ErrorReport.objects.earliest("pk").pk
    html = scene.read(f"/desk/sourcing/reports/{number}/")
    assert "It was 44." in html
    assert "30 ships." not in html
    refused = scene.post(f"reports/{number}/", way="declined", alike="on")
    assert (refused.status_code, ErrorReport.objects.exclude(state="open").count()) == (422, 0)
    done = scene.post(f"reports/{number}/", way="declined", answer="Its letter says <b>40</b>.", alike="on")
    assert done.status_code == 303
    for page, says in ((first, True), (second, True), (other, False)):
        told = factories.guest().get(page["Location"]).content.decode()
        assert ("Its letter says &lt;b&gt;40&lt;/b&gt;." in told) == says
    again = scene.post(f"reports/{number}/", way="done")
    assert again.status_code == 409
    assert "Somebody else answered this in between." in again.content.decode()


def test_what_is_no_report_is_refused_with_what_was_typed(scene: Desk) -> None:
    for status, sent, says in (
        (422, {"words": "  "}, "Say what is wrong"),
        (422, {"words": "x" * 20_000}, "x" * 20_000),
        (422, {"quote": ""}, WRONG[:20]),
        (409, {"quote": "Nobody <b>said</b> this."}, "Nobody &lt;b&gt;said&lt;/b&gt; this."),
        (422, {"link": "javascript:alert(1)"}, WRONG[:20]),
        (422, {"email": "nowhere"}, 'value="nowhere"'),
        (422, {"thanks": "1"}, "by which name"),
        (422, {"website": "https://pills.example"}, "people do not see"),
        (422, {"name": scene.viewer.commenter.name if scene.viewer.commenter else ""}, "works here"),
        (404, {"key": "no-such-text"}, ""),
        (404, {"passage": "zzzz"}, ""),
    ):
        answer = send(scene, **sent)
        assert answer.status_code == status, sent
        assert says in answer.content.decode(), sent
    assert not ErrorReport.objects.exists()
    answer = send(scene, words="<script>alert(1)</script>")
    report = ErrorReport.objects.get()
    for page in (answer["Location"], f"/desk/sourcing/reports/{report.pk}/"):
        assert "<script>alert" not in scene.read(page)


def test_words_that_were_selected_are_asked_about_before_anything_is_stored(scene: Desk) -> None:
    answer = factories.guest().post(
        reverse("rejoinder:error-reports", args=[scene.front.publication.key]),
        {"key": scene.page.thread_key, "quote": UNION, "before": "outside. ", "after": " "},
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<blockquote dir="auto">{UNION}</blockquote>' in html
    assert 'name="before" value="outside. "' in html
    assert not ErrorReport.objects.exists()
    story = Client().get(scene.page.address).content.decode()
    address = re.search(r'class="meta report"><a href="([^"]+)"', story)
    assert address
    assert 'name="quote"' in Client().get(address[1]).content.decode(), "without scripts: words to be put in"


def test_passage_that_is_edited_or_deleted_meanwhile_still_takes_the_report(scene: Desk) -> None:
    claim = scene.add(UNION, "Union", kind="party")
    anchor = ids.encode(claim.passage_id)
    form = reverse("rejoinder:error-report", args=[scene.front.publication.key]) + f"?passage={anchor}"
    assert form in Client().get(scene.page.address).content.decode(), "at its note"
    assert UNION in Client().get(form).content.decode()
    scene.rewrite(UNION, "")
    assert "no longer in the text" in Client().get(form).content.decode()
    assert send(scene, passage=anchor, quote="").status_code == 303
    assert ErrorReport.objects.get().passage == claim.passage
    html = scene.read(f"/desk/sourcing/reports/{ErrorReport.objects.get().pk}/")
    assert "It is no longer in the text." in html
    waits = scene.add("Nobody was hurt", "Office", kind="official")
    Passage.objects.filter(pk=waits.passage_id).update(state="waiting")
    asked = {"passage": ids.encode(waits.passage_id)}
    address = reverse("rejoinder:error-report", args=[scene.front.publication.key])
    assert Client().get(address, asked).status_code == 404, "words of a draft"
    elsewhere = reverse("rejoinder:error-report", args=[factories.site().key])
    assert Client().get(elsewhere, {"passage": anchor}).status_code == 404
    status = send(scene, quote=SHIPS)["Location"]
    scene.page.unpublish()
    assert SHIPS not in Client().get(status).content.decode(), "what was taken back is quoted nowhere"


def test_thousand_reports_are_one_line_a_passage_and_one_sender_is_stopped(scene: Desk) -> None:
    one = factories.guest()
    codes = [send(scene, by=one, words=f"Wrong, {n}.").status_code for n in range(REPORTS.most + 1)]
    assert codes == [303] * REPORTS.most + [429]
    assert send(scene, by=factories.guest(), words="Same.").status_code == 303
    first = ErrorReport.objects.earliest("pk")
    rows = [
        ErrorReport(passage=first.passage, words=f"Number {n}", mark=str(n), created=clock.now())
        for n in range(1000)
    ]
    ErrorReport.objects.bulk_create(rows)
    total = ErrorReport.objects.count()
    html = scene.read(f"/desk/sourcing/sites/{scene.front.publication.key}/reports/")
    assert html.count("<blockquote") == 1
    assert f"{total:,} reports" in html or f"{total} reports" in html
    assert scene.post(f"reports/{first.pk}/", way="done", alike="on").status_code == 303
    assert not ErrorReport.objects.filter(state="open").exists()
    over = f"/desk/sourcing/sites/{scene.front.publication.key}/reports/?answered=1"
    assert scene.read(over).count("<blockquote") == 50


def test_same_report_twice_is_one_and_nobody_but_the_desk_reads_it(scene: Desk) -> None:
    reader = factories.guest()
    assert send(scene, by=reader)["Location"] == send(scene, by=reader)["Location"]
    report = ErrorReport.objects.get()
    key = scene.front.publication.key
    reader.logout()
    for role in (Role.Kind.MODERATOR, Role.Kind.ANALYST, ""):
        person = factories.staff(factories.site() if not role else scene.front.publication, role or "owner")
        browser = factories.signed_in(person)
        for path in (f"reports/{report.pk}/", f"reports/{report.pk}/correction/", f"sites/{key}/reports/"):
            answer = browser.get(f"/desk/sourcing/{path}")
            assert answer.status_code in {302, 404}, (role, path)
    path = reverse("rejoinder:error-report-status", args=[key])
    assert Client().get(path, {"t": f"{report.pk}:forged"}).status_code == 404


def test_who_reported_is_erased_handed_over_and_forgotten_in_time(scene: Desk) -> None:
    send(scene, name="Wim Reader", email="wim@mail.example")
    report = ErrorReport.objects.get()
    assert report.reporter
    (line,) = [line for line in export_person(report.reporter) if line["type"] == "error report"]
    assert (line["words"], line["email"], line["quote"]) == (WRONG, "wim@mail.example", UNION)
    erase_person(report.reporter, False)
    report.refresh_from_db()
    assert (report.reporter_id, report.name, report.email, report.words) == (None, "", "", "")
    send(scene, name="Ada Reader", email="ada@mail.example")
    late = ErrorReport.objects.latest("pk")
    assert scene.post(f"reports/{late.pk}/", way="done").status_code == 303
    people.forget_reporters()
    late.refresh_from_db()
    assert late.email == "ada@mail.example"
    with time_machine.travel(clock.now() + people.KEPT + people.KEPT, tick=False):
        people.forget_reporters()
    late.refresh_from_db()
    assert (late.reporter_id, late.name, late.email, late.words) == (None, "", "", WRONG)
