"""What the body of a story is made of."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

# Emphasis, links, two levels of headings, lists. No embeds: a reader's browser talks to nobody else.
TEXT_FEATURES = ["bold", "italic", "link", "h2", "h3", "ol", "ul"]


class Quote(blocks.StructBlock):  # type: ignore[misc]
    """What somebody said, at length."""

    text = blocks.TextBlock(label=_("What was said"))
    attribution = blocks.CharBlock(label=_("By whom, where"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "rejoinder/newsroom/blocks/quote.html"


class Picture(blocks.StructBlock):  # type: ignore[misc]
    """A picture with its caption, and whose it is."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.TextBlock(label=_("Caption"), required=False, rows=2)
    credit = blocks.CharBlock(label=_("Credit"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "rejoinder/newsroom/blocks/picture.html"


class PullOut(blocks.StructBlock):  # type: ignore[misc]
    """A sentence of the story set large, beside it where there is room."""

    text = blocks.TextBlock(label=_("Sentence"), rows=2)

    class Meta:
        icon = "pick"
        label = _("Pull-out")
        template = "rejoinder/newsroom/blocks/pull_out.html"


class LinkCard(blocks.StructBlock):  # type: ignore[misc]
    """Where to read on: an address with a title and a line of its own, fetched from nowhere."""

    url = blocks.URLBlock(label=_("Address"), max_length=2000)
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    description = blocks.TextBlock(label=_("Description"), required=False, rows=2)

    class Meta:
        icon = "link"
        label = _("Link card")
        template = "rejoinder/newsroom/blocks/link_card.html"


class Correction(blocks.StructBlock):  # type: ignore[misc]
    """What was wrong and is right now, and since when."""

    corrected = blocks.DateTimeBlock(label=_("When"))
    text = blocks.TextBlock(label=_("What was wrong, and what is right"))

    class Meta:
        icon = "warning"
        label = _("Correction")
        template = "rejoinder/newsroom/blocks/correction.html"


class Body(blocks.StreamBlock):  # type: ignore[misc]
    """The body of a story: blocks in the order in which they are read."""

    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES, icon="pilcrow")
    quote = Quote()
    picture = Picture()
    pull_out = PullOut()
    link_card = LinkCard()
    correction = Correction()


def default_body() -> list[tuple[str, Any]]:
    """A new story opens with one empty text."""
    return [("text", "")]
