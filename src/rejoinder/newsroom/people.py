"""What the newsroom knows of a person: whose stories are theirs, for the badge beneath them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Subquery

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.models import Commenter, Site
from rejoinder.core.db import writing
from rejoinder.newsroom.models import AuthorPage, Byline, FrontPage
from rejoinder.newsroom.queries import front_of

_KEY = re.compile("story-([1-9][0-9]{0,8})")


def authors_of_thread(site: Site, key: str) -> set[int]:
    """The numbers of the commenters who wrote the story beneath which a thread stands. At most one query.

    They are those whom the desk has tied to the pages of the story's authors; a name alone is nobody.
    """
    story = _KEY.fullmatch(key)
    if story is None:
        return set()
    # Another site may call a thread of its own by the same key.
    front = FrontPage.objects.filter(publication=site).values("path")[:1]
    signed = Byline.objects.filter(
        story=int(story[1]), story__live=True, story__path__startswith=Subquery(front)
    )
    return set(signed.exclude(author__person=None).values_list("author__person", flat=True))


def export_person(commenter: Commenter) -> Iterator[dict[str, Any]]:
    """The author's pages that are theirs."""
    for page in AuthorPage.objects.filter(person=commenter).order_by("pk"):
        yield {"type": "author page", "title": page.title, "address": page.address}


def erase_person(commenter: Commenter, keeps_words: bool) -> None:
    """The page of an author stays, as what was published; it is tied to nobody any more."""
    for page in AuthorPage.objects.filter(person=commenter):
        with writing():
            AuthorPage.objects.filter(pk=page.pk).update(person=None)
            raise_edition(site=front_of(page).publication_id)
