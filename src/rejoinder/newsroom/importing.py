"""An imported page becomes a story: what the newsroom offers to `transfer`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.core.db import writing
from rejoinder.core.errors import NotFound
from rejoinder.core.text.render import plain
from rejoinder.newsroom import composing
from rejoinder.newsroom.models import AuthorPage, FrontPage, SectionPage, StoryPage
from rejoinder.transfer.importers.found import Block, Page
from rejoinder.transfer.ports import StoryWritten


class Writer:
    """`transfer.ports.StoryWriter`: writes a page into a site's newsroom, once."""

    def write(self, *, site: Site, page: Page, identity: str, publish: bool) -> StoryWritten:
        """The story of a page: a draft unless `publish`. A page that is here already is left as the desk
        has it, and published where that is asked. Raises NotFound where the site has no newsroom."""
        front = FrontPage.objects.select_related("publication").filter(publication=site).first()
        if front is None:
            raise NotFound(_("This site has no newsroom to write stories in."))
        key = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()
        with writing():
            story: StoryPage | None = StoryPage.objects.descendant_of(front).filter(import_key=key).first()
            made = story is None
            if story is None:
                story = composing.write(front, _manuscript(front, page, key), publish=publish)
            elif publish and not story.live:
                composing.release(story.get_latest_revision_as_object())
                story.refresh_from_db()
        return StoryWritten(
            key=story.thread_key,
            url=story.full_url or "",
            title=story.title,
            made=made,
            published=story.live,
        )


def _manuscript(front: FrontPage, page: Page, key: str) -> composing.Manuscript:
    return composing.Manuscript(
        headline=page.title or _("Untitled"),
        standfirst=page.standfirst,
        section=_section(front, page.section),
        authors=[_author(front, name) for name in page.byline],
        language=page.language.lower(),
        body=list(_body(page.blocks)),
        import_key=key,
        published=_aware(page.published),
    )


def _aware(moment: datetime | None) -> datetime | None:
    """A page's clock without a zone is read in the zone of this server; an import never schedules."""
    if moment is None:
        return None
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _section(front: FrontPage, name: str) -> SectionPage | None:
    return SectionPage.objects.descendant_of(front).filter(title__iexact=name).first() if name else None


def _author(front: FrontPage, name: str) -> tuple[AuthorPage | None, str]:
    return AuthorPage.objects.descendant_of(front).filter(title__iexact=name).first(), name


def _body(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Any]]:
    """Paragraphs, headings and lists that follow one another make one text, as at the desk."""
    text = ""
    for block in blocks:
        if block.kind in {"paragraph", "heading", "list"}:
            text += _prose(block)
            continue
        if text:
            yield "text", text
            text = ""
        yield _other(block)
    if text:
        yield "text", text


def _prose(block: Block) -> str:
    if block.kind == "heading":
        return format_html("<h2>{}</h2>", plain(block.text))
    return composing.prose(block.text)


def _other(block: Block) -> tuple[str, Any]:
    if block.kind == "quote":
        return "quote", {"text": plain(block.text), "attribution": ""}
    # Nothing is fetched: a picture comes as the way to it, with its caption and credit.
    words = " · ".join(part for part in (block.text, block.credit) if part)
    if not block.url.startswith(("http://", "https://")):
        return "text", format_html("<p><i>{}</i></p>", words)
    return "link_card", {"url": block.url[:2000], "title": _("Picture"), "description": words}
