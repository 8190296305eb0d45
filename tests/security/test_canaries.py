"""What only some may read is in no answer to others: looked for at every address, in every form it could have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import models, transaction

from rejoinder.accounts.models import (
    Authorship,
    Commenter,
    Erasure,
    Identity,
    Mute,
    NameChange,
    OneTimeCode,
    Origin,
    Session,
    Site,
)
from rejoinder.accounts.sessions import open_session
from rejoinder.api.actions import add_token
from rejoinder.api.models import ApiToken
from rejoinder.assist.models import Score
from rejoinder.core import clock, jobs
from rejoinder.core.models import Event, Job
from rejoinder.discussion.actions import delete_comment
from rejoinder.discussion.models import Alias, Comment, Edit, Thread
from rejoinder.moderation.models import Decision, Flag
from rejoinder.notifications.models import Contact, Notice, Subscription, Waiting
from rejoinder.project.models import User
from rejoinder.transfer.exporters.jsonl import export
from rejoinder.transfer.models import Import
from tests import factories as make
from tests.api.asking import Asker, origin
from tests.newsroom import papers
from tests.notifications.inbox import later
from tests.security.addresses import Names, Request, readings, writings
from tests.security.canaries import Canaries, private_columns, watched

pytestmark = [pytest.mark.django_db, papers.LEFT_OPEN]

# Of these a row that nobody made would change what is seen.
MADE_IN_LIFE = {Site, Commenter, Comment, Thread, User, Origin, Job, Event}
PUBLIC_WORDS = "Everybody may read this."


class Scene:
    """Mara's affairs, all of them private but for one comment and her name; and a stranger who looks around."""

    def __init__(self) -> None:
        self.canaries = Canaries()
        self.site = make.site(guest_email="optional")
        self.front = papers.newsroom(self.site)
        self.story = papers.story(self.front)
        self.draft = papers.story(self.front, self.canaries.word("a draft's headline"), publish=False)
        self.thread = papers.thread_of(self.story, self.front)
        self.mara, self.moderator = make.account("Mara Quist"), make.staff(self.site)
        self.stranger = make.account("Stranger")
        self.comments = {state: self._comment(state) for state in ("public", "held", "removed", "deleted")}
        self._letters()
        self._rows()
        self._fill()

    def _comment(self, state: str) -> Comment:
        made = make.comment(self.thread, PUBLIC_WORDS if state == "public" else "", by=self.mara)
        Edit.objects.create(comment=made, body="Before.", created=clock.now())
        if state == "held":
            Comment.objects.filter(pk=made.pk).update(state="held", listed=False)
        elif state == "removed":
            make.decide(made, "remove", by=self.moderator)
        elif state == "deleted":
            delete_comment(viewer=make.viewer(self.site, self.mara), comment=made)
        return make.again(made)

    def _letters(self) -> None:
        """The stranger was answered by Mara: in public, and by what was held and removed since."""
        asked = make.comment(self.thread, "The stranger asks.", by=self.stranger)
        contact = Contact.objects.create(
            site=self.site, commenter=self.stranger, email="stranger@mail.example",
            confirmed=clock.now(), created=clock.now(),
        )  # fmt: skip
        Subscription.objects.create(contact=contact, comment=asked, created=clock.now())
        for state in ("held", "removed"):
            reply = make.comment(self.thread, "", parent=asked, by=self.mara)
            jobs.work_once()
            Comment.objects.filter(pk=reply.pk).update(state=state)
            self.canaries.put(reply, hidden=True)
        make.comment(self.thread, "Mara answers in public.", parent=asked, by=self.mara)

    def _rows(self) -> None:
        """A row of everything else that is held of her."""
        now, of = clock.now(), {"commenter": self.mara, "site": self.site}
        public = self.comments["public"]
        open_session(commenter=self.mara, site=self.site, origin=origin(self.site), kind=Session.Kind.ACCOUNT)
        OneTimeCode.objects.create(digest="x", origin="", stamp="", expires=now, **of)
        Identity.objects.create(issuer="x", subject="y", created=now, seen=now, **of)
        Authorship.objects.create(key=self.thread.key, **of)
        NameChange.objects.create(commenter=self.mara, before="Old", after="Mara Quist", created=now)
        Mute.objects.create(commenter=self.mara, muted=self.stranger, created=now)
        contact = Contact.objects.create(email="mara@mail.example", created=now, **of)
        Subscription.objects.create(contact=contact, comment=public, created=now)
        Notice.objects.create(contact=contact, comment=public, created=now)
        Waiting.objects.create(
            contact=contact,
            digest="x",
            thread_key=self.thread.key,
            name="x",
            body="x",
            block="x",
            created=now,
        )
        Alias.objects.create(site=self.site, key="an-old-key", thread=self.thread, created=now)
        add_token(site=self.site, name="Desk", scopes=("read",))
        Flag.objects.create(
            comment=public, reporter=self.mara, reason=Flag.Reason.OTHER, note="x", created=now
        )
        make.guest().vote(public, 1)
        Job.objects.create(task="core.mail", due=now, parked=now)
        Event.objects.create(kind="x", payload={}, created=now)
        Import.objects.create(
            site=self.site,
            identity="x",
            file_name="x",
            digest="x",
            thread=self.thread,
            report={},
            created=now,
        )
        Erasure.objects.create(number=0, made=now, keeps_words=False, asked=now, done=now)

    def _fill(self) -> None:
        self.empty = []
        public = self.comments["public"]
        known = {
            Commenter: self.mara,
            Site: self.site,
            Thread: self.thread,
            Comment: public,
            User: self.mara.user,
        }
        models_left = list(watched())
        # Twice: a row may need one of another model.
        for _ in range(2):
            models_left = [m for m in models_left if m in MADE_IN_LIFE or not self.canaries.make(m, known)]
        for model in watched():
            rows = list(model._default_manager.all())
            self.empty += [] if rows else [model.__name__]
            for row in rows:
                if not self._is_strangers(row) and not _is_at_work(row):
                    self.canaries.put(row, hidden=isinstance(row, Comment) and row.state != "public")
        self.mara.refresh_from_db()

    def _is_strangers(self, row: models.Model) -> bool:
        """Their own is not kept from them."""
        owner = getattr(row, "commenter_id", None) or getattr(row, "author_id", None)
        if isinstance(row, Score):  # what Assist said of what they wrote
            owner = row.comment.author_id
        user = self.stranger.user_id
        return (
            owner == self.stranger.pk
            or row in (self.stranger, self.stranger.user)
            or (getattr(row, "user_id", None) == user and user is not None)
        )

    def names(self, comment: Comment) -> Names:
        from rejoinder.core import ids

        story = self.draft.slug if comment.state == "held" else self.story.slug
        return Names(
            {
                "SITE": self.site.key,
                "KEY": self.thread.key,
                "ID": comment.public_id,
                "PERSON": ids.encode(self.mara.pk),
                "ORIGIN": origin(self.site),
                "URL": f"http://testserver{self.story.address}",
                "STORY": story,
            }
        )

    def viewers(self) -> dict[str, Any]:
        """Who looks around, on our own pages and through the API."""
        opened = open_session(
            commenter=self.stranger, site=self.site, origin=origin(self.site), kind=Session.Kind.ACCOUNT
        )
        other = make.site()
        return {
            "nobody": (make.guest(), Asker(origin=origin(self.site))),
            "stranger": (
                make.signed_in(self.stranger),
                Asker(origin=origin(self.site), bearer=opened.access_token),
            ),
            "owner elsewhere": (
                make.signed_in(make.staff(other, "owner")),
                Asker(bearer=add_token(site=other, name="Desk", scopes=("read", "write", "flag"))[1]),
            ),
        }


def _is_at_work(row: models.Model) -> bool:
    """What is still to be done must be done as it is."""
    return (isinstance(row, Job) and row.parked is None) or (isinstance(row, Event) and row.kind != "x")


@pytest.fixture
def scene(settings: Any) -> Scene:
    return Scene()


def shown(answer: Any) -> str:
    """All that an answer tells: body, headers, cookies."""
    body = b"".join(answer) if answer.streaming else answer.content
    return f"{body.decode('utf-8', 'replace')}\n{dict(answer.items())}\n{answer.cookies.output()}"


def asked_by(who: tuple[Any, Asker], request: Request) -> Any:
    pages, program = who
    if request.json:
        return program.send(request.method, request.path.removeprefix("/api/v1"), request.sent)
    return pages.get(request.path) if request.sent is None else pages.post(request.path, request.sent)


def leaks(scene: Scene, who: tuple[Any, Asker], requests: Iterator[Request]) -> Iterator[str]:
    for request in requests:
        with transaction.atomic():
            answer = asked_by(who, request)
            transaction.set_rollback(True)
        assert answer.status_code < 500, request
        for where in scene.canaries.found_in(shown(answer)):
            yield f"{request.method} {request.path}: {where}"


def test_every_private_column_has_a_canary(scene: Scene) -> None:
    assert scene.empty == [], "make a row of each in the scene"
    columns = {
        f"{model.__name__}.{column.name}"
        for model in watched()
        for column in private_columns(model, hidden=True)
    }
    assert columns <= set(scene.canaries.words.values())
    assert {"Flag.note", "Decision.signals", "Contact.email", "User.email", "Edit.body"} <= columns


def test_what_is_private_is_in_no_answer_to_others(scene: Scene) -> None:
    """Each page and each operation, about a comment of each state; also what a refusal says."""
    for name, who in scene.viewers().items():
        assert list(leaks(scene, who, readings(scene.names(scene.comments["held"])))) == [], name
        for state in ("public", "removed", "deleted"):
            about = scene.comments[state]
            asked = (one for one in readings(scene.names(about)) if about.public_id in one.path)
            assert list(leaks(scene, who, asked)) == [], (name, state)


@pytest.mark.long
@pytest.mark.parametrize("state", ["public", "held", "removed", "deleted"])
def test_what_is_private_is_in_no_answer_whatever_is_asked(state: str, scene: Scene) -> None:
    """Further questions to each address, and the desk."""
    names = scene.names(scene.comments[state])
    for name, who in scene.viewers().items():
        assert list(leaks(scene, who, readings(names, thorough=True))) == [], name
        assert list(leaks(scene, who, readings(names, desk=True))) == [], name


def test_what_is_private_is_in_no_answer_to_what_one_sends(scene: Scene) -> None:
    for name, who in scene.viewers().items():
        assert list(leaks(scene, who, writings(scene.names(scene.comments["held"])))) == [], name


def test_what_is_private_is_in_no_letter_to_others_and_in_no_export(scene: Scene) -> None:
    outbox.outbox.clear()
    with later():
        jobs.work_once()
        jobs.work_once()
    letters = [letter for letter in outbox.outbox if letter.to == ["stranger@mail.example"]]
    assert any("Mara answers in public." in str(letter.body) for letter in letters)
    sent = "".join(letter.message().as_string() + str(letter.body) for letter in letters)
    assert scene.canaries.found_in(sent) == []
    exported = "".join(export(site=Site.objects.get(pk=scene.site.pk)))
    assert PUBLIC_WORDS in exported
    assert scene.canaries.found_in(exported) == []


def test_a_canary_is_found_in_every_form(scene: Scene) -> None:
    import base64
    import hashlib

    [note] = Flag.objects.values_list("note", flat=True)
    for form in (note, hashlib.md5(note.encode()).hexdigest(), base64.b64encode(note.encode()).decode()):
        assert scene.canaries.found_in(f"<p>{form}</p>"), form
    address = f"/comments/{scene.comments['held'].public_id}/actions/"
    page = shown(make.signed_in(Commenter.objects.get(pk=scene.moderator.pk)).get(address))
    assert scene.canaries.found_in(page), "who may, reads"
    assert ApiToken.objects.exists() and Decision.objects.exists()
