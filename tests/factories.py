"""People, sites and discussions for tests, made as they are made in life: by the actions, not by rows."""

from __future__ import annotations

import itertools
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from django.urls import reverse

from rejoinder.accounts.actions import add_site, add_staff
from rejoinder.accounts.guests import get_or_make_guest
from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.people.names import commenter_for
from rejoinder.accounts.queries import role_of
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, ids
from rejoinder.discussion.actions import open_thread, post_comment
from rejoinder.discussion.actions.post import Writing
from rejoinder.discussion.models import Comment, Thread
from rejoinder.moderation.actions import decide_comment

_number = itertools.count(1)
# An edit token is 22 characters; each test's are its own.
COOKIE = "rejoinder-guest"


def a_number() -> int:
    """A number that nobody else has."""
    return next(_number)


def an_address() -> str:
    """An address that nobody else comes from: limits count by it."""
    number = a_number()
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


class Browser(Client):
    """A reader's browser: it says which page it came from, and it has an address of its own."""

    def __init__(self, address: str = "", **defaults: Any) -> None:
        says: dict[str, Any] = {"HTTP_SEC_FETCH_SITE": "same-origin", "REMOTE_ADDR": address or an_address()}
        super().__init__(**{**says, **defaults})

    @property
    def token(self) -> str:
        """The edit token that lies in this browser, or an empty string."""
        return self.cookies[COOKIE].value if COOKIE in self.cookies else ""

    def write(self, thread: Thread, body: str = "A thought.", **more: Any) -> Any:
        """Post a comment as the script does. The answer is JSON."""
        parent = more.pop("parent", None)
        data = {"key": thread.key, "body": body, "name": "Reader"} | (
            {"parent": parent.public_id} if parent else {}
        )
        address = reverse("rejoinder:comments", args=[thread.site.key])
        headers = {"accept": "application/json"} | more.pop("headers", {})
        return self.post(address, data | more, headers=headers)

    def vote(self, comment: Comment, value: int) -> Any:
        data = {"comment": comment.public_id, "value": str(value)}
        address = reverse("rejoinder:votes", args=[comment.thread.site.key])
        return self.post(address, data, headers={"accept": "application/json"})


def guest(address: str = "") -> Browser:
    return Browser(address)


def signed_in(commenter: Commenter, **defaults: Any) -> Browser:
    """A browser in which somebody of the staff is signed in."""
    browser = Browser(**defaults)
    browser.force_login(commenter.user)
    return browser


def site(key: str = "", **rules: Any) -> Site:
    """A site with the origin https://KEY.example. `rules` are its fields, such as hold_all."""
    key = key or f"paper-{a_number()}"
    made = add_site(key=key, name=f"The {key} paper", origins=[f"https://{key}.example"])
    if rules:
        Site.objects.filter(pk=made.pk).update(**rules)
        made.refresh_from_db()
    return made


def staff(of: Site, role: str = "moderator", name: str = "") -> Commenter:
    number = a_number()
    name = name or f"{role.capitalize()} {number}"
    # Hashing a password well takes longer than most tests.
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        return add_staff(email=f"{role}-{number}@example.org", site=of, role=role, name=name, password="x")[0]


def account(name: str = "") -> Commenter:
    """Somebody with an account, who signs in by a code."""
    number = a_number()
    users = get_user_model()._default_manager
    user = users.create(email=f"reader-{number}@mail.example", password="!by-code")
    return commenter_for(user, name=name or f"Reader {number}")


def thread(of: Site | None = None, key: str = "", **more: Any) -> Thread:
    return open_thread(site=of or site(), key=key or f"story-{a_number()}", **more)


def commenter() -> Commenter:
    """A guest who has acted before."""
    return get_or_make_guest(ids.secret())


def viewer(of: Site, who: Commenter | None = None) -> Viewer:
    """Somebody who looks at a site, from an address of their own."""
    return Viewer(site=of, commenter=who, role=role_of(who, of), block=f"block-{a_number()}")


def comment(of: Thread, body: str = "", *, parent: Comment | None = None, **more: Any) -> Comment:
    """Somebody posts a comment. `by`: the commenter; `name`: how they sign."""
    by = more.pop("by", None)
    who = viewer(of.site, by)
    text = body or f"Thought number {a_number()}."
    typed = Writing(
        body=text,
        name=more.pop("name", "Reader"),
        parent=parent.public_id if parent else "",
        guest_token="" if by else ids.secret(),
    )
    assert not more, f"a comment has no {more}"
    return post_comment(viewer=who, thread=of, writing_=typed).comment


def decide(found: Comment, action: str, *, by: Commenter | None = None, reason: str = "A reason.") -> Comment:
    """Somebody of the staff decides about a comment, which comes back as it is then."""
    who = viewer(found.thread.site, by or staff(found.thread.site))
    decide_comment(viewer=who, comment=found, action=action, reason=reason)
    return again(found)


def again(found: Comment) -> Comment:
    """The comment as it is stored now."""
    return Comment.objects.select_related("thread__site").get(pk=found.pk)


def rows_of(of: Thread, parents: list[int | None]) -> list[Comment]:
    """A whole tree at once, by rows: `parents[n]` is the place in the list of n's parent. For shapes that are large."""
    from rejoinder.discussion.actions.post import branch_beneath
    from rejoinder.discussion.orders import rank_of, tie_of

    first = (Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    start, made, moment = clock.micros(clock.now()) - len(parents), [], clock.now()
    for number, above in enumerate(parents):
        parent = made[above] if above is not None else None
        place = start + number
        row = Comment(pk=first + number, thread=of, parent=parent, body=f"Row {number}.", created=moment)
        row.depth = parent.depth + 1 if parent else 0
        row.branch_id, row.html, row.renderer_version = branch_beneath(parent), f"<p>Row {number}.</p>", 1
        row.place, row.tie, row.rank = place, tie_of(place, root=parent is None), rank_of(0, 0)
        made.append(row)
        if parent:
            parent.reply_count += 1
        if row.branch_id:
            made[row.branch_id - first].branch_count += 1
    _store(of, made)
    return made


def _store(of: Thread, made: list[Comment]) -> None:
    from rejoinder.core.text.render import RENDERER_VERSION

    for row in made:
        row.renderer_version = RENDERER_VERSION
    Comment.objects.bulk_create(made, batch_size=500)
    Thread.objects.filter(pk=of.pk).update(comment_count=len(made), revision=1)
    of.refresh_from_db()
    _go_on_after(made)


def _go_on_after(made: list[Comment]) -> None:
    """Rows with numbers of our own do not move PostgreSQL's sequence on."""
    from django.core.management.color import no_style
    from django.db import connection

    for sql in connection.ops.sequence_reset_sql(no_style(), [type(made[0])] if made else []):
        with connection.cursor() as cursor:
            cursor.execute(sql)
