"""The description of the API: as a file for programs, and as a page to read."""

from __future__ import annotations

import json
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from rejoinder.api import problems
from rejoinder.api.description import describe
from rejoinder.api.reading_page import WORDS, groups, shapes
from rejoinder.core.cors import readable_everywhere

__all__ = ["openapi", "page"]

_KEPT = "public, max-age=300"


@cache
def text() -> str:
    """The OpenAPI file, as docs/reference/openapi.json holds it."""
    return json.dumps(describe(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


@csrf_exempt
@readable_everywhere
def openapi(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/openapi.json"""
    if request.method not in {"GET", "HEAD"}:
        refused = problems.answer(problems.no_method())
        refused["Allow"] = "GET, HEAD, OPTIONS"
        return refused
    response = HttpResponse(text(), content_type="application/json")
    response["Cache-Control"] = _KEPT
    return response


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """GET /api/docs: the same, to read; without scripts. For developers, so in English."""
    translation.activate("en")
    said = describe()
    context = {
        "language": "en",
        "dir": "ltr",
        "page_title": WORDS["title"],
        "words": WORDS,
        "groups": groups(said),
        "shapes": shapes(said),
    }
    response = render(request, "rejoinder/api/docs.html", context)
    response["Cache-Control"] = _KEPT
    return response
