"""A story on the desk of somebody who sources it, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from rejoinder.accounts.models import Role
from rejoinder.accounts.viewer import Viewer
from rejoinder.newsroom.models import FrontPage, StoryPage
from rejoinder.sourcing.models import Claim, Document, Source
from tests import factories
from tests.newsroom import papers

TEXT = (
    "The quay was closed on Monday.",
    "According to the harbour office, at least 20 ships wait outside. The union puts it at 40.",
    "Nobody was hurt, the office said.",
)
UNION = "The union puts it at 40."
SHIPS = "at least 20 ships wait outside"


@dataclass
class Desk:
    front: FrontPage
    page: StoryPage
    browser: Client
    viewer: Viewer

    @property
    def address(self) -> str:
        return f"/desk/sourcing/stories/{self.page.pk}/"

    @property
    def document(self) -> Document:
        return Document.objects.get(site=self.front.publication, key=self.page.thread_key)

    def post(self, path: str, **data: Any) -> Any:
        return self.browser.post(f"/desk/sourcing/{path}", data)

    def add(self, quote: str, source: str = "", **more: Any) -> Claim:
        """A claim, entered in the form."""
        answer = self.post(
            f"stories/{self.page.pk}/claims/",
            **{"quote": quote, "manner": "says", "source_0": source, **more},
        )
        assert answer.status_code == 303, answer.content.decode()
        return Claim.objects.latest("pk")

    def rewrite(self, old: str, new: str, *, publish: bool = True) -> None:
        """The text changed in its draft, and published."""
        page = StoryPage.objects.get(pk=self.page.pk)
        page.body = [("text", block.value.source.replace(old, new)) for block in page.body]
        revision = page.save_revision()
        if publish:
            revision.publish()

    def read(self, path: str = "") -> str:
        answer = self.browser.get(path or self.address)
        assert answer.status_code == 200
        return str(answer.content.decode())


def desk(role: str = Role.Kind.EDITOR, *, front: FrontPage | None = None, **story: Any) -> Desk:
    front = front or papers.newsroom()
    story.setdefault("body", [("text", "".join(f"<p>{paragraph}</p>" for paragraph in TEXT))])
    page = papers.story(front, **story)
    person = factories.staff(front.publication, role)
    viewer = Viewer(site=front.publication, commenter=person, role=role)
    return Desk(front, page, factories.signed_in(person), viewer)


def source_named(name: str) -> Source:
    return Source.objects.get(name=name)
