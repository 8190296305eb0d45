"""The door for all that people type: in goes what they typed, out comes what we store, or InvalidInput.

Its `kept` is what to show in the form again; its `message` is a sentence for whoever typed it.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.core.errors import InvalidInput
from rejoinder.core.text.names import MAX_NAME, check_name
from rejoinder.core.text.normal import is_blank, normalise
from rejoinder.core.text.refusals import empty, grouped, refuse_forbidden, too_long
from rejoinder.core.text.render import first_forbidden_link, plain, render

__all__ = ["MAX_BODY", "MAX_NAME", "check_and_render", "check_body", "check_name", "check_short"]

# About four printed pages: enough for the most thorough answer; and what the renderer is measured at.
MAX_BODY: Final = 10_000


def check_body(raw: str) -> str:
    """The normalised body of a comment: 1 to `MAX_BODY` characters, of which some can be seen.

    Raises InvalidInput: forbidden-character, empty, too-long, forbidden-link.
    """
    return check_and_render(raw)[0]


def check_and_render(raw: str) -> tuple[str, str]:
    """The normalised body of a comment, and its HTML. Raises as check_body does."""
    text = normalise(raw).strip("\n")
    refuse_forbidden(text, field="body")
    if len(text) > MAX_BODY:
        raise _body_too_long(text)
    if is_blank(text):
        raise _body_empty("")
    _refuse_link(text)
    html = render(text)
    if is_blank(plain(html)):  # "---" draws a rule, and we draw none
        raise _body_empty(text)
    return text, html


def check_short(
    raw: str, max_length: int, field: str, *, required: bool = True, multiline: bool = False
) -> str:
    """The normalised title, reason or note of at most `max_length` characters; "" only where not `required`.

    Unless `multiline`, line ends become spaces. Raises InvalidInput: forbidden-character, empty, too-long.
    """
    text = normalise(raw).strip()
    refuse_forbidden(text, field=field)
    if not multiline:
        text = " ".join(text.split())
    if is_blank(text):
        if required:
            raise empty(field=field)
        return ""
    if len(text) > max_length:
        raise too_long(text, max_length, field=field)
    return text


def _body_empty(kept: str) -> InvalidInput:
    message = _("Your comment is empty. Write something and post again.")
    return InvalidInput(code="empty", message=message, field="body", kept=kept)


def _body_too_long(text: str) -> InvalidInput:
    sentence = ngettext(
        "Your comment is %(length)s character long; the limit is %(limit)s. Shorten it and post again.",
        "Your comment is %(length)s characters long; the limit is %(limit)s. Shorten it and post again.",
        len(text),
    )
    message = sentence % {"length": grouped(len(text)), "limit": grouped(MAX_BODY)}
    return InvalidInput(code="too-long", message=message, field="body", kept=text)


def _refuse_link(text: str) -> None:
    scheme = first_forbidden_link(text)
    if scheme is not None:
        sentence = _(
            "A link in your comment starts with “%(scheme)s:”. Links may start with http://, https:// or "
            "mailto: only. Change or remove it and post again."
        )
        message = sentence % {"scheme": scheme}
        raise InvalidInput(code="forbidden-link", message=message, field="body", kept=text)
