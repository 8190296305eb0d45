"""What a page of the console has many times over: made here, where a template takes ten times as long."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_OPTION = '<option value="{}" data-key="{}">{}</option>'
_CHOSEN = '<option value="{}" selected data-key="{}">{}</option>'


@register.filter
def options(grounds: Sequence[dict[str, str]], chosen: str) -> SafeString:
    """The grounds (see queue.drawing) as the options of a list, one of them chosen."""
    drawn = (
        format_html(_CHOSEN if one["code"] == chosen else _OPTION, one["code"], one["key"], one["label"])
        for one in grounds
    )
    return format_html_join("", "{}", ((one,) for one in drawn))
