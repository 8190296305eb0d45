"""What the margin says of the discussion of a passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.accounts.models import Role, Site
from rejoinder.core import ids
from rejoinder.discussion.models import Comment
from rejoinder.discussion.pages import passage_url, several
from rejoinder.discussion.windows.shape import Shown
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
    """Beneath a note: what staff answered last, how many talk about the passage, and the way there.

    Three statements; where staff answered, as many more as it takes to draw comments.
    """
    keys = dict(
        Document.objects.filter(pk__in={passage.document_id for passage in passages}).values_list("pk", "key")
    )
    counts = counts_of(passages)
    answers = _answers(site, [passage for passage in passages if passage.pk in counts])
    return {
        passage.pk: format_html(
            '{}<p class="note-talk"><a href="{}">{}</a></p>',
            answers.get(passage.pk, ""),
            passage_url(site.key, keys[passage.document_id], ids.encode(passage.pk)),
            _sentence(counts.get(passage.pk, 0)),
        )
        for passage in passages
    }


def _answers(site: Site, passages: Sequence[Passage]) -> dict[int, SafeString]:
    """The newest public comment of somebody who works here, for each passage that has one."""
    if not passages:
        return {}
    tied = Comment.objects.filter(
        anchor__in=[ids.encode(passage.pk) for passage in passages],
        state=Comment.State.PUBLIC,
        author__in=Role.objects.filter(site=site).values("commenter"),
    )
    newest = {row["anchor"]: row["last"] for row in tied.values("anchor").annotate(last=Max("pk")).order_by()}
    if not newest:
        return {}
    comments = list(Comment.objects.filter(pk__in=newest.values()).select_related("thread__site"))
    drawn = several(site, comments)
    return {ids.decode(shown.anchor): _drawn(shown) for shown in drawn}


def _drawn(shown: Shown) -> SafeString:
    badges = format_html_join(
        "", ' <span class="badge">{}</span>', ((badge.label,) for badge in shown.badges)
    )
    return format_html(
        '<div class="note-answer"><p><b><bdi>{}</bdi></b>{}</p><div dir="auto">{}</div>'
        '<p><a href="{}">{}</a></p></div>',
        shown.name,
        badges,
        shown.html,
        reverse("rejoinder:comment", args=[shown.id]),
        _("This answer in the discussion"),
    )


def _sentence(count: int) -> str:
    if not count:
        return _("Comment on this passage")
    number = number_format(count, force_grouping=True)
    text = ngettext("%(number)s comment on this passage", "%(number)s comments on this passage", count)
    return text % {"number": number}
