"""A newsroom in a Wagtail project that has an image model of its own: a story with a lead picture."""

from __future__ import annotations

from django.core.files.base import ContentFile
from wagtail.images import get_image_model

from rejoinder.accounts.actions import add_site
from rejoinder.newsroom.composing import Lead, Manuscript, write
from rejoinder.newsroom.founding import ensure_newsroom

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2" width="3" height="2"/>'


def begin() -> str:
    site = add_site(key="press", name="The Press", origins=["http://localhost"])
    front = ensure_newsroom(site=site, hostname="localhost", port=80)
    picture = get_image_model().objects.create(
        title="Quay", file=ContentFile(DRAWING, name="quay.svg"), taken_by="Ada Brook"
    )
    manuscript = Manuscript(
        headline="The quay moved", lead=Lead(picture, "A quay"), body=[("text", "<p>Nobody pushed.</p>")]
    )
    return write(front, manuscript, publish=True).address
