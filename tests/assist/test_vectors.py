"""Vectors beside the examples: computed once a decision, forgotten with it, and never in the way of a refit."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn", reason="the extra `assist` is not installed")

from rejoinder.assist import queries, refitting, shelf, vectors
from rejoinder.assist.actions import learn
from rejoinder.assist.learning import meaning
from rejoinder.assist.models import Example, Version
from rejoinder.core import clock
from rejoinder.core.models import Job
from tests import factories as make
from tests.assist import histories
from tests.assist.learning import likeness

pytestmark = pytest.mark.django_db
PROMISED = {"approve": 0.1, "hold": 0.9}


def test_a_vector_is_computed_once_a_decision_and_what_was_promised_of_it_ends_with_the_encoder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rejoinder.assist.storing.measure", lambda _site, made: ({}, PROMISED))
    likeness.pretend(monkeypatch)
    site = make.site(language="en")
    shelf.forget()
    histories.decide(site, 60)
    assert refitting.refit_site(site, patience=0.0) == []
    assert Job.objects.filter(task="assist.refit", key=f"assist:{site.pk}:again").exists()
    assert [outcome.kind for outcome in refitting.refit_site(site)] == ["made"]
    assert not Example.objects.filter(vector=None).exists()
    lane = shelf.lanes_of(site)[""]
    assert lane.model.meant and lane.thresholds.approve == 0.1

    read: list[str] = []
    monkeypatch.setattr(meaning, "kept", lambda bodies: [read.append(body) or b"\0" * 768 for body in bodies])
    first = Example.objects.earliest("pk")
    number = int(first.key.removeprefix("comment:"))
    learn(site=site, comment_id=number, body=first.body, label=1 - first.label, at=clock.now())
    learn(site=site, comment_id=7, body="Something else.", label=1, at=clock.now())
    learn(site=site, comment_id=7, body="Something else again.", label=1, at=clock.now())
    assert vectors.keep_vectors(site)
    assert read == ["Something else again."]

    likeness.pretend(monkeypatch, there=False)
    shelf.forget()
    lane = shelf.lanes_of(site)[""]
    assert not lane.model.meant and lane.thresholds.approve is None
    assert Version.objects.get(pk=lane.version).pk == getattr(queries.active_version(site), "pk", None)
