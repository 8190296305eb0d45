"""A flood is held or turned away; who writes as people do is public at once. In full: python -m bench.storm."""

from __future__ import annotations

import base64
import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from altcha import solve_challenge_v1
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rejoinder.core import clock
from rejoinder.discussion.models import Comment
from tests import factories as make

pytestmark = pytest.mark.django_db

ADDRESSES, EACH = 5, 32
# Of an answer by somebody who has written here before, savepoints of the test left out. Each is made again with every
# comment, most of them while all other writers wait: docs/benchmarks.md says what a post costs.
STATEMENTS = 17
OFFER = (
    "Earn a thousand a week from home ({}): ask me how it is done, no risk, see https://shop-{}.example/{}"
)


def proof(thread: Any, browser: make.Browser) -> str:
    found = browser.get(reverse("rejoinder:challenge", args=[thread.site.key]), {"key": thread.key}).json()
    answer = solve_challenge_v1(found["challenge"], found["salt"], "SHA-256", found["maxnumber"])
    assert answer is not None
    return base64.b64encode(json.dumps({**found, "number": answer.number}).encode()).decode()


def test_nothing_of_a_flood_is_public_and_people_write_through_it() -> None:
    thread = make.thread()
    flood: Counter[str] = Counter()
    people = []
    for number in range(ADDRESSES * EACH):
        browser = make.guest(f"10.66.6.{number % ADDRESSES + 1}")
        answer = browser.write(thread, OFFER.format(number * 7919, number % 50, number))
        flood[answer.json()["state"] if answer.status_code == 201 else str(answer.status_code)] += 1
        if number % 40 == 0:
            person = make.guest()
            sent = {"proof": proof(thread, person), "elapsed": "45000"}
            people.append(
                person.write(thread, f"What I saw of it, in words of my own: {number}.", **sent).json()
            )
    assert set(flood) == {"held", "429"}
    assert [answer["state"] for answer in people] == ["public"] * 4
    assert Comment.objects.filter(thread=thread, state="public").count() == 4


def test_post_of_somebody_who_is_known_asks_no_more_than_it_has_to() -> None:
    thread, person = make.thread(), make.guest()
    first = person.write(thread, "The ferry should run later in the evening, said the harbour.").json()
    Comment.objects.update(created=clock.now() - timedelta(hours=2), state="public", listed=True)
    parent = Comment.objects.get(thread=thread)
    with CaptureQueriesContext(connection) as asked:
        said = person.write(thread, "Nobody takes the last one home as it is, I think.", parent=parent)
    assert said.json()["state"] == "public"
    statements = [row["sql"] for row in asked if "SAVEPOINT" not in row["sql"] and row["sql"] != "BEGIN"]
    assert first["id"] and len(statements) <= STATEMENTS, "\n".join(statements)
