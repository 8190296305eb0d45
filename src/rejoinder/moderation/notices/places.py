"""The exact place that a notice is about: the address of a comment, however it was copied."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from rejoinder.accounts.queries import is_registered
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import ids
from rejoinder.core.errors import InvalidInput
from rejoinder.core.text.check import check_short
from rejoinder.discussion.models import Comment
from rejoinder.discussion.queries import PUBLIC

LONGEST = 500
# /comments/<id>/, …?at=<id>, …#c-<id>, and …#comment-<id> as on pages that embed a discussion.
_PLACES = (
    re.compile(r"#(?:c|comment)-([0-9a-z]{1,13})$"),
    re.compile(r"[?&]at=([0-9a-z]{1,13})(?:[&#]|$)"),
    re.compile(r"/comments/([0-9a-z]{1,13})(?:[/?#]|$)"),
    re.compile(r"^([0-9a-z]{1,13})$"),
)


def comment_at(viewer: Viewer, address: str, *, host: str) -> Comment:
    """The public comment of the viewer's site at an address. `host`: by what name this server was asked.

    Raises InvalidInput at the field `address`: no such comment, somebody else's page, or not public any more. Which of
    them is not said: what is held is nobody's to find.
    """
    text = check_short(address, LONGEST, "address")
    number = _number_in(text) if _is_ours(viewer, text, host) else 0
    found = Comment.objects.filter(PUBLIC, pk=number, thread__site=viewer.site).select_related("thread__site")
    comment = found.first() if number else None
    if comment is None:
        message = _(
            "No comment of this site can be seen at this address; it may have been removed meanwhile. The address of a "
            "comment stands behind its time."
        )
        raise InvalidInput(code="address", message=message, field="address", kept=text)
    return comment


def _number_in(text: str) -> int:
    for pattern in _PLACES:
        match = pattern.search(text)
        if match and (number := ids.decode(match[1])):
            return number
    return 0


def _is_ours(viewer: Viewer, text: str, host: str) -> bool:
    """Whether it is a page of this server or one on an origin of the site. Another site's comments are its own."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if not parts.netloc:
        return not parts.scheme
    own = {host, urlsplit(str(getattr(settings, "REJOINDER_URL", "") or "")).netloc}
    return parts.scheme in {"http", "https"} and (parts.netloc in own or is_registered(viewer.site, text))
