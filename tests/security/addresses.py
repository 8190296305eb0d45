"""Every address of the server, filled with what a scene has: found in the URLconf and in the API's description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from rejoinder.api.description import describe
from tests.accounts.test_permissions import ASKED, BOTH
from tests.accounts.test_permissions import TABLE as PAGES
from tests.api.test_permissions import TABLE as OPERATIONS

# What stands in a path, by its name there; all else by its kind.
IN_PATHS = {"site": "SITE", "comment": "ID", "person": "PERSON", "slug": "STORY", "rest": "nothing"}
BY_KIND = {"int": "1", "slug": "a-name", "str": "a-name", "path": "a-name.jpg"}
# What stands in a query of the API, by its name there.
IN_QUERIES = {"key": "KEY", "parent": "ID", "sort": "newest", "limit": "5", "url": "URL"}
# What addresses of the accounts package and of Wagtail may be sent, all at once.
ANY_FORM = {
    "email": "somebody@mail.example",
    "login": "somebody@mail.example",
    "password": "a new long sentence",
    "password1": "a new long sentence",
    "password2": "a new long sentence",
    "oldpassword": "a new long sentence",
    "name": "Somebody else",
    "code": "123456",
    "action_add": "1",
    "action_primary": "1",
    "action_remove": "1",
    "authenticators": "1",
    "credential": "{}",
}
DESK = "desk/"


@dataclass(frozen=True)
class Request:
    """`path`: with its query. `json`: an operation of the API. `sent`: None for reading."""

    name: str
    method: str
    path: str
    sent: Mapping[str, Any] | None = None
    json: bool = False


@dataclass(frozen=True)
class Names:
    """What stands for SITE, KEY, ID, PERSON, ORIGIN, URL and STORY."""

    values: Mapping[str, str] = field(default_factory=dict)

    def fill(self, text: str) -> str:
        return re.sub(r"[A-Z]{2,}", lambda match: self.values.get(match[0], match[0]), text)

    def fill_all(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        return {
            key: self.fill(value) if isinstance(value, str) and value.isupper() else value
            for key, value in sent.items()
        }


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """(name, pattern) of every address of the project."""
    for entry in (resolver or get_resolver()).url_patterns:
        whole = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, whole)
        elif isinstance(entry, URLPattern):
            yield entry.name or whole, whole


def path_of(pattern: str, names: Names) -> str:
    """The path of a pattern: parameters named in IN_PATHS as the scene has them, others as anybody could write them."""
    plain = re.sub(r"\^?\((?:[^()]|\([^()]*\))*\)\$?", "", pattern).replace("^", "").replace("$", "")

    def value(match: re.Match[str]) -> str:
        kind, _colon, name = match[1].rpartition(":")
        return names.fill(IN_PATHS.get(name, "")) or BY_KIND.get(kind or "str", "1")

    return "/" + re.sub(r"<([^<>]+)>", value, plain)


def readings(names: Names, *, desk: bool = False, thorough: bool = False) -> Iterator[Request]:
    """A GET of every address: pages alone, with the thread, and with what else they are asked; the API's as told."""
    for name, pattern in patterns():
        if pattern.startswith("api/v1/sites") or pattern.startswith("api/v1/comments"):
            continue
        if pattern.startswith(DESK) != desk:
            continue
        path = path_of(pattern, names)
        queries = {"", "key=KEY"} if "<slug:site>" in pattern else {""}
        if thorough:
            queries |= {"key=KEY&sort=newest", "url=URL", "q=zq", "key=KEY&q=zq"}
        if name in ASKED:
            said = "&".join(f"{key}={value}" for key, value in ASKED[name].items())
            queries |= {said, f"key=KEY&{said}"}
        for query in [""] if desk else sorted(queries):
            yield Request(name, "GET", f"{path}?{names.fill(query)}" if query else path)
    if not desk:
        yield from api_readings(names)


def api_readings(names: Names) -> Iterator[Request]:
    """Each GET of the description, with what it must be asked and with each other thing that it can be asked."""
    for path, methods in describe()["paths"].items():
        if "get" not in methods:
            continue
        asked = [one for one in methods["get"].get("parameters", ()) if one["in"] == "query"]
        filled = re.sub(r"\{(\w+)\}", lambda match: names.fill(IN_PATHS[match[1]]), path)
        for more in (None, *(one["name"] for one in asked)):
            said = {one["name"] for one in asked if one.get("required")} | (
                {"key"} & {o["name"] for o in asked}
            )
            said = {one for one in (*said, more) if one in IN_QUERIES}
            query = "&".join(f"{one}={names.fill(IN_QUERIES[one])}" for one in sorted(said))
            yield Request(path, "GET", f"{filled}?{query}" if query else filled, json=True)


def writings(names: Names) -> Iterator[Request]:
    """Every request that could change something: rows of the two tables, and a form to every other address."""
    for operation, row in OPERATIONS.items():
        method, path = operation.split(" ")
        if method != "GET":
            sent = names.fill_all(row[2] or {}) if row[2] is not None else None
            yield Request(operation, method, "/api/v1" + names.fill(path), sent, json=True)
    for name, pattern in patterns():
        if pattern.startswith(("api/", DESK)):
            continue
        if name in PAGES and name not in BOTH:
            sent = PAGES[name][2]
            if sent is not None:
                yield Request(name, "POST", path_of(pattern, names), names.fill_all(sent))
        elif not name.startswith("embed"):
            yield Request(
                name, "POST", path_of(pattern, names), ANY_FORM | {"t": "1:forged", "act": "confirm"}
            )


def rows_of(*models: Any) -> dict[str, list[Any]]:
    """All rows of the models, to be compared with what they are later."""
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}
