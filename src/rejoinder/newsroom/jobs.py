"""What the newsroom does by itself: publish and withdraw at the set time, make pictures ready for readers."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from wagtail.models import Page, Revision

from rejoinder.core import clock, jobs
from rejoinder.core.db import writing
from rejoinder.newsroom import pictures
from rejoinder.newsroom.models import StoryPage
from rejoinder.newsroom.texts import keep_text
from rejoinder.sourcing.models import Document

_AT_ONCE = 500  # stories an hour that had no text kept


def anything_due() -> bool:
    """Whether a story waits to be published or withdrawn now. Cheap: it is asked every minute."""
    moment = clock.now()
    return bool(
        Revision.objects.filter(approved_go_live_at__lte=moment).exists()
        or Page.objects.filter(live=True, expire_at__lte=moment).exists()
    )


@jobs.periodic("newsroom.publish", every=timedelta(minutes=1))
def publish_scheduled() -> None:
    """Publish and withdraw what is due, with the threads that belong to it, in one transaction."""
    if not anything_due():
        return
    with writing():
        call_command("publish_scheduled")


def make_renditions(*, story: int) -> None:
    """Make the pictures of a story in all sizes that readers may ask for."""
    page = StoryPage.objects.filter(pk=story).first()
    if page is None:
        return
    pictures.make([page.lead_image], cards=True)
    pictures.make(block.value["image"] for block in page.body if block.block_type == "picture")


jobs.register("newsroom.renditions", make_renditions)


@jobs.periodic("newsroom.keep_texts", every=timedelta(hours=1))
def keep_texts() -> None:
    """Give stories that were published before texts were kept what their passages can point to."""
    stories = StoryPage.objects.live().filter(first_published_at__isnull=False)
    keys = Document.objects.filter(key__startswith="story-", version__gt=0).values_list("key", flat=True)
    missing = {f"story-{number}": number for number in stories.values_list("pk", flat=True)}
    for key in keys.iterator():
        missing.pop(key, None)
    for story in stories.filter(pk__in=sorted(missing.values())[:_AT_ONCE]):
        keep_text(story)
