"""What Google's libraries ask first: which methods there are, and where. Without it they do not know this service."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

_NAMES = ("comments.analyze", "comments.suggestscore")


@require_safe
def discovery(request: HttpRequest) -> HttpResponse:
    """GET /$discovery/rest: the description (format of Google's API discovery service, v1) of what is answered here."""
    response = JsonResponse(document(request.build_absolute_uri("/")))
    response["Cache-Control"] = "no-store"
    return response


def document(root: str) -> dict[str, Any]:
    """The description of a service at an address that ends in a slash."""
    methods = {name.partition(".")[2]: _method(name) for name in _NAMES}
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": "commentanalyzer:v1alpha1",
        "name": "commentanalyzer",
        "version": "v1alpha1",
        "title": "Assist, in Perspective's format",
        "protocol": "rest",
        "rootUrl": root,
        "servicePath": "",
        "baseUrl": root,
        "batchPath": "batch",
        "parameters": {"key": {"type": "string", "location": "query", "description": "API key."}},
        "schemas": {"Any": {"id": "Any", "type": "object", "additionalProperties": {"type": "any"}}},
        "resources": {"comments": {"methods": methods}},
    }


def _method(name: str) -> dict[str, Any]:
    path = f"v1alpha1/{name.replace('.', ':')}"
    return {
        "id": f"commentanalyzer.{name}",
        "path": path,
        "flatPath": path,
        "httpMethod": "POST",
        "parameters": {},
        "parameterOrder": [],
        "request": {"$ref": "Any"},
        "response": {"$ref": "Any"},
    }
