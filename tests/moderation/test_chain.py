"""The chain of decisions: what was sealed is not changed unseen, by nobody, and erasing a person breaks nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from rejoinder.accounts.models import Site
from rejoinder.accounts.people.erasure import ask_to_be_erased
from rejoinder.core import jobs
from rejoinder.core.conf import Configuration
from rejoinder.discussion.actions.moves import merge_threads
from rejoinder.moderation.decisions import guard, record
from rejoinder.moderation.decisions.chain import Break, head_of, seal, seal_all, verify
from rejoinder.moderation.models import Chain, Decision, DecisionText
from rejoinder.project.chain_check import decisions as doctor
from tests import factories as make
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

ACTIONS = ("remove", "restore", "hold", "approve")


@pytest.fixture
def site() -> Site:
    """A site with four decisions about one comment, sealed."""
    made = make.site()
    found = make.comment(make.thread(made), "Words that were read.")
    for action in ACTIONS:
        make.decide(found, action)
    seal(made.pk)
    return made


def _tampered(of: Site, number: int, **changes: Any) -> Break | None:
    """What is found when somebody with the database's password changes a sealed row."""
    guard.take_off()
    try:
        row = Decision.objects.get(site=of, position=number)
        Decision.objects.filter(pk=row.pk).update(**changes)
    finally:
        guard.lay_on()
    return verify(of)


def test_decisions_are_sealed_in_their_order_and_each_site_has_its_own_chain(site: Site) -> None:
    other = make.site()
    make.decide(make.comment(make.thread(other)), "remove")
    seal_all()
    rows = Decision.objects.filter(site=site).order_by("position")
    assert [(row.position, row.action) for row in rows] == list(enumerate(ACTIONS, 1))
    assert head_of(site) == (4, rows[3].digest)
    assert head_of(other)[0] == 1
    assert len({row.digest for row in Decision.objects.all()}) == 5
    assert (verify(site), verify(other)) == (None, None)
    assert seal(site.pk) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "Another reason."},
        {"rule": "another rule"},
        {"action": "approve"},
        {"code": "spam"},
        {"actor": None},
        {"comment": None},
        {"text_digest": "0" * 64},
        {"machine": "a program"},
        {"seconds": 60},
        {"digest": "0" * 64},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_changed_row_is_the_first_that_does_not_fit(changes: dict[str, Any], site: Site) -> None:
    found = _tampered(site, 2, **changes)
    assert found
    assert (found.position, found.why) == (2, "changed")
    assert found.decision == Decision.objects.get(site=site, position=2).pk


def test_missing_rows_are_found_in_the_middle_and_at_the_end(site: Site) -> None:
    guard.take_off()
    DecisionText.objects.all().delete()
    Decision.objects.filter(site=site, position=4).delete()
    assert verify(site) == Break(0, 3, "head")
    Decision.objects.filter(site=site, position=2).delete()
    found = verify(site)
    assert found
    assert (found.position, found.why) == (2, "missing")
    guard.lay_on()


def test_changed_words_are_found_and_erased_ones_are_no_break(site: Site) -> None:
    DecisionText.objects.filter(decision__position=3, decision__site=site).update(body="Other words.")
    found = verify(site)
    assert found
    assert (found.position, found.why) == (3, "words")
    DecisionText.objects.filter(decision__site=site).delete()
    assert verify(site) is None


def test_erasing_the_author_takes_the_words_and_leaves_the_chain_whole() -> None:
    author = make.account()
    found = make.comment(make.thread(), "What is to be forgotten.", by=author)
    make.decide(found, "remove")
    site = found.thread.site
    seal(site.pk)
    head = head_of(site)
    assert verify(site) is None
    ask_to_be_erased(commenter=author, keeps_words=False)
    jobs.work_once()
    assert not DecisionText.objects.exists()
    assert Decision.objects.get().text_seen == ""
    assert (verify(site), head_of(site)) == (None, head)


@pytest.mark.parametrize(
    "change", ["UPDATE rejoinder_decision SET reason = 'x'", "DELETE FROM rejoinder_decision"]
)
def test_database_refuses_to_change_what_is_sealed(change: str, site: Site) -> None:
    DecisionText.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Decision.objects.filter(site=site).count() == 4


def test_merging_threads_moves_sealed_decisions_and_breaks_nothing(site: Site) -> None:
    source = Decision.objects.filter(site=site)[0].thread
    assert source
    into = make.thread(site)
    merge_threads(source=source, into=into)
    assert set(Decision.objects.values_list("thread", flat=True)) == {into.pk}
    assert verify(site) is None


def test_doctor_seals_and_says_which_row_does_not_fit(site: Site) -> None:
    settings = Configuration({})
    make.decide(make.comment(make.thread(site)), "hold")
    [found] = doctor(settings)
    assert (found.state, found.cause) == ("ok", "5 are chained, each fits.")
    row = Decision.objects.get(site=site, position=2)
    _tampered(site, 2, reason="Another reason.")
    [found] = doctor(settings)
    assert found.state == "failure"
    assert f"decision {row.pk} (place 2)" in found.cause
    assert site.key in found.cause


@pytest.mark.django_db(transaction=True)
def test_eight_who_seal_while_eight_decide_make_one_chain() -> None:
    site = make.site()
    rows = [make.comment(make.thread(site)) for _ in range(8)]
    staff = [make.viewer(site, make.staff(site)) for _ in rows]

    def act(number: int) -> None:
        if number % 2:
            seal(site.pk)
            return
        for _ in range(3):
            record(site=site, action="note", reason="Looked at.", actor=staff[number // 2].commenter)

    at_once(16, act)
    seal(site.pk)
    assert Chain.objects.get(site=site).position == Decision.objects.filter(site=site).count() == 24
    assert verify(site) is None
