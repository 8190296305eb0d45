"""The API is described as it is: the file, the page, and whatever a request brings, the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.api.api import addresses
from rejoinder.api.description import describe
from rejoinder.api.docs import text
from tests import factories as make
from tests.api.asking import Asker, speaking
from tests.shared import ROOT

FILE = ROOT / "docs/reference/openapi.json"


def test_file_is_the_description_that_the_server_gives() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "run .venv/bin/python bin/openapi"


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from _references(one)


def test_every_address_is_described_and_every_reference_leads_somewhere() -> None:
    said = describe()
    assert said["openapi"].startswith("3.1")
    plain = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{entry.pattern}") for entry in addresses()}
    assert set(said["paths"]) == plain
    for reference in _references(said):
        assert reference.rpartition("/")[2] in said["components"]["schemas"]


def test_every_operation_says_what_it_is_for_under_a_name_of_its_own() -> None:
    operations = [one for methods in describe()["paths"].values() for one in methods.values()]
    assert all(one["summary"].endswith((".", ":")) or len(one["summary"]) > 20 for one in operations)
    assert len({one["operationId"] for one in operations}) == len(operations)


@pytest.mark.django_db
def test_description_is_served_and_readable_by_every_page() -> None:
    answer = Asker().ask("/openapi.json")
    assert answer.content.decode() == text()
    assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == ("application/json", "*")


@pytest.mark.django_db
def test_page_names_every_operation_and_shape_and_needs_no_script() -> None:
    page = Asker().get("/api/docs")
    shown = page.content.decode()
    said = describe()
    for path, methods in said["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in shown
    for name, schema in said["components"]["schemas"].items():
        assert not schema.get("properties") or f'id="shape-{name}"' in shown
    assert "<script" not in shown
    anchors = set(re.findall(r'href="#([^"]+)"', shown))
    assert anchors - {"main"} <= set(re.findall(r'id="([^"]+)"', shown))


def _schema() -> Any:
    import schemathesis

    schema = schemathesis.openapi.from_dict(describe())
    schema.app = get_wsgi_application()
    return schema


def _checks() -> list[Any]:
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    return [
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_headers_conformance,
        checks.response_schema_conformance,
    ]


class _Place:
    """Something to ask about, so that not all is answered with 404."""

    def __init__(self) -> None:
        self.comment = make.comment(make.thread(make.site()))
        thread = self.comment.thread
        assert self.comment.author
        self.names = {"site": thread.site.key, "comment": self.comment.public_id}
        self.key, self.origin = thread.key, f"https://{thread.site.key}.example"
        self.bearer = speaking(self.comment.author, thread.site).defaults["HTTP_AUTHORIZATION"]


def _try_all(examples: int) -> None:
    from schemathesis import GenerationMode

    schema, checks, place = _schema(), _checks(), _Place()
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            @settings(
                max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck)
            )
            @given(case=operation.as_strategy(mode), kind=st.integers(0, 3))
            def ask(case: Any, kind: int) -> None:
                _ask(case, kind, place, checks)

            ask()


def _ask(case: Any, kind: int, place: _Place, checks: list[Any]) -> None:
    """A request as it was made up (0), or in a place that is there; from a page of the site, by one who is known."""
    if kind:
        known = {name: place.names[name] for name in case.path_parameters or {} if name in place.names}
        case.path_parameters = {**(case.path_parameters or {}), **known}
        if isinstance(case.query, dict) and "key" in case.query:
            many = isinstance(case.query["key"], list)
            case.query = {**case.query, "key": [place.key] if many else place.key}
        if isinstance(case.body, dict) and ("key" in case.body or "body" in case.body) and kind > 1:
            case.body = {**case.body, "key": place.key} if case.path.endswith("/comments") else case.body
    headers = {"Accept-Encoding": "identity"} | ({"Origin": place.origin} if kind > 1 else {})
    if kind > 2:
        headers["Authorization"] = place.bearer
    with transaction.atomic():
        answer = case.call(headers=headers)
        transaction.set_rollback(True)
    case.validate_response(answer, checks=checks)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests that come through WSGI leave the test's connection open, as those of Django's own client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
@pytest.mark.filterwarnings("ignore")
def test_no_request_is_answered_by_what_is_not_described() -> None:
    _try_all(8)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
@pytest.mark.filterwarnings("ignore")
def test_no_request_of_many_is_answered_by_what_is_not_described() -> None:
    _try_all(100)
