"""Newsrooms, stories and pictures for tests."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Pixels
from wagtail.images import get_image_model

from rejoinder.accounts.models import Site
from rejoinder.discussion.models import Thread
from rejoinder.newsroom.composing import Manuscript, write
from rejoinder.newsroom.founding import ensure_newsroom
from rejoinder.newsroom.models import AuthorIndex, AuthorPage, FrontPage, SectionIndex, SectionPage, StoryPage
from tests import factories

# Wagtail leaves the temporary file of a rendition to the garbage collector.
LEFT_OPEN = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200" width="300" height="200">'
    '<script>document.documentElement.dataset.ran = "yes"</script>'
    '<rect width="300" height="200" fill="#246" onload="document.documentElement.dataset.ran = 1"/></svg>'
)


def newsroom(site: Site | None = None, *, hostname: str = "testserver", port: int = 80) -> FrontPage:
    """A site's newsroom that answers test clients."""
    return ensure_newsroom(site=site or factories.site(), hostname=hostname, port=port)


def section(front: FrontPage, title: str = "Harbour") -> SectionPage:
    index = SectionIndex.objects.child_of(front).get()
    return index.add_child(instance=SectionPage(title=title))


def author(front: FrontPage, name: str = "Ada Brook") -> AuthorPage:
    index = AuthorIndex.objects.child_of(front).get()
    return index.add_child(instance=AuthorPage(title=name, role="Harbour reporter"))


def story(front: FrontPage, headline: str = "", *, publish: bool = True, **more: Any) -> StoryPage:
    """A story with one paragraph, published unless said otherwise."""
    headline = headline or f"Story {factories.a_number()}"
    more.setdefault("body", [("text", "<p>The tide came in.</p>")])
    return write(front, Manuscript(headline=headline, **more), publish=publish)


def thread_of(page: StoryPage, front: FrontPage) -> Thread:
    return Thread.objects.select_related("site").get(site=front.publication, key=page.thread_key)


def photograph(width: int = 2000, height: int = 1200, name: str = "quay.jpg") -> Any:
    """A picture with pixels, and with a note of the camera's in it."""
    pixels = Pixels.new("RGB", (width, height), "#357")
    notes = Pixels.Exif()
    notes[0x010F] = "Camera of Ada Brook"
    stream = io.BytesIO()
    pixels.save(stream, "JPEG", exif=notes)
    return get_image_model().objects.create(title=name, file=ContentFile(stream.getvalue(), name=name))


def drawing(content: str = DRAWING, name: str = "quay.svg") -> Any:
    return get_image_model().objects.create(title=name, file=ContentFile(content.encode(), name=name))
