"""The words that comments are about, as they stand above these. In the language that is active."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from rejoinder.core import ids
from rejoinder.discussion.pages import passage_url
from rejoinder.sourcing.models import Passage

_SHORT = 200  # characters above a comment; its own page has all of it


def draw_quote(passage: Any) -> SafeString:
    """Above a comment. `passage`: as talk.anchoring.with_words makes it."""
    anchor = ids.encode(passage.pk)
    more = format_html(
        '<a href="{}">{}</a>',
        passage_url(passage.site_key, passage.key, anchor),
        _("All about this passage"),
    )
    return _drawn(passage, Truncator(passage.quote).chars(_SHORT), more)


def draw_head(passage: Any) -> SafeString:
    """At the head of the page of the comments about it."""
    return _drawn(passage, passage.quote, "")


def _drawn(passage: Any, words: str, more: SafeString | str) -> SafeString:
    told = state_of(passage)
    quote = format_html('<a href="{}#p-{}">{}</a>', passage.url, ids.encode(passage.pk), words)
    shown = quote if passage.url and passage.is_in_text else words
    below = format_html("<p>{}{}{}</p>", told, " " if told and more else "", more) if told or more else ""
    return format_html('<div class="about"><blockquote dir="auto">{}</blockquote>{}</div>', shown, below)


def state_of(passage: Any) -> SafeString | str:
    """What became of its words since they were chosen; "" where they stand as they stood."""
    if not passage.is_in_text:
        return _("These words are no longer in the text.")
    if _tidy(passage.now or "") != _tidy(passage.quote):
        now = Truncator(passage.now).chars(_SHORT)
        return format_html("{} <q>{}</q>", _("The text was changed since. It says there now:"), now)
    if passage.state == Passage.State.CHANGED:
        return _("The text around these words was changed since.")
    return ""


def _tidy(words: str) -> str:
    return " ".join(words.split())
