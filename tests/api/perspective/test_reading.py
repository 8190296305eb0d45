"""Requests in Perspective's format: read as generously as its clients are used to, refused in its own words."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.api.perspective.asking import analyze, suggest
from rejoinder.api.perspective.attributes import answered_by
from rejoinder.api.perspective.errors import Wrong
from rejoinder.api.perspective.reading import read

TOXICITY: dict[str, Any] = {"TOXICITY": {}}


def _asked(text: str = "Words.", **more: Any) -> dict[str, Any]:
    return {"comment": {"text": text}, "requestedAttributes": TOXICITY} | more


def _kind(body: dict[str, Any]) -> str:
    with pytest.raises(Wrong) as caught:
        analyze(body)
    answer = caught.value.body()["error"]
    assert (answer["code"], answer["status"]) == (400, "INVALID_ARGUMENT")
    (detail,) = answer["details"]
    assert detail["@type"] == "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
    return str(detail["errorType"])


def test_each_mistake_has_its_own_error_type() -> None:
    assert _kind(_asked("")) == "COMMENT_EMPTY"
    assert _kind(_asked(" \u200b\n\u3164")) == "COMMENT_EMPTY"
    assert _kind({"requestedAttributes": TOXICITY}) == "COMMENT_EMPTY"
    assert _kind(_asked("ä" * 10_241)) == "COMMENT_TOO_LONG"
    assert _kind({"comment": {"text": "Words."}}) == "NO_REQUESTED_ATTRIBUTES"
    wrong = (
        _asked(requestedAttributes={"KINDNESS": {}}),
        _asked(requestedAttributes={"TOXICITY": {"scoreType": "PERCENTILE"}}),
        _asked(requestedAttributes={"TOXICITY": {"scoreThreshold": "much"}}),
        _asked(requestedAttributes={"TOXICITY": 1}),
        _asked(comment={"text": "Words.", "type": "HTML"}),
        _asked(comment={"text": 5}),
        _asked(context={"entries": [{"text": "a"}], "articleAndParentComment": {"article": {"text": "b"}}}),
        _asked(languages=[1]),
        _asked(doNotStore="maybe", spanAnnotations="maybe"),
    )
    assert [_kind(body) for body in wrong] == ["INVALID_REQUEST"] * len(wrong)


def test_text_of_twenty_kilobytes_is_read() -> None:
    assert len(analyze(_asked("ä" * 10_240)).comment.text) == 10_240


def test_what_is_unknown_is_ignored_and_both_spellings_of_names_are_known() -> None:
    told = {
        "comment": {"text": "Words.", "mood": 1},
        "requested_attributes": {"TOXICITY@6": {"score_threshold": "0.3"}, "INSULT_EXPERIMENTAL": {}},
        "span_annotations": True,
        "client_token": "a token",
        "sessionId": "s",
        "unheard": {"of": 1},
    }
    asked = analyze(told)
    assert [(one.name, one.by, one.least) for one in asked.attributes] == [
        ("TOXICITY@6", "toxicity", 0.3),
        ("INSULT_EXPERIMENTAL", "toxicity", 0.0),
    ]
    assert (asked.spans, asked.token) == (True, "a token")


def test_bare_names_are_read_and_strings_are_left_as_they_are() -> None:
    comment = b'comment: {text: "so {it: \\"is\\", and: that}"}'
    raw = b"{" + comment + b', languages: ["en-US"], requestedAttributes: {TOXICITY:{}} }'
    asked = analyze(read(raw))
    assert asked.comment.text == 'so {it: "is", and: that}'
    assert asked.comment.codes == ("en",)


@pytest.mark.parametrize(
    "raw", [b"", b"null", b"[]", b"\xff", b"{", b'"\\' * 50_000, b'"' * 100_001, b"a" * 300_000]
)
def test_body_that_is_no_object_is_refused_at_once(raw: bytes) -> None:
    began = time.process_time()
    with pytest.raises(Wrong):
        read(raw)
    assert time.process_time() - began < 1


def test_parent_is_the_last_entry_that_somebody_wrote() -> None:
    entries = [
        {"text": "First."},
        {"text": "Second."},
        {"text": '{"url": "https://example.org/", "Coral_comment_id": 1}'},
    ]
    assert analyze(_asked(context={"entries": entries})).comment.parent == "Second."
    assert analyze(_asked(context={"entries": entries[2:]})).comment.parent == ""
    pair = {"article": {"text": "A story."}, "parentComment": {"text": "Above."}}
    assert analyze(_asked(context={"articleAndParentComment": pair})).comment.parent == "Above."


@pytest.mark.parametrize(
    ("scores", "rejected"),
    [
        ({"TOXICITY": {"summaryScore": {"value": 0}}}, 0.0),
        ({"TOXICITY": {"summaryScore": {"type": "PROBABILITY"}}}, 0.0),
        ({"TOXICITY": {"summaryScore": {}, "spanScores": [{"score": {"value": 0.3}}]}}, 0.3),
        ({"LIKELY_TO_REJECT": {"summaryScore": {"value": 1}}, "SPAM": {"summaryScore": {"value": 0}}}, 1.0),
        ({"FLIRTATION": {"summaryScore": {"value": 1}}}, None),
        ({"APPROVED": {"summaryScore": {"value": 1}}}, 0.0),
        ({"HIGHLIGHTED": {"summaryScore": {"value": 1}}}, 0.0),
        ({"DELETED": {"summaryScore": {"value": 1}}}, 1.0),
    ],
)
def test_suggestion_is_a_decision(scores: dict[str, Any], rejected: float | None) -> None:
    assert suggest({"comment": {"text": "Words."}, "attributeScores": scores}).rejected == rejected


@pytest.mark.parametrize("scores", [{}, {"TOXICITY": {}}, {"TOXICITY": {"spanScores": []}}, {"TOXICITY": 1}])
def test_suggestion_without_a_score_is_refused(scores: dict[str, Any]) -> None:
    with pytest.raises(Wrong):
        suggest({"comment": {"text": "Words."}, "attributeScores": scores})


def test_attributes_that_perspective_never_had_are_unknown() -> None:
    assert answered_by("SEVERE_TOXICITY@2") == "severe"
    assert answered_by("CURIOSITY_EXPERIMENTAL") == "nothing"
    assert [answered_by(name) for name in ("toxicity", "", "_FAST", "@6", "TOXICITY_EXPERIMENTAL_FAST")] == [
        None
    ] * 5


_ANY = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)
_NAMES = (
    "comment",
    "context",
    "requestedAttributes",
    "attributeScores",
    "languages",
    "doNotStore",
    "clientToken",
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(_NAMES, _ANY)))
def test_whatever_is_sent_is_read_or_refused(body: dict[str, Any]) -> None:
    raw = json.dumps({"comment": {"text": "Words."}, "requestedAttributes": TOXICITY} | body).encode()
    for kind in (analyze, suggest):
        try:
            kind(read(raw))
        except Wrong as wrong:
            assert wrong.code == 400
