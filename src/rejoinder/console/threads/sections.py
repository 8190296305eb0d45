"""What the discussions of one section have of their own: how fast one writes, and for how many days."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rejoinder.accounts.models import Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.console.access import access_console
from rejoinder.console.page import back, show
from rejoinder.console.threads.forms import SectionForm
from rejoinder.core.errors import InvalidInput
from rejoinder.core.origin import own_forms_only
from rejoinder.discussion.models import Thread
from rejoinder.moderation.models import SectionPace
from rejoinder.moderation.threads.paces import change_section, sections_of

PLACE = "console-threads"
NEWEST = 500


@require_http_methods(["GET", "HEAD", "POST"])
@own_forms_only
def sections(request: HttpRequest, site: str) -> HttpResponse:
    """GET and POST /console/<site>/threads/sections: section, slow, close_after; what is empty is as on the site."""
    viewer = access_console(request, site, may="rule")
    if request.method != "POST":
        return _page(request, viewer, SectionForm(auto_id="new-%s"))
    form = SectionForm(request.POST, auto_id="new-%s")
    if form.is_valid():
        try:
            change_section(viewer=viewer, **form.cleaned_data)
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return back(reverse("rejoinder:console-sections", args=[viewer.site.key]))
    return _page(request, viewer, form, status=422)


def _page(request: HttpRequest, viewer: Viewer, form: SectionForm, *, status: int = 200) -> HttpResponse:
    context = {
        "page_title": _("Discussions of a section"),
        "form": form,
        "sections": [_own(number, one) for number, one in enumerate(sections_of(viewer.site))],
        "known": _known(viewer.site),
    }
    return show(request, viewer, "rejoinder/console/sections.html", context, place=PLACE, status=status)


def _known(site: Site) -> list[str]:
    """The sections of the newest threads, to choose from: one that is misspelled would have no effect."""
    newest = Thread.objects.filter(site=site).order_by("-pk").values_list("section", flat=True)[:NEWEST]
    return sorted({section for section in newest if section})


def _own(number: int, one: SectionPace) -> dict[str, Any]:
    """A section, and the form that changes what it has."""
    initial = {
        "section": one.section,
        "slow": "" if one.slow is None else str(one.slow),
        "close_after": one.close_after,
    }
    form = SectionForm(initial=initial, auto_id=f"section-{number}-%s")
    del form.fields["section"]
    return {"name": one.section, "form": form}
