"""Pages of other origins that ask who speaks, as the API's endpoint does for them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import RequestFactory

from rejoinder.accounts import sessions
from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.viewer import Viewer
from tests import factories


def origin_of(site: Site) -> str:
    """The origin that factories.site names."""
    return f"https://{site.key}.example"


class Page:
    """A page of another origin, in a browser that keeps partitioned cookies (unless `keeps` is False)."""

    def __init__(self, site: Site, *, origin: str = "", secure: bool = True, keeps: bool = True) -> None:
        self.site, self.origin, self.secure, self.keeps = site, origin or origin_of(site), secure, keeps
        self.cookies: dict[str, str] = {}
        self.set_cookie = ""  # the last Set-Cookie
        self.address = factories.an_address()
        self.token: str | None = None

    def request(self, method: str = "POST", **headers: str) -> Any:
        given = {"origin": self.origin, "sec-fetch-site": "cross-site", **headers}
        made = RequestFactory().generic(
            method, "/api/v1/", headers=given, secure=self.secure, REMOTE_ADDR=self.address
        )
        made.COOKIES.update(self.cookies)
        return made

    def ask(self, body: dict[str, Any] | None = None, **headers: str) -> sessions.Spoken:
        """Who speaks? Keeps the cookie and the access token of the answer."""
        request = self.request(**headers)
        spoken = sessions.exchange(request, self.site, body or {})
        response = HttpResponse()
        sessions.settle(request, response, self.site, spoken)
        self._keep(response)
        self.token = spoken.access_token
        return spoken

    def _keep(self, response: HttpResponse) -> None:
        for name, morsel in response.cookies.items():
            self.set_cookie = morsel.OutputString()
            if not self.keeps:
                continue
            if morsel["max-age"] == 0:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value

    def viewer(self, token: str | None = None, **headers: str) -> Viewer:
        """Who acts, by the access token."""
        bearer = f"Bearer {token or self.token}"
        return sessions.viewer_of_bearer(self.request(authorization=bearer, **headers), self.site)

    def leave(self) -> None:
        request = self.request("DELETE", authorization=f"Bearer {self.token}")
        sessions.end(request, self.site)
        response = HttpResponse()
        sessions.drop_cookie(request, response, self.site)
        self._keep(response)

    def act_as_guest(self, who: Commenter | None = None) -> sessions.Opened:
        """The first act of a guest, as the API's POST makes one."""
        opened = sessions.open_session(
            commenter=who or factories.commenter(), site=self.site, origin=self.origin, kind="guest"
        )
        response = HttpResponse()
        sessions.leave_cookie(self.request(), response, self.site, opened.secret)
        self._keep(response)
        self.token = opened.access_token
        return opened


def account(name: str = "Mara Quist", email: str = "") -> Commenter:
    """A reader with an account of this server."""
    from django.contrib.auth import get_user_model

    from rejoinder.accounts.people.names import commenter_for

    email = email or f"reader-{factories.a_number()}@example.org"
    user = get_user_model()._default_manager.create(email=email)
    return commenter_for(user, name=name)


def code_for(who: Commenter, site: Site, origin: str = "") -> str:
    """The one-time code that the sign-in window hands to a page."""
    from rejoinder.accounts.sessions import codes

    return codes.issue(commenter=who, site=site, origin=origin or origin_of(site))


def signed_in_page(who: Commenter, site: Site) -> Page:
    page = Page(site)
    page.ask({"code": code_for(who, site)})
    return page
