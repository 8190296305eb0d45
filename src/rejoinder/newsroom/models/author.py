from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from rejoinder.accounts.models import Commenter
from rejoinder.newsroom.models.public import PublicPage


class AuthorIndex(PublicPage):
    """The list of those who write here."""

    parent_page_types: ClassVar[list[str]] = ["rejoinder_newsroom.FrontPage"]
    subpage_types: ClassVar[list[str]] = ["rejoinder_newsroom.AuthorPage"]
    max_count_per_parent = 1

    class Meta:
        db_table = "rejoinder_author_index"
        verbose_name = _("list of authors")


class AuthorForm(WagtailAdminPageForm):  # type: ignore[misc]
    """Offers those who work for this site, and whoever is chosen already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.parent_page or self.instance.get_parent()
        if parent is not None and "person" in self.fields:
            works_here = Q(roles__site__front_page=parent.get_parent().pk) | Q(pk=self.instance.person_id)
            offered = Commenter.objects.filter(works_here).exclude(name="").distinct()
            self.fields["person"].queryset = offered.order_by("name_key")


class AuthorPage(PublicPage):
    """Somebody who writes for the publication: who they are, and their stories."""

    role = models.CharField(_("role"), max_length=120, blank=True, default="")
    biography = models.TextField(_("biography"), max_length=2000, blank=True, default="")

    person = models.ForeignKey(
        Commenter,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("account"),
        help_text=_(
            "What this person writes beneath their own stories carries the badge “Author of the story”."
        ),
    )

    parent_page_types: ClassVar[list[str]] = ["rejoinder_newsroom.AuthorIndex"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = AuthorForm
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("role"),
        FieldPanel("biography"),
        FieldPanel("person", widget=forms.Select),
    ]
    promote_panels = [FieldPanel("slug")]
    search_fields = [*PublicPage.search_fields, index.SearchField("biography")]

    class Meta:
        db_table = "rejoinder_author"
        verbose_name = _("author")
