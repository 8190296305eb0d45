"""What the newsroom does when something happens: publication opens a thread, a role opens the desk."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.models import Role
from rejoinder.core import jobs
from rejoinder.discussion.actions import open_thread
from rejoinder.newsroom import queries
from rejoinder.newsroom.access import sync_desk_access
from rejoinder.newsroom.models import PublicPage, SectionPage, StoryPage
from rejoinder.newsroom.texts import keep_text, withdraw_text


@receiver(page_published, sender=StoryPage, dispatch_uid="rejoinder_newsroom.open")
def open_discussion(sender: type[StoryPage], instance: StoryPage, **kwargs: Any) -> None:
    """A published story has a thread that knows its present address and headline, and a text that passages point to.

    Scheduled ones wait.
    """
    if not instance.live:
        return
    front = queries.front_of(instance)
    keep_text(instance)
    # The text before its thread, as who comments on a passage takes them.
    open_thread(
        site=front.publication, key=instance.thread_key, url=instance.full_url or "", title=instance.title
    )
    jobs.enqueue("newsroom.renditions", key=f"renditions:{instance.pk}", story=instance.pk)


@receiver(page_unpublished, sender=StoryPage, dispatch_uid="rejoinder_newsroom.withdraw")
@receiver(pre_delete, sender=StoryPage, dispatch_uid="rejoinder_newsroom.withdraw")
def take_back(sender: type[StoryPage], instance: StoryPage, **kwargs: Any) -> None:
    """What readers have no more is quoted nowhere."""
    withdraw_text(instance)


@receiver([post_save, post_delete], sender=Role, dispatch_uid="rejoinder_newsroom.desk")
def open_or_close_desk(sender: type[Role], instance: Role, **kwargs: Any) -> None:
    """Who gains or loses a role gains or loses the desk at once."""
    if not kwargs.get("raw"):
        sync_desk_access(instance.commenter)


def draw_anew(sender: Any, instance: Page, **kwargs: Any) -> None:
    """What the desk changes shows on other pages too: sections in the masthead, authors, the front page."""
    if isinstance(instance, PublicPage) and not kwargs.get("raw"):
        raise_edition(site=queries.front_of(instance).publication_id)


for _signal in (page_published, page_unpublished, page_slug_changed, post_page_move, pre_delete):
    _signal.connect(draw_anew, dispatch_uid="rejoinder_newsroom.draw_anew")
# One that comes from a command is live without being published.
post_save.connect(draw_anew, sender=SectionPage, dispatch_uid="rejoinder_newsroom.section")
