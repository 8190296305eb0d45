"""A database that does not answer: a sentence and 503, for whoever reads and for whoever writes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


def _gone(*_: Any) -> Any:
    raise OperationalError("server closed the connection unexpectedly")


def test_who_reads_is_told_that_the_page_cannot_be_shown() -> None:
    thread, browser = make.thread(), make.guest()
    with connection.execute_wrapper(_gone):
        answer = browser.get(reverse("rejoinder:thread", args=[thread.site.key]), {"key": thread.key})
    assert answer.status_code == 503
    assert "this page cannot be shown" in answer.content.decode()
    assert answer.headers["Retry-After"] == "10"


def test_who_writes_keeps_the_text() -> None:
    thread, browser = make.thread(), make.guest()
    with connection.execute_wrapper(_gone):
        answer = browser.post(
            reverse("rejoinder:comments", args=[thread.site.key]), {"key": thread.key, "body": "My words."}
        )
    assert answer.status_code == 503
    assert "nothing was stored" in answer.content.decode()
    assert "My words." in answer.content.decode()
    assert answer.headers["Retry-After"] == "10"
