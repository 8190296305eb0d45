"""What needs the product's own code: run as `python -m bench.inside PART ...` with an installation's environment."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path

from django.db.models import F

from bench.form import NAME, token_of

BATCH = 2_000


def main(words: list[str]) -> int:
    from rejoinder.project.boot import start_on_database

    start_on_database()
    parts = {"demo": demo, "chain": chain, "deepest": deepest, "regulars": regulars}
    (parts | {"cards": cards, "moderator": moderator})[words[0]](*words[1:])
    return 0


def demo(folder: str, port: str) -> None:
    """The demo's publication, for a page of a story. Prints the path of its longest."""
    from rejoinder.project.demo.setting_up import set_up

    shown = set_up(Path(folder), port=int(port), tell=lambda line: None)
    print(next(path for label, path in shown.places if path.startswith("/stories/")))


def chain(site: str, key: str, depth: str) -> None:
    """A thread in which each comment answers the one before it."""
    from rejoinder.core import clock
    from rejoinder.core.db import writing
    from rejoinder.core.text.render import RENDERER_VERSION, render
    from rejoinder.discussion.actions import open_thread
    from rejoinder.discussion.actions.post import branch_beneath
    from rejoinder.discussion.models import Comment, Thread
    from rejoinder.discussion.orders import rank_of, tie_of
    from rejoinder.project.sites import access_site

    thread = open_thread(site=access_site(site), key=key, title=f"A chain of {int(depth):,}")
    total, parent = int(depth) + 1, None
    first = (Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    start, moment = clock.micros(clock.now()) - total, clock.now()
    made: list[Comment] = []
    for number in range(total):
        body = f"Link {number} of the chain answers the one before it, and says why in a sentence."
        row = Comment(pk=first + number, thread=thread, parent=parent, body=body, html=render(body))
        row.renderer_version, row.created, row.author_name = RENDERER_VERSION, moment, f"Reader {number % 90}"
        row.depth, row.branch_id = number, branch_beneath(parent)
        row.place, row.rank = start + number, rank_of(0, 0)
        row.tie = tie_of(row.place, root=parent is None)
        row.reply_count = int(number < total - 1)
        made.append(row)
        parent = row
    heads = {row.branch_id for row in made if row.branch_id}
    for row in made:
        row.branch_count = total - row.depth - 1 if row.pk in heads else 0
    for begin in range(0, total, BATCH):
        with writing():
            Comment.objects.bulk_create(made[begin : begin + BATCH], batch_size=500)
    Thread.objects.filter(pk=thread.pk).update(comment_count=total, revision=F("revision") + 1)
    _go_on_after(Comment)


def cards(site: str) -> None:
    """Hold every comment of a site, and let it wait: of four rules, two sections, as it came over a week.

    Half of all are of the section Council, a quarter of rule 0, and none of both.

    Prints the id of a watch list with all their threads.
    """
    from rejoinder.core import clock, ids
    from rejoinder.core.db import writing
    from rejoinder.discussion.models import Comment, Thread
    from rejoinder.moderation.models import Card, Watch
    from rejoinder.moderation.queue.placing import Urgency
    from rejoinder.project.sites import access_site
    from rejoinder.transfer.generator import bulk

    _take_long()
    found, moment = access_site(site), clock.now()
    Thread.objects.filter(site=found).update(section="Harbour")
    comments = Comment.objects.filter(thread__site=found)
    comments.update(state=Comment.State.HELD)
    columns = ("comment_id", "site_id", "thread_id", "person_id", "section", "language", "rule")
    columns += ("held", "reported", "suspected", "new", "appeal")
    columns += ("p", "severity", "exposure", "rank", "doubt", "created", "changed")
    written = bulk.moments()

    def row(number: int, comment: int, thread: int, person: int | None) -> tuple[object, ...]:
        came, p = moment - timedelta(seconds=number % 604_800), 0.05 + number % 90 / 100
        urgency = Urgency(p, 1.0 + number % 3, 1.0)
        of = (
            comment,
            found.pk,
            thread,
            person,
            "Council" if number % 2 else "" if number % 100 else "Harbour",
            "en",
            f"rule {number % 4}",
        )
        queues = (True, number % 7 == 0, number % 5 == 0, number % 3 == 0, False)
        place = (urgency.p, urgency.severity, 1.0, urgency.rank(came), abs(p - 0.5))
        return (*of, *queues, *place, written(came), clock.micros(came))

    # All of them first: on PostgreSQL the connection that takes the cards answers nothing else meanwhile.
    rows = list(comments.order_by("pk").values_list("pk", "thread_id", "author_id"))
    with writing():
        bulk.insert(Card, columns, (row(number, *of) for number, of in enumerate(rows)))
    bulk.settle(Card)
    watch = Watch.objects.create(site=found, name="All", created=moment)
    watch.threads.set(Thread.objects.filter(site=found)[:100])
    print(ids.encode(watch.pk))


def moderator(site: str) -> None:
    """Somebody who moderates, signed in: prints the session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from rejoinder.accounts.actions import add_staff
    from rejoinder.project.sites import access_site

    person, _ = add_staff(
        email="moderator@bench.example",
        site=access_site(site),
        role="moderator",
        name="Moderator",
        password="x",
    )
    session = SessionStore()
    session[SESSION_KEY] = str(person.user_id)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.user.get_session_auth_hash() if person.user else ""
    session.create()
    print(session.session_key)


def regulars(site: str, many: str) -> None:
    """Guests who have written here before: the storms are theirs. Of people nobody knows so many would be held."""
    from rejoinder.accounts.models import Commenter
    from rejoinder.core import clock, ids
    from rejoinder.core.db import writing
    from rejoinder.core.text.render import RENDERER_VERSION, render
    from rejoinder.core.text.skeleton import name_key
    from rejoinder.discussion.actions import open_thread
    from rejoinder.discussion.models import Comment, Thread
    from rejoinder.discussion.orders import rank_of, tie_of
    from rejoinder.project.sites import access_site

    thread = open_thread(site=access_site(site), key="regulars", title="Where they wrote before")
    moment, key = clock.now() - timedelta(hours=3), name_key(NAME)
    guests = [
        Commenter(name=NAME, name_key=key, guest_token=ids.digest(token_of(number)), created=moment)
        for number in range(int(many))
    ]
    body = "I have read here for a while, and say so now."
    with writing():
        for number, guest in enumerate(Commenter.objects.bulk_create(guests, batch_size=500)):
            row = Comment(thread=thread, author=guest, author_name=NAME, body=body, html=render(body))
            row.renderer_version, row.created, row.rank = RENDERER_VERSION, moment, rank_of(0, 0)
            row.place = clock.micros(moment) + number
            row.tie = tie_of(row.place, root=True)
            row.save()
        Thread.objects.filter(pk=thread.pk).update(comment_count=int(many), revision=F("revision") + 1)


def _take_long() -> None:
    """A million rows change in one statement: PostgreSQL is to let it end."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")


def _go_on_after(model: type) -> None:
    """Rows with numbers of our own do not move PostgreSQL's sequence on."""
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(sql)


def deepest(site: str, key: str, many: str) -> None:
    """Print the ids of the deepest comments of a thread, and the depth of the shallowest of them."""
    from rejoinder.discussion.models import Comment

    found = Comment.objects.filter(thread__site__key=site, thread__key=key).order_by("-depth")[: int(many)]
    rows = list(found)
    print(json.dumps({"ids": [row.public_id for row in rows], "depth": rows[-1].depth}))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
