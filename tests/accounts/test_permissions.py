"""Who may do what: every route of rejoinder.urls has its rows here; one without fails."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse

from rejoinder.accounts.actions import remove_staff
from rejoinder.accounts.models import Commenter, Site
from rejoinder.core import ids
from rejoinder.discussion.models import Comment
from rejoinder.moderation.appeals import appeal
from rejoinder.moderation.models import Decision, Manners, Notice, Rule, Terms
from rejoinder.moderation.notices.telling import token_of
from rejoinder.moderation.reports.publishing import publish
from tests import factories as make
from tests.discussion.test_fuzz import routes as all_routes
from tests.factories import Browser

pytestmark = pytest.mark.django_db

VIEWERS = ("nobody", "author", "other guest", "moderator", "editor", "owner", "analyst")
VIEWERS += ("moderator elsewhere", "no role")
MODERATING = {"moderator", "editor", "owner"}
STAFF = MODERATING | {"analyst"}
ALL = set(VIEWERS)
AUTHOR = {"author"}
NOT_SIGNED_IN = {"nobody", "author", "other guest"}
RUNNING = {"owner", "editor"}
POLICIES = {"name": "A name", "language": "en", "guest_email": "none", "edit_window": "900"}
YEAR = 2024
# Of whom something is held: guests who have acted, and accounts that are a commenter's.
KNOWN = ALL - {"nobody", "no role"}

NOTICE = {"address": "STANDS", "category": "other", "explanation": "A law.", "good_faith": "1"}
NOTICE |= {"name": "Nora", "email": "nora@mail.example"}

# route -> (who may where the comment is public, who may where it is held, what is sent by POST)
Row = tuple[set[str], set[str], dict[str, str] | None]
TABLE: dict[str, Row] = {
    "thread": (ALL, ALL, None),
    "window": (ALL, ALL, None),
    "feed": (ALL, ALL, None),
    "mine": (ALL, ALL, None),
    "new": (ALL, ALL, None),
    "challenge": (ALL, ALL, None),
    "comment": (ALL, set(), None),
    "reply": (ALL, set(), None),
    "fragment": (ALL, AUTHOR | MODERATING, None),
    "actions": (ALL, AUTHOR | MODERATING, None),
    "comments": (ALL, ALL, {"key": "KEY", "body": "Words.", "name": "Ada"}),
    "votes": (ALL - AUTHOR, set(), {"comment": "ID", "value": "1"}),
    "edits": (AUTHOR, AUTHOR, {"body": "Other words."}),
    "deletion": (AUTHOR, AUTHOR, {}),
    "flags": (ALL - AUTHOR, MODERATING, {"comment": "ID", "reason": "spam"}),
    "decisions": (MODERATING, MODERATING, {"comment": "ID", "action": "remove", "reason": "Off the story."}),
    "thread-actions": (MODERATING, MODERATING, None),
    "search": (MODERATING, MODERATING, None),
    "guidelines": (ALL, ALL, None),
    "decided": (ALL, ALL, None),
    "appeals": (AUTHOR, AUTHOR, {"decision": "AGAINST", "words": "It was meant kindly."}),
    "removed": (ALL, ALL, None),
    "transparency": (ALL, ALL, None),
    # Without an account, about what everybody sees (tests/moderation/test_notices.py).
    "notice": (ALL, ALL, None),
    "notices": (ALL, ALL, NOTICE),
    # What its address carries is the permission, whoever holds it.
    "notice-status": (ALL, ALL, None),
    "notice-complaint": (ALL, ALL, {"t": "TOKEN", "words": "Read it again."}),
    # A site without a desk takes none (tests/sourcing/test_reports.py has one with).
    "error-report": (set(), set(), None),
    "error-reports": (set(), set(), {"key": "KEY", "quote": "Words.", "words": "It is wrong."}),
    "error-report-status": (set(), set(), None),
    "mute": (KNOWN - AUTHOR, MODERATING, {"value": "1"}),
    "person": (ALL, MODERATING, None),
    # Who is not known is led to where one signs in, and so is whoever signed in long ago.
    "me": (ALL, ALL, None),
    "name": (KNOWN - AUTHOR - {"other guest"},) * 2 + ({"name": "Another name"},),
    "unmute": (KNOWN, KNOWN, {"person": "ID"}),
    "claims": (set(), set(), {}),
    "download": (KNOWN, KNOWN, None),
    "erase": (KNOWN, KNOWN, None),
    "erasure": (KNOWN, KNOWN, {"comments": "keep"}),
    # What a letter's address carries is the permission, whoever holds it (tests/notifications).
    "mail-confirm": (set(), set(), None),
    "mail-stop": (set(), set(), None),
    # Who is not signed in is led to where one signs in, before anything is looked up.
    "sites": (NOT_SIGNED_IN | RUNNING | {"moderator elsewhere"},) * 2 + (None,),
    "site": (NOT_SIGNED_IN | RUNNING,) * 2 + (None,),
    "site-policies": (RUNNING,) * 2 + (POLICIES,),
    "site-origins": ({"owner"},) * 2 + ({"add": "https://further.example"},),
    "site-sign-on": ({"owner"},) * 2 + ({"sso_issuer": "https://www.example.org", "sso_audience": "talk"},),
    "site-secret": ({"owner"},) * 2 + ({"none": "1"},),
    # The console: whoever has a role reads; who decides is said at each row. Nobody signed in: led to sign-in.
    "console": (ALL - {"no role"},) * 2 + (None,),
    "console-queue": (STAFF,) * 2 + (None,),
    "console-cards": (STAFF,) * 2 + (None,),
    "console-counts": (STAFF,) * 2 + (None,),
    "console-search": (STAFF,) * 2 + (None,),
    "console-watches": (STAFF,) * 2 + (None,),
    "console-watch": (MODERATING,) * 2 + ({"name": "A list", "keys": ""},),
    "console-together": (MODERATING,) * 2 + (None,),
    "console-decide": (MODERATING,) * 2 + ({"comment": "ID", "action": "remove", "code": "spam"},),
    "console-many": (MODERATING,) * 2 + ({"comment": "ID"},),
    # Of one's own decisions, and there are none yet.
    "console-undo": (set(), set(), {"decision": "ID"}),
    "console-people": (STAFF,) * 2 + (None,),
    "console-person": (STAFF,) * 2 + (None,),
    "console-person-decisions": (MODERATING,) * 2 + ({"action": "note", "reason": "Writes at night."},),
    "console-threads": (STAFF,) * 2 + (None,),
    "console-thread": (STAFF,) * 2 + (None,),
    "console-thread-decisions": (MODERATING,) * 2
    + ({"key": "KEY", "action": "slow", "seconds": "60", "reason": "Too fast."},),
    "console-manners": (RUNNING,) * 2 + (None,),
    "console-sections": (RUNNING,) * 2 + (None,),
    "console-rules": (STAFF,) * 2 + (None,),
    "console-rule": (RUNNING,) * 2 + (None,),
    "console-rule-new": (RUNNING,) * 2 + (None,),
    "console-rule-switch": (RUNNING,) * 2 + ({"id": "RULE", "mode": "log"},),
    "console-appeals": (STAFF,) * 2 + (None,),
    "console-appeal-answer": (MODERATING,) * 2 + ({"answer": "reject", "reason": "It stays."},),
    "console-notices": (STAFF,) * 2 + (None,),
    "console-notice": (STAFF,) * 2 + (None,),
    "console-notice-decision": (MODERATING,) * 2
    + ({"answer": "uphold", "action": "remove", "reason": "It is."},),
    "console-reports": (STAFF,) * 2 + (None,),
    "console-log": (STAFF,) * 2 + (None,),
    "console-log-file": (STAFF,) * 2 + (None,),
    "console-terms": (RUNNING,) * 2 + (None,),
    "console-assist": (STAFF,) * 2 + (None,),
    "console-assist-change": (RUNNING,) * 2
    + ({"do": "settings", "mode": "off", "miss": "2", "through": "10"},),
    # Of a version, and there is none.
    "console-assist-file": (set(), set(), None),
    "console-assist-keys": ({"owner"},) * 2 + (None,),
    "console-assist-key": ({"owner"},) * 2 + ({"do": "add", "name": "Coral", "quota": "60"},),
    # A key is the permission, and nobody here has one (tests/api/perspective).
    "perspective-analyze": (set(), set(), {}),
    "perspective-suggest": (set(), set(), {}),
    "perspective-discovery": (ALL, ALL, None),
    # Who is not signed in is led to where one signs in.
    "sign-in-window": (ALL, ALL, None),
    "sign-in-codes": (ALL, ALL, {"site": "SITE", "origin": "ORIGIN", "state": "a-state-of-its-own"}),
}

# Opened from a letter, and acted upon by a button there: the same address, as RFC 8058 wants it.
BOTH = {
    "console-manners",
    "console-sections",
    "console-rule",
    "console-rule-new",
    "console-terms",
    "mail-confirm",
    "mail-stop",
}
# What is asked besides the thread.
ASKED = {
    "console-together": {"comment": "ID"},
    "console-rule": {"id": "RULE"},
    "console-assist-file": {"version": "0"},
    "console-rule-new": {"kind": "phrases"},
    "new": {"after": "ID"},
    "error-report-status": {"t": "TOKEN"},
    "notice-status": {"t": "TOKEN"},
    "sign-in-window": {"site": "SITE", "origin": "ORIGIN", "state": "a-state-of-its-own"},
}


def routes() -> list[tuple[str, str]]:
    """Those of pages; the API's have their table in tests/api/test_permissions.py, the embed's in tests/embed."""
    return [(name, pattern) for name, pattern in all_routes() if not name.startswith(("api-", "embed"))]


class Scene:
    """A site with a thread and the author's comment, and everybody who may come by."""

    def __init__(self, *, held: bool) -> None:
        self.site, elsewhere = make.site(hold_all=held), make.site()
        self.thread = make.thread(self.site)
        Manners.objects.create(site=self.site, guidelines="Be kind.")
        author = make.guest()
        author.write(self.thread, "The words in question.")
        self.comment = make.again(Comment.objects.get(body="The words in question."))
        Terms.objects.create(site=self.site, shows_removed=True)
        publish(site=self.site, year=YEAR)
        self.against, self.appealed = (self._removed(author, f"{word} words.") for word in ("Bad", "Worse"))
        asker = make.viewer(self.site, self.comment.author)
        self.appeal = appeal(viewer=asker, decision=self.appealed, words="Why?")
        self.notice = self._notice(self.comment)
        stands = make.comment(self.thread, "Of somebody's.")
        stands = make.decide(stands, "approve") if held else stands
        self.contested = self._notice(stands, ended=self.against)
        self.person = make.account()
        moment = self.comment.created
        self.rule = Rule.objects.create(
            site=self.site,
            name="Words",
            kind="phrases",
            words="x",
            mode="off",
            created=moment,
            changed=moment,
        )
        make.comment(self.thread, "Of somebody with an account.", by=self.person)
        other = make.guest()
        other.write(make.thread(elsewhere), "Elsewhere.")
        user = get_user_model()._default_manager.create(email=f"plain-{make.a_number()}@example.org")
        plain = make.Browser()
        plain.force_login(user)
        roles = ("moderator", "editor", "owner", "analyst")
        self.browsers: dict[str, Browser] = {
            "nobody": make.guest(),
            "author": author,
            "other guest": other,
            "moderator elsewhere": make.signed_in(make.staff(elsewhere, "owner")),
            "no role": plain,
            **{role: make.signed_in(make.staff(self.site, role)) for role in roles},
        }

    def _removed(self, author: Browser, body: str) -> Decision:
        author.write(self.thread, body)
        return make.decide(Comment.objects.get(body=body), "remove").decisions.latest("pk")

    def _notice(self, about: Comment, ended: Decision | None = None) -> Notice:
        """One that waits, or one that was decided about a comment that stands."""
        return Notice.objects.create(
            site=self.site,
            comment=about,
            category="other",
            address=about.public_id,
            explanation="A law.",
            mark="x",
            created=about.created,
            due=about.created,
            ended=ended.created if ended else None,
            outcome=ended,
        )

    def address(self, name: str, pattern: str, site: str = "") -> str:
        of_site = "<slug:site>" in pattern
        if "<int:year>" in pattern:
            return reverse(f"rejoinder:{name}", args=[site or self.site.key, YEAR])
        if "<slug:person>" in pattern:
            return reverse(f"rejoinder:{name}", args=[site or self.site.key, ids.encode(self.person.pk)])
        if "<slug:notice>" in pattern:
            return reverse(f"rejoinder:{name}", args=[site or self.site.key, ids.encode(self.notice.pk)])
        if "<slug:appeal>" in pattern:
            return reverse(f"rejoinder:{name}", args=[site or self.site.key, ids.encode(self.appeal.pk)])
        of = [site or self.site.key] if of_site else [self.comment.public_id] if "<" in pattern else []
        return reverse(f"rejoinder:{name}", args=of)

    def ask(self, viewer: str, name: str, *, site: Site | None = None) -> Any:
        data = TABLE[name][2]
        pattern = dict(routes())[name]
        key, of_site = (site or self.site).key, "<slug:site>" in pattern
        address = self.address(name, pattern, key)
        known = {"KEY": self.thread.key, "ID": self.comment.public_id}
        known |= {"TOKEN": token_of(self.contested), "STANDS": self.contested.comment.public_id}
        known["AGAINST"] = ids.encode(self.against.pk)
        known |= {"RULE": str(self.rule.pk), "SITE": key, "ORIGIN": f"https://{key}.example"}
        of_site = of_site and "<slug:person>" not in pattern
        asked = {**({"key": "KEY"} if of_site else {}), **ASKED.get(name, {})} if data is None else data
        sent = {name: known.get(value, value) for name, value in asked.items()}
        browser = self.browsers[viewer]
        return browser.get(address, sent) if data is None else browser.post(address, sent)


def test_every_route_has_its_row() -> None:
    assert sorted(name for name, _ in routes()) == sorted(TABLE), "say in TABLE who may"


@pytest.mark.parametrize("held", [False, True], ids=["public", "held"])
def test_those_may_who_may_and_no_others(held: bool) -> None:
    scene = Scene(held=held)
    for name, row in TABLE.items():
        allowed = row[1 if held else 0]
        for viewer in VIEWERS:
            with transaction.atomic():  # what one does is undone before the next comes
                answer = scene.ask(viewer, name)
                may = answer.status_code in {200, 302, 303}
                assert may == (viewer in allowed), f"{viewer}, {name}: {answer.status_code}"
                if not may:
                    assert answer.status_code in {403, 404}, f"{viewer}, {name}"
                    _assert_untouched(scene)
                transaction.set_rollback(True)


def _assert_untouched(scene: Scene) -> None:
    now = make.again(scene.comment)
    assert (now.state, now.body, now.ups, now.downs) == (scene.comment.state, scene.comment.body, 0, 0)
    assert now.flags.count() == 0
    assert now.decisions.exclude(rule="").count() == now.decisions.count()


@pytest.mark.parametrize("name", ["votes", "flags", "decisions"])
def test_comment_named_through_another_site_is_not_found(name: str) -> None:
    """A moderator of both sites, too: the comment is of one of them."""
    scene = Scene(held=False)
    other = make.site()
    moderator = make.staff(other)
    scene.browsers["both"] = make.signed_in(moderator)
    from rejoinder.accounts.models import Role

    Role.objects.create(commenter=moderator, site=scene.site, kind="moderator", created=scene.comment.created)
    assert scene.ask("both", name, site=other).status_code == 404
    _assert_untouched(scene)


@pytest.mark.parametrize("name", ["search", "thread-actions"])
def test_forbidden_page_answers_as_an_absent_one(name: str) -> None:
    scene = Scene(held=False)
    address = reverse(f"rejoinder:{name}", args=[scene.site.key])
    forbidden = scene.browsers["other guest"].get(address, {"key": scene.thread.key})
    absent = scene.browsers["other guest"].get(address, {"key": "no-such-thread"})
    assert (forbidden.status_code, absent.status_code) == (404, 404)
    assert forbidden.content == absent.content


def test_role_taken_away_is_gone_with_the_next_request() -> None:
    site = make.site()
    moderator = make.staff(site)
    browser = make.signed_in(moderator)
    address = reverse("rejoinder:search", args=[site.key])
    assert browser.get(address).status_code == 200
    remove_staff(commenter=moderator, site=site)
    assert browser.get(address).status_code == 404


def test_open_tabs_of_the_console_lose_a_role_at_once_and_stand_in_no_frame() -> None:
    scene = Scene(held=False)
    console = [name for name in TABLE if name.startswith("console")]
    for lost in (False, True):
        if lost:
            remove_staff(commenter=viewer_of_session(scene.browsers["owner"]), site=scene.site)
        for name in console:
            with transaction.atomic():
                answer = scene.ask("owner", name)
                transaction.set_rollback(True)
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], name
            assert answer["Cache-Control"] == "no-store, private", name
            if lost:
                assert (answer.status_code, "no page at this address" in answer.content.decode()) == (
                    404,
                    True,
                ), name
    script = {"accept": "application/json"}
    where = reverse("rejoinder:console-decide", args=[scene.site.key])
    sent = {"comment": scene.comment.public_id, "action": "remove", "code": "spam"}
    refused = scene.browsers["owner"].post(where, sent, headers=script)
    assert (refused.status_code, bool(refused.json()["message"])) == (404, True)
    _assert_untouched(scene)


def viewer_of_session(browser: Browser) -> Commenter:
    return Commenter.objects.get(user_id=browser.session["_auth_user_id"])


def test_account_that_is_inactive_is_nobody() -> None:
    site = make.site()
    moderator = make.staff(site)
    browser = make.signed_in(moderator)
    get_user_model()._default_manager.filter(pk=moderator.user_id).update(is_active=False)
    assert browser.get(reverse("rejoinder:search", args=[site.key])).status_code == 404


def test_other_methods_are_refused() -> None:
    scene = Scene(held=False)
    for name, pattern in routes():
        address = scene.address(name, pattern)
        reads = TABLE[name][2] is None
        for method in ("PUT", "PATCH", "DELETE", *(() if name in BOTH else ("POST" if reads else "GET",))):
            answer = scene.browsers["moderator"].generic(method, f"{address}?key={scene.thread.key}")
            assert answer.status_code == 405, (name, method)
            allowed = "GET, HEAD, POST" if name in BOTH else "GET, HEAD" if reads else "POST"
            assert answer["Allow"] == allowed


@pytest.mark.parametrize("role", ["owner", "editor", "moderator", "analyst"])
def test_guest_with_a_staff_members_name_has_no_role(role: str) -> None:
    site = make.site()
    browser, thread = make.guest(), make.thread(site)
    browser.write(thread, "Before they came.")
    staff = make.staff(site, role, name="Reader")
    assert staff.name == "Reader"
    assert browser.get(reverse("rejoinder:search", args=[site.key])).status_code == 404


def test_private_columns_are_in_no_public_answer() -> None:
    """Digest of the edit token, address block, e-mail, flag's note: nobody gets to read them."""
    scene = Scene(held=False)
    scene.browsers["other guest"].post(
        reverse("rejoinder:flags", args=[scene.site.key]),
        {"comment": scene.comment.public_id, "reason": "other", "note": "note-marker"},
    )
    scene.ask("other guest", "votes")
    author = scene.comment.author
    assert author
    private = ["note-marker", author.guest_token or "?", scene.browsers["author"].token, "@example.org"]
    for viewer in ("nobody", "author", "other guest", "moderator elsewhere"):
        for name, row in TABLE.items():
            if row[2] is None and name != "download":  # one's own
                page = scene.ask(viewer, name).getvalue().decode()
                assert not [text for text in private if text in page], (viewer, name)
