"""Selected words of a draft, as passages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rejoinder.core.errors import InvalidInput
from rejoinder.newsroom.sourcing.work import Work, document_for
from rejoinder.sourcing.actions import keep_passage
from rejoinder.sourcing.models import Passage
from rejoinder.sourcing.passages import Anchor, Detached, anchor_of, locate, normal
from rejoinder.sourcing.passages.anchor import LONGEST


def place_of(text: str, anchor: Anchor) -> Anchor:
    """The anchor of a selection as it stands in a text. Raises InvalidInput.

    What an editor shows and what a story's text is differ in blanks and quotes, never in words: what is only similar
    is not what was selected.
    """
    quote = normal(anchor.quote)
    if not any(character.isalnum() for character in quote):
        raise _refused(_("Select some words of the text first."), "nothing")
    if len(quote) > LONGEST:
        raise _refused(_("Select less: a statement, not the whole story."), "long")
    begin = text.find(quote)
    if begin >= 0 and text.find(quote, begin + 1) < 0:
        return anchor_of(text, begin, begin + len(quote))
    if begin >= 0 and not anchor.before and not anchor.after:
        raise _refused(
            _("These words stand there more than once. Take some of the words around them too."), "twice"
        )
    place = locate(Anchor(quote, anchor.before, anchor.after, anchor.position), text)
    if isinstance(place, Detached) or not _same(text[place.begin : place.end], quote):
        message = _("These words are not in the story as it was saved last. Save it, then select them again.")
        raise _refused(message, "gone")
    return anchor_of(text, place.begin, place.end)


def _same(there: str, quote: str) -> bool:
    def letters(text: str) -> str:
        return "".join(filter(str.isalnum, text.casefold()))

    return letters(there) == letters(quote)


def _refused(message: str, code: str) -> InvalidInput:
    return InvalidInput(code=f"passage-{code}", message=message, field="quote")


def passage_in_draft(work: Work, anchor: Anchor) -> Passage:
    """The passage of words of the draft; it waits where readers do not have them yet. Raises InvalidInput."""
    return keep_passage(document=document_for(work), anchor=place_of(work.draft, anchor), waits=True)
