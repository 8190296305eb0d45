from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from rejoinder.newsroom.models.public import PublicPage


class AuthorIndex(PublicPage):
    """The list of those who write here."""

    parent_page_types: ClassVar[list[str]] = ["rejoinder_newsroom.FrontPage"]
    subpage_types: ClassVar[list[str]] = ["rejoinder_newsroom.AuthorPage"]
    max_count_per_parent = 1

    class Meta:
        db_table = "rejoinder_author_index"
        verbose_name = _("list of authors")


class AuthorPage(PublicPage):
    """Somebody who writes for the publication: who they are, and their stories."""

    role = models.CharField(_("role"), max_length=120, blank=True, default="")
    biography = models.TextField(_("biography"), max_length=2000, blank=True, default="")

    parent_page_types: ClassVar[list[str]] = ["rejoinder_newsroom.AuthorIndex"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [*PublicPage.content_panels, FieldPanel("role"), FieldPanel("biography")]
    promote_panels = [FieldPanel("slug")]
    search_fields = [*PublicPage.search_fields, index.SearchField("biography")]

    class Meta:
        db_table = "rejoinder_author"
        verbose_name = _("author")
