"""What was read of texts is at hand for the next fit, changes nothing, and is let go of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("sklearn", reason="the extra `assist` is not installed")

import numpy as np

from rejoinder.assist.learning import Example, Text, inputs, prior, readings
from rejoinder.assist.learning.files import dump
from rejoinder.assist.learning.model import fit
from rejoinder.assist.learning.training import fit_prepared
from tests.assist.learning.texts import history


@pytest.fixture(autouse=True)
def nothing_read() -> Iterator[None]:
    readings.forget()
    yield
    readings.forget()


def test_a_fit_from_what_was_read_before_is_the_same_model_and_reads_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    examples = [*history(120), Example(Text("Und was sagt der Bürgermeister dazu?", "de", "Ach ja?"), 0)]
    anew = fit_prepared(inputs.prepare([one.text for one in examples], language="en"), examples, "en")
    assert dump(fit(examples)) == dump(anew)
    monkeypatch.setattr(inputs, "prepare", None)
    assert dump(fit(examples)) == dump(anew)


def test_what_is_not_asked_for_again_is_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [one.text for one in history(40)]
    whole = readings.prepare(texts, language="en")
    assert readings.held() == len(set(texts))
    monkeypatch.setattr(readings, "LARGEST", 0)
    again = readings.prepare(texts, language="en")
    assert (readings.held(), np.array_equal(whole.fixed, again.fixed)) == (0, True)
    monkeypatch.setattr(readings, "LARGEST", 1_000_000)
    readings.prepare(texts[:3], language="en")
    monkeypatch.setattr(readings, "KEPT", -1.0)
    readings.let_go()
    assert readings.held() == 0


def test_a_language_that_was_detected_is_not_looked_for_again() -> None:
    body = "Die Straßenbahn fährt seit gestern nicht mehr bis zum Hafen, und niemand sagt warum."
    texts = [Text(body, "nl"), Text(body, "nl", detected=True), Text(body)]
    assert inputs.prepare(texts, language="en").spoken == ["de", "nl", "de"]


def test_entries_of_several_words_are_found_on_a_list() -> None:
    entries = [
        entry
        for entry in prior.shipped().lists["en"]
        if entry.count(" ") and entry.replace(" ", "").isalpha()
    ]
    assert len(entries) > 10
    assert all(entry in prior.listed(["well", *entry.split(" "), "then"], "en") for entry in entries)
