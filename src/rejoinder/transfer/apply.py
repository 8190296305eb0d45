"""Importing a page: read it, make its story and thread, plant its comments. All of it or nothing."""

from __future__ import annotations

import hashlib
import unicodedata

from rejoinder.accounts.models import MAX_NAME, Site
from rejoinder.core import clock
from rejoinder.core.db import writing
from rejoinder.core.text.check import MAX_BODY
from rejoinder.discussion.actions import open_thread
from rejoinder.discussion.address import normalise_url
from rejoinder.discussion.models import Comment, Thread
from rejoinder.transfer.importers.found import Page
from rejoinder.transfer.importers.page import read_page
from rejoinder.transfer.models import Import
from rejoinder.transfer.planting import import_keys, plant, seedlings, short_name
from rejoinder.transfer.ports import StoryWritten, story_writer
from rejoinder.transfer.report import ImportReport


def identity_of(page: Page) -> str:
    """What makes two files the same page: its canonical address, else its title and first paragraph."""
    address = normalise_url(page.canonical_url) if page.canonical_url else None
    first = page.blocks[0].text if page.blocks else ""
    text = address or " ".join(unicodedata.normalize("NFKC", f"{page.title}\n{first}").split())
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def import_page(
    *, site: Site, data: bytes, name: str, publish: bool = False, dry_run: bool = False
) -> ImportReport:
    """Import a text page or a saved HTML page.

    Creates a story (a draft unless `publish`) and its thread. With `dry_run` nothing is changed. Raises
    PageUnreadable before anything is touched.
    """
    page = read_page(data, name=name)
    identity = identity_of(page)
    keys = import_keys(page)
    before = Import.objects.filter(site=site, identity=identity).select_related("thread").first()
    report = _found(page, dry_run)
    known = _known(before.thread, keys) if before else set()
    report.already_there = len(known)
    report.added = len(page.comments) - len(known)
    if dry_run:
        report.thread = before.thread.key if before else ""
        return report
    with writing():
        story = _write_story(site, page, identity, publish)
        thread = open_thread(site=site, key=story.key, url=story.url, title=story.title)
        report.added = plant(thread, seedlings(page, keys))
        report.already_there = len(page.comments) - report.added
        _say_story(report, story, thread)
        remembered = {
            "file_name": name[:255],
            "digest": hashlib.sha256(data).hexdigest(),
            "thread": thread,
            "report": report.as_dict(),
            "created": clock.now(),
        }
        Import.objects.update_or_create(site=site, identity=identity, defaults=remembered)
    return report


def _known(thread: Thread, keys: dict[str, str]) -> set[str]:
    there = Comment.objects.filter(thread=thread, import_key__isnull=False).values_list(
        "import_key", flat=True
    )
    return set(keys.values()) & {key for key in there if key}


def _write_story(site: Site, page: Page, identity: str, publish: bool) -> StoryWritten:
    writer = story_writer()
    if writer is not None:
        return writer.write(site=site, page=page, identity=identity, publish=publish)
    address = normalise_url(page.canonical_url) if page.canonical_url else None
    return StoryWritten(
        address or f"page-{identity[:12]}", address or "", page.title, made=False, published=False
    )


def _say_story(report: ImportReport, story: StoryWritten, thread: Thread) -> None:
    if story_writer() is not None:
        report.story = "made" if story.made else "found"
    report.published, report.url, report.thread = story.published, story.url, thread.key


def _found(page: Page, dry_run: bool) -> ImportReport:
    report = ImportReport(
        title=page.title,
        kind=page.kind,
        paragraphs=sum(block.kind == "paragraph" for block in page.blocks),
        comments=len(page.comments),
        people=page.people,
        roots=len(page.roots),
        levels=page.depth,
        dry_run=dry_run,
        unplaced=[{"where": row.where, "why": row.why, "text": row.text} for row in page.unplaced],
    )
    for comment in page.comments:
        if len(comment.author) > MAX_NAME:
            report.adjusted.append(
                f"Name shortened to “{short_name(comment.author)}”; whole: “{comment.author}”."
            )
        if len(comment.body) > MAX_BODY:
            report.adjusted.append(
                f"A comment of {comment.author or 'nobody'} has {len(comment.body):,} characters; kept whole."
            )
    voted = [comment for comment in page.comments if comment.up]
    if voted:
        total = sum(comment.up or 0 for comment in voted)
        why = "counts of votes without the voters; a score here always equals stored votes"
        report.unplaced.append({"where": f"{len(voted)} comments", "why": why, "text": f"{total} up-votes"})
    return report
