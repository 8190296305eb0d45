"""How the accounts package behaves here."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.accounts.models import Commenter
from rejoinder.accounts.people import limits, second_factor
from rejoinder.accounts.people.names import commenter_for
from rejoinder.core import clock, jobs, mail
from rejoinder.core.client import address
from rejoinder.core.db import writing
from rejoinder.core.errors import TooMany
from rejoinder.core.http import answer

# A mail to somebody who has no account would tell them that somebody typed their address, and no more.
_TO_NOBODY = ("account/email/unknown_account",)
# So long after signing in nobody is asked again who they are.
RECENTLY = 15 * 60


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts of readers stand on their e-mail address, so they need mail that works."""
        return mail.works()

    def get_client_ip(self, request: HttpRequest) -> str:
        return address(request)

    def is_safe_url(self, url: str) -> bool:
        """Back to this very host and nowhere else, whatever other names the server answers to."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        login = credentials.get("email") or credentials.get("username") or ""
        users = filter_users_by_email(login, for_login=True) if login else []
        if not limits.try_to_sign_in(request, login, users[0] if users else None):
            raise self.validation_error("too_many_login_attempts")

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        _vouch_for_staff(user)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        limits.remember_browser(response, request, user)
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has signed in a moment ago is not asked at once again."""
        records = get_authentication_records(self.request, self.request.user)
        if records and clock.now().timestamp() - records[-1]["at"] < RECENTLY:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To what the person came for; staff without a second factor to setting one up."""
        user: Any = request.user
        commenter = Commenter.objects.filter(user=user).first()
        if commenter and second_factor.works_here(commenter) and second_factor.is_missing(commenter):
            return reverse("mfa_index")
        return str(super().get_login_redirect_url(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Enqueue a mail of an account, within the budget of its address. Raises ImmediateHttpResponse beyond it."""
        wait = limits.try_to_mail(self.request, email)
        if wait is not None:
            raise ImmediateHttpResponse(_enough(self.request, wait))
        host = self.request.get_host()
        given = {"request": self.request, "email": email, "current_site": {"name": host, "domain": host}}
        message = self.render_mail(template_prefix, email, {**given, **context})
        with writing():
            if template_prefix in _TO_NOBODY:
                mail.may_get("code", email)
                jobs.enqueue("accounts.no_mail")
            else:
                mail.send(to=email, subject=str(message.subject), text=str(message.body), kind="code")

    def send_account_already_exists_mail(self, email: str) -> None:
        """To whoever makes an account they have already; it takes as long as making one, and so tells nobody."""
        _as_if_made(self.request.POST.get("password1", ""))
        super().send_account_already_exists_mail(email)

    def format_email_subject(self, subject: str) -> str:
        return f"{self.request.get_host()}: {subject}"


def no_mail() -> None:
    """The mail that nobody gets. It takes as long to enqueue as one that is sent, so the answer tells nothing."""


jobs.register("accounts.no_mail", no_mail)


class _NotKept(Exception):
    """Undoes what was written."""


def _as_if_made(password: str) -> None:
    """The work of making an account, and none is made."""
    user = get_user_model()(email=f"{secrets.token_hex(8)}@nobody.invalid")
    if password:
        user.set_password(password)
    with suppress(_NotKept), writing():
        user.save()
        commenter_for(user, name=_("Reader"))
        EmailAddress.objects.create(user=user, email=user.email)
        raise _NotKept


def _vouch_for_staff(user: Any) -> None:
    """Whoever runs the server gave staff their account, and stands for the address: no code need confirm it."""
    if not Commenter.objects.filter(user=user, roles__isnull=False).exists():
        return
    if not EmailAddress.objects.filter(user=user).exists():
        with writing():
            EmailAddress.objects.get_or_create(
                user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
            )


def _enough(request: HttpRequest, wait: int) -> HttpResponse:
    minutes = -(-wait // 60)
    message = ngettext(
        "We have sent as many mails to this address, or from yours, as we send in an hour. Look into your inbox, also "
        "where spam goes, or try again in %(n)d minute.",
        "We have sent as many mails to this address, or from yours, as we send in an hour. Look into your inbox, also "
        "where spam goes, or try again in %(n)d minutes.",
        minutes,
    )
    return answer(request, TooMany(message % {"n": minutes}, retry_after=wait))
