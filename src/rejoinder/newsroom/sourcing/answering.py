"""How these pages answer: whole at the desk, or as the part that stands in the panel beside a story's text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rejoinder.core.errors import Conflict, InvalidInput, RejoinderError
from rejoinder.core.http import status_of
from rejoinder.newsroom.sourcing.access import desks_of
from rejoinder.sourcing.errors import ChangedMeanwhile

_HEADER = "X-Rejoinder-Panel"
_FOLDER = "rejoinder/newsroom/desk/sourcing"


def show(
    request: HttpRequest, name: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HttpResponse:
    """A page by the name of its template; with the panel's header, what is between its edges only."""
    panel = _HEADER in request.headers
    around = f"{_FOLDER}/{'panel' if panel else 'page'}.html"
    whole = {**context, "around": around, "panel": panel, "page_title": title, "header_icon": "openquote"}
    response = render(request, f"{_FOLDER}/{name}.html", whole, status=status)
    # Tells the panel's script that this is its own, not a page that says something went wrong.
    response[_HEADER] = "1"
    return response


def at_a_desk(request: HttpRequest, page: str, *, title: str) -> HttpResponse:
    """To the page of this name at the desk of whoever asks; where they work at several, to all of those."""
    sites = desks_of(request)
    if len(sites) == 1:
        return HttpResponseRedirect(reverse(page, args=[sites[0].key]))
    return show(request, "desks", {"sites": sites, "page": page}, title=title)


def done(request: HttpRequest, sentence: str, address: str) -> HttpResponse:
    """After a form was taken: say so, and lead there by GET."""
    messages.success(request, sentence)
    return HttpResponseRedirect(address, status=303)


def taken(form: forms.Form, act: Callable[[], Any]) -> int:
    """Do what a form asks. 0: it is done; else the status to show the form again with, which says why."""
    if not form.is_valid():
        return 422
    try:
        act()
    except (InvalidInput, Conflict) as error:
        return refuse(form, error)
    return 0


def refuse(form: forms.Form, error: RejoinderError) -> int:
    """Put what is wrong where it is; returns the status."""
    field = getattr(error, "field", "")
    form.add_error(field if field in form.fields else None, str(error))
    if isinstance(error, ChangedMeanwhile) and error.fields:
        labels = [_label(form, name) for name in error.fields]
        otherwise = _("What stands otherwise there now: %(fields)s.") % {"fields": ", ".join(labels)}
        form.add_error(None, otherwise)
    return status_of(error)


def _label(form: forms.Form, name: str) -> str:
    name = {"sources": "source_0", "figure_unit": "unit"}.get(name, name)
    name = "figure" if name.startswith("figure_") else name
    return str(form.fields[name].label) if name in form.fields else name
