"""A database that does not answer: a sentence and 503, for whoever reads and for whoever writes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, close_old_connections, connection
from django.urls import reverse

from rejoinder.core.db import ask
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


@pytest.mark.django_db(transaction=True)
def test_connection_that_broke_between_two_requests_is_made_anew() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a file does not hang up")
    ((number,),) = ask("SELECT pg_backend_pid()")
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [number])
    other.close()
    close_old_connections()  # as a request begins
    assert ask("SELECT pg_backend_pid()") != [(number,)]
