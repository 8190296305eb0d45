"""Corrections of a story, published from the desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rejoinder.core.db import writing
from rejoinder.core.errors import InvalidInput, nothing_here
from rejoinder.core.text.numbers import whole
from rejoinder.newsroom.sourcing.answering import done, show, taken
from rejoinder.newsroom.sourcing.choosing import place_of
from rejoinder.newsroom.sourcing.forms import CorrectionForm
from rejoinder.newsroom.sourcing.work import Work, open_work
from rejoinder.sourcing.actions import keep_passage, publish_correction
from rejoinder.sourcing.models import Correction, Document, Passage
from rejoinder.sourcing.passages import Anchor


def corrections_of(work: Work) -> list[Correction]:
    """Those of a story, newest first."""
    if work.document is None:
        return []
    return list(Correction.objects.filter(document=work.document).order_by("-created", "-pk"))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Tell readers what was wrong. The story itself is corrected and published first."""
    work = open_work(request, number)
    form, status = CorrectionForm(initial=_asked(request, work)), 200
    if request.method == "POST":
        form = CorrectionForm(request.POST)
        status = taken(form, lambda: _publish(work, form))
        if not status:
            return done(request, _("The correction is published."), work.address)
    context = {"work": work, "site": work.viewer.site, "form": form, "post_url": request.path}
    return show(request, "correction", context, title=_("New correction"), status=status)


def _asked(request: HttpRequest, work: Work) -> dict[str, str]:
    """From a passage whose words have changed, both as it stood and as it stands."""
    asked = whole(request.GET.get("passage", ""))
    if asked is None or work.document is None:
        return {}
    passage = Passage.objects.filter(pk=asked, document=work.document).first()
    if passage is None:
        raise nothing_here()
    now = work.published[passage.begin : passage.end] if passage.is_in_text else ""
    return {"before": passage.quote, "after": "" if now == passage.quote else now}


def _publish(work: Work, form: CorrectionForm) -> None:
    document, data = work.document, form.cleaned_data
    if document is None or not document.version:
        message = _("This story has not been published; there is nothing to correct yet.")
        raise InvalidInput(code="unpublished", message=message, field="note")
    with writing():
        passage = corrected_passage(document, data["after"], work.published)
        words = {name: data[name] for name in ("note", "before", "after")}
        publish_correction(viewer=work.viewer, document=document, passage=passage, **words)


def corrected_passage(document: Document, after: str, published: str) -> Passage | None:
    """Where the words stand in the published text that are right now; None for words that were taken out."""
    if not after.strip():
        return None
    try:
        return keep_passage(document=document, anchor=place_of(published, Anchor(after)))
    except InvalidInput as error:
        if error.code != "passage-gone":
            error.field = "after"
            raise
        message = _("These words are not in the story as readers have it. Publish it with them first.")
        raise InvalidInput(code=error.code, message=message, field="after") from None
