"""Spans: a sentence each, in the units in which Perspective counts."""

from __future__ import annotations

import time

import pytest

from rejoinder.api.perspective.score_map import Anchors
from rejoinder.api.perspective.sentences import MOST, Places, sentences


def _parts(text: str) -> list[str]:
    return [text[begin:end] for begin, end in sentences(text)]


def test_sentences_end_where_readers_see_them_end() -> None:
    assert _parts("Who says so? Nobody said so.\nNot a soul") == [
        "Who says so?",
        "Nobody said so.",
        "Not a soul",
    ]
    assert _parts("“He left.” She stayed…  Then what?!") == ["“He left.”", "She stayed…", "Then what?!"]
    assert _parts("はい。そうです！終わり") == ["はい。", "そうです！", "終わり"]
    assert _parts("هل هذا صحيح؟ نعم.") == ["هل هذا صحيح؟", "نعم."]


def test_points_within_a_sentence_do_not_end_it() -> None:
    for text in ("Dr. A. Low paid 3.5 million, e.g. to them.", "Das gilt z.B. Am Rhein, vgl. oben."):
        assert _parts(text) == [text]


def test_places_are_counted_in_utf_16() -> None:
    text = "😀 Yes. 😀😀 No."
    units = text.encode("utf-16-le")
    place = Places(text)
    shown = [units[2 * place(begin) : 2 * place(end)].decode("utf-16-le") for begin, end in sentences(text)]
    assert shown == ["😀 Yes.", "😀😀 No."]
    assert [place(begin) for begin, _ in sentences(text)] == [0, 8]


@pytest.mark.parametrize(
    "text", ["." * 20_000, "A! " * 6_000, "\n \n" * 6_000, '."' * 10_000, "a\n" * 10_000]
)
def test_long_texts_have_a_bounded_number_of_spans_soon(text: str) -> None:
    began = time.process_time()
    found = sentences(text)
    assert len(found) <= MOST
    assert found == sorted(found)
    assert time.process_time() - began < 1


def test_value_is_half_and_four_fifths_where_the_anchors_are_and_grows_between() -> None:
    anchors = Anchors.at(0.3, 0.7)
    assert anchors.value(0.3) == pytest.approx(0.5)
    assert anchors.value(0.7) == pytest.approx(0.8)
    assert anchors.severe(0.7) == pytest.approx(0.5)
    values = [anchors.value(step / 100) for step in range(101)]
    assert values == sorted(values)
    assert 0 < values[0] < 0.05
    assert 0.95 < values[-1] < 1


def test_anchors_that_meet_do_not_make_the_value_jump() -> None:
    anchors = Anchors.at(0.5, 0.5)
    assert anchors.value(0.5) == pytest.approx(0.5)
    assert 0.5 < anchors.value(0.51) < 0.9
