from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from rejoinder.newsroom.models.public import PublicPage


class SectionIndex(PublicPage):
    """The list of sections; its children are they, in the masthead's order."""

    parent_page_types: ClassVar[list[str]] = ["rejoinder_newsroom.FrontPage"]
    subpage_types: ClassVar[list[str]] = ["rejoinder_newsroom.SectionPage"]
    max_count_per_parent = 1

    class Meta:
        db_table = "rejoinder_section_index"
        verbose_name = _("list of sections")


class SectionPage(PublicPage):
    """A part of the publication, such as Harbour or Letters."""

    description = models.CharField(_("description"), max_length=300, blank=True, default="")

    parent_page_types: ClassVar[list[str]] = ["rejoinder_newsroom.SectionIndex"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [*PublicPage.content_panels, FieldPanel("description")]
    promote_panels = [FieldPanel("slug")]

    class Meta:
        db_table = "rejoinder_section"
        verbose_name = _("section")
