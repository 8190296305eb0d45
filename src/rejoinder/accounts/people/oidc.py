"""Sign-in by a provider that speaks OpenID Connect (Core 1.0, section 3.1), stricter than the package's own.

Besides what that does (state, a code that is exchanged directly): PKCE always, a nonce, an id token whose signature,
issuer, audience and times are checked, the issuer of the answer where it names one (RFC 9207), and nothing of the
request's own in what is asked of the provider.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from typing import Any
from urllib.parse import urlsplit

import jwt
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import (
    DefaultSocialAccountAdapter,
    _build_apps_from_settings,
    get_adapter,
)
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse

from rejoinder.accounts.models import MAX_NAME
from rejoinder.core import outbound

# Signatures by a key that only the provider has. Never "none", never by our own secret.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
SKEW = 300  # seconds by which clocks may differ
_REQUIRED = ["iss", "sub", "aud", "exp", "iat"]
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def uid(issuer: str, subject: str) -> str:
    """Who somebody is, in the 191 characters that there are for it."""
    if len(subject) > 150:
        subject = "sha256-" + hashlib.sha256(subject.encode()).hexdigest()
    return f"{hashlib.sha256(issuer.encode()).hexdigest()[:16]}:{subject}"


class Social(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def get_requests_session(self) -> Any:
        return outbound.session()

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """Those that the settings name. Nobody is asked for others: there is no page to enter them in."""
        named = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in named.values() for app in apps]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Where the provider has confirmed the address, no mail of ours is needed."""
        confirmed = any(address.verified for address in sociallogin.email_addresses)
        return confirmed or bool(super().is_open_for_signup(request, sociallogin))

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_signup_form_initial_data(sociallogin)
        return {**initial, "name": sociallogin.account.extra_data.get("name", "")[:MAX_NAME]}


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    pkce_enabled_default = True
    supports_token_authentication = False

    @property
    def issuer(self) -> str:
        return str(self.app.settings["issuer"])

    def redirect(
        self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None, **_asked: Any
    ) -> HttpResponse:
        nonce = secrets.token_urlsafe(24)
        asked = {"scope": self.get_scope(), "auth_params": {"nonce": nonce}, "nonce": nonce}
        response: HttpResponse = super().redirect(request, process, next_url=next_url, data=data, **asked)
        return response

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Issuer and subject: under the same id in the settings, another provider's people are others."""
        claims = data["id_token"]
        return uid(claims["iss"], claims["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """No more than is needed to tell which account it was, and what its owner is called there."""
        claims = data["id_token"]
        name = self.extract_common_fields(data)["name"]
        return {"iss": claims["iss"], "sub": claims["sub"], "name": str(name or "")[:200]}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        claims = data["claims"]
        return {"email": claims.get("email"), "name": claims.get("name") or claims.get("preferred_username")}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        email = data["claims"].get("email")
        if not isinstance(email, str) or not email:
            return []
        said = data["claims"].get("email_verified")
        verified = said is True or said == "true"  # as text: some providers
        return [EmailAddress(email=email, verified=verified, primary=True)]


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself, which must be the one that the settings name. Raises OAuth2Error."""
        found: Any = super().openid_config
        if not isinstance(found, dict) or found.get("issuer") != self.get_provider().issuer:
            raise OAuth2Error("The provider names another issuer than the settings do.")
        if not all(_as_safe(found.get(name), found["issuer"]) for name in _ENDPOINTS):
            raise OAuth2Error("The provider names no safe addresses.")
        return dict(found)

    def names_itself(self, issuer: str | None) -> bool:
        """Whether an answer comes from this provider, as far as it says (RFC 9207, section 2.4)."""
        config = self.openid_config
        if issuer is None:
            return not config.get("authorization_response_iss_parameter_supported", False)
        return bool(issuer == config["issuer"])

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        id_token = self._checked(app, kwargs["response"].get("id_token"))
        claims = {**id_token}
        if "email" not in claims and self.openid_config.get("userinfo_endpoint"):
            further = self._fetch_user_info(token.token)
            if further.get("sub") != id_token["sub"]:
                raise OAuth2Error("The provider speaks of two different people.")
            claims |= further
        return self.get_provider().sociallogin_from_response(
            request, {"id_token": id_token, "claims": claims}
        )

    def _checked(self, app: SocialApp, id_token: Any) -> dict[str, Any]:
        """The claims of an id token that is right in every respect. Raises OAuth2Error."""
        if not isinstance(id_token, str):
            raise OAuth2Error("The provider gave no id token.")
        try:
            header = jwt.get_unverified_header(id_token)
            if header.get("alg") not in ALGORITHMS:
                raise OAuth2Error("The id token is signed in no way that is taken here.")
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=self._key(header),
                algorithms=[header["alg"]],
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=SKEW,
                options={"require": _REQUIRED},
            )
        except (jwt.PyJWTError, ValueError, KeyError, TypeError) as error:
            raise OAuth2Error("The id token is not right.") from error
        self._check_party(app, claims)
        return claims

    def _check_party(self, app: SocialApp, claims: dict[str, Any]) -> None:
        others = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if others else app.client_id) != app.client_id:
            raise OAuth2Error("The id token was made for another party.")
        if not isinstance(claims["sub"], str) or not claims["sub"]:
            raise OAuth2Error("The id token names nobody.")
        if not self.nonce or not hmac.compare_digest(
            str(claims.get("nonce", "")).encode(), self.nonce.encode()
        ):
            raise OAuth2Error("The id token answers another question.")

    def _key(self, header: dict[str, Any]) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = [key for key in answer.json()["keys"] if key.get("use", "sig") == "sig"]
        fitting = [key for key in keys if "kid" not in header or key.get("kid") == header["kid"]]
        if len(fitting) != 1:
            raise OAuth2Error("The provider has no such key.")
        return jwt.PyJWK(json.loads(json.dumps(fitting[0])), algorithm=header["alg"]).key


Provider.oauth2_adapter_class = Adapter


def _as_safe(address: Any, issuer: str) -> bool:
    """https, or http where the issuer itself is on this machine."""
    if not isinstance(address, str):
        return False
    return urlsplit(address).scheme in {"https", urlsplit(issuer).scheme}


class Callback(OAuth2CallbackView):  # type: ignore[misc]
    adapter: Adapter

    def _get_state(self, request: HttpRequest, provider: Provider) -> Any:
        state, response = super()._get_state(request, provider)
        if state is None:
            return state, response
        self.adapter.nonce = str(state.get("nonce", ""))
        if not self.adapter.names_itself(request.GET.get("iss")):
            return None, render_authentication_error(request, provider)
        return state, response
