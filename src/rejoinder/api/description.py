"""The OpenAPI 3.1 description: what the operations tell of themselves, with what all of them have in common."""

from __future__ import annotations

from typing import Any

from ninja.operation import Operation

from rejoinder import __version__
from rejoinder.api.api import PREFIX, api
from rejoinder.api.door import WRITING, Rule
from rejoinder.api.shapes import Problem

Json = dict[str, Any]

_REF = "#/components/schemas/{model}"
_PUBLIC = (400, 404, 500, 503)
_PRIVATE = (400, 401, 403, 404, 500, 503)
_WRITING = (400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503)
_MEANS = {
    304: "The reader has it already: If-None-Match names it.",
    400: "A parameter or the body cannot be read.",
    401: "The bearer is not valid, or not any more.",
    403: "Known, and not allowed; or a page of an origin that no site names.",
    404: "Not there, or not for this viewer: the two look the same.",
    409: "The world changed in between: closed, removed, too late.",
    413: "More than is taken at once.",
    415: "Not sent as application/json.",
    422: "What was sent cannot be taken; `field` says which part.",
    429: "Too often; `Retry-After` says when again.",
    500: "A fault of ours; the log of the server has it under `request`.",
    503: "Not possible right now; `Retry-After` says when again.",
}
_LIMITS = {
    "RateLimit-Limit": "how often this may be done within the time",
    "RateLimit-Remaining": "how often still",
    "RateLimit-Reset": "seconds until all of it is there again",
}
_LANGUAGE = {
    "in": "header",
    "name": "Accept-Language",
    "required": False,
    "description": "of sentences and of what is drawn; without one that is spoken here, the site's language",
    "schema": {"type": "string"},
}
_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "16 to 200 printable ASCII characters of your own: the same request again is the same comment",
    "schema": {"type": "string", "minLength": 16, "maxLength": 200, "pattern": "^[ -~]+$"},
}


def describe() -> Json:
    """The whole description, as plain values."""
    found: Json = dict(api.get_openapi_schema(path_prefix=PREFIX))
    found.pop("servers")
    found["info"]["version"] = f"1 ({__version__})"
    schemas = found["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema(ref_template=_REF)
    rules = _rules()
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            _complete(operation, method.upper(), rules[operation["operationId"]], path)
    found["components"]["securitySchemes"] = {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "a session's access token, or a program's token (rjt_…)",
        }
    }
    tidied: Json = _tidy(found)
    return tidied


def _operations() -> list[Operation]:
    views = [view for bound in api._get_bound_routers() for view in bound.path_operations.values()]
    return [operation for view in views for operation in view.operations]


def _rules() -> dict[str, Rule]:
    return {
        api.get_openapi_operation_id(operation): getattr(operation.view_func, "rule", Rule())
        for operation in _operations()
    }


def _complete(operation: Json, method: str, rule: Rule, path: str) -> None:
    first, _blank, rest = operation.get("description", "").partition("\n")
    operation["summary"], operation["description"] = first, " ".join(rest.split())
    if not operation["description"]:
        del operation["description"]
    if not rule.public and not path.endswith("/session"):
        operation["security"] = [{}, {"bearer": []}]
    if not rule.public:
        operation["parameters"].append(_LANGUAGE)
    if method == "POST" and path.endswith("/comments"):
        operation["parameters"].append(_KEY)
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            parameter["schema"]["pattern"] = "^[-a-zA-Z0-9_]+$"
    _answers(operation["responses"], method, rule)


def _answers(given: dict[int, Json], method: str, rule: Rule) -> None:
    """What may be answered besides what is hoped for, and the headers that come along."""
    if rule.limit is not None:
        for answer in given.values():
            answer["headers"] = _limits()
    if rule.lines:
        given[200]["content"] = {"application/x-ndjson": {"schema": {"type": "string"}}}
    if rule.public:
        given[304] = {"description": _MEANS[304]}
    said = _PUBLIC if rule.public else _WRITING if method in WRITING else _PRIVATE
    for status in sorted({*said, 429}) if rule.limit else said:
        given[status] = {
            "description": _MEANS[status],
            "content": {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}},
        }
        if status in {429, 503}:
            given[status]["headers"] = {
                "Retry-After": {"description": "seconds", "schema": {"type": "integer"}}
            }
    if rule.limit is not None:
        given[429]["headers"] |= _limits()


def _limits() -> Json:
    return {
        name: {"description": meaning, "schema": {"type": "integer"}} for name, meaning in _LIMITS.items()
    }


def _tidy(value: Any) -> Any:
    """Without titles made from names, and without the default of what is absent: it could not be sent."""
    if isinstance(value, list):
        return [_tidy(one) for one in value]
    if not isinstance(value, dict):
        return value
    noise = (
        {"title"} if isinstance(value.get("title"), str) and ("type" in value or "anyOf" in value) else set()
    )
    if value.get("default") == "" and value.get("minLength"):
        noise.add("default")
    return {str(name): _tidy(one) for name, one in value.items() if name not in noise}
