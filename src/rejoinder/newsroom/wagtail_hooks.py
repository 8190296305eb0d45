"""What differs at the desk: the pages that hold the tree together stay, and nothing leads to foreign hosts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from rejoinder.newsroom.models import AuthorIndex, FrontPage, SectionIndex, StoryIndex
from rejoinder.newsroom.sourcing import hooks as sourcing_hooks  # noqa: F401  registers itself

# Their addresses are promised to readers.
_PILLARS = (FrontPage, StoryIndex, SectionIndex, AuthorIndex)


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def without_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's help is links to its own site."""
    items[:] = [item for item in items if item.name != "help"]


@hooks.register("before_delete_page")  # type: ignore[untyped-decorator]
@hooks.register("before_unpublish_page")  # type: ignore[untyped-decorator]
def pillars_stay(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The front page and the lists cannot be deleted or withdrawn."""
    if not isinstance(page.specific, _PILLARS):
        return None
    messages.error(
        request, _("“%(title)s” holds the publication together and stays.") % {"title": page.title}
    )
    return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[page.pk]))


@hooks.register("before_move_page")  # type: ignore[untyped-decorator]
def pillars_stand_still(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Nor can they be moved."""
    refused: HttpResponse | None = pillars_stay(request, page)
    return refused
