"""The sentences with which the door turns a text away: what is wrong, where, and what to do about it."""

from __future__ import annotations

from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rejoinder.core.errors import InvalidInput, Sentence
from rejoinder.core.text.normal import Kind, clean, find_forbidden

UNREADABLE: Final = "\ufffd"
_UNREADABLE: Final = gettext_lazy(
    "Line %(line)s holds something that could not be read as text and came as “\ufffd”. We have taken it out: "
    "look the text over and send it again."
)
_FORBIDDEN: Final[dict[Kind, Sentence]] = {
    "control": gettext_lazy(
        "Line %(line)s holds an invisible control character (%(code)s). We have taken it out: look the text "
        "over and send it again."
    ),
    "surrogate": gettext_lazy(
        "Line %(line)s holds half a character (%(code)s), as happens when a text is cut. We have taken it "
        "out: look the text over and send it again."
    ),
    "noncharacter": gettext_lazy(
        "Line %(line)s holds a code that stands for no character (%(code)s). We have taken it out: look the "
        "text over and send it again."
    ),
    "direction": gettext_lazy(
        "Line %(line)s holds an invisible mark that turns the direction of the text around it (%(code)s). We "
        "have taken it out: look the text over and send it again."
    ),
    "separator": gettext_lazy(
        "Line %(line)s holds a separator that word processors use (%(code)s). We have put a line end in its "
        "place: look the text over and send it again."
    ),
    "marks": gettext_lazy(
        "Line %(line)s piles up more accents on one letter than fit into it. We have kept the first few: "
        "look the text over and send it again."
    ),
}


def kept(text: str) -> str:
    """What was typed, without what no text may hold: to stand in the form again."""
    return clean(text).replace(UNREADABLE, "")


def refuse_forbidden(text: str, *, field: str) -> None:
    """Raise InvalidInput for the first character of `text` that no text may hold."""
    problems = find_forbidden(text)
    if problems:
        first = problems[0]
        place = {"line": text.count("\n", 0, first.index) + 1, "code": f"U+{ord(first.character):04X}"}
        sentence = _FORBIDDEN[first.kind] % place
        raise InvalidInput(code="forbidden-character", message=sentence, field=field, kept=kept(text))
    if UNREADABLE in text:
        # What a request brings that is no UTF-8 (half characters, other encodings) arrives as this sign.
        line = text.count("\n", 0, text.index(UNREADABLE)) + 1
        raise InvalidInput(
            code="unreadable",
            message=_UNREADABLE % {"line": line},
            field=field,
            kept=kept(text),
        )


def empty(*, field: str, kept: str = "") -> InvalidInput:
    """The refusal of a text that shows nothing."""
    return InvalidInput(
        code="empty",
        message=_("Nothing to read here yet. Write something and send it."),
        field=field,
        kept=kept,
    )


def too_long(text: str, limit: int, *, field: str) -> InvalidInput:
    """The refusal of a text longer than `limit` characters."""
    sentence = ngettext(
        "This text is %(length)s character long; the limit is %(limit)s. Shorten it and send it again.",
        "This text is %(length)s characters long; the limit is %(limit)s. Shorten it and send it again.",
        len(text),
    )
    message = sentence % {"length": grouped(len(text)), "limit": grouped(limit)}
    return InvalidInput(code="too-long", message=message, field=field, kept=text)


def grouped(number: int) -> str:
    """`number` as the reader's language writes it: 10,000 or 10.000."""
    return number_format(number, force_grouping=True)
