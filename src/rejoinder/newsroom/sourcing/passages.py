"""Passages that need a person: detached, or in other words than were chosen."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rejoinder.accounts.viewer import Viewer
from rejoinder.core.errors import Conflict, InvalidInput, nothing_here
from rejoinder.core.text.numbers import whole
from rejoinder.newsroom.models import StoryPage
from rejoinder.newsroom.sourcing.access import access_desk, viewer_of_passage
from rejoinder.newsroom.sourcing.answering import done, show
from rejoinder.newsroom.sourcing.choosing import place_of
from rejoinder.newsroom.sourcing.forms import WordsForm
from rejoinder.newsroom.sourcing.work import Work, address_of, story_of
from rejoinder.sourcing.access import access_passage
from rejoinder.sourcing.actions import confirm_passage, move_passage, withdraw_claim
from rejoinder.sourcing.models import Claim, Document, Passage
from rejoinder.sourcing.queries import passages_to_look_at, text_of

_LISTED = 500


@dataclass(frozen=True, slots=True)
class Stuck:
    """`now`: what stands there in the published text; "" for one that is detached."""

    passage: Passage
    now: str
    claims: list[Claim]


def stuck_in(work: Work) -> list[Stuck]:
    """Those of a story, as readers have it. A correction of words that are gone since needs nobody."""
    if work.document is None or not work.document.version:
        return []
    claims: dict[int, list[Claim]] = {}
    for claim in Claim.objects.filter(document=work.document, withdrawn=None).order_by("pk"):
        claims.setdefault(claim.passage_id, []).append(claim)
    return [
        Stuck(passage, _now(work, passage), claims[passage.pk])
        for passage in passages_to_look_at(work.viewer.site, document=work.document)
        if passage.pk in claims
    ]


def _now(work: Work, passage: Passage) -> str:
    return work.published[passage.begin : passage.end] if passage.is_in_text else ""


@require_safe
def look(request: HttpRequest, site: str) -> HttpResponse:
    """The stories of a site in which passages need a person."""
    viewer = access_desk(request, site)
    claimed = Claim.objects.filter(passage=OuterRef("pk"), withdrawn=None)
    found: dict[Document, int] = {}
    for passage in passages_to_look_at(viewer.site).filter(Exists(claimed))[:_LISTED]:
        found[passage.document] = found.get(passage.document, 0) + 1
    numbers = {document: story_of(document) for document in found}
    titles = dict(StoryPage.objects.filter(pk__in=filter(None, numbers.values())).values_list("pk", "title"))
    rows = [
        (number, titles[number], found[document]) for document, number in numbers.items() if number in titles
    ]
    return show(request, "look", {"site": viewer.site, "rows": rows}, title=_("Passages to look at"))


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """It is right where it is; it is at other words; or nothing is said of it any more."""
    viewer = viewer_of_passage(request, number)
    passage = access_passage(viewer, number)
    story = story_of(passage.document)
    if story is None:
        raise nothing_here()
    ways = {"confirm": _confirm, "move": _move, "end": _end}
    way = ways.get(request.POST.get("way", ""))
    if way is None:
        raise nothing_here()
    try:
        sentence = way(viewer, passage, request)
    except (InvalidInput, Conflict) as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(address_of(story), status=303)
    return done(request, sentence, address_of(story))


def _confirm(viewer: Viewer, passage: Passage, request: HttpRequest) -> str:
    confirm_passage(viewer=viewer, passage=passage)
    return _("The mark stays where it is.")


def _move(viewer: Viewer, passage: Passage, request: HttpRequest) -> str:
    form = WordsForm(request.POST)
    form.is_valid()
    document = passage.document
    anchor = place_of(text_of(document), form.anchor)
    move_passage(
        viewer=viewer, passage=passage, begin=anchor.position, end=anchor.end, version=document.version
    )
    return _("The mark stands at these words now.")


def _end(viewer: Viewer, passage: Passage, request: HttpRequest) -> str:
    """`claim`: its number and the revision that the viewer had before them, as often as there are claims."""
    for pair in request.POST.getlist("claim"):
        number, _colon, seen = pair.partition(":")
        claim = Claim.objects.filter(pk=whole(number) or 0, passage=passage).first()
        if claim is not None:
            withdraw_claim(viewer=viewer, claim=claim, seen=whole(seen) or 0)
    return _("The statement was taken out.")
