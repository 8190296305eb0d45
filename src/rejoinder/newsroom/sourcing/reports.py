"""Errors that readers reported, at the desk: a list, and an answer to each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rejoinder.accounts.viewer import Viewer
from rejoinder.core.db import writing
from rejoinder.core.text.numbers import whole
from rejoinder.newsroom.models import StoryPage
from rejoinder.newsroom.sourcing.access import access_desk, viewer_of_report
from rejoinder.newsroom.sourcing.answering import at_a_desk, done, show, taken
from rejoinder.newsroom.sourcing.corrections import corrected_passage
from rejoinder.newsroom.sourcing.forms import AnswerForm, ReportedForm
from rejoinder.newsroom.sourcing.work import story_of
from rejoinder.sourcing.actions import publish_correction
from rejoinder.sourcing.models import Document, ErrorReport
from rejoinder.sourcing.queries import text_of
from rejoinder.sourcing.reports import answer_report
from rejoinder.sourcing.reports.finding import about_the_same, access_report, answered, waiting

_LISTED = 50
_WAYS = (ErrorReport.State.DONE, ErrorReport.State.DECLINED)


def _list_of(viewer: Viewer) -> str:
    return reverse("rejoinder_sourcing_reports", args=[viewer.site.key])


@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    """Where somebody works at one desk only, its list."""
    return at_a_desk(request, "rejoinder_sourcing_reports", title=_("Reported errors"))


@require_safe
def listed(request: HttpRequest, site: str) -> HttpResponse:
    """Passages in which errors are reported, those first that wait longest; `answered=1`: what was answered."""
    viewer = access_desk(request, site)
    mark = whole(request.GET.get("seen", "")) or 0
    is_over = "answered" in request.GET
    rows: list[Any] = (
        answered(viewer.site, before=mark, most=_LISTED + 1)
        if is_over
        else waiting(viewer.site, after=mark, most=_LISTED + 1)
    )
    shown = rows[:_LISTED]
    last = shown[-1] if shown else None
    titles = _titles(row.passage.document for row in shown)
    context = {
        "site": viewer.site,
        "rows": [(titles[row.passage.document_id], row) for row in shown],
        "is_over": is_over,
        "further": (last.pk if is_over else last.first.pk) if last and len(rows) > _LISTED else 0,
    }
    return show(request, "reports", context, title=_("Reported errors"))


def _titles(documents: Iterable[Document]) -> dict[int, str]:
    """What their texts are called, by the document's number; a page of elsewhere by its key."""
    found = {document.pk: document for document in documents}
    stories = {pk: story_of(document) for pk, document in found.items()}
    numbers = [number for number in stories.values() if number]
    named = dict(StoryPage.objects.filter(pk__in=numbers).values_list("pk", "title"))
    return {pk: named.get(stories[pk] or 0, found[pk].key) for pk in found}


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: int) -> HttpResponse:
    """One report: what it says, what stands there now, and the answer. `way`: done or declined."""
    viewer = viewer_of_report(request, number)
    found = access_report(viewer, number)
    form, status = AnswerForm(), 200
    if request.method == "POST":
        form = AnswerForm(request.POST)
        status = taken(form, lambda: _answer(viewer, found, form, request.POST.get("way", "")))
        if not status:
            return done(request, _("The report is answered."), _list_of(viewer))
    return _page(request, viewer, found, form, status=status)


def _answer(viewer: Viewer, found: ErrorReport, form: AnswerForm, way: str) -> None:
    data = form.cleaned_data
    answer_report(viewer=viewer, report=found, state=way, answer=data["answer"], alike=data["alike"])


def _page(
    request: HttpRequest, viewer: Viewer, found: ErrorReport, form: AnswerForm, *, status: int
) -> HttpResponse:
    document = found.passage.document
    context = {
        "site": viewer.site,
        "report": found,
        "title": _titles([document])[document.pk],
        "story": story_of(document),
        "others": about_the_same(found),
        "form": form,
    }
    return show(request, "report", context, title=_("Reported error"), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Publish the correction that comes of a report; it is answered by that. The text is corrected first."""
    viewer = viewer_of_report(request, number)
    found = access_report(viewer, number)
    form, status = ReportedForm(initial=_begun(found)), 200
    if request.method == "POST":
        form = ReportedForm(request.POST)
        status = taken(form, lambda: _correct(viewer, found, form))
        if not status:
            return done(request, _("The correction is published."), _list_of(viewer))
    context = {"site": viewer.site, "form": form, "post_url": request.path}
    return show(request, "correction", context, title=_("New correction"), status=status)


def _begun(found: ErrorReport) -> dict[str, str]:
    """The words as they were chosen, and as they stand now."""
    passage = found.passage
    now = getattr(passage, "now", "") or ""
    return {
        "before": passage.quote,
        "after": now if passage.is_in_text and now != passage.quote else "",
        "thanked": found.name if found.thanks else "",
    }


def _correct(viewer: Viewer, found: ErrorReport, form: ReportedForm) -> None:
    document, data = found.passage.document, form.cleaned_data
    with writing():
        published = publish_correction(
            viewer=viewer,
            document=document,
            passage=corrected_passage(document, data["after"], text_of(document)),
            reporter=found.reporter,
            **{name: data[name] for name in ("note", "before", "after", "thanked")},
        )
        answer_report(
            viewer=viewer,
            report=found,
            state=ErrorReport.State.DONE,
            answer=data["answer"],
            correction=published,
            alike=data["alike"],
        )
