"""The way to a report, beneath the note of a passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.core import ids
from rejoinder.discussion.pages import address
from rejoinder.sourcing.models import Passage


def links_of(site: Site, passages: Sequence[Passage]) -> Mapping[int, SafeString]:
    """For ports.note_extras, of who has a desk. No statement."""
    label = _("Report an error here")
    return {
        passage.pk: format_html(
            '<p class="note-report"><a href="{}" rel="nofollow">{}</a></p>',
            address("error-report", site.key, passage=ids.encode(passage.pk)),
            label,
        )
        for passage in passages
    }
