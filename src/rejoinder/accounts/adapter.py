"""How allauth behaves here."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from rejoinder.core.client import address


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by `rejoinder staff add`; readers write as guests."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address(request)
