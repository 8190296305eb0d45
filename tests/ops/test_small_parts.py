"""Logs, static files, sentences for failures, health: what everything else leans on."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from django.db import OperationalError
from django.test import Client

from rejoinder.core import clock, health
from rejoinder.core.conf import ConfigurationError, load
from rejoinder.core.models import Job
from rejoinder.project import doctor, logs, port, proxies
from rejoinder.project.database import databases
from rejoinder.project.failures import sentence
from rejoinder.project.static import Storage, without_comments


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What a record becomes, as text or as JSON."""

    def render(form: str, event: str, **details: Any) -> str:
        record = logging.LogRecord(
            "rejoinder.test", logging.INFO, "", 0, {"event": event, **details}, (), None
        )  # type: ignore[arg-type]
        record._logger, record._name = logging.getLogger("rejoinder.test"), "info"  # type: ignore[attr-defined]
        return logs.formatter(form).format(record)

    return render


NASTY = "a\r\nb\x1b[31mc\u2028d\x85e\x00f\u202eg\ud800"


@pytest.mark.parametrize("form", ["text", "json"])
def test_one_event_is_one_line_without_control_characters(lines: Any, form: str) -> None:
    line = lines(form, NASTY, path=NASTY)
    assert len(line.splitlines()) == 1
    assert not [
        character for character in line if ord(character) < 32 or character in "\x7f\x85\u2028\u2029\u202e"
    ]


def test_json_log_is_json(lines: Any) -> None:
    assert json.loads(lines("json", "request", status=200))["status"] == 200


def test_foreign_records_pass_through_the_same_form() -> None:
    record = logging.LogRecord("someone.else", logging.WARNING, "", 0, "said %s", (NASTY,), None)
    line = logs.formatter("text").format(record)
    assert "someone.else" in line
    assert len(line.splitlines()) == 1
    structlog.reset_defaults()


SCRIPT = """// gone
/**
 * gone
 * @param {string} a
 */
const url = "https://example.org"; // stays
  // gone
const text = `
// stays: it is text
/* stays */
`;
/*! stays: a licence */
const pattern = /\\/\\/ stays/;
"""


def test_comments_on_lines_of_their_own_are_stripped() -> None:
    left = without_comments(SCRIPT, lines=True)
    assert "gone" not in left
    assert left.count("stays") == 5
    assert "https://example.org" in left


def test_style_comments_are_stripped() -> None:
    assert (
        without_comments("/* gone */\na{b:url(//x)}\n  /* gone\n gone */\n", lines=False) == "a{b:url(//x)}\n"
    )


def test_static_files_have_plain_names_until_they_are_collected() -> None:
    assert Storage().stored_name("rejoinder/base.css") == "rejoinder/base.css"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError('password authentication failed for user "ada"'), "refuses the user or password"),
        (OperationalError("unable to open database file"), "cannot be opened"),
        (OperationalError("something new\nDETAIL: more"), "The database says: something new"),
        (OSError(28, "No space left on device"), "disk is full"),
        (PermissionError(13, "Permission denied", "/x"), "/x: Permission denied"),
        (ConfigurationError("Mend it."), "Mend it."),
    ],
)
def test_expected_failure_is_one_sentence(error: Exception, said: str) -> None:
    found = sentence(error)
    assert found is not None
    assert said in found
    assert len(found.splitlines()) == 1


def test_fault_of_ours_is_not_explained_away() -> None:
    assert sentence(KeyError("x")) is None


@pytest.mark.parametrize(
    "written", [["0.0.0.0/0"], ["::/0"], ["0.0.0.0/1", "128.0.0.0/1"], ["1.2.3.4/4"], ["x"]]
)
def test_proxies_that_are_nearly_everybody_are_refused(written: list[str]) -> None:
    with pytest.raises(ConfigurationError):
        proxies.check(written)


def test_named_proxies_are_taken() -> None:
    proxies.check(["10.0.0.7", "10.0.0.0/8", "fd00::/16", "::1"])


def test_claimed_port_is_refused_to_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(port, "PATIENCE", 0.0)
    with port.claim("127.0.0.1", 0) as held:
        number = held.getsockname()[1]
        with pytest.raises(ConfigurationError, match="taken"):
            port.claim("127.0.0.1", number)
    port.claim("127.0.0.1", number).close()


def test_host_that_is_not_of_this_machine_is_told() -> None:
    with pytest.raises(ConfigurationError, match="no address of this machine"):
        port.claim("192.0.2.1", 20999)


@pytest.mark.django_db
def test_ready_means_that_the_database_is_of_this_version(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(health, "_needed", lambda: frozenset({("rejoinder_core", "9999_to_come")}))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"lacks 1 migrations" in answer.content


def test_healthz_asks_no_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]
    assert client.head("/healthz").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_health_only_answers_reading(client: Client, method: str) -> None:
    assert getattr(client, method)("/healthz").status_code in {403, 405}


@pytest.mark.django_db
def test_doctor_tells_of_jobs_given_up_and_late() -> None:
    moment = clock.now()
    Job.objects.create(task="mail", due=moment, parked=moment, last_error="refused")
    Job.objects.create(task="refit", due=moment - timedelta(minutes=6), last_error="")
    lines = [finding.line() for finding in doctor.jobs(load())]
    assert [line.split(":")[0] for line in lines] == ["attention jobs given up", "attention jobs late"]
    assert "refused" in lines[0]


def test_address_of_a_database_says_when_statements_are_prepared_there() -> None:
    def after(end: str) -> object:
        found = databases(load({"DATABASE_URL": f"postgresql://reader:x@db.example/rejoinder{end}"}))
        return found["default"]["OPTIONS"]["prepare_threshold"]

    assert [after(end) for end in ("", "?prepare_threshold=off", "?prepare_threshold=9")] == [3, None, 9]
    with pytest.raises(ConfigurationError):
        after("?prepare_threshold=often")


def test_doctor_tells_of_addresses_that_cannot_be_right() -> None:
    def state(url: str) -> str:
        return next(iter(doctor.address(load({"REJOINDER_URL": url})))).state

    assert [state(url) for url in ("", "https://talk.example.org", "http://talk.example.org")] == [
        "attention", "ok", "attention",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REJOINDER_URL", "talk.example.org"),
        ("REJOINDER_URL", "https://[::1"),
        ("REJOINDER_URL", "https://talk.example.org/below"),
        ("REJOINDER_LANGUAGE", "tlh"),
        ("REJOINDER_TIME_ZONE", "Mars/Base"),
        ("REJOINDER_TIME_ZONE", "../zone"),
        ("REJOINDER_DEBUG", "perhaps"),
        ("REJOINDER_NEWSROOM", "perhaps"),
        ("REJOINDER_LOG", "xml"),
        ("VALKEY_URL", "http://localhost"),
    ],
)
def test_value_that_cannot_be_used_is_refused_with_what_to_write(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{name} is .* Write"):
        load({name: value})


def test_list_in_the_file_is_what_commas_are_in_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "rejoinder.toml"
    file.write_text('REJOINDER_HOSTS = ["a.example", "b.example"]\nREJOINDER_DEBUG = false\n')
    found = load({}, file)
    assert found.items("REJOINDER_HOSTS") == ["a.example", "b.example"]
    assert not found.flag("REJOINDER_DEBUG")
