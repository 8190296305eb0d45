"""The claims of a story at the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rejoinder.core.db import writing
from rejoinder.core.errors import Conflict, InvalidInput, nothing_here
from rejoinder.core.text.numbers import whole
from rejoinder.newsroom.sourcing.access import viewer_of_claim
from rejoinder.newsroom.sourcing.answering import done, refuse, show, taken
from rejoinder.newsroom.sourcing.checklist import checklist
from rejoinder.newsroom.sourcing.choosing import passage_in_draft, place_of
from rejoinder.newsroom.sourcing.corrections import corrections_of
from rejoinder.newsroom.sourcing.drawing import paragraphs
from rejoinder.newsroom.sourcing.forms import ClaimForm, StatusForm, WordsForm, read_from, said_by
from rejoinder.newsroom.sourcing.passages import stuck_in
from rejoinder.newsroom.sourcing.suggestions import offers
from rejoinder.newsroom.sourcing.work import Work, open_work, story_of
from rejoinder.sourcing.access import access_claim
from rejoinder.sourcing.actions import add_claim, change_claim, set_status, withdraw_claim
from rejoinder.sourcing.models import Claim, ClaimStatus
from rejoinder.sourcing.passages import normal
from rejoinder.sourcing.queries import Shown, claims_shown, find_sources
from rejoinder.sourcing.reports.finding import waiting

_NAMES = 300  # of the register, given along with a form
_SUGGESTED = ("source_0", "manner", "kind")


@require_safe
def story(request: HttpRequest, number: int) -> HttpResponse:
    """What a story rests on."""
    return _story(request, open_work(request, number), WordsForm())


def _story(request: HttpRequest, work: Work, form: WordsForm, status: int = 200) -> HttpResponse:
    context = {
        "work": work,
        "site": work.viewer.site,
        "form": form,
        "checklist": checklist(work),
        "offers": offers(request, work),
        "stuck": stuck_in(work),
        "reported": waiting(work.viewer.site, document=work.document) if work.document else [],
        "corrections": corrections_of(work),
        "paragraphs": paragraphs(work),
    }
    return show(request, "story", context, title=work.page.title, status=status)


@require_POST
def add(request: HttpRequest, number: int) -> HttpResponse:
    """Words first: they are answered with the form of a claim, in which their figure stands. Then the claim."""
    work = open_work(request, number)
    if "manner" not in request.POST or "edit" in request.POST:
        return _begin(request, work)
    form = ClaimForm(work.viewer, request.POST)

    def act() -> None:
        with writing():
            wish = form.wish(work.language)
            add_claim(viewer=work.viewer, passage=passage_in_draft(work, form.anchor), wish=wish)

    if status := taken(form, act):
        return _form(request, work, form, status=status)
    return done(request, _("The statement is in the list."), work.address)


def _begin(request: HttpRequest, work: Work) -> HttpResponse:
    words = WordsForm(request.POST)
    try:
        words.is_valid()
        anchor = place_of(work.draft, words.anchor)
    except (InvalidInput, Conflict) as error:
        return _story(request, work, words, status=refuse(words, error))
    suggested = {name: request.POST[name][:200] for name in _SUGGESTED if request.POST.get(name)}
    initial = {"quote": anchor.quote, "before": anchor.before, "after": anchor.after, **suggested}
    form = ClaimForm(work.viewer, initial=initial | read_from(anchor.quote, work.language))
    return _form(request, work, form)


def _form(
    request: HttpRequest,
    work: Work,
    form: ClaimForm,
    shown: Shown | None = None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "work": work,
        "site": work.viewer.site,
        "form": form,
        "shown": shown,
        "names": find_sources(work.viewer.site, most=_NAMES),
        **more,
    }
    title = _("Statement") if shown else _("New statement")
    return show(request, "claim", context, title=title, status=status)


def _open(request: HttpRequest, number: int) -> tuple[Work, Shown]:
    claim = access_claim(viewer_of_claim(request, number), number)
    story_number = story_of(claim.document)
    if story_number is None:
        raise nothing_here()
    return open_work(request, story_number), claims_shown(Claim.objects.filter(pk=claim.pk))[0]


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """One claim: what it says, and what is known of it."""
    work, shown = _open(request, number)
    if request.method != "POST":
        return _form(request, work, _claim_form(work, shown), shown, status_form=_status_form(shown))
    form = ClaimForm(work.viewer, request.POST)

    def act() -> None:
        anew = normal(form.anchor.quote) != normal(shown.passage.quote)
        with writing():
            passage = passage_in_draft(work, form.anchor) if anew else None
            wish = form.wish(work.language, shown.figure)
            seen = form.cleaned_data["seen"] or 0
            change_claim(viewer=work.viewer, claim=shown.claim, wish=wish, seen=seen, passage=passage)

    if status := taken(form, act):
        again = _open(request, number)[1]
        return _form(request, work, form, again, status=status, status_form=_status_form(again))
    return done(request, _("The statement was changed."), work.address)


def _claim_form(work: Work, shown: Shown) -> ClaimForm:
    initial = said_by(shown.claim, shown.sources, shown.figure)
    return ClaimForm(work.viewer, initial=initial, named=len(shown.sources))


def _status_form(shown: Shown) -> StatusForm:
    newest: ClaimStatus | None = shown.history[-1] if shown.history else None
    initial: dict[str, Any] = {"status": shown.claim.status, "seen": shown.claim.revision}
    if newest is not None:
        initial |= {"status_reason": newest.reason, "status_link": newest.link}
    return StatusForm(initial=initial)


@require_POST
def status(request: HttpRequest, number: int) -> HttpResponse:
    """What is known of a claim now."""
    work, shown = _open(request, number)
    form = StatusForm(request.POST)

    def act() -> None:
        data = form.cleaned_data
        words = {"status": data["status"], "reason": data["status_reason"], "link": data["status_link"]}
        try:
            set_status(viewer=work.viewer, claim=shown.claim, seen=data["seen"], **words)
        except InvalidInput as error:
            error.field = f"status_{error.field}"
            raise

    if number_of := taken(form, act):
        again = _open(request, number)[1]
        return _form(request, work, _claim_form(work, again), again, status=number_of, status_form=form)
    return done(request, _("What is known of the statement now is told."), work.address)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what was entered in error."""
    work, shown = _open(request, number)
    seen = whole(request.POST.get("seen", "")) or 0
    try:
        withdraw_claim(viewer=work.viewer, claim=shown.claim, seen=seen)
    except Conflict as error:
        more = {"wrong": str(error), "status_form": _status_form(shown)}
        return _form(request, work, _claim_form(work, shown), shown, status=409, **more)
    return done(request, _("The statement was taken out."), work.address)
