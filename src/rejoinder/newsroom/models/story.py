from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable
from wagtail.search import index

from rejoinder.newsroom.blocks import Body
from rejoinder.newsroom.languages import LANGUAGES, direction
from rejoinder.newsroom.models.author import AuthorPage
from rejoinder.newsroom.models.public import PublicPage
from rejoinder.newsroom.models.section import SectionPage

# Last looks right after publication are no update.
UPDATED_AFTER = timedelta(minutes=10)


class StoryIndex(PublicPage):
    """Where stories stand in the tree; readers who ask for it are led to the front page."""

    parent_page_types: ClassVar[list[str]] = ["rejoinder_newsroom.FrontPage"]
    subpage_types: ClassVar[list[str]] = ["rejoinder_newsroom.StoryPage"]
    max_count_per_parent = 1

    class Meta:
        db_table = "rejoinder_story_index"
        verbose_name = _("stories")

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """It has no page of its own."""
        return []


class StoryForm(WagtailAdminPageForm):  # type: ignore[misc]
    """Offers the sections of this site only: one server has many."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.parent_page or self.instance.get_parent()
        if parent is not None and "section" in self.fields:
            front = parent.get_parent()
            self.fields["section"].queryset = SectionPage.objects.descendant_of(front).order_by("path")


class StoryPage(PublicPage):
    """A story. Its headline is the page's title, its time of publication `first_published_at`."""

    standfirst = models.TextField(_("standfirst"), max_length=600, blank=True, default="")
    section = models.ForeignKey(
        SectionPage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stories",
        verbose_name=_("section"),
    )
    dateline_place = models.CharField(_("dateline: place"), max_length=80, blank=True, default="")
    dateline_date = models.DateField(_("dateline: date"), null=True, blank=True)
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        default="",
        help_text=_("Of the text, where it is not the language of the publication."),
    )
    lead_image = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("lead picture"),
    )
    lead_alt = models.CharField(
        _("description for those who do not see it"), max_length=300, blank=True, default=""
    )
    lead_caption = models.CharField(_("caption"), max_length=400, blank=True, default="")
    lead_credit = models.CharField(_("credit"), max_length=200, blank=True, default="")
    # What it was imported from: the same file twice makes one story.
    import_key = models.CharField(max_length=200, blank=True, default="", db_index=True, editable=False)
    body = StreamField(Body(), blank=True, verbose_name=_("body"))

    parent_page_types: ClassVar[list[str]] = ["rejoinder_newsroom.StoryIndex"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = StoryForm
    content_panels = [
        TitleFieldPanel("title", heading=_("Headline"), placeholder=_("Headline")),
        FieldPanel("standfirst", widget=forms.Textarea(attrs={"rows": 3})),
        InlinePanel("bylines", heading=_("By"), label=_("author"), max_num=12),
        FieldPanel("section", widget=forms.Select),
        MultiFieldPanel([FieldPanel("dateline_place"), FieldPanel("dateline_date")], heading=_("Dateline")),
        MultiFieldPanel(
            [
                FieldPanel("lead_image"),
                FieldPanel("lead_alt"),
                FieldPanel("lead_caption"),
                FieldPanel("lead_credit"),
            ],
            heading=_("Lead picture"),
        ),
        FieldPanel("body"),
    ]
    promote_panels = [
        FieldPanel("slug"),
        FieldPanel("language", widget=forms.Select(choices=[("", _("as the publication")), *LANGUAGES])),
        HelpPanel(template="rejoinder/newsroom/desk/discussion_panel.html", heading=_("Discussion")),
    ]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("body"),
        index.FilterField("section"),
    ]

    class Meta:
        db_table = "rejoinder_story"
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def clean(self) -> None:
        super().clean()
        if self.lead_image_id and not self.lead_alt.strip():
            raise ValidationError({"lead_alt": _("Say what the picture shows, for those who do not see it.")})

    @property
    def thread_key(self) -> str:
        """The key of its thread: survives a change of slug or of host name."""
        return f"story-{self.pk}"

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def updated(self) -> datetime | None:
        """When it was last changed, where that was well after its publication; else None."""
        first, last = self.first_published_at, self.last_published_at
        return last if first and last and last - first > UPDATED_AFTER else None


class Byline(Orderable):  # type: ignore[misc]
    """One of those who wrote a story: somebody with a page here, or a name."""

    story = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        AuthorPage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="bylines",
        verbose_name=_("author"),
    )
    # As it was signed: it stays when the author's page goes.
    name = models.CharField(
        _("name"), max_length=120, blank=True, default="", help_text=_("Of somebody without a page here.")
    )

    panels = [PageChooserPanel("author", "rejoinder_newsroom.AuthorPage"), FieldPanel("name")]

    class Meta(Orderable.Meta):  # type: ignore[misc]
        db_table = "rejoinder_byline"

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """The name as readers see it."""
        return str(self.author.title) if self.author else self.name

    def clean(self) -> None:
        super().clean()
        if self.author is None and not self.name.strip():
            raise ValidationError(_("Choose an author, or write a name."))
        if self.author is not None:
            self.name = str(self.author.title)[:120]
