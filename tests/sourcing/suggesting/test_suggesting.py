"""Suggestions of sources: the sets, and what the sets do not show."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.suggest import measure, rows
from rejoinder.project.cli import main
from rejoinder.sourcing.suggesting import LANGUAGES, Suggestion, suggest


def said(text: str, language: str = "en", least: float = 0.5) -> list[tuple[str, str]]:
    return [
        (text[one.source_begin : one.source_end], text[one.begin : one.end])
        for one in suggest(text, language, least=least)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_set_has_two_hundred_sentences_and_a_third_of_them_say_nothing(language: str) -> None:
    all_rows = list(rows(language))
    assert len(all_rows) >= 200
    assert sum(not row["claims"] for row in all_rows) >= len(all_rows) / 3


@pytest.mark.parametrize("half", ["dev", "held"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_of_ten_suggestions_are_right(language: str, half: str) -> None:
    score = measure(language, half)
    assert score.precision >= 0.9
    assert score.recall >= 0.8


def test_a_quotation_of_several_sentences_has_one_speaker() -> None:
    text = "“We lost the roof,” said Ada Quill. “Nobody came.” The road was shut."
    assert said(text) == [("Ada Quill", "We lost the roof"), ("Ada Quill", "Nobody came.")]


def test_a_pronoun_is_left_out_unless_asked_for() -> None:
    text = "He said that the road was shut."
    assert said(text) == []
    assert said(text, least=0) == [("He", "the road was shut")]


def test_a_sentence_may_hold_two_claims() -> None:
    text = "The army said the depot was hit, but residents said the target was a bakery."
    assert said(text) == [("The army", "the depot was hit"), ("residents", "the target was a bakery")]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Opposition sources said that the road was shut.", "unnamed"),
        ("en", "According to the police, the road was shut.", "official"),
        ("de", "Laut Polizei war die Straße gesperrt.", "official"),
        ("fr", "Selon un rapport de l’institut, la route était fermée.", "document"),
        ("es", "Según testigos, la carretera estaba cerrada.", "witness"),
        ("ar", "قالت وكالة الأنباء إن الطريق مغلق.", "agency"),
    ],
)
def test_the_kind_is_told_where_the_words_show_it(language: str, text: str, kind: str) -> None:
    assert [one.kind for one in suggest(text, language)] == [kind]


@pytest.mark.parametrize(
    "hostile",
    ["“" * 30_000, "said " * 10_000, "according to " * 5_000, ", said X" * 8_000, '"a, said B "' * 5_000],
    ids=["quotes", "verbs", "phrases", "speakers", "nested"],
)
def test_a_hostile_text_takes_no_longer_than_a_long_one(hostile: str) -> None:
    begin = time.process_time()
    for language in LANGUAGES:
        suggest(hostile, language)
    assert time.process_time() - begin < 10


@given(
    text=st.text(alphabet="ab A.,:“”«»\"'\n،قال إن said that laut", max_size=200),
    language=st.sampled_from(LANGUAGES),
)
def test_offsets_lie_in_the_text(text: str, language: str) -> None:
    for one in suggest(text, language, least=0):
        assert 0 <= one.begin < one.end <= len(text)
        assert 0 <= one.source_begin < one.source_end <= len(text)


def test_the_command_prints_the_same_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Laut Polizei war die Straße gesperrt. Der Wirt lachte laut."
    file = tmp_path / "story.txt"
    file.write_text(text, encoding="utf-8")
    assert main(["sourcing", "suggest", str(file), "--lang", "de-AT", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["source"], row["kind"], row["text"]) == ("Polizei", "official", "war die Straße gesperrt")
    assert text[row["begin"] : row["end"]] == row["text"]


def test_the_command_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"The mayor said the bridge would open.")))
    assert main(["sourcing", "suggest", "-"]) == 0
    assert "The mayor" in capsys.readouterr().out


@pytest.mark.parametrize(("raw", "words", "code"), [(b"\xff\xfe", [], 1), (b"a", ["--lang", "tlh"], 2)])
def test_what_cannot_be_read_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], raw: bytes, words: list[str], code: int
) -> None:
    file = tmp_path / "story.txt"
    file.write_bytes(raw)
    assert main(["sourcing", "suggest", str(file), *words]) == code
    assert capsys.readouterr().err.count("\n") == 1


def test_an_empty_text_has_none() -> None:
    nothing: list[Suggestion] = []
    assert suggest("", "en") == suggest(" \n\n ", "ar") == nothing


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Nothing in the notice says that the pier must close.", []),
        (
            "de",
            "Der Lotse, Jan Quast, sagte dem Sender Hafenfunk, die Mole sei sicher.",
            [("Der Lotse, Jan Quast,", "die Mole sei sicher")],
        ),
        (
            "de",
            "Der Hafenmeister betonte, niemand sei verletzt.",
            [("Der Hafenmeister", "niemand sei verletzt")],
        ),
        (
            "fr",
            "La gérante a expliqué à la radio Phare que la digue tenait.",
            [("La gérante", "la digue tenait")],
        ),
        ("ar", "رفض المتحدث أن يقول كم سفينة في الميناء.", []),
    ],
)
def test_who_is_spoken_to_and_what_nobody_says_is_no_source(
    language: str, text: str, found: list[tuple[str, str]]
) -> None:
    assert said(text, language) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "The pilots called the new fee a trap.", [("The pilots", "the new fee a trap")]),
        ("en", "The sign said the pier was shut.", []),
        (
            "de",
            "Nachdem der Damm brach, sagte der Landrat, die Straße sei frei.",
            [("der Landrat", "die Straße sei frei")],
        ),
        ("de", "Laut „Hafenbote“ und Plan fährt niemand.", []),
        ("fr", "Le bac coulera, assure-t-on à la mairie.", [("la mairie", "Le bac coulera")]),
        ("fr", "La lumière a fait que le bac partait.", []),
        ("es", "La oposición calificó la votación de farsa.", [("La oposición", "la votación de farsa")]),
        ("ar", "ونفى الجيش إطلاق النار على القافلة.", [("الجيش", "إطلاق النار على القافلة")]),
        ("ar", "السفير النوردي قال إن الميناء مغلق.", [("السفير النوردي", "الميناء مغلق")]),
    ],
)
def test_word_order_and_objects_show_who_says_what(
    language: str, text: str, found: list[tuple[str, str]]
) -> None:
    assert said(text, language) == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_may_break_off_after_any_word(language: str) -> None:
    for row in list(rows(language))[:40]:
        cut = row["text"].split()
        for count in range(1, len(cut)):
            suggest(" ".join(cut[:count]), language)
            suggest(" ".join(cut[:count]) + ",", language)
