"""Pictures as readers get them: several widths of a photograph, a drawing as it is, sizes told in advance.

Renditions are made when a story is published (`jobs`) and read in one query a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images.models import AbstractImage

WIDTHS: Final = (480, 800, 1200, 1600)
_PREFETCHED = "prefetched_renditions"  # where Wagtail looks before it asks cache and database
# Networks that show a card want a raster picture of about this width (1.91 : 1).
CARD: Final = "fill-1200x630|format-jpeg"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What an <img> needs. `width` and `height` are pixels of the largest one: no layout shift."""

    src: str
    srcset: str
    width: int
    height: int


def specs(image: AbstractImage) -> list[str]:
    """The renditions of one picture: no wider than it is, at least one; none for a drawing (SVG)."""
    if image.is_svg():
        return []
    widths = [width for width in WIDTHS if width <= image.width] or [WIDTHS[0]]
    return [f"width-{width}|format-webp" for width in widths]


def prefetch(images: Iterable[AbstractImage | None]) -> None:
    """Load what renditions these pictures have: one query."""
    photographs = [image for image in images if image is not None and not image.is_svg()]
    if not photographs:
        return
    kind = type(photographs[0])
    wanted = {spec for image in photographs for spec in [*specs(image), CARD]}
    renditions: Any = kind.get_rendition_model().objects.filter(filter_spec__in=wanted)
    prefetch_related_objects(photographs, Prefetch("renditions", queryset=renditions, to_attr=_PREFETCHED))


def make(images: Iterable[AbstractImage | None], *, cards: bool = False) -> None:
    """Make the renditions that are missing: for jobs, so that readers do not wait for them."""
    for image in images:
        if image is not None and not image.is_svg():
            image.get_renditions(*specs(image), *([CARD] if cards else []))


def drawn(image: AbstractImage) -> Drawn:
    """How to show a picture. Asks nothing of the database for pictures that went through `prefetch`."""
    if image.is_svg():
        return Drawn(image.file.url, "", image.width, image.height)
    found = image.get_renditions(*specs(image))
    renditions = sorted(found.values(), key=lambda rendition: rendition.width)
    largest = renditions[-1]
    srcset = ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)
    fallback = next((r for r in renditions if r.width >= 800), largest)
    return Drawn(fallback.url, srcset if len(renditions) > 1 else "", largest.width, largest.height)


def card(image: AbstractImage | None) -> str:
    """The path of the picture for a link's card, or "" where there is only a drawing: networks show none."""
    if image is None or image.is_svg():
        return ""
    return str(image.get_renditions(CARD)[CARD].url)
