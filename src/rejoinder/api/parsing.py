"""Reading requests strictly: JSON as the standard has it, addresses as they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from rejoinder.core.errors import InvalidInput
from rejoinder.core.http import STATUS, BadRequest
from rejoinder.core.query import pairs

MOST_PARAMETERS = 200
# A percent sign that begins nothing: some read it as itself, some not at all.
_BROKEN = re.compile("%(?![0-9A-Fa-f]{2})")


class NotJson(InvalidInput):
    """A body of another kind: what a form of another site could send without being asked."""

    def __init__(self) -> None:
        message = _("Send it as JSON, with Content-Type: application/json.")
        super().__init__(code="content-type", message=message)


STATUS[NotJson] = 415


def check_query(request: HttpRequest, names: Collection[str], lists: Collection[str]) -> None:
    """Refuse a query with a name that is unknown, a value that is empty, or one given twice.

    `lists`: names that may come several times, with different values. Raises BadRequest.
    """
    text = request.META.get("QUERY_STRING", "")
    seen: set[tuple[str, str]] = set()
    for name, value in _pairs(text):
        if name not in names:
            raise BadRequest(
                _("There is no parameter “%(name)s” here.") % {"name": name[:40]}, code="unknown-parameter"
            )
        same = (name, value if name in lists else "")
        if same in seen:
            raise BadRequest(
                _("The address names “%(name)s” more than once; once is enough.") % {"name": name},
                code="given-twice",
            )
        seen.add(same)
        if not value or not _readable(value):
            raise BadRequest(
                _("“%(name)s” in the address is empty or cannot be read.") % {"name": name}, code="empty"
            )


def _pairs(text: str) -> list[tuple[str, str]]:
    if _BROKEN.search(text):
        raise BadRequest(_("The address cannot be read."))
    try:
        return pairs(text, most=MOST_PARAMETERS)
    except ValueError:
        raise BadRequest(_("The address cannot be read.")) from None


def _readable(value: str) -> bool:
    return "\x00" not in value and not any("\ud800" <= char <= "\udfff" for char in value)


def check_body(request: HttpRequest, *, wanted: bool) -> None:
    """Refuse a body where none belongs, and one that is not JSON by its own account."""
    if not wanted:
        if request.body:
            raise BadRequest(_("This address takes no body."), code="no-body")
        return
    kind, _semicolon, parameters = request.headers.get("Content-Type", "").partition(";")
    charset = parameters.strip().lower().replace('"', "")
    if kind.strip().lower() != "application/json" or charset not in {"", "charset=utf-8"}:
        raise NotJson


class Strict(Parser):
    """JSON (RFC 8259) without what its readers disagree about: names given twice, NaN, other encodings."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        return read_json(request.body)


def read_json(raw: bytes) -> dict[str, Any]:
    """A JSON object. Raises BadRequest."""
    try:
        found = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse, parse_int=_integer
        )
    except (ValueError, RecursionError):
        raise BadRequest(_("The body is no JSON that can be read."), code="json") from None
    if not isinstance(found, dict):
        raise BadRequest(_("The body must be a JSON object."), code="json")
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadRequest(_("The body gives a name more than once."), code="given-twice")
    return found


def _refuse(word: str) -> Any:
    raise ValueError(word)


def _integer(text: str) -> int:
    # Python's integers know no bound and take long to read; nothing here is larger than this.
    if len(text) > 20:
        raise ValueError("too large")
    return int(text)
