"""What all pages of a newsroom share: one tree a site, one door for readers, nothing private."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.models import Page


class PublicPage(Page):  # type: ignore[misc]
    """A page that every reader sees alike."""

    # A page shown to some readers only could not be kept by caches; drafts are what is not for everybody yet.
    private_page_options: ClassVar[list[str]] = []
    promote_panels: ClassVar[list[Any]] = []

    class Meta:
        abstract = True

    @property
    def path_from_front(self) -> str:
        """The path below the front page ("stories/the-slug/"): front pages are children of the root."""
        return str(self.url_path).split("/", 2)[2]

    @property
    def address(self) -> str:
        """The path that a reader's browser asks for; free of queries, unlike Wagtail's `url`."""
        return reverse("wagtail_serve", args=[self.path_from_front])

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer a reader, as the addresses do that have a view of their own."""
        from rejoinder.newsroom import pages

        request.is_preview = getattr(request, "is_preview", False)  # type: ignore[attr-defined]
        return pages.serve(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """What readers would get, for the desk."""
        request.is_preview = True  # type: ignore[attr-defined]
        return self.serve(request)
