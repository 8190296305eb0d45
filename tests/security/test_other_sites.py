"""Every number and name that a request may carry, exchanged for one of another site, thread or person: no way in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction

from rejoinder.accounts.models import Site
from rejoinder.api.actions import add_token
from rejoinder.core import ids
from rejoinder.discussion.models import Comment
from tests import factories as make
from tests.api.asking import Asker, origin, speaking
from tests.security.addresses import Names, Request, api_readings, readings, writings
from tests.security.victims import Victim, ours

pytestmark = pytest.mark.django_db

# What came after a number is told for every number that was ever given; who is not muted may be unmuted; before many
# comments are decided at once, a page asks.
TELLS_NOTHING = {"new", "unmute", "console-many"}
DONE = {200, 201, 202, 204, 303}


class Intruder:
    """Owner of a site of their own, with a thread and words there; on the victim's site a reader like any other."""

    def __init__(self) -> None:
        self.site = make.site()
        self.owner = make.staff(self.site, "owner")
        self.thread = make.thread(self.site)
        self.comment = make.comment(self.thread, "The intruder's own words.", by=self.owner)
        self.pages = make.signed_in(self.owner)
        self.bearer = speaking(self.owner, self.site)
        token = add_token(site=self.site, name="Desk", scopes=("read", "write", "flag"))[1]
        self.program = Asker(bearer=token)

    def names(self) -> dict[str, str]:
        return {
            "SITE": self.site.key,
            "KEY": self.thread.key,
            "ID": self.comment.public_id,
            "PERSON": ids.encode(self.owner.pk),
            "ORIGIN": origin(self.site),
            "URL": "https://paper.example/x",
            "STORY": "a-story",
        }

    def send(self, request: Request, by: str) -> Any:
        if not request.json:
            return (
                self.pages.get(request.path)
                if request.sent is None
                else self.pages.post(request.path, request.sent)
            )
        who = self.bearer if by == "bearer" else self.program
        return who.send(request.method, request.path.removeprefix("/api/v1"), request.sent)


def exchanged(victim: Victim, intruder: Intruder) -> Iterator[Request]:
    """What writes, by the intruder's names with each one of the victim's in its place, alone and with all others.

    Each request once, and none that names nothing of the victim.
    """
    mine = intruder.names()
    seen = {repr(request) for request in writings(Names(mine))}
    for comment in (victim.other, victim.held):
        theirs = dict(victim.names(comment).values)
        alone = [{**mine, name: theirs[name]} for name in ("SITE", "KEY", "ID", "PERSON")]
        for names in (*alone, {**theirs, "ORIGIN": mine["ORIGIN"]}, {**theirs, "SITE": mine["SITE"]}):
            for request in writings(Names(names)):
                if repr(request) not in seen:
                    seen.add(repr(request))
                    yield request


class Written:
    """Which tables are written: those alone are to be looked at, and no other can have changed."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: str, *more: Any) -> Any:
        self.tables.update(
            re.findall(r'(?:INTO|UPDATE|FROM) "(\w+)"', "" if sql.startswith("SELECT") else sql)
        )
        return execute(sql, *more)


def of_victim(victim: Victim, tables: set[str] | None = None) -> dict[str, list[Any]]:
    """All rows that speak of the victim's site, its threads and comments; in these tables, or in all."""
    found = {}
    if tables is None or Site._meta.db_table in tables:
        found["Site"] = list(Site.objects.filter(pk=victim.site.pk).values())
    for model in ours():
        if tables is not None and model._meta.db_table not in tables:
            continue
        columns = {column.name for column in model._meta.concrete_fields}
        for name, value in (
            ("site", [victim.site]),
            ("thread", [victim.thread]),
            ("comment", victim.comments),
        ):
            if name in columns:
                rows = model._default_manager.filter(**{f"{name}__in": value})
                found[f"{model.__name__} by {name}"] = list(rows.order_by("pk").values())
    return found


# What any reader of the victim's site may do with what is public there, from our own pages.
READERS = {"comments", "votes", "flags", "mute", "sign-in-codes"}


@pytest.mark.parametrize("by", ["bearer", pytest.param("program", marks=pytest.mark.long)])
def test_nothing_of_another_site_is_changed_by_its_number_or_name(by: str) -> None:
    victim, intruder = Victim(), Intruder()
    before = of_victim(victim)
    sent = 0
    for request in exchanged(victim, intruder):
        if not request.json and (by == "program" or request.name in READERS):
            continue
        sent += 1
        answer = sent_in_vain(victim, intruder, request, before, by=by)
        assert answer.status_code < 500, request
    assert sent > (50 if by == "bearer" else 20)


def sent_in_vain(
    victim: Victim, intruder: Intruder, request: Request, before: dict[str, list[Any]], *, by: str = "bearer"
) -> Any:
    """The answer to a request that must not change what is the victim's; nor does it change anything else."""
    written = Written()
    with transaction.atomic():
        with connection.execute_wrapper(written):
            answer = intruder.send(request, by)
        now = of_victim(victim, written.tables)
        assert now == {name: before[name] for name in now}, request
        transaction.set_rollback(True)
    return answer


def test_what_is_held_elsewhere_is_answered_as_what_is_not_there() -> None:
    """For each address that names a comment, in the same bytes. Later numbers than the absent one's are taken."""
    gone = make.comment(make.thread()).pk
    Comment.objects.filter(pk=gone).delete()
    victim, intruder = Victim(), Intruder()
    mine = Names(intruder.names())
    held = Names({**mine.values, "ID": victim.held.public_id})
    absent = Names({**mine.values, "ID": ids.encode(gone)})
    pairs = [
        *zip(readings(held), readings(absent), strict=True),
        *zip(writings(held), writings(absent), strict=True),
    ]
    compared = 0
    for one, other in pairs:
        if one == other:
            continue
        compared += 1
        with transaction.atomic():
            answers = [intruder.send(request, "bearer") for request in (one, other)]
            transaction.set_rollback(True)
        numbers = [names.values["ID"] for names in (held, absent)]
        told = [
            plain(answer, request, numbers) for answer, request in zip(answers, (one, other), strict=True)
        ]
        assert told[0] == told[1], one
        assert one.name in TELLS_NOTHING or answers[0].status_code not in DONE, one
    assert compared > 20


def plain(answer: Any, request: Request, numbers: list[str]) -> tuple[int, str]:
    """An answer without what was asked for, as it was written, and without the two numbers."""
    body = b"".join(answer) if answer.streaming else answer.content
    text = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", body.decode())
    for path in (request.path, escape(request.path), quote(request.path, safe="")):
        text = text.replace(path, "PATH")
    return answer.status_code, re.sub(rf"(?<!\w)({'|'.join(numbers)})(?!\w)", "ID", text)


def test_parameters_that_are_absent_empty_double_or_of_another_kind_open_nothing() -> None:
    """Eight ways to say where something belongs, or not to: the answer is a refusal, or what is public anyway."""
    victim, intruder = Victim(), Intruder()
    names = victim.names(victim.held)
    before = of_victim(victim)
    for request in [*api_readings(names), *writings(names)]:
        if not request.json:
            continue
        for changed in mutations(request):
            answer = sent_in_vain(victim, intruder, changed, before)
            assert answer.status_code < 500, changed
            assert (
                "Words that wait." not in (b"".join(answer) if answer.streaming else answer.content).decode()
            )


def mutations(request: Request) -> Iterator[Request]:
    path, _mark, query = request.path.partition("?")
    yield replace(request, path=path)
    yield replace(request, path=f"{path}?{query}&{query}")
    yield replace(request, path=f"{path}?{re.sub('=[^&]*', '=', query)}")
    yield replace(request, path=f"{path}?{query.upper()}")
    yield replace(request, path=f"{path.upper().replace('/API/V1', '/api/v1')}?{query}")
    if request.sent:
        yield replace(request, sent={})
        yield replace(request, sent={name: [value] for name, value in request.sent.items()})
        yield replace(request, sent={name: {"of": value} for name, value in request.sent.items()})


def test_the_measure_sees_a_change() -> None:
    victim, written = Victim(), Written()
    before = of_victim(victim)
    with connection.execute_wrapper(written):
        make.guest().vote(victim.other, 1)
    now = of_victim(victim, written.tables)
    assert now != {name: before[name] for name in now}
    assert set(of_victim(victim)) == set(before), "all tables are looked at where none are named"
