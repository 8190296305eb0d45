"""Sign-in by GitHub, which speaks plain OAuth (RFC 6749) and no OpenID Connect: who came is asked of its API.

As with the others: state and PKCE always, nothing of the request's own in what is asked, and each provider leads back
to an address of its own, so an answer of one is never taken for another's (RFC 9700, section 4.4.2).
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.github.provider import GitHubProvider
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from rejoinder.accounts.people.oidc import uid

ID = "github"
PUBLIC, PUBLIC_API = "https://github.com", "https://api.github.com"


class Adapter(OAuth2Adapter):  # type: ignore[misc]
    provider_id = ID
    headers = {"Accept": "application/json"}

    @property
    def home(self) -> str:
        """The address of GitHub, or of a GitHub Enterprise Server."""
        return str(self.get_provider().app.settings["server_url"])

    @property
    def access_token_url(self) -> str:
        return f"{self.home}/login/oauth/access_token"

    @property
    def authorize_url(self) -> str:
        return f"{self.home}/login/oauth/authorize"

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return str(build_absolute_uri(request, reverse("openid_connect_callback", args=[ID])))

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        api = PUBLIC_API if self.home == PUBLIC else f"{self.home}/api/v3"
        headers = {"Authorization": f"Bearer {token.token}", "Accept": "application/vnd.github+json"}
        with get_adapter().get_requests_session() as session:
            person, emails = (
                session.get(f"{api}/{path}", headers=headers) for path in ("user", "user/emails")
            )
        person.raise_for_status()
        # Who has not agreed to show addresses confirms one here.
        shown = emails.json() if emails.ok else []
        return self.get_provider().sociallogin_from_response(
            request, {"person": person.json(), "emails": shown, "issuer": self.home}
        )


class Provider(GitHubProvider):  # type: ignore[misc]
    pkce_enabled_default = True
    oauth2_adapter_class = Adapter

    def get_login_url(self, request: HttpRequest, **asked: Any) -> str:
        return reverse("openid_connect_login", args=[ID], query=asked or None)

    def get_callback_url(self) -> str:
        return reverse("openid_connect_callback", args=[ID])

    def redirect(
        self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None, **_asked: Any
    ) -> HttpResponse:
        asked = {"scope": ["user:email"], "auth_params": {}}
        response: HttpResponse = super().redirect(request, process, next_url=next_url, data=data, **asked)
        return response

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Issuer and number: names there change hands."""
        number = data["person"]["id"]
        if type(number) is not int or number <= 0:
            raise OAuth2Error("The provider names nobody.")
        return uid(data["issuer"], str(number))

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """No more than is needed to tell which account it was, and what its owner is called there."""
        name = self.extract_common_fields(data)["name"]
        return {"iss": data["issuer"], "sub": str(data["person"]["id"]), "name": name}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        person = data["person"]
        name = str(person.get("name") or person.get("login") or "")[:200]
        return {
            "email": next((address.email for address in self.extract_email_addresses(data)), None),
            "name": name,
        }

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """The one that the person has named as theirs; whether it is confirmed counts only as a plain yes."""
        for shown in data["emails"]:
            if shown.get("primary") is True and isinstance(shown.get("email"), str):
                confirmed = shown.get("verified") is True
                return [EmailAddress(email=shown["email"], verified=confirmed, primary=True)]
        return []
