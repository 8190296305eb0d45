"""Who may do what through the API: every operation has its row here; one without fails."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction

from rejoinder.accounts.models import Role, Session
from rejoinder.api.actions import add_token
from rejoinder.api.description import describe
from rejoinder.core import ids
from rejoinder.discussion.models import Comment, Vote
from rejoinder.moderation.models import Flag
from rejoinder.sourcing.actions import publish_document
from tests import factories as make
from tests.api.asking import Asker, origin, speaking

pytestmark = pytest.mark.django_db

VIEWERS = (
    "nobody",
    "author",
    "other guest",
    "moderator",
    "editor",
    "owner",
    "analyst",
    "moderator elsewhere",
)
VIEWERS += ("program", "program elsewhere", "forged")
MODERATING = {"moderator", "editor", "owner"}
SOURCING = {"editor", "owner", "program"}
# Whose bearer is good on this site.
HERE = set(VIEWERS) - {"forged", "moderator elsewhere", "program elsewhere"}
ALL = set(VIEWERS)
PEOPLE = HERE - {"program"}
KNOWN = PEOPLE - {"nobody"}
# Accounts have that on their own page.
OWN_DOOR = {"author", "other guest"}
# A session is begun and ended by pages of the site, whoever has it, and by nothing else.
PAGES = PEOPLE | {"forged"}

# operation -> (who may where the comment is public, who may where it is held, what is sent)
TABLE: dict[str, tuple[set[str], set[str], dict[str, Any] | None]] = {
    "GET /sites/SITE/thread?key=KEY": (ALL, ALL, None),
    "GET /sites/SITE/counts?key=KEY": (ALL, ALL, None),
    "GET /sites/SITE/comments?key=KEY": (ALL, ALL, None),
    "GET /sites/SITE/claims?key=KEY": (ALL, ALL, None),
    "PUT /sites/SITE/claims?key=KEY": (SOURCING, SOURCING, {"claims": []}),
    "POST /sites/SITE/documents": (SOURCING, SOURCING, {"key": "KEY", "text": "Other words."}),
    "GET /sites/SITE/mine?key=KEY": (HERE, HERE, None),
    "GET /sites/SITE/challenge?key=KEY": (HERE, HERE, None),
    "POST /sites/SITE/comments": (HERE, HERE, {"key": "KEY", "body": "Words.", "name": "Ada"}),
    "POST /sites/SITE/session": (PAGES, PAGES, {}),
    "DELETE /sites/SITE/session": (PAGES, PAGES, None),
    "GET /comments/ID": (HERE, {"author"} | MODERATING, None),
    "PATCH /comments/ID": ({"author"}, {"author"}, {"body": "Other words."}),
    "DELETE /comments/ID": ({"author"}, {"author"}, None),
    "PUT /comments/ID/vote": (PEOPLE - {"author"}, set(), {"value": 1}),
    "DELETE /comments/ID/vote": (PEOPLE - {"author"}, set(), None),
    "GET /sites/SITE/me/export": (OWN_DOOR, OWN_DOOR, None),
    "POST /sites/SITE/me/erase": (OWN_DOOR, OWN_DOOR, {"comments": "remove", "confirm": "erase"}),
    "GET /sites/SITE/mutes": (KNOWN, KNOWN, None),
    "PUT /sites/SITE/mutes/PERSON": (KNOWN - {"author"}, MODERATING, None),
    "DELETE /sites/SITE/mutes/PERSON": (KNOWN, KNOWN, None),
    # Held by a moderator, not by a rule.
    "POST /comments/ID/appeal": (set(), {"author"}, {"words": "It was a quotation."}),
    "POST /comments/ID/flags": (HERE - {"author"}, MODERATING, {"reason": "spam"}),
}


class Scene:
    """A site with a thread and the author's comment, and everybody who may come by."""

    def __init__(self, *, held: bool) -> None:
        self.site, elsewhere = make.site(hold_all=held), make.site()
        self.comment = make.comment(make.thread(self.site))
        assert self.comment.author
        if held:
            self.comment = make.decide(make.decide(self.comment, "approve"), "hold")
            assert self.comment.author
        owner = make.staff(elsewhere, "owner")
        roles = ("moderator", "editor", "owner", "analyst")
        scopes = ("read", "write", "flag", "source")
        publish_document(site=self.site, key=self.comment.thread.key, text="Words.")
        self.viewers: dict[str, Asker] = {
            "nobody": Asker(origin=origin(self.site)),
            "author": speaking(self.comment.author, self.site),
            "other guest": speaking(make.commenter(), self.site),
            "moderator elsewhere": speaking(owner, elsewhere),
            "program": Asker(bearer=add_token(site=self.site, name="Desk", scopes=scopes)[1]),
            "program elsewhere": Asker(bearer=add_token(site=elsewhere, name="Desk", scopes=scopes)[1]),
            "forged": Asker(origin=origin(self.site), bearer="WzEsMSwiIl0:1:forged"),
            **{role: speaking(make.staff(self.site, role), self.site) for role in roles},
        }

    def ask(self, viewer: str, operation: str) -> Any:
        method, path = operation.split(" ")
        names = {"SITE": self.site.key, "ID": self.comment.public_id, "KEY": self.comment.thread.key}
        names["PERSON"] = ids.encode(self.comment.author_id or 0)
        for name, value in names.items():
            path = path.replace(name, value)
        sent = TABLE[operation][2]
        body = None if sent is None else {name: names.get(str(value), value) for name, value in sent.items()}
        return self.viewers[viewer].send(method, path, body)


def test_every_operation_has_its_row() -> None:
    said = {
        f"{method.upper()} {path.removeprefix('/api/v1')}".replace("{site}", "SITE")
        .replace("{comment}", "ID")
        .replace("{person}", "PERSON")
        for path, methods in describe()["paths"].items()
        for method in methods
    }
    assert {operation.partition("?")[0] for operation in TABLE} == said, "say in TABLE who may"


@pytest.mark.parametrize("held", [False, True], ids=["public", "held"])
def test_those_may_who_may_and_no_others(held: bool) -> None:
    scene = Scene(held=held)
    for operation, row in TABLE.items():
        for viewer in VIEWERS:
            with transaction.atomic():  # what one does is undone before the next comes
                _check(scene, operation, viewer, row[1 if held else 0])
                transaction.set_rollback(True)


def _check(scene: Scene, operation: str, viewer: str, allowed: set[str]) -> None:
    answer = scene.ask(viewer, operation)
    may = answer.status_code in {200, 201, 202, 204}
    assert may == (viewer in allowed), f"{viewer}, {operation}: {answer.status_code}"
    if may:
        return
    refused = {401} if viewer == "forged" else {401, 403, 404}
    assert answer.status_code in refused, f"{viewer}, {operation}: {answer.status_code}"
    now = Comment.objects.get(pk=scene.comment.pk)
    assert (now.state, now.body, now.ups) == (scene.comment.state, scene.comment.body, 0)
    assert not now.flags.exists()


def test_role_taken_away_is_gone_with_the_next_request() -> None:
    scene = Scene(held=True)
    assert scene.ask("moderator", "GET /comments/ID").status_code == 200
    Role.objects.filter(site=scene.site, kind="moderator").delete()
    assert scene.ask("moderator", "GET /comments/ID").status_code == 404


def test_what_only_some_may_read_is_in_no_answer_to_others() -> None:
    """A held comment's words, the digest of its author's edit token, e-mail addresses."""
    scene = Scene(held=True)
    author = scene.comment.author
    assert author
    private = [scene.comment.body, author.guest_token or "?", "@example.org"]
    for viewer in ("nobody", "other guest", "analyst", "program", "moderator elsewhere", "forged"):
        for operation in TABLE:
            with transaction.atomic():
                answer = scene.ask(viewer, operation)
                transaction.set_rollback(True)
            shown = b"".join(answer).decode()
            assert not [words for words in private if words in shown], (viewer, operation)


FORMS = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "")


@pytest.mark.parametrize(
    "foreign", ["https://elsewhere.example", "null", "https://paper.example.evil.example"]
)
def test_page_of_another_origin_changes_nothing_whatever_it_sends_and_whoever_is_signed_in(
    foreign: str,
) -> None:
    """Forms, no-cors fetches, JSON with a preflight that nobody answers: with the cookies of our own pages, too."""
    scene = Scene(held=False)
    moderator = make.signed_in(make.staff(scene.site), HTTP_ORIGIN=foreign, HTTP_SEC_FETCH_SITE="cross-site")
    before = _everything()
    for operation, row in TABLE.items():
        method, path = operation.split(" ")
        if method == "GET":
            continue
        address = "/api/v1" + path.replace("SITE", scene.site.key).replace("ID", scene.comment.public_id)
        sent = {
            name: {"KEY": scene.comment.thread.key}.get(str(value), value)
            for name, value in (row[2] or {}).items()
        }
        for kind in ("application/json", *FORMS):
            answer = moderator.generic(
                method, address, "" if row[2] is None else json.dumps(sent), content_type=kind
            )
            assert answer.status_code in {403, 415}, (operation, kind)
            assert "Access-Control-Allow-Origin" not in answer
    assert _everything() == before


def _everything() -> list[Any]:
    return [list(model._default_manager.order_by("pk").values()) for model in (Comment, Vote, Flag, Session)]
