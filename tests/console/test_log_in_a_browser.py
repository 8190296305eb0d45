"""Pages about decisions in a real browser: the reader's own, the public one, notices, the log, appeals and terms."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from rejoinder.accounts.models import Commenter, Site
from rejoinder.core import ids
from rejoinder.moderation.appeals import answer_appeal, appeal
from rejoinder.moderation.decisions import record
from rejoinder.moderation.decisions.comments import decide_comment
from rejoinder.moderation.models import Notice, Terms
from rejoinder.moderation.notices import decide_notice, file_notice
from rejoinder.moderation.notices.deciding import Answer
from rejoinder.moderation.notices.filing import Typed
from rejoinder.moderation.notices.telling import page_of
from tests import factories as make
from tests.browser.visits import Visitor

pytestmark = pytest.mark.browser


class Scene:
    """Somebody four of whose comments were removed: one by a rule, one appealed against, one given back."""

    def __init__(self) -> None:
        self.site: Site = make.site()
        Terms.objects.create(site=self.site, shows_removed=True)
        self.author: Commenter = make.account("Old Salt")
        self.thread = make.thread(self.site, title="Who left the gate open")
        self.anna, self.owner = make.staff(self.site, name="Anna Bell"), make.staff(self.site, "owner")
        decisions = [self._removed(n) for n in range(3)]
        asking = make.viewer(self.site, self.author)
        appeal(viewer=asking, decision=decisions[0], words="It was a quotation.\nRead the report.")
        made = appeal(viewer=asking, decision=decisions[1], words="=SUM(1)")
        owner = make.viewer(self.site, self.owner)
        answer_appeal(viewer=owner, appeal=made, upheld=True, reason="The report says so indeed.")
        found = make.comment(self.thread, "Buy here.", by=self.author)
        record(
            site=self.site, action="remove", reason="It advertises.", rule="links", code="spam", comment=found
        )
        self.notices = [self._notice(f"Burn it down, number {n}.") for n in range(2)]
        answer = Answer(upheld=False, reason="A quotation, and marked as one.")
        decide_notice(viewer=make.viewer(self.site, self.anna), notice=self.notices[0], answer=answer)

    def _notice(self, body: str) -> Notice:
        about = make.comment(self.thread, body)
        typed = Typed(
            address=about.public_id,
            category="violence",
            explanation="It calls for arson.",
            name="Nora Quill",
            email="nora@mail.example",
            good_faith=True,
        )
        return file_notice(viewer=make.viewer(self.site, self.author), typed=typed, host="")

    def _removed(self, number: int) -> Any:
        judge = make.viewer(self.site, self.anna)
        found = make.comment(self.thread, f"You there, number {number}.", by=self.author)
        reason = "It attacks a person instead of what they say."
        return decide_comment(viewer=judge, comment=found, action="remove", reason=reason, code="abuse")

    def paths(self, *names: str) -> list[str]:
        return [reverse(f"rejoinder:{name}", args=[self.site.key]) for name in names]


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(390, "dark", "en"), (1280, "light", "ar")],
    ids=["phone", "desk"],
)
def test_pages_about_decisions(
    browser: Browser, live_server: Any, width: int, scheme: str, language: str
) -> None:
    scene = Scene()
    Site.objects.filter(pk=scene.site.pk).update(language=language)
    found: list[str] = []
    removed = f"{scene.paths('removed')[0]}?key={scene.thread.key}"
    staff = scene.paths("console-log", "console-appeals", "console-terms")
    staff += scene.paths("console-notices") + [
        reverse("rejoinder:console-notice", args=[scene.site.key, ids.encode(notice.pk)])
        for notice in scene.notices
    ]
    sent = [f"{scene.paths('notice')[0]}?comment={scene.notices[1].comment.public_id}&reported=1"]
    sent += [page_of(notice) for notice in scene.notices]
    for who, paths in ((scene.author, [*scene.paths("decided"), removed, *sent]), (scene.owner, staff)):
        visitor = Visitor(browser, live_server.url, width=width, scheme=scheme)
        cookie = make.signed_in(who).cookies["rejoinder_session"].value
        visitor.context.add_cookies([{"name": "rejoinder_session", "value": cookie, "url": live_server.url}])
        for path in paths:
            visitor.look_at(path)
            opened = visitor.page.locator("details > summary")
            for number in range(opened.count()):
                opened.nth(number).click()
            visitor.look()
        found += visitor.found
    assert found == []
