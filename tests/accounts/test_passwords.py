"""Passwords of staff: set by whoever runs the server; without mail in no other way."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from rejoinder.accounts.actions import add_staff, reset_password
from rejoinder.core.errors import NotFound
from rejoinder.core.mail import CONSOLE
from tests import factories

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"


def sign_in(email: str, password: str) -> Client:
    client = Client(REMOTE_ADDR=factories.an_address())
    client.post(SIGN_IN, {"login": email, "password": password})
    return client


def test_new_password_signs_in_and_the_old_one_and_its_sessions_are_over() -> None:
    site = factories.site()
    _person, old = add_staff(email="ed@paper.example", site=site, role="owner", name="Ed Paper")
    before = sign_in("ed@paper.example", old or "")
    assert "_auth_user_id" in before.session
    new = reset_password(email="ED@paper.example")
    assert before.get("/accounts/password/change/").status_code == 302, "signed out"
    assert "_auth_user_id" not in sign_in("ed@paper.example", old or "").session
    assert "_auth_user_id" in sign_in("ed@paper.example", new or "").session


def test_password_of_nobody_is_refused_with_a_sentence() -> None:
    with pytest.raises(NotFound, match="no account"):
        reset_password(email="nobody@paper.example")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/accounts/signup/", 403), ("/accounts/password/reset/", 403), ("/accounts/email/", 404)],
)
def test_what_would_make_accounts_or_send_mail_is_not_served_without_mail(
    path: str, status: int, settings: Any
) -> None:
    settings.EMAIL_BACKEND = CONSOLE
    for answer in (Client().get(path), Client().post(path, {"email": "ed@paper.example"})):
        assert answer.status_code in {status, 405, 403}
    assert mail.outbox == []
