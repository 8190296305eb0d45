"""Template tags of the newsroom."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage

from rejoinder.newsroom import pictures
from rejoinder.newsroom.languages import direction
from rejoinder.newsroom.models import StoryPage
from rejoinder.newsroom.reading import Piece

register = template.Library()

# How wide a picture is drawn, for the browser's choice among the widths: as laid out in newsroom.css.
SIZES: Final = {
    "first": "(min-width: 60rem) 50rem, 100vw",
    "wide": "(min-width: 57rem) 55rem, 100vw",
    "text": "(min-width: 42rem) 38rem, 100vw",
    "small": "(min-width: 60rem) 22rem, (min-width: 40rem) 50vw, 100vw",
    "second": "(min-width: 60rem) 22rem, 100vw",
    "entry": "(min-width: 40rem) 12rem, 6rem",
}


@register.inclusion_tag("rejoinder/newsroom/image.html")
def picture(
    image: AbstractImage, *, alt: str | None, sizes: str, eager: bool | str = False
) -> dict[str, Any]:
    """A picture in the width of its place, a key of SIZES."""
    return {"drawn": pictures.drawn(image), "alt": alt or "", "sizes": SIZES[sizes], "eager": bool(eager)}


@register.simple_tag(takes_context=True)
def foreign(context: template.Context, story: StoryPage) -> SafeString | str:
    """` lang=".." dir=".."` where a story's language is not the page's."""
    if not story.language or story.language == context.get("language"):
        return ""
    return format_html(' lang="{}" dir="{}"', story.language, direction(story.language))


@register.simple_tag(takes_context=True)
def block_of(context: template.Context, piece: Piece) -> SafeString | str:
    """A block of a story's body by its own template."""
    drawn: SafeString | str = piece.value.block.render(
        piece.value, context={**context.flatten(), "marked": piece.words}
    )
    return drawn
