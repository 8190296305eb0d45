"""What an anchor of a comment stands for: the discussion's port `Anchors`. An anchor is a passage's public id."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rejoinder.core import ids
from rejoinder.core.errors import Conflict
from rejoinder.core.text.numbers import whole
from rejoinder.discussion.anchors import About
from rejoinder.discussion.models import Alias, Thread
from rejoinder.sourcing.actions.passages import keep_passage
from rejoinder.sourcing.models import Correction, Document, DocumentVersion, Passage
from rejoinder.sourcing.passages import Anchor, normal
from rejoinder.sourcing.passages.anchor import CONTEXT
from rejoinder.sourcing.queries import text_of
from rejoinder.sourcing.talk.drawing import draw_head, draw_quote

# Of one text, by readers and desk together: each goes along with every publication.
MOST_PASSAGES = 5_000


def document_of(thread: Thread) -> Document | None:
    """The text that a thread discusses, by the thread's key or the one that it was asked for by."""
    keys = {thread.key, thread.asked_as} - {""}
    return Document.objects.filter(site=thread.site_id, key__in=keys, version__gt=0).order_by("pk").first()


def seen_passages(document: Document) -> QuerySet[Passage]:
    """The passages that readers may know of: words of a draft are nobody's business yet."""
    return Passage.objects.filter(document=document).exclude(state=Passage.State.WAITING)


def with_words(passages: QuerySet[Passage]) -> QuerySet[Passage]:
    """With the words that stand there now (`now`), their page (`url`), and the keys of site and text. One statement."""
    version = DocumentVersion.objects.filter(document=OuterRef("document"), number=OuterRef("stood_in"))
    now = Substr("text", OuterRef("begin") + 1, OuterRef("end") - OuterRef("begin"))
    url = Thread.objects.filter(site=OuterRef("document__site"), key=OuterRef("document__key")).values("url")
    return passages.annotate(
        now=Subquery(version.values(words=now)[:1]),
        url=Subquery(url[:1]),
        site_key=F("document__site__key"),
        key=F("document__key"),
    )


class PassageAnchors:
    """The discussion's port."""

    def words(self, thread: Thread, sent: Mapping[str, str]) -> str:
        document = document_of(thread)
        if document is None:
            return ""
        if "passage" in sent:
            found = seen_passages(document).filter(pk=ids.decode(sent["passage"])).first()
            return found.quote if found else ""
        quote = normal(sent.get("quote", ""))
        # What is not in the text is not what it says.
        return quote if quote and quote in text_of(document) else ""

    def keep(self, thread: Thread, sent: Mapping[str, str]) -> str:
        document = document_of(thread)
        if document is None:
            raise _gone()
        passage = passage_at(document, sent)
        if not passage.talked:
            Passage.objects.filter(pk=passage.pk).update(talked=True)
        return ids.encode(passage.pk)

    def draw(self, site: int, anchors: Collection[str]) -> Mapping[str, SafeString]:
        numbers = {ids.decode(anchor) for anchor in anchors}
        found = with_words(Passage.objects.filter(pk__in=numbers, document__site=site))
        return {ids.encode(passage.pk): draw_quote(passage) for passage in found}

    def find(self, thread: Thread, anchor: str) -> About | None:
        document = document_of(thread)
        if document is None:
            return None
        passage = with_words(seen_passages(document).filter(pk=ids.decode(anchor))).first()
        return About(anchor, draw_head(passage)) if passage else None

    def corrections(self, thread: Thread) -> list[datetime]:
        led = Alias.objects.filter(thread=thread.pk).values("key")
        of_text = Q(document__key=thread.key) | Q(document__key__in=led)
        found = Correction.objects.filter(of_text, document__site=thread.site_id).order_by("created")
        return list(found.values_list("created", flat=True))


def passage_at(document: Document, sent: Mapping[str, str]) -> Passage:
    """What was sent of a place, as a passage: within a transaction. Raises InvalidInput and Conflict."""
    if "passage" not in sent:
        _check_room(document)
        return keep_passage(document=document, anchor=_selected(sent))
    passage = seen_passages(document).filter(pk=ids.decode(sent["passage"])).first()
    if passage is None:
        raise _gone()
    return passage


def _gone() -> Conflict:
    return Conflict(_("The text has changed in between; these words are not in it any more."), code="gone")


def _check_room(document: Document) -> None:
    if Passage.objects.filter(document=document).count() >= MOST_PASSAGES:
        message = _("There are comments at very many places of this text already: choose one of those.")
        raise Conflict(message, code="passages")


def _selected(sent: Mapping[str, str]) -> Anchor:
    before, after = normal(sent.get("before", "")), normal(sent.get("after", ""))
    return Anchor(
        sent.get("quote", ""),
        before[-CONTEXT:],
        after[:CONTEXT],
        whole(sent.get("position", ""), 9) or 0,
        whole(sent.get("version", ""), 9) or 0,
    )
