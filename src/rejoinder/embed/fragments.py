"""The discussion as markup for pages elsewhere: as our own pages show it, its addresses leading here from there."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from rejoinder.accounts.models import Site
from rejoinder.discussion import pages
from rejoinder.discussion.models import Thread
from rejoinder.discussion.windows import markup
from rejoinder.discussion.windows.shape import Window

# Within a tag only: in text, < is always written &lt;.
_ADDRESS = re.compile(r"(<(?:a|form)\b[^<>]*?\s(?:href|action)=\")/(?!/)")
_HOME = re.compile(r"(<rejoinder-discussion\b[^<>]*>)")
_DATA = re.compile(r"(\sdata-(?:window|mine|new)=\")/(?!/)")
_FORM = re.compile(r"<form\b.*?</form>\n?", re.DOTALL)
_BUTTON = re.compile(r"<button\b.*?</button>\n?", re.DOTALL)
# Ids of ours are for our own pages and shadow trees; in a foreign page they could meet the page's own.
_ID = re.compile(r"\s(?:id|aria-labelledby|aria-controls|tabindex)=\"[^\"<>]*\"(?=[^<>]*>)")

_PLACE = "=== comments ==="


def language_of(site: Site, asked: str | None) -> str:
    """The language to answer in: the page's, where we speak it, else the site's."""
    code = (asked or "").lower().replace("_", "-")
    known = [language for language, _name in settings.LANGUAGES]
    return next((found for found in (code, code.partition("-")[0]) if found in known), site.language)


def discussion(site: Site, thread: Thread, window: Window, *, home: str) -> str:
    """The whole discussion for the embed, in the language that is active. `home`: our origin."""
    language = translation.get_language() or site.language
    context: dict[str, Any] = {
        **pages.discussion_context(site, thread, window),
        "window_url": pages.address("embed-thread", site.key, key=thread.key, lang=language),
        "language": language,
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "included_url": reverse("rejoinder:embed-included", args=[site.key]),
    }
    return absolute(render_to_string("rejoinder/embed/discussion.html", context), home)


def part(window: Window, *, home: str) -> str:
    """One further window."""
    return absolute(markup.window(window), home)


def included(site: Site, thread: Thread, window: Window, *, home: str) -> str:
    """The comments as plain markup for a server to put into its page: no forms, no ids, nothing that needs a script."""
    drawn = _ID.sub("", _BUTTON.sub("", _FORM.sub("", str(markup.window(window)))))
    context = {
        "heading": pages.heading(window.comment_count),
        "thread_url": pages.thread_url(site.key, thread.key),
        "language": translation.get_language(),
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "closed": window.closed,
    }
    # The template trusts nothing: what is drawn takes the place of a mark in it.
    around = render_to_string("rejoinder/embed/included.html", {**context, "place": _PLACE})
    return absolute(around.replace(_PLACE, drawn, 1), home)


def absolute(html: str, home: str) -> str:
    """Markup of ours whose addresses begin with our origin."""
    # As plain text: markup that knows itself to be safe escapes what is put into it.
    html = _ADDRESS.sub(rf"\g<1>{home}/", str(html))
    return _HOME.sub(lambda tag: _DATA.sub(rf"\g<1>{home}/", tag[1]), html)
