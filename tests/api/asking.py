"""Programs and pages that ask the API."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from rejoinder.accounts.models import Commenter, Session, Site
from rejoinder.accounts.sessions import open_session
from tests import factories as make

JSON = "application/json"


class Asker(Client):
    """Asks from an address of its own. `origin`: of the page that asks; `bearer`: who speaks."""

    def __init__(self, *, origin: str = "", bearer: str = "", **defaults: Any) -> None:
        says: dict[str, Any] = {"REMOTE_ADDR": make.an_address()}
        if origin:
            says["HTTP_ORIGIN"] = origin
        if bearer:
            says["HTTP_AUTHORIZATION"] = f"Bearer {bearer}"
        super().__init__(**{**says, **defaults})

    def send(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """A request with a JSON body, or with none."""
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = more.pop("content_type", JSON if body is not None else "")
        return self.generic(method, f"/api/v1{path}", raw, content_type=kind, **more)

    def ask(self, path: str, query: str = "", **more: Any) -> Any:
        return self.get(f"/api/v1{path}?{query}" if query else f"/api/v1{path}", **more)

    def post_comment(self, site: Site, **typed: Any) -> Any:
        body = {"body": f"A thought, number {make.a_number()}.", "name": "Reader"} | typed
        return self.send("POST", f"/sites/{site.key}/comments", body)


def origin(site: Site) -> str:
    return f"https://{site.key}.example"


def speaking(who: Commenter, site: Site, **more: Any) -> Asker:
    """A page of the site on which somebody has a session."""
    kind = Session.Kind.GUEST if who.is_guest else Session.Kind.ACCOUNT
    opened = open_session(commenter=who, site=site, origin=origin(site), kind=kind)
    return Asker(origin=origin(site), bearer=opened.access_token, **more)
