"""Leading to a provider and back: which protocol it speaks, and a page where it does not do its part."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView, OAuth2LoginView
from django.http import HttpRequest, HttpResponse

from rejoinder.accounts.people import github, oidc
from rejoinder.core.errors import nothing_here


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """GET asks once more, POST leads to the provider."""
    return _answered(OAuth2LoginView, request, _adapter(request, provider_id))


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider leads back to, with a code."""
    view = OAuth2CallbackView if provider_id == github.ID else oidc.Callback
    return _answered(view, request, _adapter(request, provider_id))


def _adapter(request: HttpRequest, provider_id: str) -> OAuth2Adapter:
    return github.Adapter(request) if provider_id == github.ID else oidc.Adapter(request, provider_id)


def _answered(view: Any, request: HttpRequest, adapter: OAuth2Adapter) -> HttpResponse:
    """The view's answer, or the page that says that the provider did not do its part."""
    try:
        provider = adapter.get_provider()
    except SocialApp.DoesNotExist:
        raise nothing_here() from None
    try:
        response: HttpResponse = view.adapter_view(adapter)(request)
    except (OAuth2Error, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        response = render_authentication_error(request, provider, exception=error)
    return response
