"""The text of a story as passages point to it: kept when it is published, empty when it is taken back."""

from __future__ import annotations

from rejoinder.accounts.models import Site
from rejoinder.core.text.numbers import whole
from rejoinder.newsroom import queries
from rejoinder.newsroom.models import StoryPage
from rejoinder.newsroom.wording import plain_text
from rejoinder.sourcing.actions import publish_document
from rejoinder.sourcing.actions.documents import LONGEST
from rejoinder.sourcing.models import Document

_DIGITS = 15  # of a number that a database can look for


def keep_text(page: StoryPage) -> None:
    """What readers have now."""
    site = queries.front_of(page).publication
    publish_document(
        site=site,
        key=page.thread_key,
        # What is longer is published whole; only passages end there.
        text=plain_text(page)[:LONGEST],
        language=page.language or site.language,
    )


def withdraw_text(page: StoryPage) -> None:
    """What readers have no more is quoted nowhere; published again, its passages are back in their places."""
    site = queries.front_of(page).publication
    if Document.objects.filter(site=site, key=page.thread_key, version__gt=0).exists():
        publish_document(site=site, key=page.thread_key, text="")


def is_ours(site: Site, key: str) -> bool:
    """Whether a text is a story's, published or not: its words come from the desk alone."""
    number = whole(key.removeprefix("story-"), _DIGITS) if key.startswith("story-") else None
    if number is None:
        return False
    page = StoryPage.objects.filter(pk=number).first()
    return page is not None and queries.front_of(page).publication_id == site.pk
