"""Template tags: addresses for the templates, and the discussion for a page of any Django project."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format

from rejoinder.accounts.models import Site
from rejoinder.accounts.queries import access_site
from rejoinder.discussion import pages, ports
from rejoinder.discussion.actions import open_thread
from rejoinder.discussion.queries import find_thread, thread_key
from rejoinder.discussion.windows import markup
from rejoinder.discussion.windows.shape import Shown, Window

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """A number as one reads it: 2,000, 2.000 or 2000, by language."""
    return number_format(number, force_grouping=True)


@register.simple_tag
def draw_window(window: Window) -> str:
    """A window, as rejoinder/window.html draws it."""
    return markup.window(window)


@register.simple_tag
def draw_short(shown: Shown) -> str:
    """A comment drawn short, as rejoinder/short.html draws it."""
    return markup.short(shown)


@register.simple_tag
def actions_url(shown: Shown) -> str:
    return reverse("rejoinder:actions", args=[shown.id])


@register.simple_tag
def sections_of(site: Site | None) -> list[ports.Section]:
    """The sections of the publication that a page belongs to; none where there is no newsroom."""
    return ports.sections_of(site) if site else []


@register.inclusion_tag("rejoinder/assets.html")
def rejoinder_assets() -> dict[str, Any]:
    """Styles and scripts of a discussion, for the <head> of a host's page."""
    return {}


@register.simple_tag
def rejoinder_discussion(*, site: str, key: str, title: str = "", url: str = "") -> str:
    """The discussion of a page: `{% rejoinder_discussion site="courier" key="story-7" title=page.title %}`.

    The thread is born when it is first shown with a title; the markup is the same for every reader.
    """
    found = access_site(site)
    name = thread_key(key=key, url=None)
    thread = find_thread(found, name)
    if thread is None or (title and thread.title != title) or (url and thread.url != url):
        thread = open_thread(site=found, key=name, url=url, title=title)
    window = pages.first_window(found, thread)
    data = pages.discussion_context(found, thread, window, page_url=url)
    return render_to_string("rejoinder/discussion.html", data)
