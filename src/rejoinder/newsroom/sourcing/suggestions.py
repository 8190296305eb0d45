"""Statements that the words of a draft show, for an editor to take, change or leave. Nothing is stored of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rejoinder.newsroom.sourcing.answering import done
from rejoinder.newsroom.sourcing.forms import read_from
from rejoinder.newsroom.sourcing.work import Work, open_work
from rejoinder.sourcing.models import Claim
from rejoinder.sourcing.passages import anchor_of
from rejoinder.sourcing.passages.anchor import LONGEST
from rejoinder.sourcing.suggesting import LANGUAGES, Suggestion, suggest

_KEPT = "rejoinder_sourcing_left"  # in the session: what this editor left
_MOST = 300


@dataclass(frozen=True, slots=True)
class Offer:
    """A statement as it would be entered. `fields`: of its form; `key`: tells it from others."""

    quote: str
    source: str
    manner: str
    fields: dict[str, str]
    key: str


def offers(request: HttpRequest, work: Work) -> list[Offer]:
    """What is suggested for a draft, in its order: what nobody has entered yet, and this editor has not left."""
    language = work.language.lower().replace("_", "-").split("-")[0]
    if language not in LANGUAGES:
        return []
    left = set(request.session.get(_KEPT, ()))
    spans = [work.standing[one.shown.passage.pk] for one in work.claims if not one.gone]
    found = [
        _offer(work, one)
        for one in suggest(work.draft, language)
        if one.end - one.begin <= LONGEST
        and not any(one.begin < end and begin < one.end for begin, end in spans)
    ]
    return [one for one in found if one.key not in left]


def _offer(work: Work, found: Suggestion) -> Offer:
    anchor = anchor_of(work.draft, found.begin, found.end)
    source = " ".join(work.draft[found.source_begin : found.source_end].split())
    fields = {
        "quote": anchor.quote,
        "before": anchor.before,
        "after": anchor.after,
        "source_0": source,
        "source_1": "",
        "manner": found.manner,
        "kind": found.kind,
        **read_from(anchor.quote, work.language),
    }
    key = hashlib.sha256(f"{work.number}\n{source}\n{anchor.quote}".encode()).hexdigest()[:24]
    return Offer(anchor.quote, source, str(Claim.Manner(found.manner).label), fields, key)


@require_POST
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """Not suggested again to this editor, until they sign out."""
    work = open_work(request, number)
    key = request.POST.get("key", "")[:24]
    if key:
        request.session[_KEPT] = [*request.session.get(_KEPT, ()), key][-_MOST:]
    return done(request, _("It is not suggested to you again."), work.address)
