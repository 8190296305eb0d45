"""The demo publication as it was written: stories, pictures and threads in files, read into frozen objects.

Everything in it is invented: the town, the people, the organisations and the events.
"""

from rejoinder.project.demo.content.load import PICTURES, ContentError, load_publication
from rejoinder.project.demo.content.model import (
    Author,
    Block,
    CorrectionBlock,
    HeadingBlock,
    ImageBlock,
    LinkBlock,
    Publication,
    PulloutBlock,
    QuoteBlock,
    Removal,
    Section,
    Story,
    TextBlock,
    ThreadComment,
)

__all__ = [
    "PICTURES",
    "Author",
    "Block",
    "ContentError",
    "CorrectionBlock",
    "HeadingBlock",
    "ImageBlock",
    "LinkBlock",
    "Publication",
    "PulloutBlock",
    "QuoteBlock",
    "Removal",
    "Section",
    "Story",
    "TextBlock",
    "ThreadComment",
    "load_publication",
]
