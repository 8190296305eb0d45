"""The door for Perspective's clients: its answers and errors, who may come in, and that nothing is kept or logged."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client as Http
from prometheus_client import generate_latest

from rejoinder.accounts.models import Site
from rejoinder.api.perspective import scoring
from rejoinder.api.perspective.warming import warm
from rejoinder.assist.actions import change_policy
from rejoinder.assist.clients import access_client, clients_of, find_client
from rejoinder.assist.models import Client, Example
from rejoinder.core.models import Tally
from rejoinder.project.cli import main
from rejoinder.project.logs import formatter
from tests import factories as make
from tests.api.perspective.clients import ANALYZE, SUGGEST, Coral, Told, a_key, ask, comentario_flags
from tests.security.addresses import rows_of
from tests.security.canaries import watched

pytestmark = pytest.mark.django_db

TEXT = "Who is this fiend 😀? Sorry, I like your name."


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What the model says is known by heart here."""
    model = Told()
    monkeypatch.setattr(scoring, "judge_in_full", model)
    return model


@pytest.fixture
def site() -> Site:
    return make.site()


def _asks(*names: str, text: str = TEXT, **more: Any) -> dict[str, Any]:
    return {
        "comment": {"text": text},
        "requestedAttributes": {name: {} for name in names or ("TOXICITY",)},
    } | more


def _score(value: float) -> dict[str, Any]:
    return {"value": value, "type": "PROBABILITY"}


def test_answer_has_perspectives_form(told: Told, site: Site) -> None:
    body = _asks("TOXICITY", "FLIRTATION", spanAnnotations=True, languages=["en-US"], clientToken="a token")
    body["requestedAttributes"]["SEVERE_TOXICITY"] = {"scoreThreshold": 0.9}
    answer = ask(ANALYZE, body, a_key(site))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json; charset=UTF-8"
    assert answer.json() == {
        "attributeScores": {
            "TOXICITY": {
                "spanScores": [
                    {"begin": 0, "end": 21, "score": _score(0.8)},
                    {"begin": 22, "end": 46, "score": _score(0.5)},
                ],
                "summaryScore": _score(0.8),
            },
            "FLIRTATION": {
                "spanScores": [
                    {"begin": 0, "end": 21, "score": _score(0.0)},
                    {"begin": 22, "end": 46, "score": _score(0.0)},
                ],
                "summaryScore": _score(0.0),
            },
        },
        "languages": ["en-US"],
        "detectedLanguages": ["en"],
        "clientToken": "a token",
    }
    assert [len(told.asked), told.asked[0].body] == [3, TEXT], "the text and its two sentences, in one go"


def test_likely_to_reject_is_the_calibrated_probability_once_there_is_one(told: Told, site: Site) -> None:
    key = a_key(site)

    def value() -> float:
        scores = ask(ANALYZE, _asks("LIKELY_TO_REJECT"), key).json()["attributeScores"]
        return float(scores["LIKELY_TO_REJECT"]["summaryScore"]["value"])

    assert value() == 0.8
    told.probability = 0.123
    assert value() == 0.123


def test_errors_have_googles_form(told: Told, site: Site) -> None:
    answer = ask(ANALYZE, _asks(text=" "), a_key(site))
    assert answer.status_code == 400
    assert answer.json() == {
        "error": {
            "code": 400,
            "message": "Comment must be non-empty.",
            "status": "INVALID_ARGUMENT",
            "details": [
                {
                    "@type": "type.googleapis.com/google.commentanalyzer.v1alpha1.Error",
                    "errorType": "COMMENT_EMPTY",
                }
            ],
        }
    }


def test_only_a_key_that_is_good_opens(told: Told, site: Site) -> None:
    key = a_key(site)
    client = find_client(key)
    assert client
    assert client.digest not in key
    for path, body in ((ANALYZE, _asks()), (SUGGEST, _suggests(1))):
        answers = [ask(path, body), ask(path, body, "rjp_" + "x" * 43), ask(path, body, "é'\" --")]
        assert [answer.status_code for answer in answers] == [403, 400, 400]
        statuses = [answer.json()["error"]["status"] for answer in answers]
        assert statuses == ["PERMISSION_DENIED", "INVALID_ARGUMENT", "INVALID_ARGUMENT"]
        assert answers[1].json()["error"]["details"][0]["reason"] == "API_KEY_INVALID"
        assert ask(path, body, **{"X-Goog-Api-Key": key}).status_code == 200
        assert (Http().get(f"{path}?key={key}").status_code, ask(path, body, key).status_code) == (405, 200)
    client.end()
    assert [ask(path, {}, key).status_code for path in (ANALYZE, SUGGEST)] == [400, 400]
    assert Example.objects.filter(site=site).count() == 1


def _suggests(value: float, token: str = "comment:1", **more: Any) -> dict[str, Any]:
    scores = {"TOXICITY": {"summaryScore": {"value": value}}}
    return {"comment": {"text": TEXT}, "attributeScores": scores, "clientToken": token} | more


def test_quota_is_counted_for_all_processes_and_says_when_to_come_again(told: Told, site: Site) -> None:
    small, large = a_key(site, quota=2), a_key(site, quota=120)
    answers = [ask(ANALYZE, _asks(), small) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["error"]["status"] == "RESOURCE_EXHAUSTED"
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert {ask(ANALYZE, _asks(), large).status_code for _ in range(3)} == {200}
    counted = Tally.objects.filter(key__startswith="perspective:").values_list("count", flat=True)
    assert sorted(counted) == [2, 4], "of the larger quota two are taken at once"


def test_language_that_nobody_taught_is_refused_unless_the_client_names_one(told: Told, site: Site) -> None:
    """Coral says "en" wherever it knows no better; what Perspective did with a language of its own, we do too."""
    told.version = None
    key, german = a_key(site), "Das ist doch wirklich eine ganz große Frechheit von dieser Regierung gewesen."
    refused = ask(ANALYZE, _asks(text=german), key)
    assert refused.status_code == 400
    (detail,) = refused.json()["error"]["details"]
    assert detail["errorType"] == "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"
    assert detail["languageNotSupportedByAttributeError"] == {
        "detectedLanguages": ["de"],
        "attribute": "TOXICITY",
    }
    dropped = ask(ANALYZE, _asks("TOXICITY", "SPAM", text=german, dropUnsupportedAttributes=True), key).json()
    assert list(dropped["attributeScores"]) == ["SPAM"]
    named = ask(ANALYZE, _asks(text=german, languages=["en"]), key).json()
    assert (named["languages"], named["detectedLanguages"]) == (["en"], ["de"])
    assert named["attributeScores"]["TOXICITY"]["summaryScore"]["value"] == 0
    assert ask(ANALYZE, _asks(text="123 !!"), key).json()["error"]["details"][0]["errorType"] == (
        "LANGUAGE_DETECTION_FAILED"
    )
    assert ask(ANALYZE, _asks(text="🖕", languages=["en"]), key).status_code == 200
    told.version = 1
    taught = ask(ANALYZE, _asks(text=german), key).json()
    assert (taught["languages"], told.asked[-1].language) == (["de"], "de")


def test_coral_newsroom_is_answered_and_teaches_unchanged(told: Told, site: Site) -> None:
    coral = Coral(a_key(site), threshold=0.75)
    assert [coral.holds(TEXT), coral.holds("I like your name.")] == [True, False]
    assert coral.holds("") is False
    assert coral.statuses.pop() == 400
    assert coral.decides(TEXT, rejected=True, number="c-1").json() == {"clientToken": "comment:c-1"}
    coral.decides("I like your name.", rejected=False, number="c-2")
    coral.decides(TEXT, rejected=False, number="c-1")
    Coral(coral.key, tenant="https://other.example").decides(TEXT, rejected=True, number="c-1")
    assert set(coral.statuses) == {200}
    learned = Example.objects.filter(site=site).order_by("pk")
    assert [(one.body, one.label, one.label_before) for one in learned] == [
        (TEXT, 0, 1),
        ("I like your name.", 0, None),
        (TEXT, 1, None),
    ]
    assert {(one.source, one.parent, one.language, one.weight) for one in learned} == {
        ("client", "", "en", 1.0)
    }


def test_suggestion_that_says_nothing_of_rejection_or_may_not_be_kept_teaches_nothing(
    told: Told, site: Site
) -> None:
    key = a_key(site)
    flirting = {"FLIRTATION": {"summaryScore": {"value": 1}}}
    for body in (_suggests(1, doNotStore=True), _suggests(0.5), _suggests(1, attributeScores=flirting)):
        assert ask(SUGGEST, body, key).json() == {"clientToken": "comment:1"}
    assert not Example.objects.exists()
    assert ask(SUGGEST, _suggests(0.9, token=""), key).json() == {}
    assert [(one.label, one.weight) for one in Example.objects.all()] == [(1, 0.8)]


def test_comentario_flags_by_one_half(told: Told, site: Site) -> None:
    key = a_key(site)
    assert comentario_flags(TEXT, key) == {"TOXICITY", "IDENTITY_ATTACK", "INSULT", "THREAT"}
    assert comentario_flags("I like your name.", key) == set()
    assert comentario_flags("", key) == set()


def test_asking_leaves_nothing_behind(told: Told, site: Site) -> None:
    key = a_key(site)
    ask(ANALYZE, _asks(), key)
    models = [model for model in watched() if model is not Client]
    before = rows_of(*models)
    for keep in (True, False):
        ask(
            ANALYZE,
            _asks(doNotStore=not keep, clientToken="t", context={"entries": [{"text": "Above."}]}),
            key,
        )
    assert rows_of(*models) == before
    assert told.asked[-1].parent == "Above."


def test_neither_key_nor_words_are_logged_or_counted(
    told: Told,
    site: Site,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level("INFO")
    key, word = a_key(site), "zqfiendishzq"
    body = _asks(text=f"{word} fiend.", clientToken=word)
    ask(ANALYZE, body, key)
    ask(SUGGEST, _suggests(1, token=word, comment={"text": word}), key)
    for path in (ANALYZE + "/", "/v1alpha1/comments", SUGGEST):
        ask(path, body, key)
        Http().get(f"{path}?key={key}")
    ask(ANALYZE, f"{{{word}".encode(), key)

    def breaks(*_args: Any, **_named: Any) -> None:
        raise RuntimeError(body["comment"]["text"])

    monkeypatch.setattr(scoring, "judge_in_full", breaks)
    broken = ask(ANALYZE, body, key)
    assert (broken.status_code, broken.json()["error"]["status"]) == (500, "INTERNAL")
    printed = capfd.readouterr()
    said = caplog.text + printed.out + printed.err + generate_latest().decode()
    said += "".join(formatter(form).format(record) for record in caplog.records for form in ("json", "text"))
    assert "perspective-analyze" in said
    assert "RuntimeError" in said
    assert key not in said
    assert word not in said


def test_whatever_is_sent_is_answered_in_the_format(told: Told, site: Site) -> None:
    key = a_key(site, quota=600_000)
    words: list[Any] = [
        "🙂",
        "\ud800",
        "\x00",
        "a" * 20_000,
        "\u0430pple \u202e evil",
        "d2h5",
        "e\u0301" * 900,
        7,
        None,
        {},
        [],
    ]
    bodies: list[Any] = [_asks(text=word, languages=["en"], spanAnnotations=True) for word in words]
    bodies += [_suggests(1, token=str(place), comment={"text": word}) for place, word in enumerate(words)]
    bodies += [b"", b"{", b"\xff\xfe", b"[[]]", b"null", json.dumps(_asks()).encode("utf-16")]
    for body in bodies:
        for path in (ANALYZE, SUGGEST):
            answer = ask(path, body, key)
            assert answer.status_code in {200, 400}, body
            assert ("error" in answer.json()) == (answer.status_code == 400)


def test_site_that_switched_assist_off_is_not_spoken_for(told: Told, site: Site) -> None:
    key = a_key(site)
    change_policy(site=site, mode="off")
    assert [ask(path, _asks() | _suggests(1), key).status_code for path in (ANALYZE, SUGGEST)] == [403, 403]


def test_without_the_extra_the_door_says_how_to_add_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "available", lambda: False)
    answer = ask(ANALYZE, _asks(), a_key(site))
    assert (answer.status_code, answer.json()["error"]["status"]) == (503, "UNAVAILABLE")
    assert "pip install 'rejoinder[assist]'" in answer.json()["error"]["message"]


def test_command_gives_lists_and_takes_back_keys(
    told: Told, site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rejoinder.project.boot.start_on_database", lambda: None)
    assert main(["assist", "key", "--site", site.key, "--client", "Our Coral", "--quota", "90"]) == 0
    key = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("rjp_"))
    assert ask(SUGGEST, _suggests(1), key).status_code == 200
    assert main(["assist", "key", "--list", "--site", site.key]) == 0
    number, *rest = capsys.readouterr().out.splitlines()[-1].split("\t")
    assert rest[:3] == [site.key, "Our Coral", "90 a minute"]
    assert [row.pk for row in clients_of(site)] == [int(number)]
    assert main(["assist", "key", "--forget", number]) == 0
    assert not Example.objects.filter(site=site).exists()
    assert access_client(int(number)).ended is not None
    assert ask(ANALYZE, _asks(), key).status_code == 400
    assert [main(["assist", "key", "--end", "999999999"]), main(["assist", "key"])] == [1, 1]


def test_description_names_both_methods_where_they_are(site: Site) -> None:
    """Google's libraries take addresses from it, and nothing else."""
    found = Http().get("/$discovery/rest", {"version": "v1alpha1"}, SERVER_NAME="localhost").json()
    methods = found["resources"]["comments"]["methods"]
    assert {name: "/" + method["path"] for name, method in methods.items()} == {
        "analyze": ANALYZE,
        "suggestscore": SUGGEST,
    }
    assert found["rootUrl"] == "http://localhost/"
    assert all(method["request"]["$ref"] in found["schemas"] for method in methods.values())


def test_shipped_model_puts_insults_above_what_clients_hold_at_and_thanks_below(site: Site) -> None:
    """Nothing stands in for the model here. Its first decisions are not yet learned from: it is as it comes."""
    warm([site])
    coral = Coral(a_key(site))
    assert coral.holds("You are a pathetic idiot and a stupid fucking liar.")
    assert not coral.holds("Thank you, I had not thought of the bridge in that way.")
    assert comentario_flags("What a load of shit.", coral.key) >= {"TOXICITY", "PROFANITY"}
    spam = (
        "Earn $500 a day working from home! WhatsApp +1 202 555 0143, visit https://bit.ly/x https://a.top/b"
    )
    scores = ask(ANALYZE, _asks("SPAM", text=spam), coral.key).json()["attributeScores"]
    assert scores["SPAM"]["summaryScore"]["value"] > 0.9
    source = (
        "The council's own paper says so: https://example.org/paper and nobody here has answered that yet."
    )
    scores = ask(ANALYZE, _asks("SPAM", "PROFANITY", text=source), coral.key).json()["attributeScores"]
    assert all(score["summaryScore"]["value"] < 0.5 for score in scores.values())
