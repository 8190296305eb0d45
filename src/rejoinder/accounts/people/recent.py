"""What is not to be done by whoever finds a browser open: first one shows once more who one is."""

from __future__ import annotations

from django.apps import apps
from django.http import HttpRequest


def check_recent(request: HttpRequest) -> None:
    """Whether the account signed in a short while ago; else its middleware leads to where that is shown again.

    In a project without the accounts package, signing in is the project's matter.
    """
    if not apps.is_installed("allauth.account"):
        return
    from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required

    raise_if_reauthentication_required(request, app="rejoinder.accounts")
