"""A story on the desk: its draft, its claims, and where they are in either text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from rejoinder.accounts.viewer import Viewer
from rejoinder.newsroom.languages import direction
from rejoinder.newsroom.models import StoryPage
from rejoinder.newsroom.sourcing.access import access_story
from rejoinder.newsroom.wording import plain_text
from rejoinder.sourcing.actions import open_document
from rejoinder.sourcing.models import Document
from rejoinder.sourcing.passages import Changed, Found
from rejoinder.sourcing.queries import Shown, claims_of, marked_in, text_of

_KEY = re.compile("story-([1-9][0-9]{0,17})")


@dataclass(frozen=True)
class Work:
    """`page`: as it is in the newest draft; `document`: None as long as nothing was sourced or published."""

    viewer: Viewer
    page: StoryPage
    document: Document | None

    @property
    def number(self) -> int:
        return int(self.page.pk)

    @property
    def address(self) -> str:
        return address_of(self.number)

    @property
    def language(self) -> str:
        return str(self.page.language or self.viewer.site.language)

    @property
    def direction(self) -> str:
        return direction(self.language)

    @cached_property
    def draft(self) -> str:
        return plain_text(self.page)

    @cached_property
    def published(self) -> str:
        """What readers have; "" before they have anything."""
        return text_of(self.document) if self.document and self.document.version else ""

    @cached_property
    def standing(self) -> dict[int, tuple[int, int]]:
        """Where passages are in the draft, by their numbers; those that are not in it are left out."""
        marked = marked_in(self.document, self.draft) if self.document else []
        return {
            one.passage.pk: (one.place.begin, one.place.end)
            for one in marked
            if isinstance(one.place, Found | Changed)
        }

    @cached_property
    def claims(self) -> list[Stood]:
        """All claims that were not withdrawn, in the order of the draft; those that are not in it last."""
        shown = claims_of(self.document, everywhere=True) if self.document else []
        stood = [Stood(one, self._now(one)) for one in shown]
        last = len(self.draft)
        return sorted(stood, key=lambda one: self.standing.get(one.shown.passage.pk, (last, last)))

    def _now(self, shown: Shown) -> str | None:
        place = self.standing.get(shown.passage.pk)
        return None if place is None else self.draft[slice(*place)]


@dataclass(frozen=True)
class Stood:
    """A claim, and the words that stand at its passage in the draft: None where it is in it no more."""

    shown: Shown
    now: str | None
    gone: bool = field(init=False)
    reworded: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "gone", self.now is None)
        object.__setattr__(self, "reworded", self.now is not None and self.now != self.shown.passage.quote)


def open_work(request: HttpRequest, number: int) -> Work:
    """A story for one who sources it: nothing is stored. Raises as access_story does."""
    viewer, page = access_story(request, number)
    draft = page.get_latest_revision_as_object() if page.latest_revision_id else page
    document = Document.objects.filter(site=viewer.site, key=page.thread_key).first()
    return Work(viewer, draft, document)


def document_for(work: Work) -> Document:
    """Its document, made where there is none yet: it has no text that anybody reads before it is published."""
    return work.document or open_document(
        site=work.viewer.site, key=work.page.thread_key, language=work.language
    )


def address_of(number: int) -> str:
    return reverse("rejoinder_sourcing_story", args=[number])


def story_of(document: Document) -> int | None:
    """The number of the story that a document is the text of; None for a page of elsewhere."""
    found = _KEY.fullmatch(document.key)
    return int(found[1]) if found else None
