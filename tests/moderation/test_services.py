"""A service that is asked about comments: never in the way of writing, and no harm when it is silent."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
import structlog

from rejoinder.core import jobs
from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation.models import Card, Decision, Rule, RuleHit
from rejoinder.moderation.rules import Wish, save, switch
from rejoinder.moderation.screening import asking
from tests import factories as make
from tests.outside import Asked, Outside, Reply, let_in, outside

pytestmark = pytest.mark.django_db
SECRET = "a secret that is thirty-two bytes long, at least"


def says(verdict: Any, **more: Any) -> Callable[[Asked], Reply]:
    body = json.dumps({"verdict": verdict, **more}).encode()
    return lambda asked: (200, {"Content-Type": "application/json"}, body)


@pytest.fixture(autouse=True)
def _near(settings: Any) -> None:
    let_in(settings)


def rule(thread: Thread, server: Outside, **more: Any) -> Rule:
    figures = {"milliseconds": 500, "open": 0} | more.pop("figures", {})
    wish = {"name": "Our service", "mode": "on", "secret": SECRET, "words": f"{server.url}/look", **more}
    viewer = make.viewer(thread.site, make.staff(thread.site, "owner"))
    return save(viewer=viewer, wish=Wish(kind="service", figures=figures, **wish), sure=True)


def written(thread: Thread, body: str = "A thought.") -> tuple[str, str]:
    """How a comment stood at once, and how it stood when the service had been asked."""
    before = str(make.guest().write(thread, body).json()["state"])
    jobs.work_once()
    return before, Comment.objects.filter(thread=thread).latest("pk").state


def test_comment_waits_for_the_service_and_then_appears() -> None:
    thread = make.thread()
    with outside(says("pass")) as server:
        rule(thread, server)
        assert written(thread) == ("held", "public")
        (asked,) = server.asked
    told = json.loads(asked.body)
    assert (told["body"], told["site"], told["thread"]) == ("A thought.", thread.site.key, thread.key)
    moment = asked.headers["rejoinder-timestamp"]
    assert asked.headers["rejoinder-signature"] == f"v1={asking.signature(SECRET, moment, asked.body)}"
    assert abs(int(moment) - time.time()) < 60
    assert not Card.objects.filter(held=True).exists()


def test_what_the_service_holds_is_put_before_a_moderator_with_its_reason() -> None:
    thread = make.thread()
    with outside(says("hold", reason="It names a minor.")) as server:
        rule(thread, server)
        assert written(thread) == ("held", "held")
    decision = Decision.objects.filter(thread=thread).latest("pk")
    assert (decision.reason, decision.rule, decision.machine) == (
        "It names a minor.",
        "Our service",
        "127.0.0.1",
    )
    assert Card.objects.get().held


LIES: list[Callable[[Asked], Reply]] = [
    says("yes"),
    says(["pass"]),
    says("pass", reason=7),
    lambda asked: (500, {}, b""),
    lambda asked: (302, {"Location": "/elsewhere"}, b""),
    lambda asked: (200, {}, b"[" * 100_000),
    lambda asked: (200, {}, b'{"verdict": "pass"}' + b" " * 20_000),
    lambda asked: (200, {}, b"pass"),
]


@pytest.mark.parametrize("lie", LIES)
def test_service_that_answers_nonsense_is_silent(lie: Callable[[Asked], Reply]) -> None:
    thread = make.thread()
    with outside(lie) as server:
        rule(thread, server)
        assert written(thread) == ("held", "held")
    assert Card.objects.get().held


def test_silent_service_lets_appear_where_the_site_wants_that() -> None:
    thread = make.thread()
    with outside(says(None)) as server:
        rule(thread, server, figures={"open": 1})
        assert written(thread) == ("held", "public")


def test_slow_service_takes_no_longer_than_its_time_and_is_not_asked_on_and_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    thread = make.thread()
    with outside(says(None)) as server:
        slow = rule(thread, server)
        for _number in range(asking.SILENCES.most + 2):
            written(thread, f"Thought {_number}, {make.a_number()}.")
        assert len(server.asked) == asking.SILENCES.most
    given: dict[str, Any] = {}

    def fetched(url: str, **more: Any) -> None:
        given.update(more)
        raise asking.NoAnswer("late")

    monkeypatch.setattr(asking, "fetch", fetched)
    other = make.thread()
    again = rule(other, Outside(9), words="http://service.example/look", name="Another")
    assert again.pk != slow.pk
    assert written(other) == ("held", "held")
    assert given["seconds"] == 0.5


def test_service_that_only_notes_holds_nothing() -> None:
    thread = make.thread()
    with outside(says("hold", reason="Hm.")) as server:
        rule(thread, server, mode="log")
        assert written(thread) == ("public", "public")
    assert RuleHit.objects.get().found == "Hm."


def test_what_waits_appears_when_the_rule_is_switched_off() -> None:
    thread = make.thread()
    with outside(says("hold")) as server:
        found = rule(thread, server)
        make.guest().write(thread, "A thought.")
        viewer = make.viewer(thread.site, make.staff(thread.site, "owner"))
        switch(viewer=viewer, rule=found, mode="off")
        jobs.work_once()
        assert server.asked == []
    assert Comment.objects.get(thread=thread).state == "public"


def test_moderators_decision_is_not_overruled_by_a_late_answer() -> None:
    thread = make.thread()
    with outside(says("pass")) as server:
        rule(thread, server)
        make.guest().write(thread, "A thought.")
        make.decide(Comment.objects.get(thread=thread), "remove")
        jobs.work_once()
    assert Comment.objects.get(thread=thread).state == "removed"


HELP = {"X-akismet-debug-help": "We were unable to parse your blog URI"}
ANSWERS = [
    ((200, {}, b"true"), 0, "held"),
    ((200, {"X-akismet-pro-tip": "discard"}, b"true"), 0, "held"),
    ((200, {}, b"false"), 0, "public"),
    # A key that does not count, a request that it cannot read, a bad day there: silence.
    ((200, HELP, b"invalid"), 1, "public"),
    ((200, HELP, b"invalid"), 0, "held"),
    ((400, {}, b"Missing required field: user_ip."), 1, "public"),
    ((500, {"X-akismet-error": "500"}, b"true"), 1, "public"),
]


@pytest.mark.parametrize(("said", "opens", "state"), ANSWERS)
def test_akismet_is_asked_by_key(
    monkeypatch: pytest.MonkeyPatch, said: Reply, opens: int, state: str
) -> None:
    thread = make.thread()
    with outside(lambda asked: said) as server, structlog.testing.capture_logs() as logged:
        monkeypatch.setattr(asking, "AKISMET", f"{server.url}/1.1/comment-check")
        viewer = make.viewer(thread.site, make.staff(thread.site, "owner"))
        figures = {"milliseconds": 2000, "open": opens}
        wish = Wish(name="Akismet", kind="akismet", secret="key-1", mode="on", figures=figures)
        save(viewer=viewer, wish=wish, sure=True)
        assert written(thread) == ("held", state)
        body = server.asked[0].body.decode()
    assert "api_key=key-1" in body and "comment_content=A+thought." in body
    told = [line["help"] for line in logged if line["event"] == "akismet.silent"]
    status, headers, word = said
    understood = status == 200 and word in (b"true", b"false")
    assert told == ([] if understood else [next(iter(headers.values()), "")])
