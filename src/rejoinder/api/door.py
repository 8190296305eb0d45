"""What every request to the API passes: what it carries, which page it comes from, how what goes wrong is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja.operation import PathView
from pydantic import BaseModel

from rejoinder.api import problems
from rejoinder.api.parsing import check_body, check_query
from rejoinder.api.queries import is_named_by
from rejoinder.core.cors import open_to, open_to_all, origin_of, own_origin, preflight
from rejoinder.core.errors import TooMany
from rejoinder.core.limits import Limit, Standing

F = TypeVar("F", bound=Callable[..., Any])
View = Callable[..., HttpResponse]
WRITING = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass(slots=True)
class Rule:
    """What the door must know of an operation."""

    names: frozenset[str] = frozenset()  # of its query
    lists: frozenset[str] = frozenset()  # those that may come several times
    has_body: bool = False
    # The same for all readers, so open to all origins.
    public: bool = False
    # A first act of a guest leaves a cookie, and the session endpoint reads it: pages of a site's own origins only.
    cookies: bool = False
    limit: Limit | None = None
    # The answer is no JSON object but many, one a line.
    lines: bool = False


def passes(
    *, public: bool = False, cookies: bool = False, limit: Limit | None = None, lines: bool = False
) -> Callable[[F], F]:
    """Mark an operation for the door."""

    def mark(function: F) -> F:
        rule = Rule(public=public, cookies=cookies, limit=limit, lines=lines)
        function.rule = rule  # type: ignore[attr-defined]
        return function

    return mark


def _rules(path: PathView) -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for operation in path.operations:
        rule: Rule = getattr(operation.view_func, "rule", Rule())
        for model in operation.models:
            if model.__ninja_param_source__ == "query":
                rule.names = frozenset(getattr(model, "__ninja_flatten_map__", ()))
                rule.lists = frozenset(getattr(model, "__ninja_collection_fields__", ()))
            rule.has_body |= model.__ninja_param_source__ == "body"
        found |= dict.fromkeys(operation.methods, rule)
    return found


def door(path: PathView) -> View:
    """The view of one address: all its methods, and OPTIONS and HEAD."""
    inside, rules = path.get_view(), _rules(path)

    def enter(request: HttpRequest, **named: Any) -> HttpResponse:
        asked = _Asked(request, rules, named)
        if request.method == "OPTIONS":
            return asked.preflight()
        try:
            response = asked.answered(inside)
        except Exception as error:
            said = problems.translated(request, error)
            response = problems.fault(request, error) if said is None else problems.answer(said)
            if isinstance(said, TooMany) and asked.rule.limit is not None:
                tell(response, Standing(asked.rule.limit, 0, said.retry_after))
        return asked.opened(response)

    enter.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie is read but by the session endpoint
    enter.reads_cookies = any(rule.cookies for rule in rules.values())  # type: ignore[attr-defined]
    return enter


@dataclass(slots=True)
class _Asked:
    """One request."""

    request: HttpRequest
    rules: dict[str, Rule]
    named: dict[str, Any]
    rule: Rule = field(init=False)

    def __post_init__(self) -> None:
        method = self.request.method or ""
        if method == "OPTIONS":
            method = self.request.headers.get("Access-Control-Request-Method", "")
        self.rule = self.rules.get("GET" if method == "HEAD" else method, Rule())

    def answered(self, inside: View) -> HttpResponse:
        method = "GET" if self.request.method == "HEAD" else self.request.method or ""
        if method not in self.rules:
            raise problems.no_method()
        check_query(self.request, self.rule.names, self.rule.lists)
        check_body(self.request, wanted=self.rule.has_body)
        if method in WRITING and origin_of(self.request) and not self._is_welcome():
            raise problems.foreign_origin(origin_of(self.request))
        asked, self.request.method = self.request.method, method
        try:
            return inside(self.request, **self.named)
        finally:
            self.request.method = asked

    def preflight(self) -> HttpResponse:
        return self.opened(preflight([*self.rules, *(["HEAD"] if "GET" in self.rules else [])]))

    def opened(self, response: HttpResponse) -> HttpResponse:
        """Say which pages may read the answer."""
        if response.status_code == 405:
            response["Allow"] = ", ".join(sorted({*self.rules, "OPTIONS"}))
        if self.rule.public:
            return open_to_all(response)
        origin = origin_of(self.request)
        is_own = origin == own_origin(self.request)
        welcome = bool(origin) and not is_own and self._is_welcome()
        return open_to(response, origin if welcome else None, credentials=self.rule.cookies)

    def _is_welcome(self) -> bool:
        """Whether pages of the origin may speak here: with a site's name in the address, one that it names.

        Else of any site: which site a comment is on would be told, of held ones too. What may be done about it is
        decided by the bearer, which is bound to one site and one origin.
        """
        origin = origin_of(self.request)
        if origin == own_origin(self.request):
            # A browser says where our own page's request comes from; another site cannot make it say this.
            return self.request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        return is_named_by(origin, self.named.get("site"))


def tell(response: HttpResponse, standing: Standing) -> HttpResponse:
    """Say how much of a limit is left (draft-ietf-httpapi-ratelimit-headers, as most clients know it)."""
    response["RateLimit-Limit"] = str(standing.limit.most)
    response["RateLimit-Remaining"] = str(standing.remaining)
    response["RateLimit-Reset"] = str(standing.reset)
    return response


def given(answer: BaseModel, *, status: int = 200) -> HttpResponse:
    """An answer's JSON. For one reader alone, until it is said otherwise."""
    response = HttpResponse(answer.model_dump_json(), content_type="application/json", status=status)
    response["Cache-Control"] = "no-store, private"
    return response


@csrf_exempt
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address beneath /api/v1/."""
    return problems.answer(problems.no_address())
