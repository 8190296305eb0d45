"""Rules in the console: written, tried on last week, switched; without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from rejoinder.accounts.models import Site
from rejoinder.moderation.models import Decision, Rule
from tests import factories as make
from tests.factories import Browser

pytestmark = pytest.mark.django_db


def address(name: str, site: Site, **asked: Any) -> str:
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    return reverse(f"rejoinder:{name}", args=[site.key]) + (f"?{query}" if query else "")


def editor(site: Site) -> Browser:
    return make.signed_in(make.staff(site, "editor"))


FORM = {"name": "Insults", "words": "gromble\nzilpik", "verdict": "hold", "severity": "3", "mode": "on"}


def test_rule_is_tried_on_last_week_before_it_is_saved() -> None:
    thread = make.thread()
    for number in range(10):
        make.comment(thread, f"A calm thought, number {number}.")
    make.comment(thread, "You <b>GROMBLE</b>, you!")
    browser, new = editor(thread.site), address("console-rule-new", thread.site, kind="phrases")
    page = browser.post(new, FORM | {"do": "preview"}).content.decode()
    assert "It would have found 1 of 11 comments." in page
    assert "You &lt;b&gt;GROMBLE&lt;/b&gt;, you!" in page
    assert not Rule.objects.exists()
    assert browser.post(new, FORM | {"do": "save"}).status_code == 303
    rule = Rule.objects.get()
    assert (rule.name, rule.mode, rule.words) == ("Insults", "on", "gromble\nzilpik")
    listed = browser.get(address("console-rules", thread.site))
    assert "Insults" in listed.content.decode()
    assert "frame-ancestors 'none'" in listed["Content-Security-Policy"]


def test_rule_that_would_stop_most_asks_with_the_number_and_is_saved_when_that_is_meant() -> None:
    thread = make.thread()
    for number in range(12):
        make.comment(thread, f"A gromble of a thought, number {number}.")
    browser, new = editor(thread.site), address("console-rule-new", thread.site, kind="phrases")
    asked = browser.post(new, FORM | {"do": "save"})
    assert asked.status_code == 409
    assert "12 of the 12 comments of last week" in asked.content.decode()
    assert browser.post(new, FORM | {"do": "save", "sure": "1"}).status_code == 303
    rule = Rule.objects.get()
    switch = address("console-rule-switch", thread.site)
    assert browser.post(switch, {"id": rule.pk, "mode": "off"}).status_code == 303
    again = browser.post(switch, {"id": rule.pk, "mode": "on"})
    assert again.status_code == 409
    assert 'name="sure"' in again.content.decode()
    assert browser.post(switch, {"id": rule.pk, "mode": "on", "sure": "1"}).status_code == 303
    assert Decision.objects.filter(site=thread.site, action="rule").count() == 3


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept() -> None:
    site = make.site()
    browser = editor(site)
    new = address("console-rule-new", site, kind="pattern")
    page = browser.post(new, FORM | {"words": "(a+)+$", "do": "save"})
    assert page.status_code == 422
    assert "(a+)+$" in page.content.decode()
    assert 'id="id_words_error"' in page.content.decode()


def test_secret_of_a_service_is_not_shown_again() -> None:
    site = make.site()
    browser = editor(site)
    form = FORM | {"words": "https://service.example/look", "secret": "s" * 40, "do": "save"}
    form |= {"figure-milliseconds": "500", "figure-open": "0"}
    assert browser.post(address("console-rule-new", site, kind="service"), form).status_code == 303
    one = address("console-rule", site, id=Rule.objects.get().pk)
    assert "s" * 40 not in browser.get(one).content.decode()
    assert browser.post(one, form | {"secret": "", "name": "Ours"}).status_code == 303
    assert (Rule.objects.get().secret, Rule.objects.get().name) == ("s" * 40, "Ours")


def test_rule_of_another_site_is_not_there() -> None:
    here, there = make.site(), make.site()
    browser = editor(there)
    browser.post(address("console-rule-new", there, kind="phrases"), FORM | {"do": "save"})
    rule = Rule.objects.get()
    outsider = editor(here)
    assert outsider.get(address("console-rule", here, id=rule.pk)).status_code == 404
    answer = outsider.post(address("console-rule-switch", here), {"id": rule.pk, "mode": "off"})
    assert answer.status_code == 404
    assert browser.post(address("console-rule", there, id=rule.pk), {"do": "remove"}).status_code == 303
    assert not Rule.objects.exists()
