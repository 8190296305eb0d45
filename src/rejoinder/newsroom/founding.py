"""Setting up a site's newsroom: its tree of pages, its host name, its desk."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail.models import Site as Host

from rejoinder.accounts.models import Site
from rejoinder.core.db import writing
from rejoinder.discussion.actions import open_thread
from rejoinder.newsroom import access, queries
from rejoinder.newsroom.models import AuthorIndex, FrontPage, PublicPage, SectionIndex, StoryIndex

P = TypeVar("P", bound=PublicPage)


def ensure_newsroom(*, site: Site, hostname: str, port: int) -> FrontPage:
    """The front page of a site, with everything around it. Runs twice without harm.

    `hostname` and `port` are where readers find it; 443 means https. The first newsroom of a server also
    answers host names that no site has.
    """
    with writing(), translation.override(site.language):
        root = _ensure_root()
        front = _ensure_front(root, site)
        _ensure_child(front, StoryIndex, _("Stories"), "stories")
        _ensure_child(front, SectionIndex, _("Sections"), "sections")
        _ensure_child(front, AuthorIndex, _("Authors"), "authors")
        _remove_welcome()
        moved = _ensure_host(front, hostname, port)
        access.ensure_group(front)
        access.sync_site(front)
        if moved:
            _tell_threads(front)
    return front


def _ensure_root() -> Page:
    root = Page.get_first_root_node()
    if root is not None:
        return root
    locale, _made = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    return Page.add_root(instance=Page(title="Root", slug="root", locale=locale))


def _ensure_front(root: Page, site: Site) -> FrontPage:
    front: FrontPage | None = FrontPage.objects.filter(publication=site).first()
    if front is not None:
        return front
    front = FrontPage(title=site.name, slug=f"site-{site.key}", publication=site, locale=root.locale)
    return root.add_child(instance=front)  # type: ignore[no-any-return]


def _ensure_child(front: FrontPage, kind: type[P], title: str, slug: str) -> None:
    if not kind.objects.child_of(front).exists():
        front.add_child(instance=kind(title=title, slug=slug))


def _remove_welcome() -> None:
    """Wagtail's first migration makes a page that greets developers, and a host name for it."""
    for page in Page.objects.filter(depth=2, slug="home", numchild=0):
        if page.specific_class is Page and page.latest_revision_id is None:
            page.delete()


def _ensure_host(front: FrontPage, hostname: str, port: int) -> bool:
    """Returns whether the address of the newsroom changed."""
    hosts = Host.objects.filter(root_page=front)
    host = hosts.first()
    if host is None:
        alone = not Host.objects.filter(is_default_site=True).exists()
        host = Host(root_page=front, site_name=front.title, is_default_site=alone)
    elif (host.hostname, host.port) == (hostname, port):
        return False
    host.hostname, host.port = hostname, port
    host.save()
    return True


def _tell_threads(front: FrontPage) -> None:
    for story in queries.published(front):
        open_thread(site=front.publication, key=story.thread_key, url=story.full_url or "", title=story.title)
