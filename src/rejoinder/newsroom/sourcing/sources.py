"""The register of sources at the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rejoinder.accounts.viewer import Viewer
from rejoinder.core.errors import Conflict
from rejoinder.core.text.numbers import whole
from rejoinder.newsroom.sourcing.access import access_desk
from rejoinder.newsroom.sourcing.answering import at_a_desk, done, show, taken
from rejoinder.newsroom.sourcing.forms import SourceForm, names_of
from rejoinder.newsroom.sourcing.work import story_of
from rejoinder.sourcing.access import access_source
from rejoinder.sourcing.actions import add_source, change_source, delete_source, merge_sources, undo_merge
from rejoinder.sourcing.models import Claim, Source, SourceMerge, SourceName
from rejoinder.sourcing.names import key_of
from rejoinder.sourcing.queries import claims_shown, find_sources

_LISTED = 500
_SHOWN = 50  # statements of a source


def _address(viewer: Viewer, source: Source | None = None) -> str:
    key = viewer.site.key
    if source is None:
        return reverse("rejoinder_sourcing_sources", args=[key])
    return reverse("rejoinder_sourcing_source", args=[key, source.pk])


@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    """Where somebody works at one desk only, its register."""
    return at_a_desk(request, "rejoinder_sourcing_sources", title=_("Sources"))


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, site: str) -> HttpResponse:
    """All sources, and the form of a new one."""
    viewer = access_desk(request, site)
    form, status = SourceForm(), 200
    if request.method == "POST":
        form = SourceForm(request.POST)
        status = taken(form, lambda: add_source(viewer=viewer, wish=form.wish))
        if not status:
            return done(request, _("The source is in the register."), _address(viewer))
    words = request.GET.get("q", "")[:160]
    listed = find_sources(viewer.site, words, most=_LISTED + 1)
    context = {
        "site": viewer.site,
        "form": form,
        "words": words,
        "sources": _counted(listed[:_LISTED]),
        "more": len(listed) > _LISTED,
    }
    return show(request, "sources", context, title=_("Sources"), status=status)


def _counted(sources: list[Source]) -> list[tuple[Source, int]]:
    said = Count("claims", filter=Q(claims__withdrawn=None))
    counts = dict(
        Source.objects.filter(pk__in=[one.pk for one in sources]).annotate(n=said).values_list("pk", "n")
    )
    return [(source, counts.get(source.pk, 0)) for source in sources]


@require_safe
def names(request: HttpRequest, site: str) -> JsonResponse:
    """Names of the register with these words in them, for the field in which a source is named."""
    viewer = access_desk(request, site)
    found = find_sources(viewer.site, request.GET.get("q", "")[:160], most=20)
    return JsonResponse({"names": [{"name": source.name, "about": about(source)} for source in found]})


def about(source: Source) -> str:
    """Kind and side, in one line."""
    return ", ".join(filter(None, (str(source.get_kind_display()), source.side)))


@require_http_methods(["GET", "HEAD", "POST"])
def source(request: HttpRequest, site: str, number: int) -> HttpResponse:
    """One source: what it is, what it said, what it was merged with."""
    viewer = access_desk(request, site)
    found = access_source(viewer, number)
    if found.merged_into is not None:
        return HttpResponseRedirect(_address(viewer, found.merged_into))
    if request.method != "POST":
        return _page(request, viewer, found, SourceForm(initial=_initial(found)))
    form = SourceForm(request.POST)
    status = taken(
        form,
        lambda: change_source(
            viewer=viewer, source=found, wish=form.wish, seen=form.cleaned_data["seen"] or 0
        ),
    )
    if status:
        return _page(request, viewer, found, form, status=status)
    return done(request, _("The source was changed."), _address(viewer, found))


def _initial(source: Source) -> dict[str, Any]:
    plain = {name: getattr(source, name) for name in ("name", "kind", "side", "link", "reason")}
    return plain | {"aliases": "\n".join(names_of(source)), "seen": source.revision}


def _page(
    request: HttpRequest,
    viewer: Viewer,
    source: Source,
    form: SourceForm,
    *,
    status: int = 200,
    wrong: str = "",
) -> HttpResponse:
    shown = claims_shown(Claim.objects.filter(sources=source).order_by("-pk")[:_SHOWN])
    context = {
        "site": viewer.site,
        "source": source,
        "form": form,
        "claims": [(one, story_of(one.claim.document)) for one in shown],
        "merges": SourceMerge.objects.filter(into=source, undone=None)
        .select_related("source")
        .order_by("pk"),
        "names": find_sources(viewer.site, most=_LISTED),
        "wrong": wrong,
    }
    return show(request, "source", context, title=source.name, status=status)


@require_POST
def delete(request: HttpRequest, site: str, number: int) -> HttpResponse:
    """Refused where statements name it; the page lists them."""
    viewer = access_desk(request, site)
    found = access_source(viewer, number)
    try:
        delete_source(viewer=viewer, source=found)
    except Conflict as error:
        form = SourceForm(initial=_initial(found))
        return _page(request, viewer, found, form, status=409, wrong=str(error))
    return done(request, _("The source is gone from the register."), _address(viewer))


@require_POST
def merge(request: HttpRequest, site: str, number: int) -> HttpResponse:
    """Asks first, and says what will be; done when it is asked for again."""
    viewer = access_desk(request, site)
    lost = access_source(viewer, number)
    name = request.POST.get("into", "")[:500]
    known = SourceName.objects.filter(site=viewer.site, key=key_of(name)).select_related("source").first()
    if known is None or known.source_id == lost.pk:
        wrong = _("Choose another source of the register to merge this one into.")
        return _page(request, viewer, lost, SourceForm(initial=_initial(lost)), status=422, wrong=wrong)
    kept = known.source
    if "sure" not in request.POST:
        count = Claim.objects.filter(sources=lost, withdrawn=None).count()
        context = {"site": viewer.site, "lost": lost, "kept": kept, "count": count}
        return show(request, "merge", context, title=_("Merge sources"))
    try:
        merge_sources(viewer=viewer, source=lost, into=kept)
    except Conflict as error:
        return _page(request, viewer, lost, SourceForm(initial=_initial(lost)), status=409, wrong=str(error))
    return done(request, _("The two sources are one."), _address(viewer, kept))


@require_POST
def part(request: HttpRequest, site: str, number: int) -> HttpResponse:
    """Take a merge back."""
    viewer = access_desk(request, site)
    found = access_source(viewer, number)
    merges = SourceMerge.objects.filter(into=found, undone=None)
    row = merges.filter(pk=whole(request.POST.get("merge", "")) or 0).first()
    try:
        if row is None:
            raise Conflict(_("This was taken back already."), code="decided")
        own = undo_merge(viewer=viewer, merge=row)
    except Conflict as error:
        return _page(
            request, viewer, found, SourceForm(initial=_initial(found)), status=409, wrong=str(error)
        )
    return done(request, _("The source is one of its own again."), _address(viewer, own))
