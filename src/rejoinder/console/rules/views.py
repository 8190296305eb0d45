"""Rules: in the order they run, with what each did or would have done; added, changed, switched, removed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import access_console
from rejoinder.console.page import back, show
from rejoinder.console.rules.forms import RuleForm, initial
from rejoinder.core import clock
from rejoinder.core.errors import Conflict, InvalidInput
from rejoinder.core.http import choice, required, status_of
from rejoinder.core.origin import own_forms_only
from rejoinder.core.text.plain import excerpt
from rejoinder.discussion import pages
from rejoinder.moderation.models import Decision, Rule, RuleHit
from rejoinder.moderation.rules import Would, access_rule, remove, save, switch, would
from rejoinder.moderation.rules.changing import TooWide
from rejoinder.moderation.rules.checking import check
from rejoinder.moderation.screening.kinds import KINDS, ORDER

__all__ = ["new", "rule", "rules", "switches"]

PLACE = "console-rules"
DAYS = 7


@require_safe
def rules(request: HttpRequest, site: str) -> HttpResponse:
    """GET /console/<site>/rules/: all rules, in the order they run."""
    return _list(request, access_console(request, site, may="read"))


def _list(request: HttpRequest, viewer: Viewer, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = Rule.objects.filter(site=viewer.site).select_related("thread")
    found = sorted(rows, key=lambda one: (ORDER[one.kind], one.pk))
    since = clock.now() - timedelta(days=DAYS)
    acted = _counted(
        Decision.objects.filter(site=viewer.site, actor=None, comment__isnull=False), "rule", since
    )
    noted = _counted(RuleHit.objects.filter(rule__site=viewer.site), "rule", since)
    context = {
        "page_title": _("Rules"),
        "lines": [
            {
                "rule": one,
                "acted": acted.get(one.name, 0),
                "noted": noted.get(one.pk, 0),
                "examples": _noted(one) if one.mode == Rule.Mode.LOG else [],
                "modes": Rule.Mode.choices,
            }
            for one in found
        ],
        "kinds": [(kind, Rule.Kind(kind).label) for kind in KINDS],
        **more,
    }
    return show(request, viewer, "rejoinder/console/rules.html", context, place=PLACE, status=status)


def _counted(rows: Any, by: str, since: Any) -> dict[Any, int]:
    counts = (
        rows.filter(created__gt=since).values(by).annotate(n=Count("comment", distinct=True), last=Max("id"))
    )
    return {row[by]: row["n"] for row in counts.order_by()}


def _noted(one: Rule) -> list[dict[str, str]]:
    hits = one.hits.select_related("comment__thread__site").order_by("-id")[:3]
    return [_example(hit.comment, [hit.found] if hit.found else []) for hit in hits]


def _example(comment: Any, found: list[str]) -> dict[str, str]:
    return {
        "url": pages.comment_url(comment),
        "text": excerpt(comment.body, 120),
        "found": ", ".join(found)[:200],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@own_forms_only
def new(request: HttpRequest, site: str) -> HttpResponse:
    """GET and POST /console/<site>/rules/new?kind=…: a rule that is not there yet."""
    viewer = access_console(request, site, may="rule")
    kind = choice(request.GET, "kind", dict(Rule.Kind.choices), Rule.Kind.PHRASES)
    if request.method != "POST":
        return _form(
            request, viewer, RuleForm(kind, viewer.site, initial={"mode": "log", "severity": "2"}), None
        )
    return _posted(request, viewer, RuleForm(kind, viewer.site, request.POST), None)


@require_http_methods(["GET", "HEAD", "POST"])
@own_forms_only
def rule(request: HttpRequest, site: str) -> HttpResponse:
    """GET and POST /console/<site>/rules/rule?id=…: one rule; do: preview, save, remove."""
    viewer = access_console(request, site, may="rule")
    one = access_rule(viewer, required(request.GET, "id", longest=20))
    if request.method != "POST":
        return _form(request, viewer, RuleForm(one.kind, viewer.site, initial=initial(one)), one)
    if request.POST.get("do") == "remove":
        remove(viewer=viewer, rule=one)
        return back(reverse("rejoinder:console-rules", args=[viewer.site.key]))
    return _posted(request, viewer, RuleForm(one.kind, viewer.site, request.POST), one)


def _posted(request: HttpRequest, viewer: Viewer, form: RuleForm, one: Rule | None) -> HttpResponse:
    """Show what it would do, or save it; what is wrong stands at its field."""
    if not form.is_valid():
        return _form(request, viewer, form, one, status=422)
    try:
        if request.POST.get("do") == "preview":
            trial = Rule(site=viewer.site, **check(viewer.site, form.wish, one))
            return _form(request, viewer, form, one, looked=would(trial, days=DAYS), previewed=True)
        save(viewer=viewer, wish=form.wish, rule=one, sure=request.POST.get("sure") == "1")
    except TooWide as error:
        more = {"looked": error.found, "wide": str(error)}
        return _form(request, viewer, form, one, status=status_of(error), **more)
    except InvalidInput as error:
        name = error.field if error.field in form.fields else f"figure-{error.field}"
        form.add_error(name if name in form.fields else None, str(error))
        return _form(request, viewer, form, one, status=422)
    return back(reverse("rejoinder:console-rules", args=[viewer.site.key]))


def _form(
    request: HttpRequest, viewer: Viewer, form: RuleForm, one: Rule | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    looked: Would | None = more.pop("looked", None)
    context = {
        "page_title": one.name if one else _("A new rule"),
        "form": form,
        "rule": one,
        "kind_label": Rule.Kind(form.kind).label,
        "looked": looked,
        "examples": [_example(comment, found) for comment, found in looked.examples] if looked else [],
        **more,
    }
    return show(request, viewer, "rejoinder/console/rule.html", context, place=PLACE, status=status)


@require_POST
@own_forms_only
def switches(request: HttpRequest, site: str) -> HttpResponse:
    """POST /console/<site>/rules/switch: id, mode, sure."""
    viewer = access_console(request, site, may="rule")
    one = access_rule(viewer, required(request.POST, "id", longest=20))
    mode = choice(request.POST, "mode", dict(Rule.Mode.choices), Rule.Mode.OFF)
    try:
        switch(viewer=viewer, rule=one, mode=mode, sure=request.POST.get("sure") == "1")
    except Conflict as error:
        return _list(request, viewer, status=status_of(error), wide=str(error), asked=one, asked_mode=mode)
    return back(reverse("rejoinder:console-rules", args=[viewer.site.key]))
