"""What the margin says of the discussion of a passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.accounts.models import Site
from rejoinder.core import ids
from rejoinder.discussion.models import Comment
from rejoinder.discussion.pages import passage_url
from rejoinder.sourcing.models import Document, Passage


def counts_of(passages: Iterable[Passage]) -> dict[int, int]:
    """How many public comments are about each passage, replies included; without any: absent. One statement."""
    anchors = [ids.encode(passage.pk) for passage in passages]
    tied = Comment.objects.filter(anchor__in=anchors, state=Comment.State.PUBLIC)
    counted = tied.values_list("anchor").annotate(count=Count("pk")).order_by()
    return {ids.decode(anchor or ""): count for anchor, count in counted}


def talked_about(document: Document) -> list[Passage]:
    """Passages of a text that somebody publicly talks about. One statement, or two where there are any."""
    passages = Passage.objects.filter(document=document, talked=True)
    found = [passage for passage in passages.order_by("begin", "pk") if passage.is_in_text]
    counts = counts_of(found) if found else {}
    return [passage for passage in found if passage.pk in counts]


def notes_of(site: Site, passages: Sequence[Passage]) -> Mapping[int, SafeString]:
    """Beneath a note: how many talk about the passage, with the way there. Two statements."""
    keys = dict(
        Document.objects.filter(pk__in={passage.document_id for passage in passages}).values_list("pk", "key")
    )
    counts = counts_of(passages)
    return {
        passage.pk: format_html(
            '<p class="note-talk"><a href="{}">{}</a></p>',
            passage_url(site.key, keys[passage.document_id], ids.encode(passage.pk)),
            _sentence(counts.get(passage.pk, 0)),
        )
        for passage in passages
    }


def _sentence(count: int) -> str:
    if not count:
        return _("Comment on this passage")
    number = number_format(count, force_grouping=True)
    text = ngettext("%(number)s comment on this passage", "%(number)s comments on this passage", count)
    return text % {"number": number}
