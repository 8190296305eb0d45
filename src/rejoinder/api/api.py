"""The public API, version 1, put together."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation, PathView

from rejoinder.api.door import door
from rejoinder.api.endpoints import own, person, reading, sourcing, writing
from rejoinder.api.parsing import Strict

PREFIX = "api/v1/"

# Names of operations in the description, where the function's own is too short to stand alone.
_NAMES = {
    "post": "postComment",
    "get": "getComment",
    "edit": "editComment",
    "delete": "deleteComment",
    "unvote": "takeVoteBack",
    "begin": "beginSession",
    "finish": "endSession",
    "export": "exportMine",
    "erase": "eraseMe",
    "mutes": "listMutes",
    "claims": "getClaims",
    "replace": "putClaims",
    "publish": "postDocument",
}


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        name = operation.view_func.__name__
        return _NAMES.get(name, name)


api = Api(
    title="Rejoinder",
    version="1",
    description="Read and write discussions from a page, an app or a program of your own.",
    urls_namespace="rejoinder-api",
    openapi_url=None,
    docs_url=None,
    parser=Strict(),
)
for router in (reading.router, sourcing.router, writing.router, person.router, own.router):
    api.add_router("", router)


def _pass_on(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    raise error  # the door says it, in one shape for all


for kind in (Exception, HttpError, ValidationError, Http404):
    api.add_exception_handler(kind, _pass_on)


def addresses() -> list[URLPattern]:
    """One address for each path, whichever of the routers its methods stand in."""
    paths: dict[str, PathView] = {}
    for bound in api._get_bound_routers():
        for written, view in bound.path_operations.items():
            paths.setdefault(written, PathView()).operations += view.operations
    return [
        path(_route(written), door(view), name=view.operations[0].url_name) for written, view in paths.items()
    ]


def _route(written: str) -> str:
    return PREFIX + written.strip("/").replace("{", "<").replace("}", ">")
