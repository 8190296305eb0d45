from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel

from rejoinder.accounts.models import Site
from rejoinder.newsroom.models.public import PublicPage


class FrontPage(PublicPage):
    """The front page of one site: the root of its tree, and whose name is the masthead."""

    # Not `site`: Wagtail has sites of its own, which are host names.
    publication = models.OneToOneField(Site, on_delete=models.PROTECT, related_name="front_page")
    strapline = models.CharField(_("strapline"), max_length=160, blank=True, default="")
    lead = models.ForeignKey(
        "rejoinder_newsroom.StoryPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("lead story"),
        help_text=_("Stands at the top. Without one, the newest story does."),
    )

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "rejoinder_newsroom.StoryIndex",
        "rejoinder_newsroom.SectionIndex",
        "rejoinder_newsroom.AuthorIndex",
    ]
    # Made by `founding.ensure_newsroom` together with what it needs, never by hand.
    is_creatable = False
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("strapline"),
        PageChooserPanel("lead", "rejoinder_newsroom.StoryPage"),
    ]

    class Meta:
        db_table = "rejoinder_front_page"
        verbose_name = _("front page")

    @property
    def language(self) -> str:
        return str(self.publication.language)
