"""The two addresses. No cookie is looked at, no page of another origin let in, and nothing of a request is logged."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from rejoinder.api.perspective import asking, errors, feedback, scoring
from rejoinder.api.perspective.errors import Wrong
from rejoinder.api.perspective.quota import spend
from rejoinder.api.perspective.reading import Table, read
from rejoinder.assist.clients import find_client
from rejoinder.assist.models import Client
from rejoinder.core import metrics
from rejoinder.core.http import SOON

log = structlog.get_logger("rejoinder.perspective")

Work = Callable[[Client, Table], dict[str, Any]]


@csrf_exempt
def analyze(request: HttpRequest) -> HttpResponse:
    """POST /v1alpha1/comments:analyze"""
    return _answered(request, lambda client, body: scoring.answer(client.site, asking.analyze(body)))


@csrf_exempt
def suggest(request: HttpRequest) -> HttpResponse:
    """POST /v1alpha1/comments:suggestscore"""
    return _answered(request, lambda client, body: feedback.keep(client, asking.suggest(body)))


def _answered(request: HttpRequest, work: Work) -> HttpResponse:
    try:
        if request.method != "POST":
            raise errors.no_method()
        client = _client(request)
        spend(client)
        return _response(200, work(client, read(request.body)))
    except UnreadablePostError:
        raise  # whoever asked is gone
    except Exception as error:
        wrong = _wrong(error)
    response = _response(wrong.code, wrong.body())
    if wrong.retry_after is not None:
        response["Retry-After"] = str(wrong.retry_after)
    if wrong.code == 405:
        response["Allow"] = "POST"
    return response


def _client(request: HttpRequest) -> Client:
    """Who asks, by the key. Raises Wrong."""
    key = request.headers.get("X-Goog-Api-Key") or request.GET.get("key", "")
    if not key:
        raise errors.no_key()
    client = find_client(key)
    if client is None:
        raise errors.bad_key()
    client.remember_use()
    return client


def _wrong(error: Exception) -> Wrong:
    if isinstance(error, Wrong):
        return error
    if isinstance(error, RequestDataTooBig):
        return errors.too_long()
    if isinstance(error, SuspiciousOperation):
        return errors.invalid("The request could not be read.")
    if isinstance(error, OperationalError):
        metrics.away("database")
        return errors.not_there(SOON)
    # Where it broke, and not what was asked: an error's own words may quote the comment.
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("fault", error=type(error).__name__, where=where)
    return errors.fault()


def _response(status: int, body: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(
        json.dumps(body, indent=2), content_type="application/json; charset=UTF-8", status=status
    )
    response["Cache-Control"] = "no-store, private"
    return response
